"""One objective after the other on one network, without big weights.

After an objective is solved, its prices say which arcs no optimal flow can use otherwise: those
that would lose are held at their lower bound, those that gain at their upper one. The flows left
are exactly the optimal ones, and the next objective chooses among them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from viceversa.matching.engine.solving import flow as flows
from viceversa.matching.engine.solving.arcs import Arcs
from viceversa.matching.engine.solving.instance import Ints
from viceversa.matching.engine.solving.network import Network

TIES = ("ties", "ties_again")


@dataclass(frozen=True)
class Level:
    """One objective, its best value and the prices (per node) that prove it."""

    objective: str
    value: int
    prices: Ints


@dataclass(frozen=True)
class Solved:
    network: Network
    flow: Ints
    levels: tuple[Level, ...]

    @property
    def values(self) -> tuple[int, ...]:
        return tuple(level.value for level in self.levels)


def solve_levels(network: Network, objectives: tuple[str, ...]) -> Solved | flows.Stuck:
    """The lexicographic optimum of the objectives over the flows of this network."""
    lower, upper = network.lower, network.upper
    start = flows.feasible_flow(Arcs(network.nodes, network.tail, network.head, lower, upper))
    if isinstance(start, flows.Stuck):
        return start
    flow, prices = start, []
    for objective in objectives:
        arcs = Arcs(network.nodes, network.tail, network.head, lower, upper)
        cost = network.cost(objective)
        flow, price = _one(arcs, flow, cost)
        prices.append(price)
        gain = cost - price[network.tail] + price[network.head]
        lower, upper = np.where(gain > 0, upper, lower), np.where(gain < 0, lower, upper)
    found = tuple(
        Level(name, int(flow @ network.cost(name)), price)
        for name, price in zip(objectives, prices, strict=True)
    )
    return Solved(network, flow, found)


def _one(arcs: Arcs, flow: Ints, cost: Ints) -> tuple[Ints, Ints]:
    """A single weight on arcs out of the root is a maximum flow; anything else needs prices."""
    wanted = cost != 0
    weights = np.unique(cost[wanted])
    if not len(weights) or not (arcs.lower < arcs.upper).any():
        return flow, np.zeros(arcs.nodes, np.int64)
    if len(weights) == 1 and not arcs.tail[wanted].any():
        flow, prices = flows.fullest_flow(arcs, flow, wanted)
        return flow, prices * int(weights[0])
    return flows.best_flow(arcs, flow, cost)
