"""Edges in canonical order in linear time: a radix sort with one pass per end."""

from __future__ import annotations

import numpy as np

from viceversa.matching.engine.compiling import entry, inner
from viceversa.matching.engine.solving.kernels.market import Array


@entry
def canonical_order(learner: Array, adviser: Array, learners: int, advisers: int) -> Array:
    """(E,) positions of the edges sorted by learner, then adviser."""
    edges = len(learner)
    order = np.arange(edges)
    for at in range(1, edges):
        if learner[at] < learner[at - 1] or (
            learner[at] == learner[at - 1] and adviser[at] < adviser[at - 1]
        ):
            by_adviser = _stable(adviser, order, advisers)
            return _stable(learner, by_adviser, learners)
    return order


@inner
def _stable(key: Array, order: Array, keys: int) -> Array:
    free = np.zeros(keys + 1, np.int64)
    for at in range(len(key)):
        free[key[at] + 1] += 1
    for k in range(keys):
        free[k + 1] += free[k]
    result = np.empty(len(order), np.int64)
    for at in range(len(order)):
        k = key[order[at]]
        result[free[k]] = order[at]
        free[k] += 1
    return result
