"""The answer by scipy's branch and cut, one objective after the other; nothing of ours in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp

from viceversa.matching.engine.verifier_input import read, tie

Ints = npt.NDArray[np.int64]
Row = tuple[npt.NDArray[np.float64], float, float]


def best_by_programme(arrays: dict[str, Any]) -> tuple[int, ...] | None:
    """The best values in the order of the arrays, or None when pins and minimums contradict."""
    programme = Programme(arrays)
    if programme.solve("places") is None:
        return None
    return tuple(programme.settle(name) for name in arrays["order"])


def chosen_by_programme(arrays: dict[str, Any]) -> set[int]:
    """The one best choice of pairs, ties broken by the hash of each pair."""
    programme = Programme(arrays)
    for name in (*arrays["order"], "ties"):
        programme.settle(name)
    return programme.chosen


@dataclass
class Programme:
    """Variables: one per pair (chosen), then one per learner (covered)."""

    arrays: dict[str, Any]
    rows: list[Row] = field(default_factory=list)
    floor: int = 0
    chosen: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        given = self.arrays
        self.learner, self.adviser = np.array(given["learner"]), np.array(given["adviser"])
        self.score, self.demand = np.array(given["score"]), np.array(given["demand"])
        self.pairs, self.learners = len(self.learner), len(self.demand)
        self._places()
        self._stages_and_fields()
        for at in range(self.pairs):
            self._row({at: 1, self.pairs + int(self.learner[at]): -1}, -np.inf, 0)

    def _places(self) -> None:
        minimum = self._given("adviser_minimum", np.zeros(len(self.arrays["capacity"])))
        for one, most in enumerate(self.demand):
            self._sum(self.learner == one, 0, most)
        for one, most in enumerate(self.arrays["capacity"]):
            self._sum(self.adviser == one, minimum[one], most)

    def _stages_and_fields(self) -> None:
        stage, near = self.arrays.get("stage"), self.arrays.get("own_field")
        for one, most in enumerate(self.demand):
            own = self.learner == one
            if stage is not None:
                for each in set(np.array(stage)[self.adviser[own]].tolist()):
                    self._sum(own & (np.array(stage)[self.adviser] == each), 0, 1)
            if near is not None and most > 1:
                self._sum(own & np.array(near, bool), 0, most - 1)

    def _given(self, name: str, otherwise: Any) -> Any:
        value = self.arrays.get(name)
        return otherwise if value is None else np.array(value)

    def _sum(self, pairs: Any, low: float, high: float) -> None:
        self._row(dict.fromkeys(np.flatnonzero(pairs).tolist(), 1), low, high)

    def _row(self, weights: dict[int, int], low: float, high: float) -> None:
        row = np.zeros(self.pairs + self.learners)
        row[list(weights)] = list(weights.values())
        self.rows.append((row, low, high))

    def cost(self, objective: str) -> npt.NDArray[np.float64]:
        cost = np.zeros(self.pairs + self.learners)
        if objective == "coverage":
            cost[self.pairs :] = self._given("priority", np.ones(self.learners))
        elif objective == "anyone":
            cost[self.pairs :] = 1
        elif objective == "ties":
            cost[: self.pairs] = self._ties()
        else:
            cost[: self.pairs] = self.score if objective == "total" else 1
        return cost

    def _ties(self) -> Ints:
        """The verifier's hash, which the solver does not share."""
        names = ("demand", "capacity", "learner", "adviser", "score")
        given = read(*(self.arrays[name] for name in names), *([None] * 6))
        found = np.empty(self.pairs, np.int64)
        found[np.lexsort((self.adviser, self.learner))] = tie(given, np.arange(self.pairs))
        return found

    def keep_at_least(self, pairs: Any, count: int) -> None:
        self._sum(pairs, count, np.inf)

    def solve(self, objective: str, floor: int | None = None) -> int | None:
        """The most of it, every covered learner having a pair at the floor."""
        floor = self.floor if floor is None else floor
        cost, rows = self.cost(objective), list(self.rows)
        for one in range(self.learners):
            row = np.zeros(self.pairs + self.learners)
            row[np.flatnonzero((self.learner == one) & (self.score >= floor))] = 1
            row[self.pairs + one] = -1
            rows.append((row, 0, np.inf))
        low = np.zeros(self.pairs + self.learners)
        low[: self.pairs] = self._given("pinned", np.zeros(self.pairs))
        found = milp(
            -cost,
            constraints=LinearConstraint(
                np.array([row for row, _, _ in rows]),
                [least for _, least, _ in rows],
                [most for _, _, most in rows],
            ),
            integrality=np.ones(len(cost)),
            bounds=Bounds(low, 1),
            options={"mip_rel_gap": 0},
        )
        if found.x is None:
            return None
        taken = np.rint(found.x)
        self.chosen = set(np.flatnonzero(taken[: self.pairs]).tolist())
        return int(cost @ taken)

    def settle(self, objective: str) -> int:
        """Its best value, which everything after it must keep."""
        if objective == "floor":
            self.floor = self._highest_floor()
            return self.floor if self.solve("anyone") else 0
        most = self.solve(objective)
        assert most is not None
        self.rows.append((self.cost(objective), most, np.inf))
        return most

    def _highest_floor(self) -> int:
        scores = sorted({0, *self.score.tolist()})
        low, high = 0, len(scores)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if self.solve("anyone", scores[middle]) else (low, middle)
        return int(scores[low])
