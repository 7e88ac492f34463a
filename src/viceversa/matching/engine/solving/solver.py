"""``assign``: the exact lexicographic optimum with its proof.

The steps: check the arrays · show that pins and minimums can be met · what comes before the floor
without a floor · the highest floor · all objectives with that floor, in one sum of moderate weights
· every objective but the last proved to be at its best by a sum of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
    Ints,
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

TOO_FAR_APART = "The priorities are too far apart to be weighed in 64 bits."


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


@dataclass(frozen=True)
class Draft:
    """The best assignment by moderate weights, and its prices. That no objective before the last
    could be better has not been shown yet. ``above``: as ``highest_floor`` gives it."""

    floor: int
    above: int | None
    found: Found
    claim: Claim | None  # None when nothing is allowed


def draft(instance: Instance, start: Draft | None = None) -> Draft:
    """A first answer, from the prices of another draft of nearly the same problem if there is one.

    For a problem that will grow: where its pairs are chosen by prices, no proof is needed yet.
    """
    _check_feasible(instance)
    floor, above = _floor(instance)
    wanted = _wanted(instance)
    weights = next(_growing(instance, wanted), None)
    if weights is None:
        raise OverflowError(TOO_FAR_APART)
    price = _prices_at(start, weights)
    found = search(instance, floor, wanted, weights, start=price)
    claim = _last_claim(wanted, floor, weights, found) if found.values else None
    return Draft(floor, above, found, claim)


def _prices_at(start: Draft | None, weights: Weights) -> Ints | None:
    if start is None or start.claim is None or start.claim.root is None:
        return None
    return start.claim.root.price if start.claim.weights == weights else None


def solve(instance: Instance, known: Draft | None = None) -> Assignment:
    """``assign`` for arrays that have been read. ``known``: a draft of this very instance."""
    _check_feasible(instance)
    floor, above = (known.floor, known.above) if known else _floor(instance)
    before = _before_floor(instance)
    found, claims = _optimum(instance, floor, before, known)
    return Assignment(
        edges=np.sort(instance.given[found.chosen]),
        covered=found.values["anyone"],
        **{name: found.values[name] for name in OBJECTIVES},
        instance=instance,
        claims=claims,
        refuse=partial(_refusal, instance, above, before, found.values),
    )


def _floor(instance: Instance) -> tuple[int, int | None]:
    """The highest floor, and the next one up, if the programme asks for a floor."""
    if "floor" not in instance.order:
        return 0, None
    return highest_floor(instance, _before_floor(instance))


def _before_floor(instance: Instance) -> tuple[str, ...]:
    order = instance.order
    return order[: order.index("floor")] if "floor" in order else ()


def _wanted(instance: Instance) -> tuple[str, ...]:
    return tuple(name for name in instance.order if name != "floor")


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
    instance: Instance, floor: int, before: tuple[str, ...], known: Draft | None
) -> tuple[Found, tuple[Claim, ...]]:
    """The best assignment with this floor, and why no objective can be better."""
    wanted = _wanted(instance)
    for weights in _growing(instance, wanted):
        if known and known.claim and known.claim.weights == weights:
            found = known.found
        else:
            found = search(instance, floor, wanted, weights)
        if not found.values:
            raise refuse_knotted(instance)
        earlier = _earlier(instance, floor, before, wanted, found)
        if earlier is not None:
            return found, (*earlier, _last_claim(wanted, floor, weights, found))
    raise OverflowError(TOO_FAR_APART)


def _last_claim(wanted: tuple[str, ...], floor: int, weights: Weights, found: Found) -> Claim:
    last = wanted[-1] if wanted else "ties"
    return Claim(last, floor, weights, weights.of(found.values), found.proof, found.root)


def _growing(instance: Instance, wanted: tuple[str, ...]) -> Iterator[Weights]:
    growth = 1
    while fits(weights := moderate_weights(instance, wanted, growth), instance):
        yield weights
        if "total" not in wanted:
            return  # strict already
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
