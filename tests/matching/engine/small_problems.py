"""Small problems from a seed, and their best values by trying every subset at once.

Hypothesis finds odd corners; this makes thousands of cases in seconds. Every order of objectives,
stages, minimums, pins, fields and priorities occur.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from tests.matching.engine.brute import OBJECTIVES, Small

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
MOST_PAIRS = 10


def small_problem(seed: int) -> Small:
    rng = np.random.default_rng(seed)
    learners, advisers = int(rng.integers(1, 5)), int(rng.integers(1, 5))
    everything = [(i, j) for i in range(learners) for j in range(advisers)]
    count = int(rng.integers(0, min(MOST_PAIRS, len(everything)) + 1))
    picked = rng.permutation(len(everything))[:count]
    highest = int(rng.choice((4, 100, 10_000)))
    order = tuple(rng.permutation(OBJECTIVES)[: rng.integers(1, 5)].tolist())

    def sometimes(values: Ints) -> list[int] | None:
        return values.tolist() if rng.random() < 0.4 else None

    pinned = sometimes((rng.random(count) < 0.2).astype(np.int64))
    own_field = sometimes(rng.integers(0, 2, count))
    return Small(
        demand=rng.integers(0, 4, learners).tolist(),
        capacity=rng.integers(0, 4, advisers).tolist(),
        pairs=[everything[at] for at in picked.tolist()],
        score=rng.integers(0, highest + 1, count).tolist(),
        order=order,
        stage=sometimes(rng.integers(0, 2, advisers)),
        minimum=sometimes((rng.random(advisers) < 0.3).astype(np.int64)),
        pinned=None if pinned is None else [bool(value) for value in pinned],
        own_field=None if own_field is None else [bool(value) for value in own_field],
        priority=sometimes(rng.integers(0, 4, learners)),
    )


def best_of_all(problem: Small) -> tuple[int, ...] | None:
    """As ``brute.best_values``, for all subsets in one go; None when none is allowed."""
    count = len(problem.pairs)
    chosen = (np.arange(1 << count)[:, None] >> np.arange(count)) & 1 > 0
    chosen = chosen[_allowed(problem, chosen)]
    if not len(chosen):
        return None
    values = _values(problem, chosen)
    found = []
    for name in problem.order:
        most = values[name].max()
        found.append(int(most))
        values = {other: each[values[name] == most] for other, each in values.items()}
    return tuple(found)


def ends_of(problem: Small) -> tuple[Ints, Ints]:
    ends = np.array(problem.pairs, np.int64).reshape(-1, 2)
    return ends[:, 0], ends[:, 1]


def _allowed(problem: Small, chosen: Bools) -> Bools:
    learner, adviser = ends_of(problem)
    of_learner = _sums(chosen, learner, len(problem.demand))
    of_adviser = _sums(chosen, adviser, len(problem.capacity))
    fine = (of_learner <= problem.demand).all(axis=1) & (of_adviser <= problem.capacity).all(axis=1)
    if problem.minimum is not None:
        fine &= (of_adviser >= problem.minimum).all(axis=1)
    if problem.pinned is not None:
        fine &= chosen[:, np.array(problem.pinned, bool)].all(axis=1)
    if problem.stage is not None:
        keys = learner * 2 + np.array(problem.stage)[adviser]
        fine &= (_sums(chosen, keys, 2 * len(problem.demand)) <= 1).all(axis=1)
    if problem.own_field is not None:
        near = _sums(chosen & np.array(problem.own_field, bool), learner, len(problem.demand))
        several = np.array(problem.demand) > 1
        fine &= (near < np.array(problem.demand))[:, several].all(axis=1)
    return np.asarray(fine)


def _values(problem: Small, chosen: Bools) -> dict[str, Ints]:
    learner, _ = ends_of(problem)
    score = np.array(problem.score, np.int64)
    covered = _sums(chosen, learner, len(problem.demand)) > 0
    best = np.full(covered.shape, 1 << 30)
    for row in range(len(problem.demand)):
        own = learner == row
        if own.any():
            top = np.where(chosen[:, own], score[own], -1).max(axis=1)
            best[:, row] = np.where(top < 0, best[:, row], top)
    floor = best.min(axis=1)
    worth = np.array(problem.priority or [1] * len(problem.demand))
    return {
        "coverage": (covered * worth).sum(axis=1),
        "floor": np.where(covered.any(axis=1), floor, 0),
        "places": chosen.sum(axis=1),
        "total": chosen @ score,
    }


def _sums(chosen: Bools, group: Ints, groups: int) -> Ints:
    return chosen.astype(np.int64) @ (group[:, None] == np.arange(groups)).astype(np.int64)
