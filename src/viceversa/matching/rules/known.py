"""A snapshot made ready for many questions: who takes part, and all their pairs with every part.

Weights, order and pins change nothing of that, so that only the solving is left for them.
"""

import json
from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from threading import Lock
from typing import Any

from viceversa.matching.engine import Match, Problem, build_problem, solve_problem
from viceversa.matching.rules.change import Change, Ids, wishes_under, with_place
from viceversa.matching.rules.keeping import FAVOUR, favoured
from viceversa.matching.rules.records import forbidden_pairs, participants, reference_date
from viceversa.matching.rules.settings import STANDARD, engine_settings
from viceversa.matching.rules.snapshot import Snapshot
from viceversa.matching.rules.solving import WEAK_BELOW, check_any, in_words

MOST_PROBLEMS = 3
APART_FROM_PAIRS = ("weights", "order", FAVOUR)


class Known:
    """One round's people. Several threads may ask at once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.names: dict[str, str] = {row["id"]: row["name"] for row in snapshot["people"]}
        self._people = participants(snapshot)
        self._problems: OrderedDict[str, Problem] = OrderedDict()
        self._lock = Lock()

    @property
    def pairs(self) -> int:
        """How many pairs are kept, which is what takes memory."""
        return sum(len(problem.learner) for problem in list(self._problems.values()))

    def match(self, change: Change, *, pins: Sequence[Ids], forbidden: Sequence[Ids]) -> Match:
        """The best match under the change. Raises NoSolution."""
        pins, forbidden = wishes_under(change, pins, forbidden)
        settings = engine_settings(change.settings, reference_date(self.snapshot))
        with in_words():
            problem = self._problem(change, forbidden)
            check_any(problem)
            problem = favoured(problem.reweighted(settings), self.snapshot, change.settings)
            return solve_problem(problem, pins=pins, forbidden=forbidden)

    def _problem(self, change: Change, forbidden: Sequence[Ids]) -> Problem:
        key = _key(change, forbidden)
        with self._lock:
            if key not in self._problems:
                self._problems[key] = self._built(change, forbidden)
            self._problems.move_to_end(key)
            while len(self._problems) > MOST_PROBLEMS:
                self._problems.popitem(last=False)
            return self._problems[key]

    def _built(self, change: Change, forbidden: Sequence[Ids]) -> Problem:
        people = self._people
        if change.more_for:
            people = participants(with_place(self.snapshot, change.more_for))
        return build_problem(
            people,
            engine_settings(_every_part(change.settings), reference_date(self.snapshot)),
            forbidden=[*forbidden_pairs(self.snapshot, change.settings), *forbidden],
        )


def before_by(
    change: Change, settings: Mapping[str, Any], match: Match, pairs: Collection[Ids]
) -> dict[str, int]:
    """The figures of the pairs there are that look otherwise under the change's weights."""
    same = change.settings["weights"] == settings["weights"]
    return {} if same else figures_of(match, pairs)


def figures_of(match: Match, pairs: Collection[Ids]) -> dict[str, int]:
    """Other pairs by the scores of this match, of which each must be admissible to count: under
    other weights the same pair has another score, and only like can be compared with like."""
    problem, roster, best = match.problem, match.roster, dict[str, int]()
    scores = []
    for learner, adviser in pairs:
        row, column = roster.row(learner), roster.column(adviser)
        edge = None if row is None or column is None else problem.edge(row, column)
        if edge is not None:
            scores.append(int(problem.score[edge]))
            best[learner] = max(best.get(learner, 0), scores[-1])
    return {
        "floor": min(best.values(), default=0),
        "total": sum(scores),
        "weak": sum(score < WEAK_BELOW for score in scores),
    }


def _every_part(settings: Mapping[str, Any]) -> dict[str, Any]:
    """A part without weight would not be worked out, and be missing for the next question."""
    return {**settings, "weights": {**settings["weights"], **STANDARD}}


def _key(change: Change, forbidden: Sequence[Ids]) -> str:
    """What decides which pairs there are."""
    deciding = {
        name: value for name, value in change.settings.items() if name not in APART_FROM_PAIRS
    }
    return json.dumps([deciding, change.more_for, sorted(forbidden)], sort_keys=True)
