"""Participants as arrays, sorted by id so that the order of rows never matters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np

from viceversa.matching.engine.errors import BadInput
from viceversa.matching.engine.people.hours import WorkingHours
from viceversa.matching.engine.people.lines import ReportingLines
from viceversa.matching.engine.people.participant import ADVISER, LEARNER, Participant
from viceversa.matching.engine.people.settings import Settings
from viceversa.matching.engine.solving.instance import Bools, Ints

UNKNOWN = -(10**6)
LEVELS = 4


@dataclass(frozen=True)
class Roster:
    """N people; ``learners`` (L,) and ``advisers`` (A,) are positions in ``people``."""

    people: tuple[Participant, ...]
    settings: Settings
    index: dict[str, int]
    learners: Ints
    advisers: Ints
    learner_at: dict[int, int]
    adviser_at: dict[int, int]
    rank: Ints
    unit: Ints
    field: Ints
    place: Ints
    lines: ReportingLines
    hours: WorkingHours
    language_kind: Ints
    languages_meet: Bools

    @cached_property
    def demand(self) -> Ints:
        fixed = self.settings.places.advisers_per_learner
        own = [self.people[at].demand if fixed is None else fixed for at in self.learners]
        return np.array(own, np.int64)

    @cached_property
    def capacity(self) -> Ints:
        fixed = self.settings.places.learners_per_adviser
        own = [self.people[at].capacity if fixed is None else fixed for at in self.advisers]
        return np.array(own, np.int64)

    def learner(self, row: int) -> Participant:
        return self.people[int(self.learners[row])]

    def adviser(self, column: int) -> Participant:
        return self.people[int(self.advisers[column])]

    def row(self, person_id: str) -> int | None:
        """Position among the learners, or None."""
        return self.learner_at.get(self.index.get(person_id, -1))

    def column(self, person_id: str) -> int | None:
        """Position among the advisers, or None."""
        return self.adviser_at.get(self.index.get(person_id, -1))

    def pairs(self, wanted: Iterable[tuple[str, str]]) -> set[tuple[int, int]]:
        """(row, column) of the (learner id, adviser id) pairs that take part in these roles."""
        found = ((self.row(learner), self.column(adviser)) for learner, adviser in wanted)
        return {(row, column) for row, column in found if row is not None and column is not None}


def call_the_roll(people: Iterable[Participant], settings: Settings) -> Roster:
    """Sort, number and check the people; raises BadInput for two people with one id."""
    everyone = tuple(sorted(people, key=lambda person: person.id))
    index = {person.id: at for at, person in enumerate(everyone)}
    _check(everyone, index)
    learners = [at for at, person in enumerate(everyone) if LEARNER in person.roles]
    advisers = [at for at, person in enumerate(everyone) if ADVISER in person.roles]
    kinds, meet = _languages(everyone)
    return Roster(
        people=everyone,
        settings=settings,
        index=index,
        learners=np.array(learners, np.int64),
        advisers=np.array(advisers, np.int64),
        learner_at={at: row for row, at in enumerate(learners)},
        adviser_at={at: column for column, at in enumerate(advisers)},
        rank=np.array([UNKNOWN if p.rank is None else p.rank for p in everyone], np.int64),
        unit=codes(everyone, lambda person: person.unit),
        field=codes(everyone, lambda person: person.field),
        place=codes(everyone, lambda person: person.place),
        lines=ReportingLines(np.array([index.get(p.manager_id, -1) for p in everyone], np.int64)),
        hours=WorkingHours(everyone, settings.reference_date),
        language_kind=kinds,
        languages_meet=meet,
    )


def same_field(roster: Roster, one: Ints, other: Ints) -> Bools:
    """Are two people of one field? Where a field is not known, one unit will do."""
    known = (roster.field[one] > 0) & (roster.field[other] > 0)
    of_one_unit = (roster.unit[one] == roster.unit[other]) & (roster.unit[one] > 0)
    return np.asarray(np.where(known, roster.field[one] == roster.field[other], of_one_unit))


def codes(people: Sequence[Participant], value: Callable[[Participant], str]) -> Ints:
    """A number per distinct text, without regard to case or spaces; 0 for none."""
    texts = [" ".join(value(person).split()).casefold() for person in people]
    number = {text: at for at, text in enumerate(sorted({"", *texts}))}
    return np.array([number[text] for text in texts], np.int64)


def skill_matrix(rows: Sequence[Iterable[tuple[str, int, int]]], number: dict[str, int]) -> Any:
    """Sparse whole numbers (rows, skills × 4 levels) from (skill, level 1…4, value)."""
    from scipy.sparse import csr_array

    entries = [
        (row, number[skill] * LEVELS + level - 1, value)
        for row, cells in enumerate(rows)
        for skill, level, value in cells
        if skill in number and value
    ]
    at_rows, at_columns, values = (
        np.array([e[part] for e in entries], np.int64) for part in range(3)
    )
    shape = (len(rows), max(1, len(number) * LEVELS))
    return csr_array((values, (at_rows, at_columns)), shape=shape)


def same_skill(name: str) -> str:
    """Skills are the same when they differ in case or spaces only."""
    return " ".join(name.split()).casefold()


def skill_numbers(roster: Roster) -> dict[str, int]:
    wanted = {same_skill(w.skill) for at in roster.learners for w in roster.people[at].wants}
    return {skill: at for at, skill in enumerate(sorted(wanted))}


def _check(everyone: Sequence[Participant], index: dict[str, int]) -> None:
    if len(index) < len(everyone):
        ids = [person.id for person in everyone]
        twice = next(a for a, b in pairwise(ids) if a == b)
        raise BadInput(f'Two people have the id "{twice}".')
    for person in everyone:
        if min(person.demand, person.capacity, person.minimum, person.priority) < 0:
            raise BadInput(f"{person.called}: places and priority must not be negative.")
        levels = [*person.offers.values(), *(want.target for want in person.wants)]
        if any(level not in range(1, LEVELS + 1) for level in levels):
            raise BadInput(f"{person.called}: a skill level must be from 1 to 4.")


def _languages(everyone: Sequence[Participant]) -> tuple[Ints, Bools]:
    """Kind of language set per person, and whether two kinds can talk; none stated meets all."""
    sets = [frozenset(language.casefold() for language in p.languages) for p in everyone]
    kinds = sorted(set(sets), key=sorted)
    number = {kind: at for at, kind in enumerate(kinds)}
    meet = np.array([[not a or not b or bool(a & b) for b in kinds] for a in kinds], np.bool_)
    return np.array([number[spoken] for spoken in sets], np.int64), meet
