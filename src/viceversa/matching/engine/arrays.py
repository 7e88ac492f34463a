"""A problem of people as the arrays that ``assign`` and ``verify`` take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from viceversa.matching.engine.errors import BadInput, Infeasible
from viceversa.matching.engine.naming import named
from viceversa.matching.engine.people.problem import (
    PairIds,
    Problem,
    career_stages,
    own_field,
)
from viceversa.matching.engine.people.rules import rules_against
from viceversa.matching.engine.solving.instance import Bools, Ints
from viceversa.matching.engine.words import rule_label, rule_sentence


def arrays_of(problem: Problem, pins: Sequence[PairIds]) -> dict[str, Any]:
    """The keyword arguments of ``assign`` and ``verify`` for a problem."""
    roster = problem.roster
    worth = _worth(problem)
    arrays = {
        "demand": roster.demand,
        "capacity": roster.capacity,
        "learner": problem.learner,
        "adviser": problem.adviser,
        "score": problem.score,
        "order": roster.settings.order,
        "stage": career_stages(roster),
        "adviser_minimum": roster.minimum,
        "own_field": own_field(problem),
        "pinned": _pinned(problem, pins),
        "priority": roster.priority,
    }
    return arrays if worth is None else arrays | {"worth": worth}


def standing_edges(problem: Problem) -> Bools:
    """(E,) the standing pairs, as far as they are admissible."""
    width = len(problem.roster.advisers)
    keys = [row * width + column for row, column in problem.roster.pairs(problem.standing)]
    return np.isin(problem.learner * width + problem.adviser, np.array(keys, np.int64))


def _worth(problem: Problem) -> Ints | None:
    """(E,) what each pair counts for in the total, where that is not its score."""
    if not problem.favour or not problem.standing:
        return None
    return problem.score + problem.favour * standing_edges(problem)


def _pinned(problem: Problem, pins: Sequence[PairIds]) -> Bools:
    """(E,) edges to keep; raises for pins to nobody and pins that a rule forbids."""
    pinned = np.zeros(len(problem.learner), np.bool_)
    for learner, adviser in pins:
        row, column = problem.roster.row(learner), problem.roster.column(adviser)
        if row is None or column is None:
            raise BadInput(
                f"The pinned pair of {learner} and {adviser} leads to nobody in that role."
            )
        edge = problem.edge(row, column)
        if edge is None:
            raise _ruled_out(problem, row, column)
        pinned[edge] = True
    return pinned


def _ruled_out(problem: Problem, row: int, column: int) -> Infeasible:
    """The people of the pin, and every rule against them by name and in words."""
    roster = problem.roster
    said = dict.fromkeys(
        f"{rule_label(name)}: {rule_sentence(roster, name, row, column)}"
        for name in rules_against(problem.rules, row, column)
    )
    reason = " ".join(said) or "the pair is not among the admissible ones."
    refusal = Infeasible("rule_pins", learners=[row], advisers=[column], detail=reason)
    return named(refusal, roster)
