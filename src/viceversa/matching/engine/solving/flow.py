"""Four tools on circulations: a feasible one, a fullest one, a best one, and exact prices.

Only this module and ``programme`` know how flows are computed; a faster solver replaces them and
nothing else.
Whatever floating point did on the way, ``exact_prices`` works in integers and improves the flow
until none better exists, so the result is exact.

scipy is imported where it is used: the command line must start without it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from viceversa.matching.engine.solving.arcs import Arcs
from viceversa.matching.engine.solving.instance import Bools, Ints
from viceversa.matching.engine.solving.programme import improved_flow

FLOW_LIMIT = 2**30  # the max-flow routine counts in 32 bits


@dataclass(frozen=True)
class Stuck:
    """Nodes into which the lower bounds force more than can leave (Hoffman's condition)."""

    nodes: Ints
    forced: int
    leaving: int


def feasible_flow(arcs: Arcs) -> Ints | Stuck:
    """A flow within the bounds, or the set of nodes that shows why there is none."""
    flow = arcs.lower.copy()
    crossed = np.flatnonzero(arcs.lower > arcs.upper)
    if len(crossed):
        return _crossed_bounds(arcs, int(crossed[0]))
    excess = _into(arcs.head, flow, arcs.nodes) - _into(arcs.tail, flow, arcs.nodes)
    if not excess.any():
        return flow
    source, sink = arcs.nodes, arcs.nodes + 1
    over, under = np.flatnonzero(excess > 0), np.flatnonzero(excess < 0)
    tail = np.concatenate((arcs.tail, np.full(len(over), source), under))
    head = np.concatenate((arcs.head, over, np.full(len(under), sink)))
    upper = np.concatenate((arcs.upper - arcs.lower, excess[over], -excess[under]))
    nought = np.zeros(len(tail), np.int64)
    wider = Arcs(arcs.nodes + 2, tail, head, nought, upper)
    added, reached = _push(wider, nought, source, sink)
    if int(added[len(flow) :][: len(over)].sum()) == int(excess[over].sum()):
        return flow + added[: len(flow)]
    return _stuck(arcs, reached[: arcs.nodes])


def fullest_flow(arcs: Arcs, flow: Ints, wanted: Bools) -> tuple[Ints, Ints]:
    """The flow with most units on the wanted arcs, all of which leave the root, and its prices.

    A maximum flow from a second root that only feeds the wanted arcs; the minimum cut is the price.
    """
    second = arcs.nodes
    tail = np.where(wanted, second, arcs.tail)
    split = Arcs(arcs.nodes + 1, tail, arcs.head, arcs.lower, arcs.upper)
    added, reached = _push(split, flow, second, 0)
    return flow + added, -reached[: arcs.nodes].astype(np.int64)


def best_flow(arcs: Arcs, flow: Ints, cost: Ints) -> tuple[Ints, Ints]:
    """The flow of highest cost·flow and integer prices that prove it."""
    better, guess = improved_flow(arcs, flow, cost)
    if not _is_flow(arcs, better):
        better = flow
    return exact_prices(arcs, better, cost, guess)


def _crossed_bounds(arcs: Arcs, at: int) -> Stuck:
    """An arc that must carry more than it may: everything but its tail is the set."""
    inside = np.zeros(arcs.nodes, np.bool_)
    inside[arcs.head[at]] = True
    return _stuck(arcs, inside)


def _stuck(arcs: Arcs, inside: Bools) -> Stuck:
    entering = ~inside[arcs.tail] & inside[arcs.head]
    leaving = inside[arcs.tail] & ~inside[arcs.head]
    forced, room = int(arcs.lower[entering].sum()), int(arcs.upper[leaving].sum())
    return Stuck(np.flatnonzero(inside), forced, room)


def _into(ends: Ints, flow: Ints, nodes: int) -> Ints:
    return np.bincount(ends, flow, nodes).astype(np.int64)


def _push(arcs: Arcs, flow: Ints, source: int, sink: int) -> tuple[Ints, Bools]:
    """Change of flow after a maximum flow through the residual network, and what is reached."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import breadth_first_order, maximum_flow

    room = np.minimum(arcs.upper - flow, FLOW_LIMIT)
    back = np.minimum(flow - arcs.lower, FLOW_LIMIT)
    rows = np.concatenate((arcs.tail, arcs.head))
    columns = np.concatenate((arcs.head, arcs.tail))
    size = (arcs.nodes, arcs.nodes)
    capacity = np.concatenate((room, back)).astype(np.int32)
    graph = csr_array((capacity, (rows, columns)), shape=size)
    graph.sum_duplicates()
    moved = maximum_flow(graph, source, sink).flow
    added = _entries(moved, arcs.tail, arcs.head)
    left = graph - moved
    left.eliminate_zeros()
    order = breadth_first_order(left, source, return_predecessors=False)
    reached = np.zeros(arcs.nodes, np.bool_)
    reached[order] = True
    return added, reached


def _entries(matrix: object, rows: Ints, columns: Ints) -> Ints:
    """matrix[rows, columns] for a sparse matrix, with zeros where nothing is stored."""
    if len(rows) == 0:
        return np.empty(0, np.int64)
    taken = matrix[rows, columns]  # type: ignore[index]
    dense = taken.toarray() if hasattr(taken, "toarray") else taken
    return np.asarray(dense).reshape(-1).astype(np.int64)


def _is_flow(arcs: Arcs, flow: Ints) -> bool:
    balance = _into(arcs.head, flow, arcs.nodes) - _into(arcs.tail, flow, arcs.nodes)
    within = (flow >= arcs.lower) & (flow <= arcs.upper)
    return bool(within.all() and not balance.any())


def exact_prices(arcs: Arcs, flow: Ints, cost: Ints, guess: Ints) -> tuple[Ints, Ints]:
    """Integer prices under which no residual arc gains anything.

    Bellman–Ford for longest paths from the guessed prices. A cycle of predecessors is a cycle
    that gains: the flow is improved along it and the search goes on, so the end is optimal.
    """
    flow = flow.copy()
    while True:
        residual = _Residual(arcs, flow, cost)
        prices, cycle = residual.settle(guess)
        if cycle is None:
            return flow, prices - prices[0]
        residual.improve(flow, cycle)


class _Residual:
    """The arcs along which the flow may still change, sorted by where they start."""

    def __init__(self, arcs: Arcs, flow: Ints, cost: Ints) -> None:
        ahead, back = np.flatnonzero(flow < arcs.upper), np.flatnonzero(flow > arcs.lower)
        start = np.concatenate((arcs.tail[ahead], arcs.head[back]))
        sort = np.argsort(start, kind="stable")
        self.nodes = arcs.nodes
        self.start = start[sort]
        self.end = np.concatenate((arcs.head[ahead], arcs.tail[back]))[sort]
        self.gain = np.concatenate((cost[ahead], -cost[back]))[sort]
        self.arc = np.concatenate((ahead, back))[sort]
        self.sign = np.concatenate((np.ones(len(ahead), np.int64), -np.ones(len(back), np.int64)))[
            sort
        ]
        self.room = np.concatenate(((arcs.upper - flow)[ahead], (flow - arcs.lower)[back]))[sort]
        self.firsts = np.flatnonzero(np.diff(self.start, prepend=-1))

    def settle(self, guess: Ints) -> tuple[Ints, list[int] | None]:
        """Raise prices until none rises, or return the positions of arcs on a gaining cycle."""
        prices = guess.copy()
        if not len(self.start):
            return prices, None
        owners, via = self.start[self.firsts], np.full(self.nodes, -1, np.int64)
        rounds = 0
        while True:
            offer = prices[self.end] + self.gain
            best = np.maximum.reduceat(offer, self.firsts)
            rising = best > prices[owners]
            if not rising.any():
                return prices, None
            self._note_way(offer, best, rising, via)
            prices[owners[rising]] = best[rising]
            rounds += 1
            if rounds % 8 == 0 and (cycle := self._cycle(via)):
                return prices, cycle

    def _note_way(self, offer: Ints, best: Ints, rising: Bools, via: Ints) -> None:
        counts = np.diff(np.append(self.firsts, len(self.start)))
        hits = np.flatnonzero((offer == np.repeat(best, counts)) & np.repeat(rising, counts))
        via[self.start[hits[::-1]]] = hits[::-1]  # the first arc of each node wins

    def _cycle(self, via: Ints) -> list[int] | None:
        """Positions of the arcs of one predecessor cycle, found by pointer doubling."""
        stop = self.nodes
        following = np.append(np.where(via >= 0, self.end[via], stop), stop)
        jump = following.copy()
        for _ in range(self.nodes.bit_length()):
            jump = jump[jump]
        landed = jump[jump < stop]
        if not len(landed):
            return None
        node = begin = int(landed[0])
        cycle = [int(via[node])]
        while (node := int(following[node])) != begin:
            cycle.append(int(via[node]))
        return cycle

    def improve(self, flow: Ints, cycle: list[int]) -> None:
        places = np.array(cycle)
        flow[self.arc[places]] += self.sign[places] * int(self.room[places].min())
