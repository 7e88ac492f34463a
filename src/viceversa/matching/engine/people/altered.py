"""The problem after a change of settings or of one person.

What the change does not touch is taken over: numbers of units and places, reporting lines, the
likeness of texts. Solving again dozens of times for explanations would be slow otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from viceversa.matching.engine.people.participant import Participant
from viceversa.matching.engine.people.problem import Problem, Progress, collect, collect_row
from viceversa.matching.engine.people.roster import Roster
from viceversa.matching.engine.people.rules import hard_rules
from viceversa.matching.engine.people.scoring import score_parts, weighted
from viceversa.matching.engine.people.settings import Settings

PairIds = tuple[str, str]
Whole = npt.NDArray[Any]


def with_settings(
    problem: Problem,
    settings: Settings,
    forbidden: Iterable[PairIds],
    progress: Progress | None = None,
) -> Problem:
    """Other rules, weights or places for the same people on the same reference date."""
    roster = replace(problem.roster, settings=settings)
    known = {part.name: part for part in problem.made}
    return collect(roster, hard_rules(roster, forbidden), score_parts(roster, known), progress)


def with_more_places(problem: Problem, person: Participant | None, settings: Settings) -> Problem:
    """More places for a person, or for all, among people who have some: the pairs stay."""
    roster = replace(_with_person(problem.roster, person), settings=settings)
    return replace(problem, roster=roster)


def with_wants(problem: Problem, person: Participant, forbidden: Iterable[PairIds]) -> Problem:
    """Other wants of one learner: the pairs of that learner are looked at again, no others."""
    roster = _with_person(problem.roster, person)
    row = roster.row(person.id)
    if row is None:
        return problem
    known = {part.name: part for part in problem.made if part.name != "skills"}
    rules, made = hard_rules(roster, forbidden), score_parts(roster, known)
    changed = replace(problem, roster=roster, rules=rules, made=made)
    return _spliced(changed, row, collect_row(problem, row), collect_row(changed, row))


def _with_person(roster: Roster, person: Participant | None) -> Roster:
    return roster if person is None else roster.with_person(person)


def _spliced(problem: Problem, row: int, before: Problem, after: Problem) -> Problem:
    """The problem with one learner's pairs replaced."""
    start, end = np.searchsorted(problem.learner, [row, row + 1]).tolist()

    def joined(old: Whole, new: Whole) -> Whole:
        return np.concatenate((old[:start], new, old[end:]))

    parts = {name: joined(problem.parts[name], after.parts[name]) for name in after.parts}
    of_learner = problem.removed_of_learner + after.removed_of_learner - before.removed_of_learner
    of_adviser = problem.removed_of_adviser + after.removed_of_adviser - before.removed_of_adviser
    totals = of_learner.sum(axis=1).tolist()
    return replace(
        problem,
        learner=joined(problem.learner, after.learner),
        adviser=joined(problem.adviser, after.adviser),
        score=weighted(parts, problem.roster.settings.part_weights()),
        parts=parts,
        removed={rule.name: count for rule, count in zip(problem.rules, totals, strict=True)},
        removed_of_learner=of_learner,
        removed_of_adviser=of_adviser,
    )
