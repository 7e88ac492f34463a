"""A large programme solved on its lists, which grow until the prices leave no pair open."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from viceversa.matching.engine.arrays import arrays_of
from viceversa.matching.engine.people.lists import missing_at, missing_pairs, with_pairs
from viceversa.matching.engine.people.problem import PairIds, Problem, Progress
from viceversa.matching.engine.solving.assignment import Assignment
from viceversa.matching.engine.solving.instance import Instance, Ints, read_instance
from viceversa.matching.engine.solving.search import Proof
from viceversa.matching.engine.solving.solver import Draft, draft, solve

FEW = 2000  # one new pair of so many moves prices so little that the last ones are a good start


def solve_on_lists(
    problem: Problem, pins: Sequence[PairIds], progress: Progress | None
) -> tuple[Problem, Assignment]:
    """The best assignment of all admissible pairs, and the problem with the pairs it took.

    Drafts come first, as they need no proof of what they count. Where the prices of a draft leave
    no pair open, it is proved, and the prices of its other claims are asked as well.
    """
    tell = _Rounds(progress)
    problem = with_pairs(problem, _places_of(problem, [*pins, *problem.standing]))
    start: Draft | None = None
    while True:
        problem, instance, last, shown = _drafted(problem, pins, start, tell)
        assignment = solve(instance, last)
        missing = missing_pairs(problem, assignment, shown)
        if not len(missing[0]):
            return problem, assignment
        problem, start = with_pairs(problem, missing), last
        tell.round()


def _drafted(
    problem: Problem, pins: Sequence[PairIds], start: Draft | None, tell: _Rounds
) -> tuple[Problem, Instance, Draft, Proof | None]:
    """Draft after draft until its prices leave no pair open; with the proof that shows it."""
    while True:
        instance = read_instance(**arrays_of(problem, pins))
        last = draft(instance, start)
        if last.claim is None:
            return problem, instance, last, None
        missing = missing_at(problem, instance, last.claim)
        if not missing.gaining:
            return problem, instance, last, last.claim.proof
        problem = with_pairs(problem, missing.pairs)
        start = last if missing.gaining * FEW < len(instance.learner) else None
        tell.round()


class _Rounds:
    """Tells how far the assignment is; nobody knows how many rounds there will be."""

    def __init__(self, progress: Progress | None) -> None:
        self.progress = progress
        self.done = 0

    def round(self) -> None:
        self.done += 1
        if self.progress:
            self.progress("assignment", self.done / (self.done + 1))


def _places_of(problem: Problem, pairs: Sequence[PairIds]) -> tuple[Ints, Ints]:
    where = np.array(sorted(problem.roster.pairs(pairs)), np.int64).reshape(-1, 2)
    return where[:, 0], where[:, 1]
