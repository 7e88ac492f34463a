"""The best flow of one case under weights: a sloppy auction where many want the same, then paths.

numba is imported where it is used: the command line must start without it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from viceversa.matching.engine.solving.instance import HIGHEST_SCORE, Ints
from viceversa.matching.engine.solving.shape import Shape
from viceversa.matching.engine.solving.weights import TIE_BITS, Weights

if TYPE_CHECKING:
    from viceversa.matching.engine.solving.kernels.market import Market

STEPS = (3000, 1000, 300, 100, 30, 10, 3)  # of an auction over scores up to 10,000
CROWDED = 4  # an auction pays when more than one of so many units finds its adviser full
LIFT_GROWTH = 64


@dataclass(frozen=True)
class Settled:
    """The chosen edges (canonical positions, sorted) of a case, and prices that prove them best.

    ``price`` (A,) in units of the weights; ``met``: every minimum and compulsory learner has been
    served.
    """

    shape: Shape
    weights: Weights
    chosen: Ints
    price: Ints
    met: bool
    market: Market = field(repr=False)

    def slack(self) -> Ints:
        """(F,) what taking each free edge would cost at least; 0 for those taken."""
        market = self.market
        gain = market.reward - market.price[market.adviser]
        return np.where(market.used, 0, np.maximum(market.value[market.node] - gain, 0))

    def learner_price(self) -> Ints:
        """(L,) what one more place of each learner would bring, at most."""
        tops = np.flatnonzero(self.market.parent < 0)
        full = self.market.flow[tops] >= self.market.room[tops]
        return np.where(full, np.maximum(self.market.value[tops], 0), 0)


def settle(
    shape: Shape, weights: Weights, held: Ints | None = None, start: Ints | None = None
) -> Settled:
    """The best flow. ``held`` (chosen edges of an earlier answer) is preferred among equals.

    ``start`` (A,): prices known to be nearly right, to begin with where nothing has a minimum.
    """
    must = int(shape.minimum.sum()) + int(shape.compulsory.sum())
    lift = (
        0 if not must else 4 * (weights.total * shape.instance.highest_worth + weights.places + 1)
    )
    while True:
        settled = _settle(shape, weights, held, lift, start)
        if settled.met or lift >= 1 << 57:
            return settled
        lift = min(lift * LIFT_GROWTH, 1 << 57)


def can_be_met(shape: Shape) -> Settled:
    """As many of the minimums and compulsory learners as possible; ``met`` says whether all."""
    return _settle(shape, Weights(), None, 1)


def _settle(
    shape: Shape,
    weights: Weights,
    held: Ints | None,
    lift: int,
    start: Ints | None = None,
) -> Settled:
    from viceversa.matching.engine.solving.kernels.paths import by_adviser, repair, respond

    market = _market(shape, weights, lift)
    preferred = np.zeros(len(shape.edge), np.uint8)
    if held is not None:
        preferred[shape.instance.among(held)[shape.edge]] = 1
    near = start is not None and not lift
    if near:
        market.price[:] = start
    respond(market, preferred)
    in_start, in_edge = by_adviser(market.adviser, len(market.capacity))
    crowded = np.maximum(market.load - market.capacity, 0).sum() * CROWDED
    if weights.total and not near and crowded > market.load.sum():
        _auction(market, shape, weights, in_start, in_edge)
    repair(market, in_start, in_edge)
    used = shape.edge[market.used.view(np.bool_)]
    served = np.zeros(shape.instance.learners, np.bool_)
    served[shape.instance.learner[used[shape.high[used]]]] = True
    met = not (market.load < shape.minimum).any() and not (shape.compulsory & ~served).any()
    chosen = np.sort(np.concatenate((shape.kept, used)))
    return Settled(shape, weights, chosen, market.price, bool(met), market)


def _market(shape: Shape, weights: Weights, lift: int) -> Market:
    from viceversa.matching.engine.solving.kernels.market import open_market
    from viceversa.matching.engine.solving.kernels.rewards import rewards_of

    instance = shape.instance
    reward, adviser = rewards_of(
        shape.edge,
        instance.learner,
        instance.adviser,
        instance.worth,
        weights.places,
        weights.total,
        weights.ties,
        TIE_BITS,
    )
    bonus = _bonus(shape, weights, lift)
    if shape.parent is None and bonus.any():
        single = shape.room == 1
        reward += np.repeat(np.where(single, bonus, 0), np.diff(shape.start))
        bonus[single] = 0
    return open_market(
        start=shape.start,
        adviser=adviser,
        reward=reward,
        room=shape.room,
        capacity=shape.capacity,
        parent=shape.parent,
        bonus=bonus,
        minimum=shape.minimum,
        lift=lift,
    )


def _bonus(shape: Shape, weights: Weights, lift: int) -> Ints:
    """(V,) what covering its learner adds to a node's first unit."""
    instance, owner = shape.instance, shape.owner
    worth = weights.coverage * instance.priority + weights.anyone
    worth = np.where(shape.compulsory, worth + lift, worth)
    return np.where(owner >= 0, worth[np.maximum(owner, 0)], 0)


def _auction(market: Market, shape: Shape, weights: Weights, in_start: Ints, in_edge: Ints) -> None:
    """Better prices to begin with. Sides and gates are overlooked: any prices will do."""
    from viceversa.matching.engine.solving.kernels.auction import sloppy_prices
    from viceversa.matching.engine.solving.kernels.paths import respond

    learners = np.flatnonzero(shape.parent < 0) if shape.parent is not None else slice(None)
    unit = weights.total * (shape.instance.highest_worth // HIGHEST_SCORE)
    worth = np.clip(market.reward // unit, -(1 << 20), 1 << 20).astype(np.int32)
    price, held = sloppy_prices(
        shape.learner_start.astype(np.int32),
        market.adviser,
        worth,
        market.room[learners],
        market.capacity,
        in_start,
        in_edge,
        np.array(STEPS, np.int32),
    )
    market.price[:] = np.where(market.minimum > 0, market.price, price.astype(np.int64) * unit)
    respond(market, held)
