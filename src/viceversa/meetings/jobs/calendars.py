"""What comes from other calendars: answers to invitations, and when people are busy."""

import logging

from django.conf import settings

from viceversa.meetings.actions import busy
from viceversa.meetings.actions.mailbox import read_answers
from viceversa.meetings.queries.mailbox import sentence
from viceversa.meetings.rules.mailbox import NoMailbox
from viceversa.toolkit import clock
from viceversa.toolkit.jobs import later

CALENDARS_AT_ONCE = 20

logger = logging.getLogger(__name__)


def read_replies() -> None:
    try:
        read_answers(maildir=settings.INBOUND_MAILDIR, imap=settings.INBOUND_IMAP, now=clock.now())
    except NoMailbox as problem:
        logger.warning(sentence(str(problem)))


def read_busy_calendar(calendar: int) -> None:
    busy.read_busy_calendar(calendar_id=calendar, now=clock.now())


def read_busy_calendars() -> None:
    """Some at a time, so that a slow one does not keep other jobs waiting for long."""
    waiting = busy.busy_calendars_to_read(now=clock.now(), most=CALENDARS_AT_ONCE)
    for calendar_id in waiting:
        busy.read_busy_calendar(calendar_id=calendar_id, now=clock.now())
    if len(waiting) == CALENDARS_AT_ONCE:
        later("meetings.read_busy_calendars")
