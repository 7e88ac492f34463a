from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from viceversa.notifications.models import Delivery, Notification
from viceversa.notifications.queries import said_about_email
from viceversa.notifications.rules import EMAIL, CalendarPart, Message
from viceversa.people.models import Person
from viceversa.toolkit.jobs import later

Told = tuple[Person, Message]


def notify(*, to: Iterable[Person], message: Message, now: datetime) -> None:
    """Tells several people the same."""
    notify_many(((person, message) for person in to), now=now)


@transaction.atomic
def notify_many(told: Iterable[Told], *, now: datetime) -> None:
    """Puts one line in each inbox and one e-mail on its way, in the caller's transaction.

    Somebody who has left, or has no address, gets the line only.
    """
    pairs = list(told)
    notifications = Notification.objects.bulk_create(
        [_line(person, message, now=now) for person, message in pairs], batch_size=1000
    )
    _send_by_email(pairs, notifications, now=now)


def _line(person: Person, message: Message, *, now: datetime) -> Notification:
    return Notification(
        person=person,
        kind=message.kind,
        title=message.title[:200],
        body=message.body,
        path=message.path,
        created_at=now,
        in_inbox=message.in_inbox,
        read_at=None if message.in_inbox else now,
    )


def _send_by_email(
    pairs: Sequence[Told], notifications: Sequence[Notification], *, now: datetime
) -> None:
    reachable = [
        (notification, message)
        for notification, (person, message) in zip(notifications, pairs, strict=True)
        if person.email and person.is_present
    ]
    said = said_about_email({notification.person_id for notification, _ in reachable})
    waiting = [
        _delivery(notification, message.calendar, now=now)
        for notification, message in reachable
        if message.required or said.get((notification.person_id, message.kind), message.by_email)
    ]
    if waiting:
        Delivery.objects.bulk_create(waiting, batch_size=1000)
        later("notifications.deliver")


def _delivery(
    notification: Notification, calendar: CalendarPart | None, *, now: datetime
) -> Delivery:
    return Delivery(
        notification=notification,
        channel=EMAIL,
        address=notification.person.email or "",
        not_before=now,
        calendar_method=calendar.method if calendar else "",
        calendar_text=calendar.text if calendar else "",
    )
