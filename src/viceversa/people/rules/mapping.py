"""How a staff file is to be read: which column is what, and what is left to choose.

A mapping is plain data: it is remembered from one import to the next, shown on the page, and
kept as a JSON file for the command line (`--mapping FILE`).
"""

import json
from collections import abc
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, Self

from viceversa.people.rules.fields import Field

NOT_GIVEN = ("N/D", "N/A", "NaN", "NA", "n.a.", "-", "--", "–", "NULL", "#N/A", "?", "(blank)")
NOBODY = ("XX", "X", "0", "nobody", "none", "no manager", "top")
DATE_ORDERS = ("dmy", "mdy", "ymd")


class Signature(NamedTuple):
    """What a column looked like when it was chosen; no value of it is kept."""

    shape: str
    place: int


@dataclass(frozen=True, slots=True)
class RowFilter:
    """Only rows whose cell in `column` is one of `values` are imported."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mapping:
    """Column per field, and the answers that a coordinator gave once.

    `fixed` holds a value per field for rows that give none; `email_pattern` builds addresses
    from {external_id} and {name}; `level_aliases` say which level of the ladder a text means.
    """

    columns: dict[Field, str] = field(default_factory=dict)
    fixed: dict[Field, str] = field(default_factory=dict)
    email_pattern: str = ""
    only: RowFilter | None = None
    date_order: str = "dmy"
    level_aliases: dict[str, str] = field(default_factory=dict)
    nobody: tuple[str, ...] = NOBODY
    not_given: tuple[str, ...] = NOT_GIVEN
    headers: tuple[str, ...] = ()
    signatures: dict[Field, Signature] = field(default_factory=dict)
    reasons: dict[Field, str] = field(default_factory=dict, compare=False)

    def with_changes(self, **changes: Any) -> Self:
        return replace(self, **changes)

    def to_json(self) -> dict[str, Any]:
        """Plain values for JSON; `from_json` gives the same mapping back."""
        return {
            "columns": {str(name): header for name, header in self.columns.items()},
            "fixed": {str(name): value for name, value in self.fixed.items()},
            "email_pattern": self.email_pattern,
            "only": {"column": self.only.column, "values": [*self.only.values]}
            if self.only
            else None,
            "date_order": self.date_order,
            "level_aliases": dict(self.level_aliases),
            "nobody": [*self.nobody],
            "not_given": [*self.not_given],
            "headers": [*self.headers],
            "signatures": {str(name): [*seen] for name, seen in self.signatures.items()},
        }

    @classmethod
    def from_json(cls, data: object) -> Self:
        """Raises BadMapping with a sentence where the file is not a mapping."""
        if not isinstance(data, dict):
            raise BadMapping("A mapping is a JSON object with “columns” and further answers.")
        unknown = set(data) - set(cls.__dataclass_fields__) - {"version"}
        if unknown:
            raise BadMapping(f"“{min(map(str, unknown))}” is not part of a mapping.")
        return cls(**{name: read(data[name]) for name, read in _READERS.items() if name in data})

    def to_text(self) -> str:
        return json.dumps(self.to_json(), ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def from_text(cls, text: str) -> Self:
        try:
            data = json.loads(text)
        except (json.JSONDecodeError, RecursionError) as error:
            raise BadMapping("This mapping is not a JSON file.") from error
        return cls.from_json(data)


class BadMapping(ValueError):
    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def _texts(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
        raise BadMapping("“columns”, “fixed” and “level_aliases” go from a text to a text.")
    return dict(value)


def _by_field(value: object) -> dict[Field, str]:
    found = {}
    for name, text in _texts(value).items():
        if name not in list(Field):
            raise BadMapping(f"“{name}” is not a field of a person.")
        found[Field(name)] = text
    return found


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise BadMapping("“email_pattern” is a text.")
    return value


def _list(value: object) -> tuple[str, ...]:
    if not isinstance(value, (list, tuple)) or not all(isinstance(text, str) for text in value):
        raise BadMapping("“nobody”, “not_given”, “headers” and “values” are lists of texts.")
    return tuple(value)


def _order(value: object) -> str:
    if value not in DATE_ORDERS:
        raise BadMapping("“date_order” is one of dmy, mdy, ymd.")
    return str(value)


def _only(value: object) -> RowFilter | None:
    if value is None:
        return None
    if not isinstance(value, dict) or set(value) != {"column", "values"}:
        raise BadMapping("“only” has a “column” and its “values”.")
    return RowFilter(_text(value["column"]), _list(value["values"]))


def _signatures(value: object) -> dict[Field, Signature]:
    seen = value if isinstance(value, dict) else {}
    return {
        Field(name): Signature(str(pair[0]), int(pair[1]))
        for name, pair in seen.items()
        if name in list(Field)
        and isinstance(pair, (list, tuple))
        and len(pair) == 2
        and isinstance(pair[1], int)
    }


_READERS: dict[str, abc.Callable[[object], Any]] = {
    "columns": _by_field,
    "fixed": _by_field,
    "email_pattern": _text,
    "only": _only,
    "date_order": _order,
    "level_aliases": _texts,
    "nobody": _list,
    "not_given": _list,
    "headers": _list,
    "signatures": _signatures,
}
