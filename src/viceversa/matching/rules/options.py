"""What else each person of a solved round could have had, from the engine's arrays."""

from typing import Any

import numpy as np
import numpy.typing as npt

from viceversa.matching.engine import Match

MOST_OPTIONS = 300
SHOWN = 4

Ints = npt.NDArray[np.int64]


class Alternatives:
    """The best other partners of both people of a pair: [id, score, whether that is proposed]."""

    def __init__(self, match: Match) -> None:
        self.match = match
        problem = match.problem
        self.chosen = np.zeros(len(problem.learner), np.bool_)
        self.chosen[match.assignment.edges] = True
        self.by_adviser = np.argsort(problem.adviser, kind="stable")
        self.sorted_adviser = problem.adviser[self.by_adviser]

    def of(self, edge: int) -> dict[str, list[list[Any]]]:
        problem, roster = self.match.problem, self.match.roster
        row, column = int(problem.learner[edge]), int(problem.adviser[edge])
        first, last = np.searchsorted(problem.learner, [row, row + 1])
        mine = np.arange(first, last)
        start, end = np.searchsorted(self.sorted_adviser, [column, column + 1])
        theirs = self.by_adviser[start:end]
        return {
            "learner": [
                [roster.adviser(int(problem.adviser[at])).id, *self._facts(at)]
                for at in self._best(mine, edge)
            ],
            "adviser": [
                [roster.learner(int(problem.learner[at])).id, *self._facts(at)]
                for at in self._best(theirs, edge)
            ],
        }

    def _best(self, edges: Ints, but: int) -> list[int]:
        """The highest scores first; ties by position, which follows the ids."""
        ranked = edges[np.argsort(-self.match.problem.score[edges], kind="stable")]
        return [int(at) for at in ranked[: SHOWN + 1].tolist() if at != but][:SHOWN]

    def _facts(self, edge: int) -> tuple[int, bool]:
        return int(self.match.problem.score[edge]), bool(self.chosen[edge])


def options_of(match: Match) -> dict[str, tuple[list[list[Any]], bool]]:
    """Learner id → the admissible advisers with score and what taking them would cost at least,
    and whether the list is complete."""
    problem, roster = match.problem, match.roster
    objective, loss = least_losses(match)
    names = ("", *match.settings.order)
    starts = np.searchsorted(problem.learner, np.arange(len(roster.learners) + 1))
    found = {}
    for row in range(len(roster.learners)):
        edges = np.arange(starts[row], starts[row + 1])
        ranked = edges[np.argsort(-problem.score[edges], kind="stable")][:MOST_OPTIONS].tolist()
        pairs = [
            [
                roster.adviser(int(problem.adviser[at])).id,
                int(problem.score[at]),
                names[int(objective[at])],
                int(loss[at]),
            ]
            for at in ranked
        ]
        found[roster.learner(row).id] = (pairs, len(edges) <= MOST_OPTIONS)
    return found


def least_losses(match: Match) -> tuple[Ints, Ints]:
    """(E,) position in the order, from 1, of the first objective that must suffer (0: none), and
    by how much at least. Below the floor, a learner with one place becomes the worst covered."""
    problem, order = match.problem, match.settings.order
    objective = np.zeros(len(problem.learner), np.int64)
    loss = np.zeros(len(problem.learner), np.int64)
    for place, name in enumerate(order, start=1):
        if name == "floor":
            single = match.roster.demand[problem.learner] == 1
            amount = np.where(single, np.maximum(match.assignment.floor - problem.score, 0), 0)
        else:
            amount = match.assignment.losses[name]
        new = (objective == 0) & (amount > 0)
        objective[new], loss[new] = place, amount[new]
    return objective, loss
