"""The best circulation by linear programming, on few arcs first.

HiGHS's dual simplex solves the circulation over the most promising arcs. Its prices then show
which of the arcs left out could still gain; those and their near misses join, until none could.
The matrix is totally unimodular, so corners are whole numbers. What floating point may leave
undone is finished by ``flow.exact_prices``.
"""

from __future__ import annotations

import numpy as np

from viceversa.matching.engine.solving.arcs import Arcs
from viceversa.matching.engine.solving.instance import Bools, Ints

FEW = 150_000  # up to this many free arcs are simply all taken
FIRST = 12  # arcs per node to begin with
MARGIN = 24  # arcs join that lose less than this part of the dearest; more each round


def improved_flow(arcs: Arcs, flow: Ints, cost: Ints) -> tuple[Ints, Ints]:
    """A (nearly) best flow and integer prices near those that prove it."""
    free = arcs.lower < arcs.upper
    if not (cost[free] != 0).any():
        return flow, np.zeros(arcs.nodes, np.int64)
    taken = free.copy() if free.sum() <= FEW else _promising(arcs, flow, cost, free)
    margin = int(np.abs(cost[free]).max()) // MARGIN
    while True:
        better, prices = _solve(arcs, flow, cost, np.flatnonzero(taken))
        left = np.flatnonzero(free & ~taken)
        gain = cost[left] - prices[arcs.tail[left]] + prices[arcs.head[left]]
        if not (gain > 0).any():
            return better, prices
        taken[left[gain > -margin]] = True
        margin *= 4


def _promising(arcs: Arcs, flow: Ints, cost: Ints, free: Bools) -> Bools:
    """Arcs without cost, arcs in use, and the best few out of each node."""
    taken = free & ((cost == 0) | (flow > arcs.lower))
    left = np.flatnonzero(free & ~taken)
    taken[_best_per_node(arcs, cost[left], left, FIRST)] = True
    return np.asarray(taken)


def _best_per_node(arcs: Arcs, worth: Ints, among: Ints, count: int) -> Ints:
    """The arcs of highest worth out of each node, at most ``count`` of each."""
    sort = np.lexsort((-worth, arcs.tail[among]))
    tails = arcs.tail[among][sort]
    firsts = np.flatnonzero(np.diff(tails, prepend=-1))
    position = np.arange(len(tails)) - np.repeat(firsts, np.diff(np.append(firsts, len(tails))))
    return np.asarray(among[sort[position < count]])


def _solve(arcs: Arcs, flow: Ints, cost: Ints, some: Ints) -> tuple[Ints, Ints]:
    """The best change of flow on some arcs. scipy is loaded here, when matching really runs."""
    from scipy.optimize import linprog
    from scipy.sparse import csr_array

    prices = np.zeros(arcs.nodes, np.int64)
    used, ends = np.unique(np.concatenate((arcs.tail[some], arcs.head[some])), return_inverse=True)
    columns = np.arange(len(some))
    signs = np.concatenate((np.ones(len(some)), -np.ones(len(some))))
    where = (ends, np.concatenate((columns, columns)))
    answer = linprog(
        -cost[some].astype(float),
        A_eq=csr_array((signs, where), shape=(len(used), len(some))),
        b_eq=np.zeros(len(used)),
        bounds=np.stack((arcs.lower[some] - flow[some], arcs.upper[some] - flow[some]), axis=1),
        method="highs-ds",
    )
    if answer.x is None:
        return flow, prices
    prices[used] = -np.rint(answer.eqlin.marginals).astype(np.int64)
    better = flow.copy()
    better[some] += np.rint(answer.x).astype(np.int64)
    return better, prices
