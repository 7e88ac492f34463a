"""Solves a problem again as an integer programme, for certificates that have no prices.

Written apart from the solver's own; both hand the search itself to HiGHS.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from viceversa.matching.engine.verifier_input import Given, Ints

Table = npt.NDArray[np.float64]


def solve_again(given: Given, floor: int, objectives: Sequence[str]) -> tuple[int, ...]:
    """The best values of the objectives, or () when nothing is allowed."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    edges, people = len(given.score), len(given.demand)
    matrix, low, high = _limits(given, floor)
    limits = [LinearConstraint(matrix, low, high)]
    start = np.concatenate((given.pinned, np.zeros(people, np.int64)))
    values: list[int] = []
    for objective in objectives:
        gain = _gain(given, objective)
        answer = milp(
            -gain.astype(float),
            integrality=np.ones(edges + people),
            bounds=Bounds(start, 1),
            constraints=limits,
            options={"mip_rel_gap": 0},
        )
        if answer.x is None:
            return ()
        best = int(gain @ np.rint(answer.x).astype(np.int64))
        values.append(best)
        limits.append(LinearConstraint(gain.reshape(1, -1), best, np.inf))
    return tuple(values)


def _gain(given: Given, objective: str) -> Ints:
    gain = np.zeros(len(given.score) + len(given.demand), np.int64)
    people, edges = gain[len(given.score) :], gain[: len(given.score)]
    if objective == "coverage":
        people[:] = given.priority
    elif objective == "anyone":
        people[:] = 1
    elif objective == "places":
        edges[:] = 1
    else:
        edges[:] = given.worth
    return gain


def _limits(given: Given, floor: int) -> tuple[object, Table, Table]:
    """One row per condition: (coefficients, least, most)."""
    from scipy.sparse import csr_array

    edges, people, advisers = len(given.score), len(given.demand), len(given.capacity)
    cells: list[tuple[Ints, Ints, float]] = []
    least: list[npt.NDArray[np.float64]] = []
    most: list[npt.NDArray[np.float64]] = []
    each = np.arange(edges)
    high = np.flatnonzero(given.score >= floor)

    def rows(count: int, low: npt.ArrayLike, top: npt.ArrayLike) -> int:
        start = sum(len(part) for part in least)
        least.append(np.broadcast_to(np.asarray(low, float), (count,)))
        most.append(np.broadcast_to(np.asarray(top, float), (count,)))
        return start

    cells.append((rows(people, 0, given.demand) + given.learner, each, 1.0))
    cells.append((rows(advisers, given.minimum, given.capacity) + given.adviser, each, 1.0))
    covered = rows(people, 0, np.inf)
    cells.append((covered + given.learner[high], high, 1.0))
    cells.append((covered + np.arange(people), edges + np.arange(people), -1.0))
    used = rows(edges, -np.inf, 0)
    cells.append((used + each, each, 1.0))
    cells.append((used + each, edges + given.learner, -1.0))
    if len(given.stage):
        _, stage = np.unique(given.stage, return_inverse=True)
        number = given.learner * len(given.stage) + stage[given.adviser]
        _, number = np.unique(number, return_inverse=True)
        cells.append((rows(edges, 0, 1) + number, each, 1.0))
    if len(given.own_field):
        near = np.flatnonzero((given.own_field > 0) & (given.demand[given.learner] >= 2))
        cells.append((rows(people, 0, given.demand - 1) + given.learner[near], near, 1.0))
    at = np.concatenate([row for row, _, _ in cells])
    column = np.concatenate([place for _, place, _ in cells])
    value = np.concatenate([np.full(len(row), weight) for row, _, weight in cells])
    shape = (sum(len(part) for part in least), edges + people)
    return (
        csr_array((value, (at, column)), shape=shape),
        np.concatenate(least),
        np.concatenate(most),
    )
