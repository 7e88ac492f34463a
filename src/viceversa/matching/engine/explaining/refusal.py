"""Why not these two: the rules against them, or what taking them would cost at least."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from viceversa.matching.engine.errors import BadInput, Infeasible
from viceversa.matching.engine.explaining.changes import Difference, compare
from viceversa.matching.engine.explaining.pair import edge_of
from viceversa.matching.engine.matching import Match, solve_problem
from viceversa.matching.engine.people.lists import with_pairs
from viceversa.matching.engine.people.rules import rules_against
from viceversa.matching.engine.words import counted, public_name, rule_label, rule_sentence


@dataclass(frozen=True)
class RuleAgainst:
    name: str
    label: str
    sentence: str


@dataclass(frozen=True)
class WhyNot:
    """``kind`` is matched, forbidden or possible.

    For a possible pair, ``objective`` and ``at_least`` say what the programme would lose in the
    first objective that suffers: a lower bound, exact only after ``confirm``.
    """

    kind: str
    sentence: str
    rules: tuple[RuleAgainst, ...] = ()
    objective: str = ""
    at_least: int = 0


@dataclass(frozen=True)
class Confirmed:
    """The match with the pair pinned, or the sentence that says why it cannot be."""

    sentence: str
    difference: Difference | None


def why_not(match: Match, learner_id: str, adviser_id: str) -> WhyNot:
    """Why these two are not partners; raises BadInput for people who are not in these roles."""
    edge = edge_of(match, learner_id, adviser_id)
    if (learner_id, adviser_id) in match.pair_ids:
        return WhyNot("matched", "These two are proposed as partners.")
    if edge is None:
        rules = rules_between(match, learner_id, adviser_id)
        if not rules and match.problem.lists is not None:
            return _beyond_the_list(match, learner_id, adviser_id)
        said = " ".join(rule.sentence for rule in rules)
        return WhyNot("forbidden", said or "This pair is not admissible.", rules)
    objective, loss = _least_loss(match, edge)
    said = _loss_sentence(objective, loss)
    if match.kept_places[edge]:
        said = f"{said} The learner's last place is kept for an adviser from another field."
    return WhyNot("possible", said, (), objective, loss)


def _beyond_the_list(match: Match, learner_id: str, adviser_id: str) -> WhyNot:
    """A pair no rule forbids, of a programme solved on lists: its price from the last claim."""
    row, column = match.roster.row(learner_id), match.roster.column(adviser_id)
    if row is None or column is None:
        raise BadInput(f"{learner_id} and {adviser_id} do not take part in these roles.")
    wider = with_pairs(match.problem, (np.array([row]), np.array([column])))
    edge = wider.edge(row, column)
    if edge is None:
        return WhyNot("forbidden", "This pair is not admissible.")
    score, floor = int(wider.score[edge]), match.assignment.floor
    single = match.roster.demand[row] == 1
    if "floor" in match.settings.order and score < floor and single:
        return WhyNot(
            "possible", _loss_sentence("floor", floor - score), (), "floor", floor - score
        )
    loss = match.assignment.claims[-1].loss_beyond(match.assignment.instance, row, column, score)
    objective = match.assignment.claims[-1].objective if loss else ""
    return WhyNot("possible", _loss_sentence(objective, loss), (), objective, loss)


def confirm(match: Match, learner_id: str, adviser_id: str) -> Confirmed:
    """Solve again with the pair pinned: who moves, and what every figure becomes."""
    if why_not(match, learner_id, adviser_id).kind == "forbidden":
        return Confirmed(why_not(match, learner_id, adviser_id).sentence, None)
    pins = tuple(dict.fromkeys((*match.pins, (learner_id, adviser_id))))
    try:
        after = solve_problem(match.problem, pins=pins, forbidden=match.forbidden)
    except Infeasible as reason:
        return Confirmed(reason.sentence, None)
    difference = compare(match, after)
    return Confirmed(_change_sentence(match, difference), difference)


def rules_between(match: Match, learner_id: str, adviser_id: str) -> tuple[RuleAgainst, ...]:
    """Every rule that forbids the pair, not only the first."""
    row, column = match.roster.row(learner_id), match.roster.column(adviser_id)
    if row is None or column is None:
        raise BadInput(f"{learner_id} and {adviser_id} do not take part in these roles.")
    against = (
        RuleAgainst(
            public_name(name), rule_label(name), rule_sentence(match.roster, name, row, column)
        )
        for name in rules_against(match.problem.rules, row, column)
    )
    return tuple(dict.fromkeys(against))


def _least_loss(match: Match, edge: int) -> tuple[str, int]:
    """The first objective that must suffer, and by how much at least.

    Below the floor, a learner with one place would become the worst covered: the floor falls.
    """
    score, row = int(match.problem.score[edge]), int(match.problem.learner[edge])
    floor = match.assignment.floor
    for objective in match.settings.order:
        if objective == "floor":
            if score < floor and match.roster.demand[row] == 1:
                return "floor", floor - score
            continue
        loss = int(match.assignment.losses[objective][edge])
        if loss:
            return objective, loss
    return "", 0


def _loss_sentence(objective: str, loss: int) -> str:
    return {
        "": "Possible: by the prices, the programme need not lose anything, or only a tie.",
        "coverage": f"Possible, but coverage would fall by at least {loss}.",
        "floor": f"Possible, but the floor would fall by at least {counted(loss, 'point')}.",
        "places": f"Possible, but at least {counted(loss, 'place')} fewer would be filled.",
        "total": f"Possible, but the programme would lose at least {counted(loss, 'point')}.",
    }[objective]


def _change_sentence(match: Match, difference: Difference) -> str:
    """The first figure in the programme's order that changes, and how many people move."""
    figures = difference.figures
    others = [move for move in difference.moves if move.role == "learner"]
    moved = f"{counted(len(others), 'learner')} would have other advisers."
    for objective in match.settings.order:
        before, after = figures[objective]
        if before != after:
            return f"{objective.capitalize()} would go from {before:,} to {after:,}. {moved}"
    return f"No figure of the programme would change. {moved}"
