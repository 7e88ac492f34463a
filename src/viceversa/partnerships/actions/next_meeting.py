"""The learner owns the next date and what it is about."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.notifications.actions import notify
from viceversa.partnerships import rules
from viceversa.partnerships.actions.locking import locked
from viceversa.partnerships.messages import (
    HalfHourCalledOff,
    HalfHourChanged,
    HalfHourProposed,
    said_about_next,
)
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.permissions import check_can_set_next
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused

FIELDS = ["next_at", "next_place", "next_agenda"]


@dataclass(frozen=True, kw_only=True)
class NextMeeting:
    """`at` knows its time zone."""

    at: datetime
    place: str = ""
    agenda: str = ""


@transaction.atomic
def set_next_meeting(
    *, partnership: Partnership, meeting: NextMeeting, by: Actor, now: datetime
) -> Partnership:
    """The first date, or another one; saving the same again tells nobody."""
    partnership = locked(partnership)
    check_can_set_next(by, partnership)
    check_has_meetings(partnership)
    _check_fits(meeting, now=now)
    upcoming = partnership.next_at is not None and partnership.next_at > now
    before = [getattr(partnership, field) for field in FIELDS]
    partnership.next_at = meeting.at
    partnership.next_place = meeting.place.strip()
    partnership.next_agenda = "\n".join(rules.agenda_lines(meeting.agenda))
    if before == [getattr(partnership, field) for field in FIELDS]:
        return partnership
    partnership.save(update_fields=FIELDS)
    record(by=by, verb="partnerships.next.set", target=partnership, now=now)
    kind = HalfHourChanged if upcoming else HalfHourProposed
    notify(to=[partnership.adviser.person], message=kind(partnership=partnership), now=now)
    return partnership


@transaction.atomic
def clear_next_meeting(*, partnership: Partnership, by: Actor, now: datetime) -> Partnership:
    """The adviser is told only of a half hour that was still to come."""
    partnership = locked(partnership)
    check_can_set_next(by, partnership)
    check_has_meetings(partnership)
    if partnership.next_at is None:
        raise Refused(_("No half hour is set, so there is nothing to clear."), code="nothing_set")
    was_to_come = partnership.next_at > now
    partnership.next_at, partnership.next_place, partnership.next_agenda = None, "", ""
    partnership.save(update_fields=FIELDS)
    record(by=by, verb="partnerships.next.cleared", target=partnership, now=now)
    if was_to_come:
        message = HalfHourCalledOff(partnership=partnership)
        notify(to=[partnership.adviser.person], message=message, now=now)
    return partnership


def check_has_meetings(partnership: Partnership) -> None:
    if partnership.state != Partnership.State.ACCEPTED:
        raise Refused(
            _("A half hour can be set once both of you have said yes, until the partnership ends."),
            code="not_accepted",
        )


def _check_fits(meeting: NextMeeting, *, now: datetime) -> None:
    wrong = rules.wrong_with_moment(meeting.at, now=now) or rules.wrong_with_texts(
        place=meeting.place.strip(), agenda=meeting.agenda
    )
    if wrong:
        raise Refused(said_about_next(wrong), code=wrong)
