"""What does not fit into a flow: split on one edge until every case is a flow, or prune.

Three conditions may be broken by the best flow of a case: low edges without a high one, one stage
used on both sides of the floor, the own field used for all places. Each is decided by an edge: one
case shuts it out, the other keeps it, and together they hold every assignment. A case whose prices
show that it cannot beat the best found so far ends there. With one place per learner, or without
a floor, there is one case; what splits too often goes to the integer programme.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from viceversa.matching.engine.solving.instance import Instance, Ints
from viceversa.matching.engine.solving.integer import solve_integer
from viceversa.matching.engine.solving.measuring import measured
from viceversa.matching.engine.solving.settling import Settled, settle
from viceversa.matching.engine.solving.shape import (
    Case,
    Shape,
    own_count,
    own_most,
    shape_case,
)
from viceversa.matching.engine.solving.weights import Weights

CASES = 32  # beyond so many the problem goes to the integer programme


@dataclass(frozen=True)
class Prices:
    """A proof by prices, (adviser, price) where a price is not 0; ``assignment.Prices`` says what
    they mean."""

    price: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Split:
    """The edge is shut out in the first case and kept in the second."""

    edge: int
    cases: tuple[Proof, Proof]


@dataclass(frozen=True)
class Again:
    """Too many cases: solved as an integer programme, to be solved again by whoever checks it."""


Proof = Prices | Split | Again


@dataclass(frozen=True)
class Found:
    """The best edges under the weights (None: nothing is allowed) and the proof of that.

    ``root``: the whole problem before any split, whose prices bound every case.
    """

    chosen: Ints | None
    values: dict[str, int]
    proof: Proof
    root: Settled | None


class _TooManyCases(Exception):
    """The search has split too often."""


def search(
    instance: Instance,
    threshold: int,
    objectives: tuple[str, ...],
    weights: Weights,
    held: Ints | None = None,
    start: Ints | None = None,
) -> Found:
    """The best assignment under the weights with every learner's best edge at the threshold.

    ``objectives``: what the weights stand for, for the integer programme. ``held``: an answer
    that is preferred among equals. ``start`` (A,): prices to begin with.
    """
    run = _Search(instance, threshold, weights, held, start)
    try:
        proof = run.explore(Case())
    except _TooManyCases:
        chosen = solve_integer(instance, threshold, objectives)
        values = {} if chosen is None else measured(instance, chosen)
        return Found(chosen, values, Again(), run.root)
    values = {} if run.chosen is None else measured(instance, run.chosen)
    return Found(run.chosen, values, proof, run.root)


class _Search:
    """Depth first over the cases, with the best assignment met so far."""

    def __init__(
        self,
        instance: Instance,
        threshold: int,
        weights: Weights,
        held: Ints | None,
        start: Ints | None,
    ) -> None:
        self.instance = instance
        self.threshold = threshold
        self.weights = weights
        self.held = held
        self.start = start
        self.chosen: Ints | None = None
        self.worth = 0
        self.root: Settled | None = None
        self.cases = 0

    def explore(self, case: Case) -> Proof:
        self.cases += 1
        if self.cases > CASES:
            raise _TooManyCases
        shape = shape_case(self.instance, self.threshold, case)
        if shape is None:
            return Prices(())
        settled = settle(shape, self.weights, self.held, self.start)
        if case == Case():
            self.root = settled
        worth = flow_worth(settled)
        if not settled.met or (self.chosen is not None and worth <= self.worth):
            return prices_of(settled)
        edge = broken(shape, settled.chosen)
        if edge is None:
            self.chosen, self.worth = settled.chosen, worth
            return prices_of(settled)
        without = self.explore(replace(case, shut=case.shut | {edge}))
        return Split(edge, (without, self.explore(replace(case, kept=case.kept | {edge}))))


def prices_of(settled: Settled) -> Prices:
    at = np.flatnonzero(settled.price)
    return Prices(tuple(zip(at.tolist(), settled.price[at].tolist(), strict=True)))


def flow_worth(settled: Settled) -> int:
    """What the flow is worth under its weights: covered is who has a high edge."""
    shape, chosen = settled.shape, settled.chosen
    values = measured(shape.instance, chosen)
    if not shape.high.all():
        covered = np.unique(shape.instance.learner[chosen[shape.high[chosen]]])
        values["anyone"] = len(covered)
        values["coverage"] = int(shape.instance.priority[covered].sum())
    return settled.weights.of(values)


def broken(shape: Shape, chosen: Ints) -> int | None:
    """An edge that takes part in the first condition broken, or None."""
    instance, high = shape.instance, shape.high
    free = ~instance.among(shape.kept)[chosen]
    open_to = chosen[free]
    low = open_to[~high[open_to]]
    if len(low):
        with_high = np.zeros(instance.learners, np.bool_)
        with_high[instance.learner[chosen[high[chosen]]]] = True
        alone = low[~with_high[instance.learner[low]]]
        if len(alone):
            return int(alone[0])
    if instance.staged and len(low):
        keys = np.stack((instance.learner[chosen], instance.stage[instance.adviser[chosen]]))
        _, number, count = np.unique(keys, axis=1, return_inverse=True, return_counts=True)
        twice = chosen[(count[number.reshape(-1)] > 1) & free]
        if len(twice):
            return int(twice[0])
    return _own_only(shape, chosen, open_to)


def _own_only(shape: Shape, chosen: Ints, open_to: Ints) -> int | None:
    """An edge of the first learner with several places who has all of them in the own field."""
    instance = shape.instance
    if not len(instance.own_field):
        return None
    over = own_count(instance, chosen) > own_most(instance)
    edges = open_to[instance.limited[open_to] & over[instance.learner[open_to]]]
    return int(edges[0]) if len(edges) else None
