"""Texts that are easy to find wherever they may have leaked, and half hours to write about."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.factories import actor_for_person, make_user
from tests.meetings.half_hours import book, make_pair
from viceversa.history.models import Entry
from viceversa.meetings.models import Meeting
from viceversa.notifications.models import Notification
from viceversa.partnerships.models import Agreement, Partnership
from viceversa.partnerships.queries.agreement import place_of
from viceversa.partnerships.queries.seat import seat_at
from viceversa.partnerships.rules.terms import Terms, as_text
from viceversa.toolkit import clock
from viceversa.toolkit.actor import Actor

PLANTED = "zanzibar-marmalade"


def learner_of(partnership: Partnership) -> Actor:
    return actor_for_person(partnership.learner.person)


def adviser_of(partnership: Partnership) -> Actor:
    return actor_for_person(partnership.adviser.person)


def book_ahead(partnership: Partnership | None = None, **fields: Any) -> Meeting:
    """Tomorrow, by the real clock."""
    return book(partnership, starts_at=clock.now() + timedelta(days=1), **fields)


def book_begun(partnership: Partnership | None = None, **fields: Any) -> Meeting:
    """Five minutes ago, by the real clock."""
    return book(partnership, starts_at=clock.now() - timedelta(minutes=5), **fields)


def page_of(name: str, meeting: Meeting, *more: str) -> str:
    return reverse(f"meetings:{name}", args=[meeting.partnership.key, meeting.key, *more])


def clients_of(signed_in: Callable[..., Client], partnership: Partnership) -> tuple[Client, Client]:
    """The learner's and the adviser's."""
    learner, adviser = partnership.learner.person, partnership.adviser.person
    return signed_in(make_user(learner)), signed_in(make_user(adviser))


def stored_beside_the_envelopes() -> str:
    """Everything that history and notifications hold, as one text."""
    entries = [str(row) for row in Entry.objects.values_list()]
    told = [str(row) for row in Notification.objects.values_list()]
    return "\n".join([*entries, *told])


__all__ = [
    "PLANTED",
    "adviser_of",
    "book",
    "book_ahead",
    "book_begun",
    "clients_of",
    "learner_of",
    "make_pair",
    "page_of",
    "stored_beside_the_envelopes",
]


def sign(meeting: Meeting, terms: Terms, *, now: datetime) -> None:
    """An agreement of version 1 with these terms, signed by both."""
    partnership = meeting.partnership
    seat = seat_at(learner_of(partnership), partnership)
    agreement = Agreement(
        partnership=partnership,
        version=1,
        state=Agreement.State.SIGNED,
        author=seat.me,
        learner_signed_at=now,
        adviser_signed_at=now,
        created_at=now,
    )
    assert partnership.ring
    agreement.sealed = seat.keys.seal(partnership.ring, place_of(agreement), as_text(terms))
    agreement.save()
