"""After a half hour, in under a minute: thanks, what surprised me, even better if, promises."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from viceversa.history.actions import record
from viceversa.meetings.actions.commitment import NewPromise, make_promises
from viceversa.meetings.actions.holding import hold_now
from viceversa.meetings.actions.writing import check_goes_on, seal, writer_at
from viceversa.meetings.messages.content import PartnerLookedBack
from viceversa.meetings.models import Afterword, Meeting
from viceversa.meetings.queries.content import HalfHour
from viceversa.meetings.rules import places
from viceversa.meetings.rules.words import LookingBack
from viceversa.notifications.actions import notify
from viceversa.toolkit.actor import Actor


@transaction.atomic
def look_back(
    *,
    meeting: Meeting,
    words: LookingBack,
    by: Actor,
    now: datetime,
    promises: Sequence[NewPromise] = (),
) -> Meeting:
    """Says as well that it took place. Only the learner makes promises. The partner is told the
    first time only."""
    half_hour = writer_at(by, meeting)
    check_goes_on(half_hour.seat.partnership)
    meeting = hold_now(meeting=half_hour.meeting, by=by, now=now)
    if words.is_empty:
        Afterword.objects.filter(meeting=meeting, author=half_hour.seat.me).delete()
    else:
        _keep(half_hour, words, by=by, now=now)
    if promises:
        make_promises(
            partnership=meeting.partnership, promises=promises, by=by, now=now, meeting=meeting
        )
    return meeting


def _keep(half_hour: HalfHour, words: LookingBack, *, by: Actor, now: datetime) -> None:
    seat, meeting = half_hour.seat, half_hour.meeting
    place = places.afterword(meeting.key, seat.me.pk)
    _row, is_new = Afterword.objects.update_or_create(
        meeting=meeting,
        author=seat.me,
        defaults={"sealed": seal(seat, place, words.as_text()), "at": now},
    )
    detail = {"side": seat.side}
    record(by=by, verb="meetings.looked_back", target=meeting, detail=detail, now=now)
    if is_new:
        message = PartnerLookedBack(meeting=meeting, writer=seat.me)
        notify(to=[seat.partner], message=message, now=now)
