"""Ours and the peers by name, with the sizes that each is asked to solve."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bench.matching import peers
from bench.matching.generate import Instance
from bench.matching.population import Ints


@dataclass(frozen=True)
class Solver:
    """``most`` people it is asked for when abundant, ``most_hard`` otherwise.

    ``single``: it knows one place for each person only.
    """

    name: str
    label: str
    solve: Callable[[Instance], Ints]
    exact: bool = True
    ours: bool = False
    single: bool = False
    most: int = 1_000_000
    most_hard: int = 1_000_000


def viceversa(given: Instance) -> Ints:
    from viceversa.matching.engine import assign

    return assign(**given.arrays(), order=("places", "total")).edges


def viceversa_whole(given: Instance) -> Ints:
    """All four aims, coverage and floor first; not the same problem as the others solve."""
    from viceversa.matching.engine import assign

    return assign(**given.arrays()).edges


SOLVERS = {
    solver.name: solver
    for solver in (
        Solver("viceversa", "Viceversa", viceversa, ours=True),
        Solver(
            "viceversa-whole", "Viceversa, all four aims", viceversa_whole, ours=True, exact=False
        ),
        Solver(
            "ortools-documented",
            "OR-Tools, as documented",
            peers.ortools_documented,
            most_hard=100_000,
        ),
        Solver("ortools-best", "OR-Tools, best setting", peers.ortools_best),
        Solver("highs", "HiGHS", peers.highs, most=100_000, most_hard=10_000),
        Solver(
            "scipy",
            "scipy bipartite",
            peers.scipy_bipartite,
            single=True,
            most=100_000,
            most_hard=100_000,
        ),
        Solver(
            "mentor-match",
            "mentor-match",
            peers.mentor_match,
            single=True,
            exact=False,
            most=1_000,
            most_hard=1_000,
        ),
        Solver("greedy", "greedy", peers.greedy, exact=False),
    )
}
