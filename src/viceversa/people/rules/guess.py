"""A first mapping for a file, good enough to be looked over rather than filled in."""

from collections import abc

from viceversa.people.rules.columns import (
    LOOKED_AT,
    Column,
    columns_of,
    contained,
    date_order,
    fitness,
)
from viceversa.people.rules.fields import PARTS_OF_NAME, Field
from viceversa.people.rules.headers import likeness, meaning
from viceversa.people.rules.mapping import Mapping, RowFilter

_SURE_ENOUGH = 0.55
_RENAMED_ENOUGH = 0.5
_DATES = (Field.HIRED_ON, Field.LEFT_ON)
_BY_VALUES = {Field.EMAIL: "email", Field.TIME_ZONE: "zone"}


def guess_mapping(
    headers: abc.Sequence[str],
    sample_rows: abc.Sequence[abc.Sequence[str]],
    remembered: Mapping | None = None,
) -> Mapping:
    """Which column is what. `remembered` answers come first and survive moved or new headers.

    `sample_rows` are the cells of as many rows as there are at hand; the first 5,000 count.
    `reasons` of the mapping say how each column was found.
    """
    columns = columns_of(headers, sample_rows)
    guess = _Guess(columns)
    if remembered is None:
        guess.by_headers_and_values(columns)
        return guess.mapping(Mapping(), sample_rows)
    guess.remembered_headers(remembered)
    fresh = [column for column in columns if column.header not in remembered.headers]
    guess.renamed_headers(remembered, fresh)
    wanted = columns if not remembered.headers else fresh
    guess.by_headers_and_values(wanted)
    return guess.mapping(_moved_filter(remembered, headers, fresh), sample_rows)


def settled(
    mapping: Mapping, headers: abc.Sequence[str], sample_rows: abc.Sequence[abc.Sequence[str]]
) -> Mapping:
    """The mapping as it is to be remembered once somebody has looked it over and changed it."""
    by_header = {column.header: column for column in columns_of(headers, sample_rows)}
    seen = {
        field: by_header[header].signature
        for field, header in mapping.columns.items()
        if header in by_header
    }
    return mapping.with_changes(headers=tuple(headers), signatures=seen)


class _Guess:
    def __init__(self, columns: list[Column]) -> None:
        self._columns = columns
        self._chosen: dict[Field, Column] = {}
        self._reasons: dict[Field, str] = {}

    def remembered_headers(self, remembered: Mapping) -> None:
        by_header = {column.header: column for column in self._columns}
        folded = {column.header.casefold(): column for column in self._columns}
        for field, header in remembered.columns.items():
            column = by_header.get(header) or folded.get(header.casefold())
            if column:
                self._choose(field, column, "as last time")

    def renamed_headers(self, remembered: Mapping, fresh: list[Column]) -> None:
        """A remembered column that is gone is looked for among the headers that are new."""
        for field, header in remembered.columns.items():
            if field in self._chosen:
                continue
            free = self._free(fresh)
            scored = [(_renamed(column, header, field, remembered), column) for column in free]
            score, column = max(scored, key=lambda pair: pair[0], default=(0.0, None))
            if column and score >= _RENAMED_ENOUGH:
                self._choose(field, column, f"was “{header}” last time")

    def by_headers_and_values(self, columns: list[Column]) -> None:
        self._by_score(columns, [field for field in Field if field is not Field.MANAGER])
        if Field.EXTERNAL_ID not in self._chosen:
            self._id_by_values(columns)
        self._manager(columns)
        for part in PARTS_OF_NAME:
            if Field.NAME in self._chosen:
                self._chosen.pop(part, None)
                self._reasons.pop(part, None)

    def mapping(self, base: Mapping, rows: abc.Sequence[abc.Sequence[str]]) -> Mapping:
        dates = [self._chosen[field] for field in _DATES if field in self._chosen]
        is_new = not base.headers
        return base.with_changes(
            columns={field: column.header for field, column in self._chosen.items()},
            headers=tuple(column.header for column in self._columns),
            signatures={field: column.signature for field, column in self._chosen.items()},
            reasons=self._reasons,
            date_order=date_order(dates) if is_new else base.date_order,
            only=self._row_filter() if is_new else base.only,
            nobody=self._nobody(base),
        )

    def _choose(self, field: Field, column: Column, reason: str) -> None:
        self._chosen[field] = column
        self._reasons[field] = reason

    def _free(self, columns: list[Column]) -> list[Column]:
        taken = {column.place for column in self._chosen.values()}
        return [column for column in columns if column.place not in taken]

    def _by_score(self, columns: list[Column], fields: list[Field]) -> None:
        pairs = [
            (_score(column, field), field, column)
            for column in self._free(columns)
            for field in fields
            if field not in self._chosen
        ]
        for score, field, column in sorted(pairs, key=lambda pair: -pair[0]):
            if score >= _SURE_ENOUGH and field not in self._chosen and self._free([column]):
                reason = "by its header" if meaning(column.header, field) else "by its values"
                self._choose(field, column, reason)

    def _id_by_values(self, columns: list[Column]) -> None:
        """Every row has another value, and best of all another column refers to it."""
        keys = [
            column
            for column in self._free(columns)
            if column.uniqueness > 0.98 and column.shape in {"code", "key", "number"}
        ]
        refers = {
            column.place: max(
                (contained(other, column.distinct) for other in columns if other is not column),
                default=0.0,
            )
            for column in keys
        }
        best = max(
            keys, key=lambda column: (round(refers[column.place], 1), -column.place), default=None
        )
        if best:
            self._choose(Field.EXTERNAL_ID, best, "by its values")

    def _manager(self, columns: list[Column]) -> None:
        if Field.MANAGER in self._chosen:
            return
        keys: frozenset[str] = frozenset()
        for field in (Field.EXTERNAL_ID, Field.EMAIL):
            if field in self._chosen:
                keys |= self._chosen[field].distinct
        scored = [(_manager_score(column, keys), column) for column in self._free(columns)]
        score, column = max(scored, key=lambda pair: pair[0], default=(0.0, None))
        if column and score >= _SURE_ENOUGH:
            is_named = meaning(column.header, Field.MANAGER) >= _SURE_ENOUGH
            self._choose(Field.MANAGER, column, "by its header" if is_named else "by its values")

    def _row_filter(self) -> RowFilter | None:
        """Rows without an ID are often of another kind, and a column says which."""
        key = self._chosen.get(Field.EXTERNAL_ID)
        if key is None or all(key.cells):
            return None
        for column in self._free(self._columns):
            kinds = {
                has_id: {
                    cell
                    for cell, name in zip(column.cells, key.cells, strict=False)
                    if bool(name) is has_id
                }
                for has_id in (True, False)
            }
            is_telling = len(kinds[True] | kinds[False]) <= 5 and "" not in kinds[True]
            if is_telling and kinds[True] and not kinds[True] & kinds[False]:
                return RowFilter(column.header, tuple(sorted(kinds[True])))
        return None

    def _nobody(self, base: Mapping) -> tuple[str, ...]:
        """Short capitals that stand for many managers but are nobody's ID mean nobody."""
        manager, key = self._chosen.get(Field.MANAGER), self._chosen.get(Field.EXTERNAL_ID)
        if manager is None or key is None or len(key.cells) >= LOOKED_AT:
            return base.nobody
        known = {text.casefold() for text in (*base.nobody, *base.not_given)}
        odd = {
            value
            for value in manager.distinct
            if len(value) <= 3 and not value.isalnum() and value.casefold() not in known
        }
        return base.nobody + tuple(sorted(odd - key.distinct))


def _score(column: Column, field: Field) -> float:
    by_header = meaning(column.header, field) * fitness(column, field)
    by_values = 0.7 if column.shape == _BY_VALUES.get(field) else 0.0
    about_manager = meaning(column.header, Field.MANAGER) > 0.7
    return by_header if about_manager else max(by_header, by_values)


def _manager_score(column: Column, keys: frozenset[str]) -> float:
    """Header and values together; a column of unique values names no managers."""
    by_header = meaning(column.header, Field.MANAGER)
    inside = contained(column, keys)
    if column.values and column.uniqueness > 0.98 and len(column.values) > 20:
        return 0.0
    if inside >= 0.7:
        return max(0.7 + 0.2 * inside, by_header + 0.2)
    return by_header


def _renamed(column: Column, header: str, field: Field, remembered: Mapping) -> float:
    """Alike in words, of the same shape, in the same place: the more the surer."""
    seen = remembered.signatures.get(field)
    same_shape = seen is not None and column.shape == seen.shape
    same_place = seen is not None and column.place == seen.place
    by_words = max(likeness(column.header, header), meaning(column.header, field))
    if seen is not None and seen.shape not in {"empty", column.shape} and column.values:
        by_words *= 0.6
    if seen is None:
        return 0.8 * by_words
    return 0.6 * by_words + 0.3 * same_shape + 0.2 * same_place


def _moved_filter(remembered: Mapping, headers: abc.Sequence[str], fresh: list[Column]) -> Mapping:
    """The column that chooses rows may have been renamed as well."""
    only = remembered.only
    if only is None or only.column in headers:
        return remembered
    wanted = {value.casefold() for value in only.values}
    for column in sorted(fresh, key=lambda column: -likeness(column.header, only.column)):
        if wanted & {cell.casefold() for cell in column.cells}:
            return remembered.with_changes(only=RowFilter(column.header, only.values))
    return remembered
