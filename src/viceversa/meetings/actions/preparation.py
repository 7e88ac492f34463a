"""Two minutes before a half hour: questions, concerns, ideas, for the partner to read."""

from datetime import datetime

from django.db import transaction

from viceversa.history.actions import record
from viceversa.meetings.actions.writing import check_may_prepare, seal, writer_at
from viceversa.meetings.messages.content import PartnerPrepared
from viceversa.meetings.models import Meeting, Preparation
from viceversa.meetings.rules import places
from viceversa.meetings.rules.words import Preparing
from viceversa.notifications.actions import notify
from viceversa.toolkit.actor import Actor


@transaction.atomic
def prepare(*, meeting: Meeting, words: Preparing, by: Actor, now: datetime) -> Preparation:
    """The partner is told the first time only."""
    half_hour = writer_at(by, meeting)
    check_may_prepare(half_hour.meeting)
    seat = half_hour.seat
    place = places.preparation(meeting.key, seat.me.pk)
    preparation, is_new = Preparation.objects.update_or_create(
        meeting=meeting,
        author=seat.me,
        defaults={"sealed": seal(seat, place, words.as_text()), "updated_at": now},
    )
    record(by=by, verb="meetings.prepared", target=meeting, detail={"side": seat.side}, now=now)
    if is_new:
        message = PartnerPrepared(meeting=half_hour.meeting, writer=seat.me)
        notify(to=[seat.partner], message=message, now=now)
    return preparation
