from datetime import datetime, timedelta
from typing import Any

from tests.factories.partnerships import MADE_AT, make_partnership
from viceversa.meetings.models import Delegate, Meeting
from viceversa.partnerships.models import Partnership
from viceversa.people.models import Person


def make_meeting(partnership: Partnership | None = None, **fields: Any) -> Meeting:
    """Booked for a week after the partnership was made, by the learner."""
    partnership = partnership or make_partnership(state="active")
    fields.setdefault("starts_at", MADE_AT + timedelta(days=7))
    fields.setdefault("zone", partnership.learner.person.time_zone)
    fields.setdefault("booked_by", partnership.learner.person)
    fields.setdefault("created_at", MADE_AT)
    return Meeting.objects.create(partnership=partnership, **fields)


def make_delegate(principal: Person, person: Person, at: datetime = MADE_AT) -> Delegate:
    return Delegate.objects.create(principal=principal, person=person, named_at=at)
