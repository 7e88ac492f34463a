"""Booking, moving and calling off a half hour."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.meetings.actions.checks import (
    check_may_meet,
    check_open,
    check_time,
    checked_link,
)
from viceversa.meetings.actions.held import hold_meeting, hold_pair
from viceversa.meetings.actions.helping import offer_help_after
from viceversa.meetings.actions.letters import send_letters
from viceversa.meetings.actions.telling import tell_pair
from viceversa.meetings.messages.booking import MeetingBooked, MeetingCalledOff, MeetingMoved
from viceversa.meetings.models import Cancellation, Meeting, Proposal
from viceversa.meetings.permissions.booking import (
    check_can_book,
    check_is_booker,
    check_is_one_of_two,
)
from viceversa.meetings.queries.booker import Booker
from viceversa.meetings.queries.booking import next_of, rhythm_of
from viceversa.meetings.rules.booking import SIDES, hours_before
from viceversa.partnerships.actions.dates import note_next
from viceversa.partnerships.models import Partnership
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused

State = Meeting.State


@transaction.atomic
def book_meeting(
    *,
    partnership: Partnership,
    starts_at: datetime,
    minutes: int | None = None,
    place: str = "",
    link: str = "",
    make_link: bool = False,
    by: Actor,
    now: datetime,
) -> Meeting:
    booker = check_can_book(by, hold_pair(partnership))
    check_may_meet(booker)
    minutes = minutes or rhythm_of(booker.partnership).minutes
    check_time(booker, starts_at, minutes, now=now)
    meeting = Meeting.objects.create(
        partnership=booker.partnership,
        starts_at=starts_at,
        minutes=minutes,
        zone=booker.me.time_zone,
        place=place.strip()[:200],
        link=checked_link(link, make_link=make_link),
        booked_by_id=by.person_id or booker.me.pk,
        created_at=now,
    )
    note_next(booker.partnership, next_of(booker.partnership, now))
    detail = {"starts_at": starts_at, "by": said_by(booker)}
    record(by=by, verb="meetings.booked", target=meeting, detail=detail, now=now)
    send_letters(meeting=meeting, method="REQUEST", now=now)
    tell_pair(meeting, MeetingBooked, by=by, now=now)
    return meeting


@transaction.atomic
def move_meeting(
    *,
    meeting: Meeting,
    starts_at: datetime,
    minutes: int | None = None,
    place: str | None = None,
    link: str | None = None,
    make_link: bool = False,
    seen: int | None = None,
    by: Actor,
    now: datetime,
) -> Meeting:
    """To another time or place; what is not given stays. `seen` is the sequence on the page."""
    meeting = hold_meeting(meeting)
    booker = check_can_book(by, meeting.partnership)
    check_may_meet(booker)
    check_open(meeting, seen=seen, now=now)
    check_time(booker, starts_at, minutes or meeting.minutes, besides=meeting, now=now)
    before = meeting.starts_at
    meeting.minutes = minutes or meeting.minutes
    if place is not None:
        meeting.place = place.strip()[:200]
    if link is not None:
        meeting.link = checked_link(link, make_link=make_link)
    put_at(meeting, starts_at, now=now)
    detail = {"from": before, "to": starts_at, "by": said_by(booker)}
    record(by=by, verb="meetings.moved", target=meeting, detail=detail, now=now)
    tell_pair(meeting, MeetingMoved, by=by, now=now)
    return meeting


def put_at(meeting: Meeting, starts_at: datetime, *, now: datetime) -> None:
    """Part of an action: writes the new time, drops what was proposed, and tells calendars."""
    meeting.starts_at = starts_at
    meeting.sequence += 1
    meeting.save(update_fields=["starts_at", "minutes", "place", "link", "sequence"])
    Proposal.objects.filter(meeting=meeting, taken_at=None, dropped_at=None).update(dropped_at=now)
    note_next(meeting.partnership, next_of(meeting.partnership, now))
    send_letters(meeting=meeting, method="REQUEST", now=now)


@transaction.atomic
def cancel_meeting(
    *, meeting: Meeting, seen: int | None = None, by: Actor, now: datetime
) -> Meeting:
    """A fact stays: which side, when, how many hours before. Two in a row, and help is offered."""
    meeting = hold_meeting(meeting)
    booker = check_is_booker(by, meeting.partnership)
    check_open(meeting, seen=seen, now=now)
    _call_off(meeting, booker.side, by=by, now=now)
    detail = {"side": booker.side, "by": said_by(booker)}
    record(by=by, verb="meetings.called_off", target=meeting, detail=detail, now=now)
    send_letters(meeting=meeting, method="CANCEL", now=now)
    tell_pair(meeting, MeetingCalledOff, by=by, now=now)
    offer_help_after(meeting, side=booker.side, by=by, now=now)
    return meeting


@transaction.atomic
def miss_meeting(*, meeting: Meeting, side: str, by: Actor, now: datetime) -> Meeting:
    """It did not take place after all: one of the two says which side could not come."""
    meeting = hold_meeting(meeting)
    booker = check_is_one_of_two(by, meeting.partnership)
    if side not in SIDES:
        raise Refused(_("Say which of you could not come."), code="side")
    check_may_be_missed(meeting, now=now)
    meeting.held_at = None
    _call_off(meeting, side, by=by, now=now)
    detail = {"side": side, "by": said_by(booker)}
    record(by=by, verb="meetings.missed", target=meeting, detail=detail, now=now)
    tell_pair(meeting, MeetingCalledOff, by=by, now=now)
    offer_help_after(meeting, side=side, by=by, now=now)
    return meeting


def check_may_be_missed(meeting: Meeting, *, now: datetime) -> None:
    if meeting.state == State.CANCELLED:
        raise Refused(_("This half hour is called off already."), code="not_booked")
    if meeting.starts_at > now:
        raise Refused(_("This half hour lies ahead. You can call it off."), code="ahead")


def _call_off(meeting: Meeting, side: str, *, by: Actor, now: datetime) -> None:
    meeting.state = State.CANCELLED
    meeting.sequence += 1
    meeting.save(update_fields=["state", "sequence", "held_at"])
    meeting.cancellation = Cancellation.objects.create(
        meeting=meeting,
        person_id=by.person_id or meeting.booked_by_id,
        side=side,
        hours_before=hours_before(meeting.starts_at, now),
        at=now,
    )
    Proposal.objects.filter(meeting=meeting, taken_at=None, dropped_at=None).update(dropped_at=now)
    note_next(meeting.partnership, next_of(meeting.partnership, now))


def said_by(booker: Booker) -> str:
    """For the history: which side, and whether an assistant did it."""
    return f"{booker.side}'s assistant" if booker.is_assistant else booker.side
