from datetime import datetime
from typing import Any

from tests.factories.accounts import actor_for_person
from tests.factories.partnerships import MADE_AT
from viceversa.partnerships.actions.goal import accept_goal, propose_goal
from viceversa.partnerships.models import Agreement, Goal, Partnership


def make_goal(
    partnership: Partnership, *, proposed_by: str = "learner", agreed: bool = True, **fields: Any
) -> Goal:
    """Proposed by one side; with `agreed` the other side has said yes."""
    proposer = actor_of_side(partnership, proposed_by)
    values = {"stream": "learning", "kind": "clients", "title": "Speak with clients", **fields}
    goal = propose_goal(partnership=partnership, **values, by=proposer, now=MADE_AT)
    if agreed:
        other = "adviser" if proposed_by == "learner" else "learner"
        goal = accept_goal(goal=goal, by=actor_of_side(partnership, other), now=MADE_AT)
    return goal


def actor_of_side(partnership: Partnership, side: str) -> Any:
    enrolment = partnership.learner if side == "learner" else partnership.adviser
    return actor_for_person(enrolment.person)


def sign_level(partnership: Partnership, level: str, *, at: datetime = MADE_AT) -> Agreement:
    """A signed agreement whose words matter to nobody; one before it is replaced."""
    Agreement.objects.filter(partnership=partnership, state="signed").update(state="replaced")
    return Agreement.objects.create(
        partnership=partnership,
        version=Agreement.objects.filter(partnership=partnership).count() + 1,
        state=Agreement.State.SIGNED,
        confidentiality=level,
        sealed=b"-",
        author=partnership.learner.person,
        learner_signed_at=at,
        adviser_signed_at=at,
        created_at=at,
    )
