"""Reads programme.toml: rules, weights, places, order, ladder, attributes, pins.

order = ["coverage", "floor", "places", "total"]     # or [order] objectives = [...]
reference_date = 2026-01-15                          # whose time zone offsets count
pinned = [["learner id", "adviser id"]]
forbidden = [["learner id", "adviser id"]]
[levels]      ladder = ["Associate", "Manager", "Director"]        # lowest first
[rules]       min_rank_gap, max_rank_gap, reporting_line, past_partners, same_unit,
              shared_hours, shared_language, wanted_skill, target_level
[weights]     skills, goals, wishes, adviser_wishes, other_unit, place, hours
[places]      advisers_per_learner, learners_per_adviser, stages (true: must differ),
              one_other_field (true: of several advisers one from another field or unit)
[attributes.NAME]   weight, prefer, insist           # for columns of one's own
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from viceversa.matching.engine.errors import BadInput
from viceversa.matching.engine.files.csv_rows import must_be_a_file, not_in_utf_8
from viceversa.matching.engine.files.faults import BadFiles, Faults, nearest
from viceversa.matching.engine.people.participant import LEVEL_NAMES
from viceversa.matching.engine.people.settings import (
    AttributeRule,
    Places,
    Rules,
    Settings,
    Weights,
)
from viceversa.matching.engine.solving.instance import OBJECTIVES

LEVELS = {name: level for level, name in LEVEL_NAMES.items()}
TOP = ("order", "reference_date", "pinned", "forbidden", "levels", "rules", "weights", "places")
MOST = 1_000_000


@dataclass(frozen=True)
class Programme:
    """``ladder`` lists levels from the lowest; ``target_level`` holds where a want names none.

    With ``ladder_known`` false the file could not be read, and level names pass unchecked.
    """

    settings: Settings
    ladder: tuple[str, ...] = ()
    ladder_known: bool = True
    target_level: int = 1
    pins: tuple[tuple[str, str], ...] = ()
    forbidden: tuple[tuple[str, str], ...] = ()


def read_programme(path: Path) -> Programme:
    """The programme, or BadFiles with every mistake found."""
    faults = Faults(path.name)
    try:
        must_be_a_file(path)
        text = path.read_text(encoding="utf-8-sig")
        table = tomllib.loads(text)
    except OSError as reason:
        raise BadFiles([f"{path}: the file cannot be read ({reason.strerror})."]) from reason
    except UnicodeDecodeError as reason:
        raise not_in_utf_8(path, kind="text in UTF-8") from reason
    except tomllib.TOMLDecodeError as reason:
        raise BadFiles([f"{path.name}: this is not valid TOML: {reason}."]) from reason
    reader = _Reader(faults, text)
    programme = reader.programme(table)
    if programme is None or faults.sentences:
        raise BadFiles(faults.sentences)
    return programme


class _Reader:
    def __init__(self, faults: Faults, text: str) -> None:
        self.faults = faults
        self.text = text

    def programme(self, table: dict[str, Any]) -> Programme | None:
        self._known(table, (*TOP, "attributes"), "")
        rules = dict(self._section(table, "rules"))
        target = self._target(rules.pop("target_level", "basic"))
        levels = self._section(table, "levels")
        self._known(levels, ("ladder",), "levels")
        parts: dict[str, Any] = {
            "rules": self._rules(rules),
            "weights": self._weights(self._section(table, "weights")),
            "places": self._places(self._section(table, "places")),
            "attributes": self._attributes(self._section(table, "attributes")),
            "order": self._order(table.get("order")),
            "reference_date": self._date(table.get("reference_date", date(2026, 1, 15))),
        }
        pins, forbidden = self._pairs(table, "pinned"), self._pairs(table, "forbidden")
        ladder = self._ladder(levels.get("ladder", []))
        if self.faults.sentences:
            return None
        try:
            return Programme(Settings(**parts), ladder, True, target, pins, forbidden)
        except BadInput as reason:
            self.faults.say(str(reason))
            return None

    def _section(self, table: Mapping[str, Any], name: str) -> dict[str, Any]:
        value = table.get(name, {})
        if isinstance(value, dict):
            return value
        self._wrong(name, "", "this must be a table, [" + name + "]")
        return {}

    def _known(self, table: Mapping[str, Any], names: Iterable[str], section: str) -> None:
        names = tuple(names)
        for key in table:
            if key not in names:
                self._wrong(key, section, f"this is not known here.{nearest(key, names)}")

    def _wrong(self, key: str, section: str, sentence: str) -> None:
        """Names the line when the key can be found in the text."""
        found = re.search(rf"^\s*\[?\[?\s*{re.escape(key)}\s*[=\].]", self.text, re.MULTILINE)
        line = self.text.count("\n", 0, found.end()) + 1 if found else 0
        where = f"line {line}, " if line else ""
        name = f"[{section}] {key}" if section else key
        self.faults.say(
            f"{where}{name}: {sentence.rstrip('.')}."
            if sentence[-1] != "?"
            else f"{where}{name}: {sentence}"
        )

    def _rules(self, table: dict[str, Any]) -> Rules:
        kinds = {
            "min_rank_gap": "rank",
            "max_rank_gap": "rank",
            "shared_hours": "hours",
        }
        names = [rule.name for rule in fields(Rules)]
        self._known(table, (*names, "target_level"), "rules")
        values: dict[str, Any] = {}
        for name in names:
            if name not in table:
                continue
            value, kind = table[name], kinds.get(name, "switch")
            if self._fits(value, kind):
                values[name] = None if kind == "rank" and value is False else value
            else:
                self._wrong(name, "rules", _EXPECTED[kind])
        return Rules(**values)

    def _fits(self, value: object, kind: str) -> bool:
        if kind == "switch":
            return isinstance(value, bool)
        if kind == "rank":
            return value is False or (type(value) is int and abs(value) <= MOST)
        if kind == "count":
            return type(value) is int and 0 <= value <= MOST
        number = isinstance(value, int | float) and not isinstance(value, bool)
        top = 24 if kind == "hours" else MOST
        return number and 0 <= float(str(value)) <= top

    def _weights(self, table: dict[str, Any]) -> Weights:
        names = [weight.name for weight in fields(Weights)]
        self._known(table, names, "weights")
        for name in names:
            if name in table and not self._fits(table[name], "weight"):
                self._wrong(name, "weights", _EXPECTED["weight"])
        good = {n: table[n] for n in names if n in table and self._fits(table[n], "weight")}
        return Weights(**good)

    def _places(self, table: dict[str, Any]) -> Places:
        counts = ("advisers_per_learner", "learners_per_adviser")
        self._known(table, (*counts, "stages", "one_other_field"), "places")
        values: dict[str, Any] = {}
        for name in counts:
            if name in table and self._fits(table[name], "count"):
                values[name] = table[name]
            elif name in table:
                self._wrong(name, "places", _EXPECTED["count"])
        for name, meaning in (("stages", "different_stages"), ("one_other_field",) * 2):
            values[meaning] = table.get(name, False) is True
            if not isinstance(table.get(name, False), bool):
                self._wrong(name, "places", _EXPECTED["switch"])
        return Places(**values)

    def _attributes(self, table: dict[str, Any]) -> dict[str, AttributeRule]:
        found = {}
        for name, rule in table.items():
            if not isinstance(rule, dict):
                self._wrong(name, "attributes", "this must be a table of weight, prefer, insist")
                continue
            self._known(rule, ("weight", "prefer", "insist"), f"attributes.{name}")
            weight = rule.get("weight", 0)
            if not self._fits(weight, "weight"):
                self._wrong("weight", f"attributes.{name}", _EXPECTED["weight"])
                weight = 0
            found[name] = AttributeRule(
                weight, str(rule.get("prefer", "same")), str(rule.get("insist", ""))
            )
        return found

    def _order(self, value: object) -> tuple[str, ...]:
        if value is None:
            return OBJECTIVES
        if isinstance(value, dict):
            self._known(value, ("objectives",), "order")
            value = value.get("objectives", [])
        if isinstance(value, list) and value and all(isinstance(name, str) for name in value):
            return tuple(value)
        self._wrong("order", "", f"this must be a list of {', '.join(OBJECTIVES)}")
        return OBJECTIVES

    def _date(self, value: object) -> date:
        if isinstance(value, date):
            return date(value.year, value.month, value.day)
        self._wrong("reference_date", "", "this must be a date such as 2026-01-15")
        return date(2026, 1, 15)

    def _target(self, value: object) -> int:
        level = LEVELS.get(str(value).casefold(), value)
        if type(level) is int and 1 <= level <= 4:
            return level
        self._wrong("target_level", "rules", f"this must be one of {', '.join(LEVELS)}")
        return 1

    def _ladder(self, value: object) -> tuple[str, ...]:
        if isinstance(value, list) and all(isinstance(name, str) for name in value):
            return tuple(value)
        self._wrong("ladder", "levels", "this must be a list of level names, the lowest first")
        return ()

    def _pairs(self, table: Mapping[str, Any], name: str) -> tuple[tuple[str, str], ...]:
        value = table.get(name, [])
        pairs = value if isinstance(value, list) else [value]
        for pair in pairs:
            if not (isinstance(pair, list) and len(pair) == 2):
                self._wrong(name, "", 'this must be a list of pairs ["learner id", "adviser id"]')
                return ()
        return tuple((str(learner), str(adviser)) for learner, adviser in pairs)


_EXPECTED = {
    "switch": "this must be true or false",
    "rank": "this must be a whole number of steps on the ladder, or false",
    "hours": "this must be a number of hours from 0 to 24",
    "weight": f"this must be a number from 0 to {MOST:,}",
    "count": f"this must be a whole number from 0 to {MOST:,}",
}
