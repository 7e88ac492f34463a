"""The highest floor: the best value of the worst covered learner's best edge.

A floor can be met when the objectives before it still reach their best values with it, and
somebody is covered. Floors are tried by bisection over the scores that occur; the first guess is
the poorest ceiling among the learners who must be covered, which is mostly the answer.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from viceversa.matching.engine.solving.instance import Instance, Ints
from viceversa.matching.engine.solving.search import Found, reaches, search

Progress = Callable[[str], None]


def highest_floor(
    instance: Instance, before: tuple[str, ...], unrestricted: Found
) -> tuple[int, int | None, Found | None]:
    """The floor, the next score above it, and the search that shows this one cannot be met."""
    scores = np.unique(instance.score[instance.score > 0])
    objectives = (*before, "anyone")
    required = unrestricted.values
    refuted: dict[int, Found] = {}

    def possible(at: int) -> bool:
        found = search(instance, int(scores[at]), objectives, required)
        met = found.edges is not None and reaches(found.values, required)
        if not met:
            refuted[at] = found
        return met

    lowest, above = _bisect(possible, len(scores), _first_guess(instance, scores, before))
    if above == len(scores):
        return (int(scores[lowest]) if lowest >= 0 else 0), None, None
    return (int(scores[lowest]) if lowest >= 0 else 0), int(scores[above]), refuted[above]


def _bisect(possible: Callable[[int], bool], count: int, guess: int) -> tuple[int, int]:
    """Highest possible position (−1 for none) and the next one, which has been refuted."""
    low, high = -1, count
    middle = guess
    while high - low > 1:
        if possible(middle):
            low = middle
        else:
            high = middle
        nearer = low + 1 if middle == guess == low else (low + high) // 2
        middle = max(low + 1, min(high - 1, nearer))
    return low, high


def _first_guess(instance: Instance, scores: Ints, before: tuple[str, ...]) -> int:
    """The lowest ceiling of any learner with edges when all are to be covered, else the middle."""
    ceilings = np.full(instance.learners, -1, np.int64)
    usable = instance.demand[instance.learner] > 0
    np.maximum.at(ceilings, instance.learner[usable], instance.score[usable])
    reachable = ceilings[ceilings >= 0]
    if not len(scores) or "coverage" not in before or not len(reachable):
        return max(len(scores) - 1, 0) // 2
    return min(int(np.searchsorted(scores, reachable.min())), len(scores) - 1)
