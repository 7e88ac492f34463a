"""``assign``: the exact lexicographic optimum with its proof.

The steps: check the arrays · show that pins and minimums can be met · what comes before the floor
without a floor · the highest floor · all objectives with that floor, in one sum of moderate weights
· every objective but the last proved to be at its best by a sum of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import numpy as np

from viceversa.matching.engine.solving.assignment import Assignment
from viceversa.matching.engine.solving.claims import Claim, counted_by_cut, trivial
from viceversa.matching.engine.solving.covering import (
    covering_edges,
    highest_floor,
    pinned_below,
)
from viceversa.matching.engine.solving.infeasible import (
    check_pins,
    refuse,
    refuse_knotted,
)
from viceversa.matching.engine.solving.instance import (
    OBJECTIVES,
    ArrayLike,
    Instance,
    read_instance,
)
from viceversa.matching.engine.solving.measuring import measured
from viceversa.matching.engine.solving.search import Found, Prices, search
from viceversa.matching.engine.solving.settling import can_be_met
from viceversa.matching.engine.solving.shape import Case, shape_case
from viceversa.matching.engine.solving.weights import (
    GROWTH,
    Weights,
    fits,
    moderate_weights,
    strict_weights,
)


def assign(
    *,
    demand: ArrayLike,
    capacity: ArrayLike,
    learner: ArrayLike,
    adviser: ArrayLike,
    score: ArrayLike,
    order: Sequence[str] = OBJECTIVES,
    stage: ArrayLike | None = None,
    adviser_minimum: ArrayLike | None = None,
    pinned: ArrayLike | None = None,
    priority: ArrayLike | None = None,
    own_field: ArrayLike | None = None,
    worth: ArrayLike | None = None,
) -> Assignment:
    """The best assignment of L learners to A advisers over E edges, in the given order.

    demand (L,) and priority (L,); capacity, stage and adviser_minimum (A,); learner, adviser,
    score (0…10,000) and pinned (E,). Edges need not be sorted. With own_field (E,), edges inside
    the learner's own field, a learner of demand d ≥ 2 takes at most d − 1 of them. With worth (E,)
    the total adds up these whole numbers, while the floor stays with the scores. Raises BadInput
    (a ValueError) for arrays that make no sense and Infeasible when pins and minimums cannot be
    met together.
    """
    instance = read_instance(
        demand=demand,
        capacity=capacity,
        learner=learner,
        adviser=adviser,
        score=score,
        order=order,
        stage=stage,
        adviser_minimum=adviser_minimum,
        pinned=pinned,
        priority=priority,
        own_field=own_field,
        worth=worth,
    )
    return solve(instance)


def solve(instance: Instance) -> Assignment:
    """``assign`` for arrays that have been read."""
    _check_feasible(instance)
    floor, above = 0, None
    before: tuple[str, ...] = ()
    if "floor" in instance.order:
        before = instance.order[: instance.order.index("floor")]
        floor, above = highest_floor(instance, before)
    found, claims = _optimum(instance, floor, before)
    return Assignment(
        edges=np.sort(instance.given[found.chosen]),
        covered=found.values["anyone"],
        **{name: found.values[name] for name in OBJECTIVES},
        instance=instance,
        claims=claims,
        refuse=partial(_refusal, instance, above, before, found.values),
    )


def _check_feasible(instance: Instance) -> None:
    check_pins(instance)
    if not instance.minimum.any():
        return
    shape = shape_case(instance, 0, Case())
    if shape is None:
        raise TypeError("Pins that were checked cannot contradict each other.")
    settled = can_be_met(shape)
    if not settled.met:
        raise refuse(settled)


def _optimum(
    instance: Instance, floor: int, before: tuple[str, ...]
) -> tuple[Found, tuple[Claim, ...]]:
    """The best assignment with this floor, and why no objective can be better."""
    wanted = tuple(name for name in instance.order if name != "floor")
    for weights in _growing(instance, wanted):
        found = search(instance, floor, wanted, weights)
        if not found.values:
            raise refuse_knotted(instance)
        earlier = _earlier(instance, floor, before, wanted, found)
        if earlier is not None:
            most = weights.of(found.values)
            last = wanted[-1] if wanted else "ties"
            return found, (*earlier, Claim(last, floor, weights, most, found.proof, found.root))
    raise OverflowError("The priorities are too far apart to be weighed in 64 bits.")


def _growing(instance: Instance, wanted: tuple[str, ...]) -> Iterator[Weights]:
    growth = 1
    while fits(weights := moderate_weights(instance, wanted, growth), instance):
        yield weights
        growth *= GROWTH


def _earlier(
    instance: Instance, floor: int, before: tuple[str, ...], wanted: tuple[str, ...], found: Found
) -> tuple[Claim, ...] | None:
    """The claims on all objectives but the last, or None when one of them could be better."""
    claims = []
    for place in range(1, len(wanted) + 1):
        threshold = 0 if place <= len(before) else floor
        if place == len(wanted) > len(before):
            break
        claim = _claim(instance, threshold, wanted[:place], found)
        if claim is None:
            return None
        claims.append(claim)
    return tuple(claims)


def _claim(
    instance: Instance, threshold: int, objectives: tuple[str, ...], found: Found
) -> Claim | None:
    """No assignment with this floor is better in these objectives; None when one is."""
    weights = strict_weights(instance, objectives)
    most = weights.of(found.values)
    simple = trivial(instance, threshold, objectives, weights, most)
    if simple is not None:
        return simple
    better, by_cut = counted_by_cut(instance, threshold, objectives, found)
    if better or by_cut is not None:
        return by_cut
    best = search(instance, threshold, objectives, weights, found.chosen)
    if weights.of(best.values) > most:
        return None
    return Claim(objectives[-1], threshold, weights, most, best.proof, best.root)


def _refusal(
    instance: Instance, above: int | None, before: tuple[str, ...], values: dict[str, int]
) -> Claim | None:
    """With a higher floor what comes before it suffers, or nobody is covered."""
    if above is None:
        return None
    objectives = (*before, "anyone")
    weights = strict_weights(instance, objectives)
    most = weights.of(values | {"anyone": 0})
    if pinned_below(instance, above):
        return Claim("anyone", above, weights, most, Prices(()))
    simple = trivial(instance, above, objectives, weights, most)
    if simple is not None:
        return simple
    if before == ("coverage",) and not instance.minimum.any():
        covering = covering_edges(instance, above)
        covered = Found(covering, measured(instance, covering), Prices(()), None)
        _, by_cut = counted_by_cut(instance, above, before, covered)
        if by_cut is not None:
            return by_cut
    best = search(instance, above, objectives, weights)
    return Claim("anyone", above, weights, most, best.proof, best.root)
