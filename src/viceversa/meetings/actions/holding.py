"""Half hours take place: by themselves once their time has passed, or said so in the room."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.meetings.actions.held import hold_meeting
from viceversa.meetings.actions.helping import settle
from viceversa.meetings.actions.letters import send_letters
from viceversa.meetings.actions.series_letters import tell_series_rests
from viceversa.meetings.models import Meeting, Proposal
from viceversa.meetings.permissions.booking import check_is_one_of_two
from viceversa.meetings.queries.booking import next_of
from viceversa.meetings.queries.series import series_in_calendars
from viceversa.meetings.rules import help as rules
from viceversa.partnerships.actions.dates import note_next
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.rules import lifecycle
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused

State = Meeting.State


@transaction.atomic
def hold_now(*, meeting: Meeting, by: Actor, now: datetime) -> Meeting:
    """One of the two says so, from its begin on."""
    meeting = hold_meeting(meeting)
    check_is_one_of_two(by, meeting.partnership)
    if meeting.state == State.HELD:
        return meeting
    if meeting.state != State.BOOKED:
        raise Refused(_("This half hour was called off."), code="not_booked")
    if meeting.starts_at > now:
        raise Refused(_("This half hour has not begun yet."), code="ahead")
    _hold(meeting, by=by, now=now)
    return meeting


def hold_past(*, by: Actor, now: datetime) -> int:
    """Those whose time has passed, each in a transaction of its own; doing it twice does no
    harm."""
    begun = Meeting.objects.filter(
        state=State.BOOKED, starts_at__lt=now, partnership__state__in=lifecycle.MEETING
    )
    return sum(_hold_if_past(meeting, by=by, now=now) for meeting in _in_order(begun))


def _in_order(meetings: QuerySet[Meeting]) -> list[Meeting]:
    return list(meetings.select_related("partnership").order_by("starts_at", "id"))


@transaction.atomic
def _hold_if_past(meeting: Meeting, *, by: Actor, now: datetime) -> bool:
    """Looked at again while it is held: somebody may have moved it or called it off."""
    meeting = hold_meeting(meeting)
    is_past = meeting.state == State.BOOKED and meeting.ends_at < now
    if is_past:
        _hold(meeting, by=by, now=now)
    return is_past


def _hold(meeting: Meeting, *, by: Actor, now: datetime) -> None:
    meeting.state = State.HELD
    meeting.held_at = now
    meeting.save(update_fields=["state", "held_at"])
    Proposal.objects.filter(meeting=meeting, taken_at=None, dropped_at=None).update(dropped_at=now)
    note_next(meeting.partnership, next_of(meeting.partnership, now))
    record(by=by, verb="meetings.held", target=meeting, now=now)
    settle(meeting.partnership, rules.CANCELLATIONS, by=by, now=now)


def clear_stopped(*, by: Actor, now: datetime) -> int:
    """Half hours of partnerships that are over or paused: called off by nobody, so that no fact
    stands against anyone."""
    booked = Meeting.objects.filter(state=State.BOOKED).exclude(
        partnership__state__in=lifecycle.MEETING
    )
    stopped = Partnership.objects.filter(pk__in=booked.values("partnership"))
    for partnership in stopped.select_related("learner__person", "adviser__person"):
        clear_partnership(partnership, by=by, now=now)
    return len(stopped)


@transaction.atomic
def clear_partnership(partnership: Partnership, *, by: Actor, now: datetime) -> None:
    """Part of an action that pauses or ends it."""
    booked = Meeting.objects.filter(partnership=partnership, state=State.BOOKED)
    for meeting in _in_order(booked):
        _clear(meeting, by=by, now=now)
    _rest(partnership, now=now)


def _rest(partnership: Partnership, *, now: datetime) -> None:
    """One letter for all half hours that would come back."""
    for series in series_in_calendars(partnership, now):
        tell_series_rests(series, now=now)


@transaction.atomic
def _clear(meeting: Meeting, *, by: Actor, now: datetime) -> bool:
    meeting = hold_meeting(meeting)
    if meeting.state != State.BOOKED or meeting.partnership.state in lifecycle.MEETING:
        return False
    was_ahead = meeting.starts_at > now
    meeting.state = State.CANCELLED
    meeting.sequence += 1
    meeting.save(update_fields=["state", "sequence"])
    note_next(meeting.partnership, next_of(meeting.partnership, now))
    record(by=by, verb="meetings.cleared", target=meeting, now=now)
    if was_ahead and not meeting.of_series:
        send_letters(meeting=meeting, method="CANCEL", now=now)
    return True
