"""The learner's agenda: edited from a draft, and put back to the draft."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.meetings.actions.writing import check_may_prepare, seal, writer_at
from viceversa.meetings.messages.content import AgendaReady
from viceversa.meetings.models import Meeting
from viceversa.meetings.queries.content import HalfHour
from viceversa.meetings.rules import agenda as rules
from viceversa.meetings.rules import places
from viceversa.meetings.rules.agenda import Slot
from viceversa.notifications.actions import notify
from viceversa.partnerships.permissions import check_is_learner
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused


@transaction.atomic
def set_agenda(*, meeting: Meeting, slots: Sequence[Slot], by: Actor, now: datetime) -> Meeting:
    """The adviser is told the first time only."""
    half_hour = _owner_of_agenda(by, meeting)
    meeting, seat = half_hour.meeting, half_hour.seat
    _check_fits(slots, meeting)
    is_new = meeting.agenda is None
    text = rules.as_text(slots)
    meeting.agenda = seal(seat, places.agenda(meeting.key, seat.me.pk), text)
    meeting.agenda_author = seat.me
    meeting.save(update_fields=["agenda", "agenda_author"])
    detail = {"slots": len(slots), "minutes": sum(slot.minutes for slot in slots)}
    record(by=by, verb="meetings.agenda_set", target=meeting, detail=detail, now=now)
    if is_new:
        notify(to=[seat.partner], message=AgendaReady(meeting=meeting, writer=seat.me), now=now)
    return meeting


@transaction.atomic
def draft_again(*, meeting: Meeting, by: Actor, now: datetime) -> Meeting:
    """Lets go of the learner's own agenda: from now on the draft is shown again."""
    meeting = _owner_of_agenda(by, meeting).meeting
    meeting.agenda = None
    meeting.agenda_author = None
    meeting.save(update_fields=["agenda", "agenda_author"])
    record(by=by, verb="meetings.agenda_drafted_again", target=meeting, now=now)
    return meeting


def _owner_of_agenda(by: Actor, meeting: Meeting) -> HalfHour:
    check_is_learner(by, meeting.partnership)
    half_hour = writer_at(by, meeting)
    check_may_prepare(half_hour.meeting)
    return half_hour


def _check_fits(slots: Sequence[Slot], meeting: Meeting) -> None:
    times = [slot.minutes for slot in slots]
    code = rules.wrong_with_slots(times, of=meeting.minutes)
    if code == "long":
        raise Refused(
            _("This takes %(sum)s minutes and you have %(minutes)s. Take %(over)s away.")
            % {
                "sum": sum(times),
                "minutes": meeting.minutes,
                "over": sum(times) - meeting.minutes,
            },
            code=code,
        )
    if code is not None:
        raise Refused(
            _("An agenda has one to %(most)s parts, each a minute or longer.")
            % {"most": rules.MOST_SLOTS},
            code=code,
        )
