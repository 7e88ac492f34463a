"""Telling the people of partnerships, many at once in few queries."""

from collections.abc import Callable, Iterable
from datetime import datetime

from viceversa.notifications.actions import notify, notify_many
from viceversa.notifications.rules import Message
from viceversa.partnerships.models import Partnership


def tell_both(partnership: Partnership, message: Message, *, now: datetime) -> None:
    notify(to=[partnership.learner.person, partnership.adviser.person], message=message, now=now)


def tell_all(
    partnerships: Iterable[Partnership],
    message_for: Callable[[Partnership], Message],
    *,
    now: datetime,
) -> None:
    """Both people of each partnership; their persons must be loaded."""
    notify_many(
        [
            (enrolment.person, message_for(partnership))
            for partnership in partnerships
            for enrolment in (partnership.learner, partnership.adviser)
        ],
        now=now,
    )
