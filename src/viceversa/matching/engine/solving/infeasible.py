"""Turns pins and minimums that cannot be met into the people and numbers they concern."""

from __future__ import annotations

import numpy as np

from viceversa.matching.engine.errors import Infeasible
from viceversa.matching.engine.solving.instance import Instance, Ints
from viceversa.matching.engine.solving.settling import Settled


def check_pins(instance: Instance) -> None:
    """The contradictions that one person alone can be told about; raises Infeasible."""
    kept = instance.pinned
    over = _first_over(
        np.bincount(instance.learner[kept], minlength=instance.learners), instance.demand
    )
    if over is not None:
        raise Infeasible("learner_pins", learners=[over[0]], needed=over[1], available=over[2])
    over = _first_over(
        np.bincount(instance.adviser[kept], minlength=instance.advisers), instance.capacity
    )
    if over is not None:
        raise Infeasible("adviser_pins", advisers=[over[0]], needed=over[1], available=over[2])
    over = _first_over(instance.minimum, instance.capacity)
    if over is not None:
        raise Infeasible("capacity", advisers=[over[0]], needed=over[1], available=over[2])
    if instance.staged:
        _check_stages(instance)
    _check_fields(instance)


def refuse(settled: Settled) -> Infeasible:
    """The Hall violator of minimums that cannot all be met, as an exception to raise.

    The prices of the fullest flow mark the advisers who compete for too few learners.
    """
    shape, market = settled.shape, settled.market
    advisers = np.flatnonzero((shape.minimum > 0) & (settled.price < 0))
    reach = np.isin(market.adviser, advisers)
    learners = np.unique(shape.instance.learner[shape.edge[reach]])
    return Infeasible(
        "minimums",
        learners=learners.tolist(),
        advisers=advisers.tolist(),
        needed=int(shape.minimum[advisers].sum()),
        available=int(np.minimum(market.load, shape.minimum)[advisers].sum()),
    )


def _first_over(wanted: Ints, room: Ints) -> tuple[int, int, int] | None:
    """The first person for whom more is wanted than there is room for."""
    over = np.flatnonzero(wanted > room)
    if not len(over):
        return None
    at = int(over[0])
    return at, int(wanted[at]), int(room[at])


def _check_stages(instance: Instance) -> None:
    kept = np.flatnonzero(instance.pinned)
    pairs = np.stack((instance.learner[kept], instance.stage[instance.adviser[kept]]))
    used, counts = np.unique(pairs, axis=1, return_counts=True)
    twice = np.flatnonzero(counts > 1)
    if not len(twice):
        return
    learner, stage = used[:, twice[0]].tolist()
    both = instance.adviser[kept[(pairs[0] == learner) & (pairs[1] == stage)]]
    raise Infeasible(
        "stage_pins", learners=[learner], advisers=both.tolist(), needed=len(both), available=1
    )


def _check_fields(instance: Instance) -> None:
    kept = np.flatnonzero(instance.pinned & instance.limited)
    count = np.bincount(instance.learner[kept], minlength=instance.learners)
    full = np.flatnonzero((count > 0) & (count >= instance.demand))
    if not len(full):
        return
    near = instance.adviser[kept[instance.learner[kept] == full[0]]].tolist()
    most = len(near) - 1
    raise Infeasible(
        "field_pins", learners=[int(full[0])], advisers=near, needed=len(near), available=most
    )


def refuse_knotted(instance: Instance) -> Infeasible:
    """Minimums that only stages and fields together rule out: everybody they concern."""
    advisers = np.flatnonzero(instance.minimum)
    reach = np.isin(instance.adviser, advisers) & (instance.demand[instance.learner] > 0)
    learners = np.unique(instance.learner[reach])
    needed = int(instance.minimum[advisers].sum())
    return Infeasible(
        "field_minimums",
        learners=learners.tolist(),
        advisers=advisers.tolist(),
        needed=needed,
        available=0,
    )
