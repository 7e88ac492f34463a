from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from viceversa.notifications.models import Delivery, Notification, Preference
from viceversa.notifications.rules import Message
from viceversa.people.models import Person
from viceversa.toolkit.jobs import later


@transaction.atomic
def notify(*, to: Iterable[Person], message: Message, now: datetime) -> None:
    """Puts one line in each inbox and one e-mail on its way, in the caller's transaction."""
    people = [person for person in to if person.is_present]
    notifications = Notification.objects.bulk_create(
        Notification(
            person=person,
            kind=message.kind,
            title=message.title[:200],
            body=message.body,
            path=message.path,
            created_at=now,
        )
        for person in people
    )
    _send_by_email(notifications, message, now=now)


def _send_by_email(notifications: list[Notification], message: Message, *, now: datetime) -> None:
    wanted = _who_wants_email(notifications, message)
    waiting = [
        Delivery(
            notification=notification,
            channel="email",
            address=notification.person.email,
            not_before=now,
        )
        for notification in notifications
        if notification.person.email and notification.person_id in wanted
    ]
    if waiting:
        Delivery.objects.bulk_create(waiting)
        later("notifications.deliver")


def _who_wants_email(notifications: list[Notification], message: Message) -> set[int]:
    ids = {notification.person_id for notification in notifications}
    said = dict(
        Preference.objects.filter(person__in=ids, kind=message.kind, channel="email").values_list(
            "person", "wanted"
        )
    )
    return {person for person in ids if said.get(person, message.by_email)}
