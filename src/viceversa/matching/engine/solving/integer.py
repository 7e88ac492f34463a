"""The same problem as an integer programme, for the few that split into too many cases.

A floor together with different stages and several advisers per learner is no flow any more and
can be hard. HiGHS's branch and cut then finds the optimum, one objective after the other. Such
an answer has no prices; whoever verifies it solves it again.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from viceversa.matching.engine.solving.instance import Bools, Instance, Ints


def solve_integer(
    instance: Instance,
    threshold: int,
    objectives: tuple[str, ...],
    among: tuple[Bools, int] | None = None,
) -> Ints | None:
    """Chosen edges, or None when nothing is allowed.

    ``among``: of these edges (E,) at least so many must be chosen. Variables: one per edge, one
    per learner (covered). scipy is loaded here, when needed.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    edges, learners = len(instance.learner), instance.learners
    rows = [_rows(instance, threshold)]
    if among is not None:
        counted = np.concatenate((among[0].astype(np.int64), np.zeros(learners, np.int64)))
        rows.append((counted.reshape(1, -1), np.array([among[1]]), np.array([np.inf])))
    lower = np.concatenate((instance.pinned.astype(float), np.zeros(learners)))
    chosen: Ints | None = None
    for objective in objectives or ("anyone",):
        cost = _cost(instance, objective)
        limits = [LinearConstraint(matrix, low, high) for matrix, low, high in rows]
        answer = milp(
            -cost.astype(float),
            constraints=limits,
            integrality=np.ones(edges + learners),
            bounds=Bounds(lower, np.ones(edges + learners)),
            options={"mip_rel_gap": 0},
        )
        if answer.x is None:
            return None
        taken = np.rint(answer.x).astype(np.int64)
        chosen = np.flatnonzero(taken[:edges])
        rows.append((cost.reshape(1, -1), np.array([int(cost @ taken)]), np.array([np.inf])))
    return chosen


def _cost(instance: Instance, objective: str) -> Ints:
    on_edges = {"places": np.ones(len(instance.learner), np.int64), "total": instance.worth}
    on_learners = {"coverage": instance.priority, "anyone": instance.priority * 0 + 1}
    none = np.zeros(len(instance.learner), np.int64)
    nobody = np.zeros(instance.learners, np.int64)
    return np.concatenate(
        (on_edges.get(objective, none), on_learners.get(objective, nobody))
    ).astype(np.int64)


def _rows(instance: Instance, threshold: int) -> tuple[Any, Any, Any]:
    """Places, minimums, stages, fields; covered means an edge at the floor; no edge without it."""
    from scipy.sparse import csr_array, hstack, vstack

    edges, learners = len(instance.learner), instance.learners
    each = np.arange(edges)

    def groups(keys: Ints, count: int) -> Any:
        return csr_array((np.ones(edges), (keys, each)), shape=(count, edges))

    def wide(matrix: Any) -> Any:
        return hstack((matrix, csr_array((matrix.shape[0], learners))))

    by_learner = groups(instance.learner, learners)
    high = csr_array(by_learner.multiply((instance.score >= threshold).astype(float)))
    unit = csr_array((np.ones(learners), (np.arange(learners),) * 2))
    own = csr_array((np.ones(edges), (each, instance.learner)), shape=(edges, learners))
    single = csr_array((np.ones(edges), (each, each)), shape=(edges, edges))
    blocks: list[tuple[Any, Any, Any]] = [
        (wide(by_learner), np.zeros(learners), instance.demand),
        (wide(groups(instance.adviser, instance.advisers)), instance.minimum, instance.capacity),
        (hstack((high, -unit)), np.zeros(learners), np.full(learners, np.inf)),
        (hstack((single, -own)), np.full(edges, -np.inf), np.zeros(edges)),
    ]
    if instance.staged and edges:
        pairs = np.stack((instance.learner, instance.stage[instance.adviser]))
        used, number = np.unique(pairs, axis=1, return_inverse=True)
        count = used.shape[1]
        blocks.append((wide(groups(number.reshape(-1), count)), np.zeros(count), np.ones(count)))
    if instance.limited.any():
        near = groups(instance.learner, learners).multiply(instance.limited.astype(float))
        blocks.append((wide(csr_array(near)), np.zeros(learners), _own_most(instance)))
    lower = np.concatenate([np.asarray(block[1], float) for block in blocks])
    upper = np.concatenate([np.asarray(block[2], float) for block in blocks])
    return vstack([block[0] for block in blocks]).tocsr(), lower, upper


def _own_most(instance: Instance) -> Ints:
    """All places but one, for learners with several."""
    several = instance.demand > 1
    return np.where(several, instance.demand - 1, instance.demand)
