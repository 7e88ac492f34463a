"""Telling people, and what they do in their inbox."""

from viceversa.notifications.actions.choosing import set_hours, set_preferences
from viceversa.notifications.actions.delivery import deliver_waiting
from viceversa.notifications.actions.digest import gather_digests
from viceversa.notifications.actions.inbox import mark_all_read, open_notification
from viceversa.notifications.actions.letter import compose_letter
from viceversa.notifications.actions.stopping import stop_by_link
from viceversa.notifications.actions.telling import notify, notify_many

__all__ = [
    "compose_letter",
    "deliver_waiting",
    "gather_digests",
    "mark_all_read",
    "notify",
    "notify_many",
    "open_notification",
    "set_hours",
    "set_preferences",
    "stop_by_link",
]
