"""Who takes part, as arrays: learners by row, advisers by column, everybody by position."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from viceversa.matching.engine.errors import BadInput
from viceversa.matching.engine.people.amending import with_person
from viceversa.matching.engine.people.columns import UNKNOWN, Columns, People
from viceversa.matching.engine.people.gathering import columns_of
from viceversa.matching.engine.people.hours import WorkingHours
from viceversa.matching.engine.people.interests import Interests, same_skill
from viceversa.matching.engine.people.lines import ReportingLines
from viceversa.matching.engine.people.participant import Participant
from viceversa.matching.engine.people.ragged import Coded, coded
from viceversa.matching.engine.people.settings import Settings
from viceversa.matching.engine.solving.instance import Bools, Ints

__all__ = ["UNKNOWN", "Roster", "call_the_roll", "codes", "same_field", "same_skill"]
LEVELS = 4


@dataclass(frozen=True)
class Roster:
    """N people; ``learners`` (L,) and ``advisers`` (A,) are positions in ``people``.

    The lists of one row or column stand in flat arrays: those of row i are the entries
    ``want_start[i]`` … ``want_start[i + 1]``.
    """

    columns: Columns
    settings: Settings
    interests: Interests
    rank: Ints
    unit: Ints
    field: Ints
    place: Ints
    lines: ReportingLines
    hours: WorkingHours
    language_kind: Ints
    languages_meet: Bools

    @cached_property
    def people(self) -> People:
        return People(self.columns)

    @property
    def index(self) -> dict[str, int]:
        return self.columns.index

    @property
    def learners(self) -> Ints:
        return self.interests.learners

    @property
    def advisers(self) -> Ints:
        return self.interests.advisers

    @cached_property
    def demand(self) -> Ints:
        fixed = self.settings.places.advisers_per_learner
        return _own_or(fixed, self.columns.demand[self.learners])

    @cached_property
    def capacity(self) -> Ints:
        fixed = self.settings.places.learners_per_adviser
        return _own_or(fixed, self.columns.capacity[self.advisers])

    @cached_property
    def minimum(self) -> Ints:
        """(A,) how many learners each adviser was promised."""
        return self.columns.minimum[self.advisers]

    @cached_property
    def priority(self) -> Ints:
        """(L,) above 1: left out last time."""
        return self.columns.priority[self.learners]

    @cached_property
    def stage(self) -> Ints:
        """(A,) a number per career stage, 0 for none."""
        return numbered(self.columns.stage)[self.advisers]

    def attribute(self, name: str) -> Ints:
        """(N,) a number per value of an attribute of the organisation's own, 0 for none."""
        column = self.columns.attributes.get(name)
        return np.zeros(len(self.columns), np.int64) if column is None else numbered(column)

    @property
    def want_start(self) -> Ints:
        return self.interests.wants.start

    @property
    def want_skill(self) -> Ints:
        return self.interests.wants.parts[0]

    @property
    def want_target(self) -> Ints:
        return self.interests.wants.parts[1]

    @property
    def want_priority(self) -> Ints:
        return self.interests.wants.parts[2]

    @property
    def offer_start(self) -> Ints:
        return self.interests.offers.start

    @property
    def offer_skill(self) -> Ints:
        return self.interests.offers.parts[0]

    @property
    def offer_level(self) -> Ints:
        return self.interests.offers.parts[1]

    @property
    def wish_start(self) -> Ints:
        return self.interests.wishes.start

    @property
    def wish_column(self) -> Ints:
        return self.interests.wishes.parts[0]

    @property
    def wish_rank(self) -> Ints:
        return self.interests.wishes.parts[1]

    @property
    def adviser_wish_start(self) -> Ints:
        return self.interests.adviser_wishes.start

    @property
    def adviser_wish_column(self) -> Ints:
        return self.interests.adviser_wishes.parts[0]

    @property
    def adviser_wish_rank(self) -> Ints:
        return self.interests.adviser_wishes.parts[1]

    def learner(self, row: int) -> Participant:
        return self.columns.person(int(self.learners[row]))

    def adviser(self, column: int) -> Participant:
        return self.columns.person(int(self.advisers[column]))

    def row(self, person_id: str) -> int | None:
        """Position among the learners, or None."""
        return self._among(self.interests.row_of, person_id)

    def column(self, person_id: str) -> int | None:
        """Position among the advisers, or None."""
        return self._among(self.interests.column_of, person_id)

    def _among(self, positions: Ints, person_id: str) -> int | None:
        at = self.index.get(person_id)
        position = -1 if at is None else int(positions[at])
        return None if position < 0 else position

    def pairs(self, wanted: Iterable[tuple[str, str]]) -> set[tuple[int, int]]:
        """(row, column) of the (learner id, adviser id) pairs that take part in these roles."""
        found = ((self.row(learner), self.column(adviser)) for learner, adviser in wanted)
        return {(row, column) for row, column in found if row is not None and column is not None}

    def with_person(self, person: Participant) -> Roster:
        """After a change of what one person wants, offers or has places for.

        Where the person stands and works is taken over as it was, and so are the roles.
        """
        columns = with_person(self.columns, person)
        return replace(self, columns=columns, interests=replace(self.interests, columns=columns))


def call_the_roll(people: Iterable[Participant] | Columns, settings: Settings) -> Roster:
    """Sort, number and check the people; raises BadInput for two people with one id."""
    columns = people if isinstance(people, Columns) else columns_of(people)
    _check(columns)
    kinds, meet = _languages(columns.languages)
    return Roster(
        columns=columns,
        settings=settings,
        interests=_interests(columns),
        rank=columns.rank,
        unit=numbered(columns.unit),
        field=numbered(columns.field),
        place=numbered(columns.place),
        lines=ReportingLines(columns.manager),
        hours=WorkingHours(columns, settings.reference_date),
        language_kind=kinds,
        languages_meet=meet,
    )


def same_field(roster: Roster, one: Ints, other: Ints) -> Bools:
    """Are two people of one field? Where a field is not known, one unit will do."""
    known = (roster.field[one] > 0) & (roster.field[other] > 0)
    of_one_unit = (roster.unit[one] == roster.unit[other]) & (roster.unit[one] > 0)
    return np.asarray(np.where(known, roster.field[one] == roster.field[other], of_one_unit))


def numbered(column: Coded[str] | Coded[str | None]) -> Ints:
    """(N,) a number per distinct text, without regard to case or spaces; 0 for none."""
    plain = [same_skill(value or "") for value in column.values]
    used = np.unique(column.code).tolist()
    number = {text: at for at, text in enumerate(sorted({"", *(plain[code] for code in used)}))}
    return np.array([number.get(text, 0) for text in plain], np.int64)[column.code]


def codes(people: Sequence[Participant], value: Callable[[Participant], str]) -> Ints:
    """A number per distinct text, without regard to case or spaces; 0 for none."""
    return numbered(coded([value(person) for person in people]))


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


def skill_numbers(roster: Roster) -> dict[str, int]:
    return roster.interests.skill_numbers


def _interests(columns: Columns) -> Interests:
    learners, advisers = np.flatnonzero(columns.is_learner), np.flatnonzero(columns.is_adviser)
    return Interests(
        columns=columns,
        learners=learners,
        advisers=advisers,
        row_of=_positions(learners, len(columns)),
        column_of=_positions(advisers, len(columns)),
    )


def _positions(some: Ints, everyone: int) -> Ints:
    found = np.full(everyone, -1, np.int64)
    found[some] = np.arange(len(some))
    return found


def _own_or(fixed: int | None, own: Ints) -> Ints:
    return own if fixed is None else np.full(len(own), fixed, np.int64)


def _check(columns: Columns) -> None:
    counts = (columns.demand, columns.capacity, columns.minimum, columns.priority)
    negative = np.flatnonzero(np.minimum.reduce(counts) < 0)
    levels = ((columns.offers, 1), (columns.wants, 1))
    off = [skills.owner[_no_level(skills.parts[part])] for skills, part in levels]
    wrong = np.concatenate((negative, *off))
    if not len(wrong):
        return
    first = int(wrong.min())
    if first in negative:
        raise BadInput(f"{columns.called(first)}: places and priority must not be negative.")
    raise BadInput(f"{columns.called(first)}: a skill level must be from 1 to 4.")


def _no_level(level: Ints) -> Bools:
    return np.asarray((level < 1) | (level > LEVELS))


def _languages(spoken: Coded[frozenset[str]]) -> tuple[Ints, Bools]:
    """Kind of language set per person, and whether two kinds can talk; none stated meets all."""
    sets = [frozenset(language.casefold() for language in each) for each in spoken.values]
    kinds = sorted(set(sets), key=sorted)
    number = {kind: at for at, kind in enumerate(kinds)}
    tongues = {tongue: at for at, tongue in enumerate(sorted(frozenset().union(*kinds)))}
    speaks = np.zeros((len(kinds), len(tongues)), np.float32)
    for at, kind in enumerate(kinds):
        speaks[at, [tongues[tongue] for tongue in kind]] = 1
    silent = speaks.sum(axis=1) == 0
    meet = (speaks @ speaks.T > 0) | silent[:, None] | silent[None, :]
    return np.array([number[each] for each in sets], np.int64)[spoken.code], meet
