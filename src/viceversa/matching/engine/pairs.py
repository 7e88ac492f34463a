"""One proposed partnership, with its score in parts and its reason in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from viceversa.matching.engine.people.problem import Problem
from viceversa.matching.engine.solving.instance import Ints
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


def pairs_at(problem: Problem, edges: Ints, pins: Iterable[tuple[str, str]] = ()) -> list[Pair]:
    """The pairs at some positions of the problem's edges."""
    roster, pinned = problem.roster, frozenset(pins)
    learners = roster.columns.people(roster.learners[problem.learner[edges]])
    advisers = roster.columns.people(roster.advisers[problem.adviser[edges]])
    names = list(problem.parts)
    values = zip(*(problem.parts[name][edges].tolist() for name in names), strict=True)
    parts = [dict(zip(names, each, strict=True)) for each in values] or [{} for _ in edges]
    scores = problem.score[edges].tolist()
    return [
        Pair(
            learner_id=learner.id,
            adviser_id=adviser.id,
            score=score,
            parts=part,
            reason=pair_reason(roster, learner, adviser, part),
            pinned=(learner.id, adviser.id) in pinned,
        )
        for learner, adviser, score, part in zip(learners, advisers, scores, parts, strict=True)
    ]
