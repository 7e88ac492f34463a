"""One proved sentence: no assignment with this floor is worth more than so much."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from viceversa.matching.engine.solving.counting import (
    covering_cut,
    places_cut,
    places_cut_in_tree,
)
from viceversa.matching.engine.solving.instance import Instance, Ints
from viceversa.matching.engine.solving.search import Found, Prices, Proof
from viceversa.matching.engine.solving.settling import Settled
from viceversa.matching.engine.solving.shape import Case, shape_case
from viceversa.matching.engine.solving.weights import TIE_BITS, Weights

MANY = 1 << 17  # edges; below, solving for places is quick and says what each edge would cost


@dataclass(frozen=True)
class Claim:
    """``threshold``: the floor the claim is about. ``objective``: the last one with a weight, which
    the claim bounds once those before it are at their best. ``root``: the case before any split,
    None where prices of 0 are proof enough."""

    objective: str
    threshold: int
    weights: Weights
    most: int
    proof: Proof
    root: Settled | None = field(default=None, repr=False)

    @property
    def unit(self) -> int:
        """What one of the objective counts for."""
        return int(getattr(self.weights, self.objective))

    def losses(self, instance: Instance) -> Ints:
        """(E,) in canonical order: what taking each edge costs in the objective at least."""
        losses = np.zeros(len(instance.learner), np.int64)
        if self.root is not None:
            losses[self.root.shape.edge] = np.maximum(self.root.slack() - self._short, 0)
        return losses // self.unit

    def loss_beyond(self, instance: Instance, learner: int, adviser: int, score: int) -> int:
        """What taking a pair that is not among the edges costs in the objective at least.

        The learner would give up the least gainful edge the flow gives them, or an empty place;
        without any edge they would be covered as well.
        """
        if self.root is None:
            return 0
        weights, price = self.weights, self.root.price
        gain = weights.places + weights.total * score + weights.ties * (1 << TIE_BITS)
        own = self.root.chosen[instance.learner[self.root.chosen] == learner]
        if not len(own) and score >= self.threshold:
            gain += weights.coverage * int(instance.priority[learner]) + weights.anyone
        own_gain = weights.places + weights.total * instance.worth[own]
        own_gain = own_gain - price[instance.adviser[own]]
        least = int(own_gain.min()) if len(own) >= instance.demand[learner] else 0
        return max(least - (gain - int(price[adviser])) - self._short, 0) // self.unit

    @property
    def _short(self) -> int:
        """By how much the first case's flow promises more than any assignment holds."""
        return 0 if isinstance(self.proof, Prices) else (1 << 62)

    def place_prices(self, instance: Instance) -> tuple[Ints, Ints]:
        """(L,) and (A,) what one more place of each would bring in the objective, at most."""
        if self.root is None:
            return np.zeros(instance.learners, np.int64), np.zeros(instance.advisers, np.int64)
        return self.root.learner_price() // self.unit, self.root.price // self.unit


def counted_by_cut(
    instance: Instance, threshold: int, objectives: tuple[str, ...], found: Found
) -> tuple[bool, Claim | None]:
    """Whether the count could be better, and if not, the claim on it by a cut.

    (False, None) when it takes more than a cut to say: minimums, points that come before the
    count, or sides and gates where places are counted. Of many edges a cut is tried there too.
    With stages or fields a flow may count more than any assignment holds.
    """
    objective, chosen = objectives[-1], found.chosen
    shape = shape_case(instance, threshold, Case())
    if shape is None or chosen is None or instance.minimum.any() or "total" in objectives:
        return False, None
    if not shape.high.all() and shape.compulsory.any():
        return False, None
    if objective == "places" and shape.parent is not None:
        price = places_cut_in_tree(shape, chosen) if len(shape.edge) > MANY else None
        if price is None:
            return False, None
    elif objective == "places":
        price = places_cut(shape, chosen)
    else:
        price = covering_cut(shape, objective, chosen)
    if price is None:
        exact = not instance.staged and not len(instance.own_field)
        return exact, None
    weights = Weights(**{objective: 1})
    at = np.flatnonzero(price)
    named = tuple(zip(at.tolist(), price[at].tolist(), strict=True))
    return False, Claim(objective, threshold, weights, found.values[objective], Prices(named))


def trivial(
    instance: Instance, threshold: int, objectives: tuple[str, ...], weights: Weights, most: int
) -> Claim | None:
    """The claim with prices of 0, where no adviser is scarce: everybody has all they can have."""
    if weights.total or instance.minimum.any():
        return None
    usable = (instance.demand[instance.learner] > 0) & (instance.capacity[instance.adviser] > 0)
    open_edges = np.bincount(instance.learner[usable], minlength=instance.learners)
    high = usable & (instance.score >= threshold) if threshold else usable
    covered = np.zeros(instance.learners, np.bool_)
    covered[instance.learner[high]] = True
    places = int(np.minimum(open_edges, instance.demand)[covered].sum())
    bound = weights.coverage * int(instance.priority[covered].sum())
    bound += weights.anyone * int(covered.sum()) + weights.places * places
    if bound > most:
        return None
    return Claim(objectives[-1], threshold, weights, most, Prices(()))
