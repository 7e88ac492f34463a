"""Texts that are easy to find wherever they may have leaked, and half hours to write about."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse

from tests.factories import actor_for_person, make_user
from tests.meetings.half_hours import book, make_pair
from viceversa.history.models import Entry
from viceversa.meetings.models import Meeting
from viceversa.notifications.models import Notification
from viceversa.partnerships.models import Partnership
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
