"""One proposed partnership, with its score in parts and its reason in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from viceversa.matching.engine.people.problem import Problem
from viceversa.matching.engine.words import pair_reason


@dataclass(frozen=True)
class Pair:
    """One proposed partnership; ``parts`` are 0…10,000 each, ``score`` their weighted mean."""

    learner_id: str
    adviser_id: str
    score: int
    parts: dict[str, int]
    reason: str
    pinned: bool = False


def pair_at(problem: Problem, edge: int, pins: Sequence[tuple[str, str]] = ()) -> Pair:
    """The pair at one position of the problem's edges."""
    learner = problem.roster.learner(int(problem.learner[edge]))
    adviser = problem.roster.adviser(int(problem.adviser[edge]))
    parts = {name: int(values[edge]) for name, values in problem.parts.items()}
    return Pair(
        learner_id=learner.id,
        adviser_id=adviser.id,
        score=int(problem.score[edge]),
        parts=parts,
        reason=pair_reason(problem.roster, learner, adviser, parts),
        pinned=(learner.id, adviser.id) in pins,
    )
