"""Does a remedy really help? Solved again with the one change made, as often as the budget allows.

The budget counts edges that may go into solving; it never asks a clock, so that every machine
proves the same remedies.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from viceversa.matching.engine.errors import Infeasible
from viceversa.matching.engine.explaining.remedies import Remedy
from viceversa.matching.engine.matching import Match, solve_problem
from viceversa.matching.engine.people.altered import (
    with_more_places,
    with_settings,
    with_wants,
)
from viceversa.matching.engine.people.participant import Participant
from viceversa.matching.engine.people.problem import Problem

TRIED = 12  # remedies tried for one person
LEAST = 1_000  # edges that a very small problem counts as, for the work around the solving
WORK = 60_000  # edges solved again for all the unmatched of one match, or for one asked about


@dataclass
class Budget:
    """Edges that may still be solved again; used up as remedies are tried."""

    left: int

    @classmethod
    def of(cls, match: Match) -> Budget:
        """Enough for one solution of any match, and for more of a smaller one."""
        return cls(max(WORK, len(match.problem.learner)))

    def afford(self, match: Match) -> bool:
        """Take the price of one more solution, if there is enough left."""
        price = max(len(match.problem.learner), LEAST)
        if price > self.left:
            return False
        self.left -= price
        return True


def smallest_proved(
    match: Match, person_id: str, role: str, remedies: Sequence[Remedy], budget: Budget
) -> Remedy | None:
    """The first remedy after which the person really has a partner.

    None when all were tried in vain; the first untried one, unproved, when the budget ends or so
    many were in vain.
    """
    for at, remedy in enumerate(remedies):
        if at >= TRIED or not budget.afford(match):
            return next((untried for untried in remedies[at:] if not untried.indirect), None)
        if _helps(match, person_id, role, remedy):
            return replace(remedy, proved=True)
    return None


def _helps(match: Match, person_id: str, role: str, remedy: Remedy) -> bool:
    problem = _altered(match, person_id, role, remedy)
    try:
        after = solve_problem(problem, pins=match.pins, forbidden=match.forbidden)
    except Infeasible:
        return False
    return (person_id, role) not in after.unmatched


def _altered(match: Match, person_id: str, role: str, remedy: Remedy) -> Problem:
    """The problem with the one change made."""
    problem, settings = match.problem, match.settings
    if remedy.settings is not None:
        return with_settings(problem, remedy.settings, match.forbidden)
    if remedy.person is not None:
        return with_wants(problem, remedy.person, match.forbidden)
    if remedy.kind in ("learners_per_adviser", "advisers_per_learner"):
        value = getattr(settings.places, remedy.kind) + 1
        places = replace(settings.places, **{remedy.kind: value})
        return with_more_places(problem, None, replace(settings, places=places))
    partner = match.roster.people[match.roster.index[remedy.partner_id or person_id]]
    return with_more_places(problem, _one_more(partner, role), settings)


def _one_more(partner: Participant, role: str) -> Participant:
    if role == "learner":
        return replace(partner, capacity=partner.capacity + 1)
    return replace(partner, demand=partner.demand + 1)
