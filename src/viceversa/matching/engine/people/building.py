"""From people to a problem: of all their pairs, or of every learner's best few."""

from __future__ import annotations

from collections.abc import Iterable

from viceversa.matching.engine.people.columns import Columns
from viceversa.matching.engine.people.facts import facts_of
from viceversa.matching.engine.people.lists import list_problem, unlisted_problem
from viceversa.matching.engine.people.participant import Participant
from viceversa.matching.engine.people.problem import Problem, Progress, collect
from viceversa.matching.engine.people.roster import Roster, call_the_roll
from viceversa.matching.engine.people.rules import hard_rules
from viceversa.matching.engine.people.scoring import score_parts
from viceversa.matching.engine.people.settings import Settings

LARGE = 40_000_000  # pairs of a programme that is solved on lists rather than on all its pairs


def build_problem(
    people: Iterable[Participant] | Columns,
    settings: Settings,
    *,
    forbidden: Iterable[tuple[str, str]] = (),
    progress: Progress | None = None,
    listed: bool = True,
) -> Problem:
    """Apply every rule and score every pair left; raises BadInput when nobody takes part.

    A large programme comes with everybody's best pairs, or with none unless ``listed``.
    """
    roster = call_the_roll(people, settings)
    if _is_large(roster):
        if not listed:
            return unlisted_problem(roster, forbidden)
        return list_problem(roster, forbidden, progress)
    ruled_out = tuple(forbidden)
    rules, facts = hard_rules(roster, ruled_out), facts_of(roster, ruled_out)
    return collect(roster, rules, score_parts(roster), progress, facts)


def _is_large(roster: Roster) -> bool:
    """Stages, fields and minimums need all pairs of a learner, so they are not solved on lists."""
    places = roster.settings.places
    knotted = places.different_stages or places.one_other_field or roster.minimum.any()
    return len(roster.learners) * len(roster.advisers) > LARGE and not knotted
