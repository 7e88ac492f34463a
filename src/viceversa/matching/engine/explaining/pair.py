"""Why this pair: the parts of its score, and what each alternative would have given both."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from viceversa.matching.engine.errors import BadInput
from viceversa.matching.engine.matching import Match
from viceversa.matching.engine.solving.instance import Ints
from viceversa.matching.engine.words import part_label

SHOWN = 5


@dataclass(frozen=True)
class PartReason:
    """One part: ``share`` 0…10,000 of its best, ``points`` of ``most`` in the score."""

    name: str
    label: str
    share: int
    points: int
    most: int


@dataclass(frozen=True)
class Alternative:
    """Another admissible partner, its score, and how much more (or less) that is."""

    person_id: str
    score: int
    difference: int
    chosen: bool
    taken: bool  # all places are in use by others


@dataclass(frozen=True)
class PairReasons:
    learner_id: str
    adviser_id: str
    score: int
    chosen: bool
    sentence: str
    parts: tuple[PartReason, ...]
    learner_alternatives: tuple[Alternative, ...]
    adviser_alternatives: tuple[Alternative, ...]


def why_pair(match: Match, learner_id: str, adviser_id: str) -> PairReasons:
    """The reasons for one admissible pair; raises BadInput when a rule forbids it."""
    edge = edge_of(match, learner_id, adviser_id)
    if edge is None:
        raise BadInput(f"{learner_id} and {adviser_id} are not an admissible pair.")
    pair = match.pair_at(edge)
    return PairReasons(
        learner_id=learner_id,
        adviser_id=adviser_id,
        score=pair.score,
        chosen=(learner_id, adviser_id) in match.pair_ids,
        sentence=pair.reason,
        parts=part_reasons(match, pair.parts),
        learner_alternatives=_of_learner(match, edge),
        adviser_alternatives=_of_adviser(match, edge),
    )


def edge_of(match: Match, learner_id: str, adviser_id: str) -> int | None:
    """Position of the pair among the admissible ones; raises BadInput for unknown people."""
    row, column = match.roster.row(learner_id), match.roster.column(adviser_id)
    if row is None:
        raise BadInput(f"{learner_id} is not a learner in this programme.")
    if column is None:
        raise BadInput(f"{adviser_id} is not an adviser in this programme.")
    return match.problem.edge(row, column)


def part_reasons(match: Match, parts: dict[str, int]) -> tuple[PartReason, ...]:
    """Every weighted part in points of the score, in the order of the settings."""
    weights = match.settings.part_weights()
    total = max(sum(weights.get(name, 0) for name in parts), 1)
    return tuple(
        PartReason(
            name=name,
            label=part_label(name),
            share=share,
            points=share * weights[name] // total,
            most=10_000 * weights[name] // total,
        )
        for name, share in parts.items()
        if weights.get(name, 0)
    )


def _of_learner(match: Match, edge: int) -> tuple[Alternative, ...]:
    problem = match.problem
    others = np.flatnonzero(problem.learner == problem.learner[edge])
    used = np.bincount(
        problem.adviser[match.assignment.edges], minlength=len(match.roster.capacity)
    )
    full = used >= match.roster.capacity
    ids = [match.roster.adviser(int(problem.adviser[e])).id for e in others]
    return _ranked(match, edge, others, ids, full[problem.adviser[others]].tolist())


def _of_adviser(match: Match, edge: int) -> tuple[Alternative, ...]:
    problem = match.problem
    others = np.flatnonzero(problem.adviser == problem.adviser[edge])
    used = np.bincount(problem.learner[match.assignment.edges], minlength=len(match.roster.demand))
    full = used >= match.roster.demand
    ids = [match.roster.learner(int(problem.learner[e])).id for e in others]
    return _ranked(match, edge, others, ids, full[problem.learner[others]].tolist())


def _ranked(
    match: Match, edge: int, others: Ints, ids: list[str], full: list[bool]
) -> tuple[Alternative, ...]:
    """The best alternatives from the highest score down, without the pair itself."""
    chosen = set(match.assignment.edges.tolist())
    score = match.problem.score
    found = [
        Alternative(
            person_id=person_id,
            score=int(score[other]),
            difference=int(score[other] - score[edge]),
            chosen=other in chosen,
            taken=is_full and other not in chosen,
        )
        for other, person_id, is_full in zip(others.tolist(), ids, full, strict=True)
        if other != edge
    ]
    found.sort(key=lambda alternative: (-alternative.score, alternative.person_id))
    return tuple(found[:SHOWN])
