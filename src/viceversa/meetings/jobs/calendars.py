"""What comes from other calendars: answers to invitations, and when people are busy."""

import logging
from pathlib import Path

from django.conf import settings

from viceversa.meetings.actions import busy
from viceversa.meetings.actions.replies import read_mailbox
from viceversa.toolkit import clock
from viceversa.toolkit.jobs import later

CALENDARS_AT_ONCE = 20

logger = logging.getLogger(__name__)


def read_replies() -> None:
    if not settings.INBOUND_MAILDIR:
        return
    try:
        read_mailbox(folder=Path(settings.INBOUND_MAILDIR), now=clock.now())
    except FileNotFoundError:
        logger.warning("INBOUND_MAILDIR is no maildir: it has no folders new and cur")


def read_busy_calendar(calendar: int) -> None:
    busy.read_busy_calendar(calendar_id=calendar, now=clock.now())


def read_busy_calendars() -> None:
    """Some at a time, so that a slow one does not keep other jobs waiting for long."""
    waiting = busy.busy_calendars_to_read(now=clock.now(), most=CALENDARS_AT_ONCE)
    for calendar_id in waiting:
        busy.read_busy_calendar(calendar_id=calendar_id, now=clock.now())
    if len(waiting) == CALENDARS_AT_ONCE:
        later("meetings.read_busy_calendars")
