from datetime import datetime, timedelta
from typing import Any

from tests.factories.people import make_skill
from tests.factories.programmes import MADE_AT, make_enrolment, make_programme
from viceversa.matching.models import Ask
from viceversa.programmes.models import Enrolment, Programme


def make_choosing_programme(**fields: Any) -> Programme:
    """One in which learners choose, open for it."""
    return make_programme(**{"choosing": "learner", "state": "matching", **fields})


def make_learner(programme: Programme, skill: str = "Short video", **fields: Any) -> Enrolment:
    """Wants one skill and has written goals."""
    fields.setdefault("goals", "Judge what a short film can do for us.")
    return make_enrolment(programme, learner=True, wants={make_skill(skill): 1}, **fields)


def make_adviser(programme: Programme, skill: str = "Short video", **fields: Any) -> Enrolment:
    return make_enrolment(programme, adviser=True, offers={make_skill(skill): 3}, **fields)


def make_ask(
    learner: Enrolment | None = None, adviser: Enrolment | None = None, **fields: Any
) -> Ask:
    """Sent on the day, unless the test says otherwise."""
    programme = learner.programme if learner else make_choosing_programme()
    learner = learner or make_learner(programme)
    state = fields.setdefault("state", "sent")
    at: datetime = fields.setdefault("created_at", MADE_AT)
    if state != "queued":
        fields.setdefault("sent_at", at)
        fields.setdefault("expires_at", at + timedelta(days=365))
    return Ask.objects.create(
        programme=programme,
        learner=learner,
        adviser=adviser or make_adviser(programme),
        choice=fields.pop("choice", 1),
        goals=learner.goals,
        career_direction=fields.pop("career_direction", "Lead the whole of sales."),
        **fields,
    )
