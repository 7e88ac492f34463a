"""Prices from cuts: why no more learners can be covered, or no more places filled."""

from __future__ import annotations

import numpy as np

from viceversa.matching.engine.solving.instance import Bools, Ints
from viceversa.matching.engine.solving.shape import Shape


def covering_cut(shape: Shape, objective: str, chosen: Ints) -> Ints | None:
    """Prices from a cut for coverage or anyone, or None when one more can be covered.

    Only edges at or above the floor cover, one each; gates let every single one through.
    """
    instance = shape.instance
    edge = np.sort(shape.edge[shape.high[shape.edge]])
    secured = np.zeros(instance.learners, np.bool_)
    secured[instance.learner[shape.kept[shape.high[shape.kept]]]] = True
    mine = chosen[instance.among(edge)[chosen]]
    who, first = np.unique(instance.learner[mine], return_index=True)
    used = instance.among(mine[first][~secured[who]])[edge]
    units = np.bincount(instance.learner[edge[used]], minlength=instance.learners)
    worth = instance.priority if objective == "coverage" else np.ones_like(instance.priority)
    rank = np.where((units == 0) & ~secured, worth, 0)
    return _cut(shape, edge, used, rank, worth)


def places_cut(shape: Shape, chosen: Ints) -> Ints | None:
    """Prices from a cut for places, or None when one more is possible. No sides, no gates."""
    instance = shape.instance
    edge = shape.edge
    used = instance.among(chosen)[edge]
    units = np.bincount(instance.learner[edge[used]], minlength=instance.learners)
    kept = np.bincount(instance.learner[shape.kept], minlength=instance.learners)
    rank = (units < instance.demand - kept).astype(np.int64)
    return _cut(shape, edge, used, rank, np.ones_like(rank))


def places_cut_in_tree(shape: Shape, chosen: Ints) -> Ints | None:
    """``places_cut`` where learners have sides or gates. None also where one place more would cost
    somebody the only high edge, so that a cut alone does not say whether it may be had."""
    from viceversa.matching.engine.solving.kernels.cuts import cut_in_tree

    if shape.parent is None:
        return None
    used = shape.instance.among(chosen)[shape.edge]
    adviser = shape.instance.adviser[shape.edge]
    arrays = shape.start, adviser, used, shape.capacity, shape.parent, shape.room
    proved, price = cut_in_tree(*arrays)
    return price if proved else None


def _cut(shape: Shape, edge: Ints, used: Bools, rank: Ints, worth: Ints) -> Ints | None:
    from viceversa.matching.engine.solving.kernels.cuts import cut

    instance = shape.instance
    start = np.searchsorted(instance.learner[edge], np.arange(instance.learners + 1))
    ranks = np.unique(rank[rank > 0])[::-1].copy()
    proved, price = cut(start, instance.adviser[edge], used, shape.capacity, rank, ranks, worth)
    return price if proved else None
