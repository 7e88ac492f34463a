"""What does not fit into a flow: split into cases until every case is a flow.

Three conditions may be broken by the best flow of a case: a learner uses an edge below the floor
without one above it, or one stage on both sides of the floor, or the own field on both sides for
all places together. Each splits into two cases that together hold every assignment. The answer is
the best of all cases; every other case is proved to be no better. With one adviser per learner, or
without a floor, there is one case; what needs too many, or stages and fields together, goes to the
integer programme.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from viceversa.matching.engine.solving.flow import Stuck
from viceversa.matching.engine.solving.instance import Instance, Ints
from viceversa.matching.engine.solving.integer import solve_integer, worth
from viceversa.matching.engine.solving.levels import TIES, Solved, solve_levels
from viceversa.matching.engine.solving.network import Case, Network, build_network


@dataclass(frozen=True)
class Split:
    """A condition that is decided both ways.

    The kind is "first" (learner), "side" (learner, stage) or "own" (learner, units to the own
    field at the floor: fewer than these, or so many that few are left below).
    """

    kind: str
    learner: int
    stage: int
    cases: tuple[Tree, Tree]


@dataclass(frozen=True)
class Again:
    """Too many cases: solved as an integer programme, to be solved again by whoever checks it."""


Tree = Solved | Stuck | Split | Again
CASES = 16  # beyond so many cases the problem goes to the integer programme


@dataclass(frozen=True)
class Found:
    """The best edges and their values, or None, and the proof over all cases.

    ``leaf`` is the case they come from; ``root`` the problem before any split, whose prices
    bound every case. ``values`` leave the ties out when the proof is ``Again``.
    """

    edges: Ints | None
    values: tuple[int, ...]
    leaf: Solved | None
    root: Solved | None
    proof: Tree


class _TooManyCases(Exception):
    """The search has split too often."""


def search(
    instance: Instance,
    threshold: int,
    objectives: tuple[str, ...],
    required: tuple[int, ...] | None = None,
) -> Found:
    """The lexicographic optimum with every learner's best edge at or above the threshold.

    With ``required`` any assignment will do that reaches these values and covers somebody.
    """
    run = _Search(instance, threshold, objectives, required)
    try:
        proof = run.explore(Case())
    except _TooManyCases:
        return _integer(instance, threshold, objectives, run.root)
    return Found(run.edges, run.values, run.leaf, run.root, proof)


def reaches(values: tuple[int, ...], required: tuple[int, ...]) -> bool:
    """Are the earlier objectives as good as required, with somebody covered?"""
    return values[: len(required)] >= required and values[-1] > 0


def _integer(
    instance: Instance, threshold: int, objectives: tuple[str, ...], root: Solved | None
) -> Found:
    """Without ties; covering somebody comes last, so that a floor is a floor of somebody."""
    wanted = tuple(name for name in objectives if name not in TIES)
    solved = solve_integer(instance, threshold, (*wanted, "anyone"))
    edges, values = solved if solved else (None, ())
    return Found(edges, values[: len(wanted)], None, root, Again())


class _Search:
    """Depth first over the cases, with the best assignment met so far."""

    def __init__(
        self,
        instance: Instance,
        threshold: int,
        objectives: tuple[str, ...],
        required: tuple[int, ...] | None,
    ) -> None:
        self.instance = instance
        self.threshold = threshold
        self.objectives = objectives
        self.required = required
        self.values: tuple[int, ...] = ()
        self.edges: Ints | None = None
        self.leaf: Solved | None = None
        self.root: Solved | None = None
        self.cases = 0

    def explore(self, case: Case) -> Tree:
        self.cases += 1
        if self.cases > CASES:
            raise _TooManyCases
        network = build_network(self.instance, self.threshold, case)
        solved = solve_levels(network, self.objectives)
        if isinstance(solved, Stuck):
            return solved
        if case == Case():
            self.root = solved
        if self._settled(solved):
            return solved
        edges = network.chosen(solved.flow)
        broken = _broken(network, edges)
        if broken is None:
            self.edges, self.values, self.leaf = edges, solved.values, solved
            return solved
        if self._repaired(network, edges):
            return solved
        if broken[0] == "own" and self.instance.staged:
            raise _TooManyCases
        first, second = split_cases(network, case, *broken)
        return Split(*broken, (self.explore(first), self.explore(second)))

    def _settled(self, solved: Solved) -> bool:
        """Nothing in this case could change the answer."""
        if self.required is None:
            return self.edges is not None and solved.values <= self.values
        return self.edges is not None or not reaches(solved.values, self.required)

    def _repaired(self, network: Network, edges: Ints) -> bool:
        """When only a required value is to be reached: will it do without the low edges?"""
        if self.required is None:
            return False
        instance = self.instance
        kept = edges[network.high[edges] | instance.pinned[edges]]
        given = np.bincount(instance.adviser[kept], minlength=instance.advisers)
        if (given < instance.minimum).any() or _broken(network, kept) is not None:
            return False
        values = worth(instance, kept, self.objectives)
        if not reaches(values, self.required):
            return False
        self.edges, self.values = kept, values
        return True


def split_cases(
    network: Network, case: Case, kind: str, learner: int, stage: int
) -> tuple[Case, Case]:
    """The two cases of a split, in the order the certificate lists them."""
    instance = network.instance
    own = instance.learner == learner
    if kind == "first":
        low = frozenset(np.flatnonzero(own & ~network.high).tolist())
        return (
            replace(case, compulsory=case.compulsory | {learner}),
            replace(case, left_out=case.left_out | low),
        )
    if kind == "own":
        rest = int(instance.demand[learner]) - 1 - stage
        return (
            replace(case, own_most=case.own_most | {(learner, 1, stage - 1)}),
            replace(case, own_most=case.own_most | {(learner, 0, rest)}),
        )
    own &= instance.stage[instance.adviser] == stage
    sides = (own & ~network.high, own & network.high)
    left, right = (frozenset(np.flatnonzero(side).tolist()) for side in sides)
    return (
        replace(case, left_out=case.left_out | left),
        replace(case, left_out=case.left_out | right),
    )


def _broken(network: Network, edges: Ints) -> tuple[str, int, int] | None:
    """The first condition that the chosen edges break: its kind, learner and stage or units."""
    instance = network.instance
    low = edges[~network.high[edges]]
    covered_well = np.unique(instance.learner[edges[network.high[edges]]])
    without = np.setdiff1d(instance.learner[low], covered_well)
    if len(without):
        return "first", int(without[0]), -1
    if instance.staged and len(low):
        pairs = np.stack((instance.learner[edges], instance.stage[instance.adviser[edges]]))
        used, counts = np.unique(pairs, axis=1, return_counts=True)
        twice = np.flatnonzero(counts > 1)
        if len(twice):
            return "side", int(used[0, twice[0]]), int(used[1, twice[0]])
    return _own_only(network, edges)


def _own_only(network: Network, edges: Ints) -> tuple[str, int, int] | None:
    """The first learner with several places who has all of them in the own field."""
    instance = network.instance
    near = edges[instance.limited[edges]]
    count = np.bincount(instance.learner[near], minlength=instance.learners)
    full = np.flatnonzero((count >= instance.demand) & (instance.demand > 1))
    if not len(full):
        return None
    high = network.high[near] & (instance.learner[near] == full[0])
    return "own", int(full[0]), int(high.sum())
