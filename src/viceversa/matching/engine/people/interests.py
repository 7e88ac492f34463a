"""What learners want and advisers offer, and whom either wishes for, by rows and columns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from viceversa.matching.engine.people.columns import Columns
from viceversa.matching.engine.people.ragged import Ragged, by_owner
from viceversa.matching.engine.solving.instance import Ints


@dataclass(frozen=True)
class Interests:
    """``row_of`` and ``column_of`` (N,): position among learners and advisers, −1 for neither."""

    columns: Columns
    learners: Ints
    advisers: Ints
    row_of: Ints
    column_of: Ints

    @cached_property
    def skill_numbers(self) -> dict[str, int]:
        """Every skill some learner wants, by its plain name, in alphabetical order."""
        (spelling, *_) = self.columns.wants.taken(self.learners).parts
        used = np.unique(spelling).tolist()
        plain = {same_skill(self.columns.spellings[at]) for at in used}
        return {skill: at for at, skill in enumerate(sorted(plain))}

    @cached_property
    def skill_names(self) -> tuple[str, ...]:
        """How each of these skills is written: of several ways the first in the alphabet, so
        that the order of people never matters."""
        first: dict[str, str] = {}
        for spelling in sorted(self.columns.spellings):
            first.setdefault(same_skill(spelling), spelling)
        return tuple(first[skill] for skill in self.skill_numbers)

    @cached_property
    def wants(self) -> Ragged:
        """Per learner (skill, target, priority), in the order given."""
        wants = self.columns.wants.taken(self.learners)
        return Ragged(wants.start, (self._skills[wants.parts[0]], *wants.parts[1:]))

    @cached_property
    def offers(self) -> Ragged:
        """Per adviser (skill, level), by skill. Of a skill written in two ways the higher level
        counts, and skills that nobody wants are left out."""
        offers = self.columns.offers.taken(self.advisers)
        skill, level = self._skills[offers.parts[0]], offers.parts[1]
        wanted = skill >= 0
        owner, skill, level = offers.owner[wanted], skill[wanted], level[wanted]
        order = np.lexsort((-level, skill, owner))
        best = _first_of_each(owner[order], skill[order])
        chosen = order[best]
        return by_owner(owner[chosen], len(self.advisers), (skill[chosen], level[chosen]))

    @cached_property
    def wishes(self) -> Ragged:
        """Per learner (column, rank): the advisers asked for, 0 for the first wish."""
        named = self.columns.asks
        row, column = self.row_of[named.known.owner], self.column_of[named.member]
        return _ranked(row, column, named.place, len(self.learners))

    @cached_property
    def adviser_wishes(self) -> Ragged:
        """Per learner (column, rank): the advisers who wish for this learner, and the rank in
        their list."""
        named = self.columns.adviser_wishes
        row, column = self.row_of[named.member], self.column_of[named.known.owner]
        return _ranked(row, column, named.place, len(self.learners))

    @cached_property
    def _skills(self) -> Ints:
        """(spellings,) number of the skill, −1 where nobody wants it."""
        number = self.skill_numbers
        spellings = self.columns.spellings
        return np.array([number.get(same_skill(s), -1) for s in spellings], np.int64)


def same_skill(name: str) -> str:
    """Skills are the same when they differ in case or spaces only."""
    return " ".join(name.split()).casefold()


def _ranked(row: Ints, column: Ints, rank: Ints, rows: int) -> Ragged:
    """Wishes between people of both roles; of a person named twice the last place counts."""
    both = (row >= 0) & (column >= 0)
    row, column, rank = row[both], column[both], rank[both]
    order = np.lexsort((-rank, column, row))
    chosen = order[_first_of_each(row[order], column[order])]
    return by_owner(row[chosen], rows, (column[chosen], rank[chosen]))


def _first_of_each(one: Ints, other: Ints) -> Ints:
    """Positions at which a new pair of values begins, in sorted arrays."""
    new = np.ones(len(one), np.bool_)
    new[1:] = (one[1:] != one[:-1]) | (other[1:] != other[:-1])
    return np.flatnonzero(new)
