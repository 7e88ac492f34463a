from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from viceversa.notifications.models import Notification, Preference
from viceversa.notifications.permissions import check_has_inbox
from viceversa.notifications.queries import notification_for, preferences_of
from viceversa.notifications.rules import CHANNELS, kinds_of_choice
from viceversa.toolkit.actor import Actor


@transaction.atomic
def open_notification(*, key: str, by: Actor, now: datetime) -> Notification:
    """Marks one line as read; opening it again changes nothing."""
    notification = notification_for(by, key)
    if notification.read_at is None:
        notification.read_at = now
        notification.save(update_fields=["read_at"])
    return notification


@transaction.atomic
def mark_all_read(*, by: Actor, now: datetime) -> int:
    person_id = check_has_inbox(by)
    unread = Notification.objects.filter(person_id=person_id, read_at__isnull=True)
    return unread.filter(created_at__lte=now).update(read_at=now)


@transaction.atomic
def set_preferences(*, wanted: Mapping[tuple[str, str], bool], by: Actor) -> int:
    """Keeps the wishes that differ from what was said, or from the default, and counts them."""
    person_id = check_has_inbox(by)
    before = preferences_of(by)
    changed = []
    for kind in kinds_of_choice():
        for channel in CHANNELS:
            place = (kind.kind, channel)
            wish = wanted.get(place)
            if wish is not None and wish != before.get(place, kind.by_email):
                changed.append((place, wish))
    Preference.objects.bulk_create(
        [
            Preference(person_id=person_id, kind=kind, channel=channel, wanted=wish)
            for (kind, channel), wish in changed
        ],
        update_conflicts=True,
        unique_fields=["person", "kind", "channel"],
        update_fields=["wanted"],
    )
    return len(changed)
