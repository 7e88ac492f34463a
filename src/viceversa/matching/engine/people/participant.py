"""One person as the engine sees them: plain values, nothing about age or gender."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

LEVEL_NAMES = {1: "basic", 2: "working", 3: "strong", 4: "expert"}
ADVISER, LEARNER = "adviser", "learner"


@dataclass(frozen=True)
class Want:
    """A skill a learner wants: up to which level (1 basic … 4 expert), and how much (1 = most)."""

    skill: str
    target: int = 1
    priority: int = 1


@dataclass(frozen=True)
class Participant:
    """A person of the directory and their part in the programme.

    People without roles take no part but count in reporting lines. ``rank`` rises with seniority.
    ``working_hours`` are local, in hours (9.0, 17.0); a start after the end goes past midnight.
    ``demand`` is how many advisers a learner wants, ``capacity`` how many learners an adviser
    takes and ``minimum`` how many they were promised. ``decides_pay_of`` names people whose pay
    or promotion this person has a say in. ``priority`` above 1 says: left out last time.
    ``attributes`` are the organisation's own, for rules and weights of the programme.
    """

    id: str
    name: str = ""
    rank: int | None = None
    unit: str = ""
    field: str = ""
    place: str = ""
    timezone: str = "UTC"
    working_hours: tuple[float, float] = (9.0, 17.0)
    languages: frozenset[str] = frozenset()
    manager_id: str = ""
    roles: frozenset[str] = frozenset()
    demand: int = 1
    capacity: int = 1
    minimum: int = 0
    offers: Mapping[str, int] = dataclasses.field(default_factory=dict)
    wants: tuple[Want, ...] = ()
    goals: str = ""
    asks: tuple[str, ...] = ()
    adviser_wishes: tuple[str, ...] = ()
    keep_apart: frozenset[str] = frozenset()
    decides_pay_of: frozenset[str] = frozenset()
    past_partners: frozenset[str] = frozenset()
    stage: str = ""
    priority: int = 1
    attributes: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def called(self) -> str:
        return self.name or self.id

    @property
    def wanted(self) -> tuple[Want, ...]:
        """The wants, most wanted first."""
        return tuple(sorted(self.wants, key=lambda want: (want.priority, want.skill)))
