"""Telling the two of a half hour, each in the own time zone."""

from datetime import datetime
from typing import Any

from viceversa.meetings.messages.booking import AboutMeeting
from viceversa.meetings.models import Meeting
from viceversa.notifications.actions import notify_many
from viceversa.toolkit.actor import Actor


def tell_pair(
    meeting: Meeting, kind: type[AboutMeeting], *, by: Actor, now: datetime, **fields: Any
) -> None:
    """Everyone of the two but whoever did it; an assistant's principal is told too."""
    learner = meeting.partnership.learner.person
    adviser = meeting.partnership.adviser.person
    notify_many(
        [
            (me, kind(meeting=meeting, me=me, partner=partner, **fields))
            for me, partner in ((learner, adviser), (adviser, learner))
            if me.pk != by.person_id
        ],
        now=now,
    )
