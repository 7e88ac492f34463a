"""One solution that favours the pairs there were, by so many points for each pair kept.

The programme's order stays as it is: a pair is never kept at the price of what comes before the
total. Within the total an edge is worth its score, and a former pair so many points more: a
Lagrange multiplier on the number of changes. Points may be fractions; all worths are then counted
in units of 1/scale, so that everything stays in whole numbers and exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

import numpy as np

from viceversa.matching.engine.arrays import arrays_of
from viceversa.matching.engine.errors import Infeasible
from viceversa.matching.engine.naming import named
from viceversa.matching.engine.people.problem import PairIds, Problem
from viceversa.matching.engine.solving.assignment import Assignment
from viceversa.matching.engine.solving.instance import HIGHEST_SCORE, Bools, Ints
from viceversa.matching.engine.solving.solver import assign
from viceversa.matching.engine.solving.weights import ROOM, TIE_BITS

GROWTH = 64  # room for the weights of what comes before the total


@dataclass(frozen=True)
class Step:
    """The best arrangement under one favour.

    ``broken`` former pairs could have stayed and do not, ``kept`` do; ``points`` is what each
    pair kept counted for. ``arrays()`` are those that its assignment's certificate is about.
    """

    broken: int
    kept: int
    total: int
    points: Fraction
    pairs: tuple[PairIds, ...] = field(repr=False)
    assignment: Assignment = field(repr=False, compare=False)
    problem: Problem = field(repr=False, compare=False)
    pins: tuple[PairIds, ...] = field(repr=False)
    worth: Ints = field(repr=False, compare=False)

    def arrays(self) -> dict[str, Any]:
        """The keyword arguments of ``verify`` for this step."""
        return _arrays(self.problem, self.pins) | {"worth": self.worth}


class Keeping:
    """A problem and the pairs there were, solved under one favour after the other."""

    def __init__(
        self,
        problem: Problem,
        before: Sequence[PairIds],
        pins: Sequence[PairIds],
        whole: bool = False,
    ) -> None:
        self.whole = whole
        self.pins = tuple(pins)
        self.rows = _sorted_pairs(problem, before)
        wanted = np.concatenate((self.rows, _sorted_pairs(problem, self.pins)))
        self.problem = _listing(replace(problem, favour=0), wanted)
        self.admissible = int(self.former().sum())
        demand, capacity = problem.roster.demand, problem.roster.capacity
        places = min(int(demand.sum()), int(capacity.sum()))
        self.largest = max(ROOM // GROWTH // ((places + 1) << TIE_BITS), 2 * HIGHEST_SCORE)
        self.decisive = places * HIGHEST_SCORE + 1

    def former(self) -> Bools:
        """(E,) the pairs there were, as far as they are admissible."""
        width = len(self.problem.roster.advisers)
        keys = self.problem.learner * width + self.problem.adviser
        return np.isin(keys, self.rows[:, 0] * width + self.rows[:, 1])

    def free(self) -> Step:
        """The highest total, and among its equals the most pairs kept."""
        return self.solve(Fraction(1, self.admissible + 1))

    def most_kept(self) -> Step:
        """The most pairs kept, and among its equals the highest total."""
        return self.solve(Fraction(min(self.decisive, self.largest - HIGHEST_SCORE)))

    def exactly(self, points: Fraction) -> bool:
        """Can such a fraction of a point be counted in 64 bits?"""
        if self.problem.lists is not None:
            return points.denominator == 1
        return HIGHEST_SCORE * points.denominator + points.numerator <= self.largest

    def solve(self, points: Fraction) -> Step:
        """The best arrangement when each pair kept counts for so many points.

        In a programme too large for fractions of a point, the next whole number below.
        """
        if self.whole:
            points = Fraction(max(points // 1, 1))
        elif not self.exactly(points):
            points = Fraction(points // 1)
        try:
            problem, answer = _solved(self, points)
        except Infeasible as reason:
            raise named(reason, self.problem.roster) from reason
        self.problem = problem
        kept = int(self.former()[answer.edges].sum())
        return Step(
            broken=self.admissible - kept,
            kept=kept,
            total=int(problem.score[answer.edges].sum()),
            points=points,
            pairs=pairs_of(problem, answer.edges),
            assignment=answer,
            problem=problem,
            pins=self.pins,
            worth=_worth(self, points),
        )


def pairs_of(problem: Problem, edges: Ints) -> tuple[PairIds, ...]:
    """(learner id, adviser id) of some edges, sorted."""
    roster, ids = problem.roster, problem.roster.columns.ids
    learners = roster.learners[problem.learner[edges]].tolist()
    advisers = roster.advisers[problem.adviser[edges]].tolist()
    return tuple(sorted((ids[i], ids[j]) for i, j in zip(learners, advisers, strict=True)))


def _worth(keeping: Keeping, points: Fraction) -> Ints:
    worth = keeping.problem.score.astype(np.int64) * points.denominator
    worth[keeping.former()] += points.numerator
    return worth


def _solved(keeping: Keeping, points: Fraction) -> tuple[Problem, Assignment]:
    """On lists: again with the pairs that the prices leave open, until there are none."""
    while True:
        problem = keeping.problem
        answer = assign(**_arrays(problem, keeping.pins), worth=_worth(keeping, points))
        if problem.lists is None:
            return problem, answer
        from viceversa.matching.engine.people.lists import missing_pairs, with_pairs

        missing = missing_pairs(problem, answer)
        if not len(missing[0]):
            return problem, answer
        keeping.problem = with_pairs(problem, missing)


def _arrays(problem: Problem, pins: Sequence[PairIds]) -> dict[str, Any]:
    """A programme that does not ask for the total at all asks for it last here."""
    arrays = arrays_of(problem, pins)
    order = tuple(arrays["order"])
    return arrays | {"order": order if "total" in order else (*order, "total")}


def _sorted_pairs(problem: Problem, pairs: Sequence[PairIds]) -> Ints:
    return np.array(sorted(problem.roster.pairs(pairs)), np.int64).reshape(-1, 2)


def _listing(problem: Problem, pairs: Ints) -> Problem:
    """With these pairs on the lists of a large programme, where they are admissible."""
    if problem.lists is None:
        return problem
    from viceversa.matching.engine.people.lists import with_pairs

    return with_pairs(problem, (pairs[:, 0], pairs[:, 1]))
