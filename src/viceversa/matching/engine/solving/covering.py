"""How many learners can be covered with edges at or above a floor, and the highest floor.

A real Hopcroft–Karp on the edges that are left, learners of higher priority first (covered
learners stay covered, so the greedy order is right: a matching matroid). Where minimums or other
objectives come before the floor, the market is settled instead.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from viceversa.matching.engine.solving.instance import Instance, Ints
from viceversa.matching.engine.solving.search import search
from viceversa.matching.engine.solving.shape import Case, shape_case
from viceversa.matching.engine.solving.weights import strict_weights

Possible = Callable[[int], bool]


def highest_floor(instance: Instance, before: tuple[str, ...]) -> tuple[int, int | None]:
    """The floor, and one point more, which cannot be met (None: nobody scores so high)."""
    scores = np.unique(instance.score)
    scores = scores[scores > 0]
    possible: Possible
    if before in ((), ("coverage",)) and not instance.minimum.any():
        possible = _by_covering(instance, before)
    else:
        possible = _by_searching(instance, before)
    low, high = -1, len(scores)
    middle = guess = _guess(instance, scores, before)
    while high - low > 1:
        guessed = middle == guess
        if possible(int(scores[middle])):
            low = middle
        else:
            high = middle
        middle = min(low + 1, high - 1) if guessed and low == guess else (low + high) // 2
    floor = int(scores[low]) if low >= 0 else 0
    return floor, floor + 1 if high < len(scores) else None


def _guess(instance: Instance, scores: Ints, before: tuple[str, ...]) -> int:
    """The lowest ceiling of any learner when all are to be covered, else the middle."""
    ceilings = np.full(instance.learners, -1, np.int64)
    usable = instance.demand[instance.learner] > 0
    np.maximum.at(ceilings, instance.learner[usable], instance.score[usable])
    reachable = ceilings[ceilings >= 0]
    if not len(scores) or "coverage" not in before or not len(reachable):
        return max(len(scores) - 1, 0) // 2
    return min(int(np.searchsorted(scores, reachable.min())), len(scores) - 1)


def covering_edges(instance: Instance, threshold: int) -> Ints:
    """Edges that cover as many learners as can be at the threshold, one each, and all pins."""
    covering = _Covering(instance)
    covering.cover(threshold)
    high = instance.score >= threshold
    mates = high & (covering.mate[instance.learner] == instance.adviser)
    return np.flatnonzero(mates | instance.pinned)


def pinned_below(instance: Instance, threshold: int) -> bool:
    """Do pins below the threshold take all places of a learner? No floor so high is possible."""
    places = np.bincount(instance.learner[instance.pinned], minlength=instance.learners)
    high = instance.pinned & (instance.score >= threshold)
    above = np.bincount(instance.learner[high], minlength=instance.learners)
    return bool(((places > 0) & (places >= instance.demand) & (above == 0)).any())


class _Covering:
    """One covering after the other at different floors, each from what is left of the last."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        kept = np.flatnonzero(instance.pinned)
        learner, adviser = instance.learner[kept], instance.adviser[kept]
        self.start = np.searchsorted(instance.learner, np.arange(instance.learners + 1))
        self.pinned_best = np.full(instance.learners, -1, np.int64)
        np.maximum.at(self.pinned_best, learner, instance.score[kept])
        self.room = instance.demand - np.bincount(learner, minlength=instance.learners)
        self.capacity = instance.capacity - np.bincount(adviser, minlength=instance.advisers)
        self.free = np.zeros(len(instance.learner), np.bool_)
        shape = shape_case(instance, 0, Case())
        if shape is not None:
            self.free[shape.edge] = True
        self.mate = np.full(instance.learners, -1, np.int32)

    def cover(self, threshold: int) -> tuple[bool, int, int]:
        """Do all with pins have a high edge? How many are covered, and their priorities' sum."""
        from viceversa.matching.engine.solving.kernels.covering import cover

        instance = self.instance
        secured = self.pinned_best >= threshold
        first = (self.pinned_best >= 0) & ~secured
        rank = np.where(first, instance.priority.max(initial=0) + 1, instance.priority)
        rank = np.where(secured | (self.room <= 0), -1, rank)
        cover(
            self.start,
            instance.adviser,
            instance.score,
            self.free,
            threshold,
            self.capacity,
            rank,
            np.unique(rank[rank >= 0])[::-1].copy(),
            self.mate,
        )
        served = (self.mate >= 0) | secured
        worth = int(instance.priority[served].sum())
        return bool(served[first].all()), int(served.sum()), worth


def _by_covering(instance: Instance, before: tuple[str, ...]) -> Possible:
    covering = _Covering(instance)
    _, anyone, most = covering.cover(0)

    def possible(threshold: int) -> bool:
        fits, count, worth = covering.cover(threshold)
        return fits and count > 0 and (worth >= most or "coverage" not in before)

    return possible if anyone else lambda threshold: False


def _by_searching(instance: Instance, before: tuple[str, ...]) -> Possible:
    objectives = (*before, "anyone")
    weights = strict_weights(instance, objectives)
    full = search(instance, 0, objectives, weights).values

    def possible(threshold: int) -> bool:
        got = search(instance, threshold, objectives, weights).values
        return bool(got) and got["anyone"] > 0 and all(got[o] == full[o] for o in before)

    return possible if full.get("anyone") else lambda threshold: False
