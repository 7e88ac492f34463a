"""Booked half hours of two named people, as rows, and the mails about them."""

from datetime import UTC, datetime
from typing import Any

from tests.factories import make_enrolment, make_partnership, make_person, make_programme
from viceversa.meetings.models import Meeting

NEXT_MONDAY = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)


def make_pair(learner: str = "Tamsin Marlow", adviser: str = "Juno Okapi", **people: Any) -> Any:
    """`learner_zone` and `adviser_zone` set their time zones."""
    programme = make_programme()
    return make_partnership(
        programme,
        learner=make_enrolment(
            programme,
            make_person(learner, time_zone=people.get("learner_zone", "Europe/Berlin")),
            learner=True,
        ),
        adviser=make_enrolment(
            programme,
            make_person(adviser, time_zone=people.get("adviser_zone", "Europe/Dublin")),
            adviser=True,
        ),
        state="active",
    )


def book(partnership: Any = None, *, starts_at: datetime = NEXT_MONDAY, **fields: Any) -> Meeting:
    partnership = partnership or make_pair()
    fields.setdefault("zone", "Europe/Berlin")
    fields.setdefault("booked_by", partnership.learner.person)
    fields.setdefault("created_at", datetime(2026, 3, 2, 9, 12, tzinfo=UTC))
    return Meeting.objects.create(partnership=partnership, starts_at=starts_at, **fields)
