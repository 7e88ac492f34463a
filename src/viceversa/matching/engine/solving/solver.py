"""``assign``: the exact lexicographic optimum with its proof.

The steps: check the arrays · show that pins and minimums can be met · the objectives before the
floor without a floor · the highest floor · all objectives on the network of that floor.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from viceversa.matching.engine.solving.assignment import Assignment, Prices
from viceversa.matching.engine.solving.certificate import write_certificate
from viceversa.matching.engine.solving.floor import highest_floor
from viceversa.matching.engine.solving.infeasible import check_pins, refuse
from viceversa.matching.engine.solving.instance import (
    OBJECTIVES,
    ArrayLike,
    Instance,
    Ints,
    read_instance,
)
from viceversa.matching.engine.solving.levels import TIES, Solved
from viceversa.matching.engine.solving.search import Found, search


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
) -> Assignment:
    """The best assignment of L learners to A advisers over E edges, in the given order.

    demand (L,) and priority (L,); capacity, stage and adviser_minimum (A,); learner, adviser,
    score (0…10,000) and pinned (E,). Edges need not be sorted. With own_field (E,), edges inside
    the learner's own field, a learner of demand d ≥ 2 takes at most d − 1 of them. Raises
    BadInput (a ValueError) for arrays that make no sense and Infeasible when pins and minimums
    cannot be met together.
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
    )
    check_pins(instance)
    before, refused, floor = _floor(instance)
    wanted = tuple(name for name in instance.order if name != "floor")
    found = search(instance, floor, (*wanted, *TIES))
    if found.edges is None or found.root is None:
        raise refuse(instance, found.proof)
    return _answer(instance, before, refused, found, found.edges, found.root)


def _floor(instance: Instance) -> tuple[Found | None, tuple[int, Found] | None, int]:
    """Proof of what comes before the floor, proof that no higher floor is possible, the floor."""
    if "floor" not in instance.order:
        return None, None, 0
    before = instance.order[: instance.order.index("floor")]
    unrestricted = search(instance, 0, before)
    if unrestricted.edges is None:
        raise refuse(instance, unrestricted.proof)
    floor, above, refuted = highest_floor(instance, before, unrestricted)
    if above is None or refuted is None:
        return unrestricted, None, floor
    return unrestricted, (above, refuted), floor


def _answer(
    instance: Instance,
    before: Found | None,
    refused: tuple[int, Found] | None,
    found: Found,
    chosen: Ints,
    root: Solved,
) -> Assignment:
    values = measure(instance, chosen)
    certificate = write_certificate(
        instance, chosen, values, before=before, refused=refused, proof=found
    )
    return Assignment(
        edges=np.sort(instance.given[chosen]),
        covered=len(np.unique(instance.learner[chosen])),
        prices=_prices(root),
        losses=_losses(root, found.values),
        certificate=certificate,
        **values,
    )


def measure(instance: Instance, chosen: Ints) -> dict[str, int]:
    """Coverage, floor, places and total of the chosen edges."""
    covered, where = np.unique(instance.learner[chosen], return_inverse=True)
    best = np.zeros(len(covered), np.int64)
    np.maximum.at(best, where, instance.score[chosen])
    return {
        "coverage": int(instance.priority[covered].sum()),
        "floor": int(best.min()) if len(best) else 0,
        "places": len(chosen),
        "total": int(instance.score[chosen].sum()),
    }


def _prices(best: Solved) -> dict[str, Prices]:
    """Prices of the edges' own ends: a learner pays for its place, an adviser's place costs."""
    learners, advisers = best.network.instance.learners, best.network.instance.advisers
    start = 1 + 3 * learners
    return {
        level.objective: Prices(-level.prices[1 : 1 + learners], level.prices[start:][:advisers])
        for level in best.levels
        if level.objective not in TIES
    }


def _losses(root: Solved, reached: tuple[int, ...]) -> dict[str, Ints]:
    """Per edge as given: the least each objective loses when the edge is taken.

    The prices bound what the root could reach. Where the answer falls short of that because of
    cases, the shortfall comes off the bound, and later objectives are bounded by nothing.
    """
    network, instance = root.network, root.network.instance
    block, losses, exact = network.blocks["edge"], {}, True
    for at, level in enumerate(level for level in root.levels if level.objective not in TIES):
        gain = network.cost(level.objective) - level.prices[network.tail]
        gain += level.prices[network.head]
        short = level.value - reached[at]
        loss = np.zeros(len(instance.given), np.int64)
        if exact:
            loss[instance.given] = np.maximum(-gain[block] - short, 0)
        exact = exact and short == 0
        losses[level.objective] = loss
    return losses
