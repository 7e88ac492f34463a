from datetime import datetime

from django.db import transaction

from viceversa.notifications.models import Notification
from viceversa.notifications.permissions import check_has_inbox
from viceversa.notifications.queries import notification_for
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
