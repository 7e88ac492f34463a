"""What the values of a column look like, whatever its header says."""

import re
from collections import abc
from dataclasses import dataclass
from functools import cached_property

from viceversa.people.rules.fields import Field
from viceversa.people.rules.mapping import NOBODY, NOT_GIVEN, Signature
from viceversa.people.rules.values import BadValue, read_date, read_time_zone

LOOKED_AT = 5_000
_TRIED = 200
_NOTHING = {text.casefold() for text in (*NOT_GIVEN, *NOBODY)}
_SLASHED = re.compile(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.](\d{2}|\d{4})(\D|$)")


@dataclass
class Column:
    header: str
    place: int
    cells: list[str]

    @cached_property
    def values(self) -> list[str]:
        """Cells that say something."""
        return [cell for cell in self.cells if cell and cell.casefold() not in _NOTHING]

    @cached_property
    def distinct(self) -> frozenset[str]:
        return frozenset(self.values)

    @cached_property
    def uniqueness(self) -> float:
        return len(self.distinct) / len(self.values) if self.values else 0.0

    def share(self, test: abc.Callable[[str], bool]) -> float:
        tried = list(self.distinct)[:_TRIED]
        return sum(map(test, tried)) / len(tried) if tried else 0.0

    @cached_property
    def shape(self) -> str:
        """empty, email, date, zone, number, code, choice, key or text."""
        if not self.values:
            return "empty"
        for shape, test in _SHAPES:
            if self.share(test) > 0.7:
                return shape
        if len(self.distinct) <= max(2, len(self.values) // 5):
            return "choice"
        is_word = self.share(lambda text: " " not in text) > 0.9
        return "key" if is_word and self.uniqueness > 0.9 else "text"

    @property
    def signature(self) -> Signature:
        return Signature(self.shape, self.place)


def columns_of(headers: abc.Sequence[str], rows: abc.Sequence[abc.Sequence[str]]) -> list[Column]:
    looked_at = rows[:LOOKED_AT]
    return [
        Column(header, place, [row[place].strip() for row in looked_at if place < len(row)])
        for place, header in enumerate(headers)
    ]


def fitness(column: Column, field: Field) -> float:
    """What the values do to a guess by header: above 1 they speak for it, below against it."""
    if not column.values:
        return 0.9
    test = _FITNESS.get(field)
    return test(column) if test else 1.0


def contained(column: Column, keys: frozenset[str]) -> float:
    """Which part of a column's distinct values are keys of people."""
    if not column.distinct or not keys:
        return 0.0
    folded = {key.casefold() for key in keys}
    found = sum(1 for value in column.distinct if value.casefold() in folded)
    return found / len(column.distinct)


def date_order(columns: abc.Iterable[Column]) -> str:
    """Whether 03/04 is in April or in March, as far as the values tell."""
    found = [_SLASHED.match(cell) for column in columns for cell in column.values]
    pairs = [(int(match[1]), int(match[2])) for match in found if match]
    month_first = sum(1 for first, second in pairs if first <= 12 < second)
    day_first = sum(1 for first, second in pairs if second <= 12 < first)
    return "mdy" if month_first > day_first else "dmy"


def _is_date(text: str) -> bool:
    return any(_reads(text, order) for order in ("dmy", "mdy"))


def _reads(text: str, order: str) -> bool:
    try:
        read_date(text, order)
    except BadValue:
        return False
    return True


def _is_zone(text: str) -> bool:
    try:
        read_time_zone(text)
    except BadValue:
        return False
    return "/" in text or text.upper() in {"UTC", "GMT", "CET", "EST"}


def _is_email(text: str) -> bool:
    return "@" in text and " " not in text


def _email_fitness(column: Column) -> float:
    return 1.1 if column.share(_is_email) > 0.5 else 0.3


def _date_fitness(column: Column) -> float:
    return 1.1 if column.share(_is_date) > 0.6 else 0.1


def _id_fitness(column: Column) -> float:
    return 1.0 if column.uniqueness > 0.9 else 0.4


def _level_fitness(column: Column) -> float:
    many = len(column.distinct)
    if many > max(30, len(column.values) // 3):
        return 0.5
    return 0.9 if many <= 2 else 1.0


def _name_fitness(column: Column) -> float:
    return 0.3 if column.share(_is_email) > 0.5 or column.share(str.isdecimal) > 0.5 else 1.0


_SHAPES: tuple[tuple[str, abc.Callable[[str], bool]], ...] = (
    ("email", _is_email),
    ("number", lambda text: text.replace(",", "").replace(".", "").isdecimal()),
    ("date", _is_date),
    ("zone", _is_zone),
    ("code", lambda text: bool(re.fullmatch(r"[A-Za-z]{1,5}[-_]?\d{2,}", text))),
)
_FITNESS: dict[Field, abc.Callable[[Column], float]] = {
    Field.EXTERNAL_ID: _id_fitness,
    Field.EMAIL: _email_fitness,
    Field.HIRED_ON: _date_fitness,
    Field.LEFT_ON: _date_fitness,
    Field.LEVEL: _level_fitness,
    Field.NAME: _name_fitness,
    Field.TIME_ZONE: lambda column: 1.1 if column.share(_is_zone) > 0.5 else 0.5,
}
