"""Telling people, and what they do in their inbox."""

from viceversa.notifications.actions.delivery import deliver_waiting
from viceversa.notifications.actions.inbox import (
    mark_all_read,
    open_notification,
    set_preferences,
)
from viceversa.notifications.actions.letter import compose_letter
from viceversa.notifications.actions.telling import notify, notify_many

__all__ = [
    "compose_letter",
    "deliver_waiting",
    "mark_all_read",
    "notify",
    "notify_many",
    "open_notification",
    "set_preferences",
]
