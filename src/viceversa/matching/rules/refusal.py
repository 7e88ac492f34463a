"""Why not these two: asked for one pair at a time, from the snapshot's rows of the two."""

from collections.abc import Mapping, Sequence
from typing import Any

from viceversa.matching.engine import BadInput, build_problem
from viceversa.matching.engine.people.rules import rules_against
from viceversa.matching.engine.words import rule_sentence
from viceversa.matching.rules.records import (
    forbidden_pairs,
    participants,
    reference_date,
    taken_pairs,
)
from viceversa.matching.rules.settings import engine_settings
from viceversa.matching.rules.snapshot import Snapshot
from viceversa.matching.rules.spread import (
    FIELD_NEEDED,
    STAGE_HELD,
    of_a_stage_held,
    of_the_own_field,
)
from viceversa.matching.rules.words import PRIVATE, PRIVATE_SENTENCE


def rules_between(
    snapshot: Snapshot,
    settings: Mapping[str, Any],
    pair: tuple[str, str],
    *,
    ruled_out: Sequence[tuple[str, str]] = (),
) -> list[str]:
    """Sentences, one for each rule against (learner id, adviser id); none when it is possible.

    Rules that protect people are named only when no other stands in the way, and never apart.
    """
    learner, adviser = pair
    two = {**snapshot, "people": [row for row in snapshot["people"] if row["id"] in pair]}
    try:
        problem = build_problem(
            participants(two),
            engine_settings(settings, reference_date(snapshot)),
            forbidden=[*forbidden_pairs(two, settings), *ruled_out],
        )
    except BadInput:
        return ["One of the two does not take part in this role, or has no free place."]
    row, column = problem.roster.row(learner), problem.roster.column(adviser)
    if row is None or column is None:
        return ["One of the two does not take part in this role, or has no free place."]
    names = rules_against(problem.rules, row, column)
    shown = [name for name in names if name not in PRIVATE]
    if names and not shown:
        return [PRIVATE_SENTENCE]
    special = {"forbidden": _forbidden(two, settings, pair)}
    return [special.get(name) or rule_sentence(problem.roster, name, row, column) for name in shown]


def _forbidden(two: Snapshot, settings: Mapping[str, Any], pair: tuple[str, str]) -> str:
    if pair in taken_pairs(two):
        return "They are partners already, or one of the two said no to the other."
    if pair in of_a_stage_held(two, settings):
        return STAGE_HELD
    if pair in of_the_own_field(two, settings):
        return FIELD_NEEDED
    return "A coordinator of this programme has forbidden this pair. Release it to allow it again."
