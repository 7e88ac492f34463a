from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from viceversa.notifications.models import Delivery, Gathered, Notification
from viceversa.notifications.queries import chosen_paces, rhythms_of
from viceversa.notifications.rules import EMAIL, Message
from viceversa.notifications.rules.rhythm import GATHERED, NOW, Rhythm, arrival, next_digest
from viceversa.people.models import Person
from viceversa.toolkit.jobs import later

Told = tuple[Person, Message]


@dataclass(frozen=True)
class _Line:
    """A line in an inbox, whom it tells and of what."""

    notification: Notification
    person: Person
    message: Message


def notify(*, to: Iterable[Person], message: Message, now: datetime) -> None:
    """Tells several people the same."""
    notify_many(((person, message) for person in to), now=now)


@transaction.atomic
def notify_many(told: Iterable[Told], *, now: datetime) -> None:
    """Puts one line in each inbox and, at the pace that the person chose, one e-mail on its way, in
    the caller's transaction.

    Somebody who has left, or has no address, gets the line only.
    """
    pairs = list(told)
    notifications = Notification.objects.bulk_create(
        [_notification(person, message, now=now) for person, message in pairs], batch_size=1000
    )
    lines = [
        _Line(notification, person, message)
        for notification, (person, message) in zip(notifications, pairs, strict=True)
        if person.email and person.is_present
    ]
    if lines:
        _send_by_email(lines, now=now)


def _notification(person: Person, message: Message, *, now: datetime) -> Notification:
    return Notification(
        person=person,
        kind=message.kind,
        title=message.title[:200],
        body=message.body,
        path=message.path,
        about=message.about,
        created_at=now,
        in_inbox=message.in_inbox,
        read_at=None if message.in_inbox else now,
    )


def _send_by_email(lines: Sequence[_Line], *, now: datetime) -> None:
    people = {line.person.pk: line.person for line in lines}
    paced = _with_pace(lines, chosen_paces(people))
    rhythms = rhythms_of(people.values())
    deliveries = [
        _delivery(line, rhythms[line.person.pk], now=now) for line, pace in paced if pace == NOW
    ]
    Gathered.objects.bulk_create(
        (
            _gathered(line, pace, rhythms[line.person.pk], now=now)
            for line, pace in paced
            if pace in GATHERED
        ),
        batch_size=1000,
    )
    Delivery.objects.bulk_create(deliveries, batch_size=1000)
    if any(delivery.not_before <= now for delivery in deliveries):
        later("notifications.deliver")


def _with_pace(
    lines: Sequence[_Line], chosen: Mapping[tuple[int, str], str]
) -> list[tuple[_Line, str]]:
    return [
        (line, line.message.pace_for(chosen.get((line.person.pk, line.message.kind), "")))
        for line in lines
    ]


def _delivery(line: _Line, rhythm: Rhythm, *, now: datetime) -> Delivery:
    message, calendar = line.message, line.message.calendar
    return Delivery(
        notification=line.notification,
        channel=EMAIL,
        address=line.person.email or "",
        not_before=now
        if message.required
        else arrival(now, rhythm, best_before=message.best_before),
        calendar_method=calendar.method if calendar else "",
        calendar_text=calendar.text if calendar else "",
    )


def _gathered(line: _Line, pace: str, rhythm: Rhythm, *, now: datetime) -> Gathered:
    return Gathered(
        notification=line.notification,
        person=line.person,
        pace=pace,
        due_at=next_digest(now, rhythm, pace),
    )
