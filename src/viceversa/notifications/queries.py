from collections.abc import Collection

from django.db.models import QuerySet

from viceversa.notifications.models import Notification, Preference
from viceversa.notifications.rules import EMAIL
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotFound

MOST_COUNTED = 100
PEOPLE_AT_ONCE = 5000


def inbox_of(actor: Actor) -> QuerySet[Notification]:
    """Newest first."""
    if actor.person_id is None:
        return Notification.objects.none()
    return Notification.objects.filter(person_id=actor.person_id, in_inbox=True)


def notification_for(actor: Actor, key: str) -> Notification:
    notification = inbox_of(actor).filter(key=key).first()
    if notification is None:
        raise NotFound("There is no such message, or it is not yours to see.")
    return notification


def unread_count(actor: Actor) -> int:
    """Counts to a hundred, so that it costs the same for every inbox."""
    if actor.person_id is None:
        return 0
    unread = Notification.objects.filter(person_id=actor.person_id, read_at__isnull=True)
    return unread.order_by().values("pk")[:MOST_COUNTED].count()


def preferences_of(actor: Actor) -> dict[tuple[str, str], bool]:
    """What the person has said, by kind and channel."""
    if actor.person_id is None:
        return {}
    rows = Preference.objects.filter(person_id=actor.person_id)
    return {(row.kind, row.channel): row.wanted for row in rows}


def said_about_email(person_ids: Collection[int]) -> dict[tuple[int, str], bool]:
    """What these people have said about e-mail, by person and kind."""
    ids = sorted(person_ids)
    said: dict[tuple[int, str], bool] = {}
    for start in range(0, len(ids), PEOPLE_AT_ONCE):
        rows = Preference.objects.filter(
            person__in=ids[start : start + PEOPLE_AT_ONCE], channel=EMAIL
        ).values_list("person", "kind", "wanted")
        said.update({(person, kind): wanted for person, kind, wanted in rows})
    return said
