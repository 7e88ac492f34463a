"""I did not follow: one tap of the learner, for the two alone.

Nothing of it goes into the history or to anybody's inbox: not to follow is no event.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.meetings.actions.writing import check_may_write, seal, writer_at
from viceversa.meetings.models import Meeting, Unclear
from viceversa.meetings.queries.material import ground_of
from viceversa.meetings.queries.promises import today_at
from viceversa.meetings.rules import agenda as rules
from viceversa.meetings.rules import places
from viceversa.meetings.rules.words import Lost
from viceversa.partnerships.permissions import check_is_learner
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused

MOST = 20


@transaction.atomic
def did_not_follow(*, meeting: Meeting, by: Actor, now: datetime) -> Unclear:
    """The part of the agenda that is on is noted with it."""
    check_is_learner(by, meeting.partnership)
    half_hour = writer_at(by, meeting)
    check_may_write(half_hour.meeting)
    if Unclear.objects.filter(meeting=meeting).count() >= MOST:
        raise Refused(_("That is a lot at once. Say it, and take a smaller step."), code="many")
    seat = half_hour.seat
    slots = ground_of(half_hour, today=today_at(seat, now)).slots
    on = rules.part_at(slots, (now - half_hour.meeting.starts_at).total_seconds() / 60)
    lost = Lost(part=on.kind, line=on.lines[0] if on.lines else "") if on else Lost()
    row = Unclear(meeting=meeting, author=seat.me, at=now)
    row.sealed = seal(seat, places.unclear(row.key, seat.me.pk), lost.as_text())
    row.save()
    return row


@transaction.atomic
def follows_now(*, unclear: Unclear, by: Actor, now: datetime) -> None:
    """Said by the learner; it is gone for both."""
    check_is_learner(by, unclear.meeting.partnership)
    check_may_write(writer_at(by, unclear.meeting).meeting)
    unclear.delete()
