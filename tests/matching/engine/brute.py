"""The answer by trying everything, and problems for Hypothesis to try it on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from hypothesis import strategies as st

OBJECTIVES = ("coverage", "floor", "places", "total")


@dataclass(frozen=True)
class Small:
    """A problem of at most sixteen learners and advisers, as plain lists."""

    demand: list[int]
    capacity: list[int]
    pairs: list[tuple[int, int]]
    score: list[int]
    order: tuple[str, ...] = OBJECTIVES
    stage: list[int] | None = None
    minimum: list[int] | None = None
    pinned: list[bool] | None = None
    priority: list[int] | None = None
    own_field: list[bool] | None = None
    extra: dict[str, Any] = field(default_factory=dict)

    def arrays(self) -> dict[str, Any]:
        return {
            "demand": self.demand,
            "capacity": self.capacity,
            "learner": np.array([i for i, _ in self.pairs], int),
            "adviser": np.array([j for _, j in self.pairs], int),
            "score": np.array(self.score, int),
            "order": self.order,
            "stage": self.stage,
            "adviser_minimum": self.minimum,
            "pinned": None if self.pinned is None else np.array(self.pinned, bool),
            "priority": self.priority,
            "own_field": None if self.own_field is None else np.array(self.own_field, bool),
        }


@st.composite
def problems(draw: st.DrawFn, plain: bool = False, fields: bool = False) -> Small:
    learners, advisers = draw(st.integers(1, 4)), draw(st.integers(1, 4))
    everything = [(i, j) for i in range(learners) for j in range(advisers)]
    pairs = draw(st.lists(st.sampled_from(everything), unique=True, max_size=10))
    scores = st.one_of(st.integers(0, 4), st.integers(0, 10_000))
    per_learner = {"min_size": learners, "max_size": learners}
    per_adviser = {"min_size": advisers, "max_size": advisers}
    per_pair = {"min_size": len(pairs), "max_size": len(pairs)}
    order = draw(st.permutations(OBJECTIVES))[: draw(st.integers(1, 4))]
    return Small(
        demand=draw(st.lists(st.integers(0, 3), **per_learner)),
        capacity=draw(st.lists(st.integers(0, 3), **per_adviser)),
        pairs=pairs,
        score=draw(st.lists(scores, **per_pair)),
        order=tuple(order),
        stage=None if plain else draw(st.none() | st.lists(st.integers(0, 1), **per_adviser)),
        minimum=None
        if plain
        else draw(st.none() | st.lists(st.sampled_from((0, 0, 1)), **per_adviser)),
        pinned=None
        if plain
        else draw(st.none() | st.lists(st.sampled_from((False, False, True)), **per_pair)),
        own_field=draw(st.lists(st.sampled_from((False, True, True)), **per_pair))
        if fields
        else None
        if plain
        else draw(st.none() | st.lists(st.booleans(), **per_pair)),
        priority=None if plain else draw(st.none() | st.lists(st.integers(0, 3), **per_learner)),
    )


def best_values(problem: Small) -> tuple[int, ...] | None:
    """The lexicographically best values over every subset of pairs; None when none is allowed."""
    found = None
    for mask in range(1 << len(problem.pairs)):
        chosen = [at for at in range(len(problem.pairs)) if mask >> at & 1]
        if allowed(problem, chosen):
            values = values_of(problem, chosen)
            found = values if found is None or values > found else found
    return found


def allowed(problem: Small, chosen: list[int]) -> bool:
    learners = [problem.pairs[at][0] for at in chosen]
    advisers = [problem.pairs[at][1] for at in chosen]
    if any(learners.count(i) > most for i, most in enumerate(problem.demand)):
        return False
    if any(advisers.count(j) > most for j, most in enumerate(problem.capacity)):
        return False
    if any(advisers.count(j) < least for j, least in enumerate(problem.minimum or [])):
        return False
    if any(kept and at not in chosen for at, kept in enumerate(problem.pinned or [])):
        return False
    for i, most in enumerate(problem.demand):
        own = (
            [problem.own_field[at] for at in chosen if problem.pairs[at][0] == i]
            if (problem.own_field is not None)
            else []
        )
        if most > 1 and sum(own) > most - 1:
            return False
    if problem.stage is None:
        return True
    stages = [(i, problem.stage[j]) for i, j in zip(learners, advisers, strict=True)]
    return len(set(stages)) == len(stages)


def values_of(problem: Small, chosen: list[int]) -> tuple[int, ...]:
    best: dict[int, int] = {}
    for at in chosen:
        learner = problem.pairs[at][0]
        best[learner] = max(best.get(learner, 0), problem.score[at])
    weights = problem.priority or [1] * len(problem.demand)
    values = {
        "coverage": sum(weights[learner] for learner in best),
        "floor": min(best.values(), default=0),
        "places": len(chosen),
        "total": sum(problem.score[at] for at in chosen),
    }
    return tuple(values[name] for name in problem.order)
