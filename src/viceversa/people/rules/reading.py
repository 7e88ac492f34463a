"""From the cells of a file to typed rows, one remembered answer per distinct text."""

from collections import abc
from typing import Any, NamedTuple

from viceversa.people.rules.fields import LABELS, PARTS_OF_NAME, PERSON_FIELDS, Field
from viceversa.people.rules.ladder_terms import LadderLevel, level_key, level_names
from viceversa.people.rules.mapping import Mapping
from viceversa.people.rules.problems import Problem, problem
from viceversa.people.rules.records import FileRow, StaffRow, stand_in_name
from viceversa.people.rules.values import (
    BadValue,
    read_date,
    read_email,
    read_languages,
    read_name,
    read_text,
    read_time_zone,
)

_PLACES = {field: place for place, field in enumerate(PERSON_FIELDS)}
_EMPTY: dict[Field, Any] = {Field.LANGUAGES: ((), ()), Field.HIRED_ON: None, Field.LEFT_ON: None}
_DATES = (Field.HIRED_ON, Field.LEFT_ON)
_KEEP_IF_EMPTY = (Field.NAME, Field.TIME_ZONE)
NOTHING_LEFT_OUT: frozenset[Field] = frozenset()
_NAME_LEFT_OUT = frozenset({Field.NAME})


class Failure(NamedTuple):
    error: BadValue


class _Memo(dict[str, Any]):
    """Cell text → value or Failure; most texts of a staff file occur many times."""

    def __init__(self, read: abc.Callable[[str], Any], empty: Any, mapping: Mapping, fixed: str):
        super().__init__()
        self._read, self._empty, self._fixed = read, empty, fixed.strip()
        self._not_given = {text.casefold() for text in mapping.not_given}

    def __missing__(self, cell: str) -> Any:
        text = cell.strip()
        if not text or text.casefold() in self._not_given:
            text = self._fixed
        try:
            value = self._read(text) if text else self._empty
        except BadValue as error:
            value = Failure(error)
        self[cell] = value
        return value


class RowReader:
    """Reads rows one by one; what is wrong with them gathers in `problems`."""

    def __init__(
        self, headers: abc.Sequence[str], mapping: Mapping, ladder: abc.Sequence[LadderLevel]
    ) -> None:
        self.problems: list[Problem] = []
        self.bad_ids: set[str] = set()
        self._mapping, self._width = mapping, len(headers)
        self._places = {header: place for place, header in enumerate(headers)}
        self._memos = {
            field: _Memo(
                _reader_of(field, mapping, ladder),
                _EMPTY.get(field, ""),
                mapping,
                mapping.fixed.get(field, ""),
            )
            for field in PERSON_FIELDS
        }
        self._plan = [
            (_PLACES[field], self._memos[field], self._places[header])
            for field, header in mapping.columns.items()
            if field in _PLACES
        ]
        self._parts = _parts_of_name(mapping, self._places)
        self._base = [self._memos[field][""] for field in PERSON_FIELDS]
        self._has_names = bool(self._parts) or Field.NAME in mapping.columns

    def unusable_fixed_values(self) -> list[Problem]:
        return [
            problem("bad_fixed_value", row=1, value=text, label=LABELS[field].lower())
            for field, text in self._mapping.fixed.items()
            if field in _PLACES and isinstance(self._base[_PLACES[field]], Failure)
        ]

    def read(self, row: FileRow) -> StaffRow | None:
        """The row, or None where something about it is bad."""
        cells = row.cells
        before = len(self.problems)
        values = self._base.copy()
        for place, memo, column in self._plan:
            values[place] = memo[cells[column]]
        if self._parts:
            name = " ".join(cells[column].strip() for column in self._parts)
            values[_PLACES[Field.NAME]] = self._memos[Field.NAME][name]
        if Failure in map(type, values):
            self._name_failures(row, values)
        if len(cells) > self._width:
            self._add("too_many_cells", row, cell="".join(cells[self._width :]))
        if not values[0]:
            self._add("missing_id", row, Field.EXTERNAL_ID)
        if len(self.problems) == before:
            return self._finished(row, values)
        self._remember_bad(values[0])
        return None

    def header(self, field: Field) -> str:
        columns = self._mapping.columns
        if field is Field.NAME and field not in columns and self._parts:
            field = next(part for part in PARTS_OF_NAME if part in columns)
        return columns.get(field, "")

    def _finished(self, row: FileRow, values: list[Any]) -> StaffRow | None:
        """Fill in what follows from other fields: address, name, what is left out."""
        if not values[2] and self._mapping.email_pattern:
            values[2] = self._memos[Field.EMAIL][_filled(self._mapping.email_pattern, values)]
            if isinstance(values[2], Failure):
                self._name_failures(row, values)
                self._remember_bad(values[0])
                return None
        if values[10] and values[11] and values[11] < values[10]:
            self._add("left_before_hired", row, Field.LEFT_ON)
            self._remember_bad(values[0])
            return None
        values[8] = self._known_languages(row, values[8])
        left_out = NOTHING_LEFT_OUT if values[7] else frozenset({Field.TIME_ZONE})
        if values[1]:
            return StaffRow._make([row.number, *values, left_out, False])
        values[1] = stand_in_name(values[3], values[0])
        if self._has_names:
            self._add("missing_name", row, Field.NAME, name=values[1])
        return StaffRow._make([row.number, *values, left_out | _NAME_LEFT_OUT, True])

    def _known_languages(
        self, row: FileRow, read: tuple[tuple[str, ...], tuple[str, ...]]
    ) -> tuple[str, ...]:
        for word in read[1]:
            self._add("unknown_language", row, Field.LANGUAGES, cell=word)
        return read[0]

    def _remember_bad(self, external_id: object) -> None:
        if isinstance(external_id, str) and external_id:
            self.bad_ids.add(external_id)

    def _name_failures(self, row: FileRow, values: list[Any]) -> None:
        for field, value in zip(PERSON_FIELDS, values, strict=True):
            if isinstance(value, Failure):
                self._add(value.error.code, row, field, **value.error.facts)

    def _add(
        self, code: str, row: FileRow, field: Field | None = None, *, cell: str = "", **facts: Any
    ) -> None:
        column = self.header(field) if field else ""
        if column and not cell:
            cell = row.cells[self._places[column]]
        found = problem(code, row=row.number, column=column, value=cell, **facts)
        self.problems.append(found)


def _reader_of(
    field: Field, mapping: Mapping, ladder: abc.Sequence[LadderLevel]
) -> abc.Callable[[str], Any]:
    if field in _DATES:
        return lambda text: read_date(text, mapping.date_order)
    if field is Field.LEVEL:
        return _level_reader(mapping, ladder)
    if field in {Field.EXTERNAL_ID, Field.NAME}:
        return lambda text: read_name(text, field)
    plain: dict[Field, abc.Callable[[str], Any]] = {
        Field.EMAIL: read_email,
        Field.TIME_ZONE: read_time_zone,
        Field.LANGUAGES: read_languages,
        Field.MANAGER: str.strip,
    }
    return plain.get(field, lambda text: read_text(text, field))


def _level_reader(mapping: Mapping, ladder: abc.Sequence[LadderLevel]) -> abc.Callable[[str], str]:
    """Without a ladder every text is a level; it will make the ladder."""
    names = level_names(ladder)
    aliases = {level_key(text): name for text, name in mapping.level_aliases.items()}

    def read(text: str) -> str:
        meant = aliases.get(level_key(text), text)
        found = names.get(level_key(meant))
        if found is None and names:
            raise BadValue("unknown_level")
        return found or read_text(meant, Field.LEVEL)

    return read


def _parts_of_name(mapping: Mapping, places: dict[str, int]) -> list[int]:
    if Field.NAME in mapping.columns:
        return []
    return [places[mapping.columns[part]] for part in PARTS_OF_NAME if part in mapping.columns]


def _filled(pattern: str, values: list[Any]) -> str:
    """An address from a pattern; what an address cannot hold becomes a full stop."""
    facts = {"external_id": values[0], "name": values[1] or values[0]}
    for name, text in facts.items():
        safe = "".join(
            sign if sign.isascii() and (sign.isalnum() or sign in "-_+") else "." for sign in text
        )
        whole = ".".join(part for part in safe.split(".") if part)
        pattern = pattern.replace("{" + name + "}", whole)
    return pattern
