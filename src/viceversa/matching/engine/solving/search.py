"""What does not fit into a flow: split into cases until every case is a flow.

Two conditions may be broken by the best flow of a case: a learner uses an edge below the floor
without one above it, or uses one stage on both sides of the floor. Each splits into two cases
that together hold every assignment. The answer is the best of all cases; every other case is
proved to be no better. With one adviser per learner, or without a floor, there is one case.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from viceversa.matching.engine.solving.flow import Stuck
from viceversa.matching.engine.solving.instance import Instance, Ints
from viceversa.matching.engine.solving.levels import Solved, solve_levels
from viceversa.matching.engine.solving.network import Case, Network, build_network


@dataclass(frozen=True)
class Split:
    """A condition that is decided both ways: kind "first" (learner) or "side" (learner, stage)."""

    kind: str
    learner: int
    stage: int
    cases: tuple[Tree, Tree]


Tree = Solved | Stuck | Split


@dataclass
class _Best:
    """The best assignment met so far."""

    values: tuple[int, ...] = ()
    solved: Solved | None = None


@dataclass(frozen=True)
class Found:
    """The best assignment, or None, and the proof over all cases."""

    best: Solved | None
    proof: Tree


def search(instance: Instance, threshold: int, objectives: tuple[str, ...]) -> Found:
    """The lexicographic optimum with every learner's best edge at or above the threshold."""
    best = _Best()
    proof = _explore(instance, threshold, objectives, Case(), best)
    return Found(best.solved, proof)


def _explore(
    instance: Instance, threshold: int, objectives: tuple[str, ...], case: Case, best: _Best
) -> Tree:
    network = build_network(instance, threshold, case)
    solved = solve_levels(network, objectives)
    if isinstance(solved, Stuck) or (best.solved and solved.values <= best.values):
        return solved
    broken = _broken(network, network.chosen(solved.flow))
    if broken is None:
        best.values, best.solved = solved.values, solved
        return solved
    kind, learner, stage = broken
    first, second = split_cases(network, case, kind, learner, stage)
    cases = (
        _explore(instance, threshold, objectives, first, best),
        _explore(instance, threshold, objectives, second, best),
    )
    return Split(kind, learner, stage, cases)


def split_cases(
    network: Network, case: Case, kind: str, learner: int, stage: int
) -> tuple[Case, Case]:
    """The two cases of a split, in the order the certificate lists them."""
    instance = network.instance
    own = instance.learner == learner
    if kind == "first":
        low = frozenset(np.flatnonzero(own & ~network.high).tolist())
        return (
            Case(case.left_out, case.compulsory | {learner}),
            Case(case.left_out | low, case.compulsory),
        )
    own &= instance.stage[instance.adviser] == stage
    sides = (own & ~network.high, own & network.high)
    left, right = (frozenset(np.flatnonzero(side).tolist()) for side in sides)
    return (
        Case(case.left_out | left, case.compulsory),
        Case(case.left_out | right, case.compulsory),
    )


def _broken(network: Network, edges: Ints) -> tuple[str, int, int] | None:
    """The first condition that the chosen edges break: its kind, learner and stage."""
    instance = network.instance
    low = edges[~network.high[edges]]
    if not len(low):
        return None
    covered_well = np.unique(instance.learner[edges[network.high[edges]]])
    without = np.setdiff1d(instance.learner[low], covered_well)
    if len(without):
        return "first", int(without[0]), -1
    if not instance.staged:
        return None
    pairs = np.stack((instance.learner[edges], instance.stage[instance.adviser[edges]]))
    used, counts = np.unique(pairs, axis=1, return_counts=True)
    twice = np.flatnonzero(counts > 1)
    if not len(twice):
        return None
    return "side", int(used[0, twice[0]]), int(used[1, twice[0]])
