"""What the texts of each column of people.csv stand for, as whole numbers."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any
from zoneinfo import available_timezones

from viceversa.matching.engine.errors import BadInput
from viceversa.matching.engine.files.cell_numbers import Cells, Lists
from viceversa.matching.engine.files.cells import (
    Wrong,
    hours_of,
    listed_cell,
    number_of,
    rank_of,
    roles_of,
)
from viceversa.matching.engine.files.faults import nearest
from viceversa.matching.engine.files.programme_toml import Programme
from viceversa.matching.engine.files.skill_cells import Skills
from viceversa.matching.engine.people.columns import CODED, LISTS, UNKNOWN
from viceversa.matching.engine.people.gathering import NOBODY
from viceversa.matching.engine.people.hours import offset_minutes
from viceversa.matching.engine.people.participant import ADVISER, LEARNER
from viceversa.matching.engine.people.ragged import Numbers

IN_THE_FILE = {"rank": "level", "place": "location"}  # where the file has another name
PLAIN = ("unit", "field", "place", "stage", "goals")
DEFAULTS = {"demand": 1, "capacity": 1, "minimum": 0, "priority": 1}
AS_LEARNER, AS_ADVISER = 1, 2


class Meaning:
    """What the texts of each known column stand for."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.named: Numbers[str] = Numbers()
        self.skills = Skills(programme.target_level)
        self.values: dict[str, Numbers[Any]] = {name: Numbers() for name in CODED}
        self.lists = {name: Lists() for name in LISTS}

    def cells(self) -> dict[str, Cells]:
        """The numbers of the cells by column, in the order in which a row is checked."""
        values = self.values
        return {
            "timezone": Cells(self._timezone),
            "level": Cells(self._rank),
            "working_hours": Cells(lambda text, say: values["working_hours"][hours_of(text, say)]),
            "role": Cells(_role),
            **{name: Cells(_count(name)) for name in ("demand", "capacity", "minimum")},
            "offers": Cells(self.skills.offers),
            "wants": Cells(self.skills.wants),
            "priority": Cells(_count("priority")),
            "languages": Cells(lambda text, _: values["languages"][frozenset(listed_cell(text))]),
            "manager_id": Cells(lambda text, _: self.named[text] if text else NOBODY),
            **{name: Cells(partial(self._people, name)) for name in LISTS},
            **{IN_THE_FILE.get(name, name): plain_cells(values[name]) for name in PLAIN},
        }

    def _timezone(self, text: str, wrong: Wrong) -> int:
        zone = text or "UTC"
        try:
            offset_minutes(zone, self.programme.settings.reference_date)
        except BadInput as reason:
            wrong("timezone", f"{reason}{nearest(zone, _zones())}")
        return self.values["timezone"][zone]

    def _rank(self, text: str, wrong: Wrong) -> int:
        if not self.programme.ladder_known:
            return UNKNOWN
        rank = rank_of(text, self.programme.ladder, wrong)
        return UNKNOWN if rank is None else rank

    def _people(self, name: str, text: str, _: Wrong) -> int:
        ids = listed_cell(text)
        in_order = ids if name in ("asks", "adviser_wishes") else sorted(ids)
        return self.lists[name].add(self.named.of(in_order))


def plain_cells(values: Numbers[str]) -> Cells:
    """Cells that mean just what they say."""
    return Cells(lambda text, _: values[text])


def _count(name: str) -> Callable[[str, Wrong], int]:
    return lambda text, wrong: number_of(text, name, DEFAULTS[name], wrong)


def _role(text: str, wrong: Wrong) -> int:
    roles = roles_of(text, wrong)
    return AS_LEARNER * (LEARNER in roles) + AS_ADVISER * (ADVISER in roles)


@lru_cache
def _zones() -> tuple[str, ...]:
    return tuple(sorted(available_timezones()))
