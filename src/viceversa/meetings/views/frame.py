"""What the pages around a half hour share: who is there, when it is, what its parts are called."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from viceversa.meetings.forms.content import KNOWING
from viceversa.meetings.models import Meeting
from viceversa.meetings.queries.content import HalfHour, half_hour_for
from viceversa.meetings.rules import agenda
from viceversa.meetings.rules.agenda import Slot
from viceversa.meetings.rules.words import Preparing
from viceversa.partnerships.queries.explaining import to_explain
from viceversa.partnerships.queries.goals import GoalRow
from viceversa.partnerships.queries.seat import Seat
from viceversa.partnerships.rules.explaining import AIDS
from viceversa.partnerships.rules.lifecycle import LIVE
from viceversa.people.models import Person
from viceversa.toolkit.http import actor_of


def load(request: HttpRequest, key: str, meeting: str) -> HalfHour:
    return half_hour_for(actor_of(request), key, meeting)


def seat_context(seat: Seat) -> dict[str, Any]:
    return {
        "partnership": seat.partnership,
        "seat": seat,
        "partner": seat.partner,
        "partner_role": "adviser" if seat.is_learner else "learner",
        "zone": seat.me.time_zone,
        "goes_on": seat.partnership.state in LIVE,
    }


def half_hour_context(half_hour: HalfHour, *, now: datetime) -> dict[str, Any]:
    meeting = half_hour.meeting
    return {
        **seat_context(half_hour.seat),
        "half_hour": half_hour,
        "meeting": meeting,
        "is_held": meeting.state == Meeting.State.HELD,
        "is_cancelled": meeting.state == Meeting.State.CANCELLED,
        "has_begun": meeting.starts_at <= now,
    }


def titles_of(seat: Seat) -> dict[str, str]:
    """How the parts of an agenda are called, with the names of the two."""
    learner = seat.partnership.learner.person.name
    adviser = seat.partnership.adviser.person.name
    return {
        agenda.ARRIVE: _("Arrive"),
        agenda.PROMISES: _("What was promised"),
        agenda.GOALS: _("Our goals"),
        agenda.QUESTIONS: _("Questions of %(name)s") % {"name": learner},
        agenda.THEIRS: _("What %(name)s brings up") % {"name": adviser},
        agenda.HANDS_ON: _("Try it together"),
        agenda.CLOSE: _("Close: what I will do, and when we meet"),
    }


def names_of(person: Person) -> tuple[str, ...]:
    """How somebody may be called in a sentence."""
    return tuple(name for name in person.name.split() if len(name) > 1)


def explaining_context(goals: Mapping[str, list[GoalRow]]) -> dict[str, Any]:
    """For the one who explains: where the other is, and aids to plain words."""
    rows = [row for of_stream in goals.values() for row in of_stream]
    return {"explaining": to_explain(rows), "aids": AIDS}


def knowing_in_words(words: Preparing | None) -> str:
    return str(dict(KNOWING).get(words.knows, "")) if words else ""


def timed(slots: list[Slot], half_hour: HalfHour) -> list[dict[str, Any]]:
    """The parts of the agenda with the clock's times, which need no script to be read."""
    titles = titles_of(half_hour.seat)
    starts = half_hour.meeting.starts_at
    rows = []
    for slot, offset in zip(slots, agenda.offsets(one.minutes for one in slots), strict=True):
        begins = starts + timedelta(minutes=offset)
        lines = list(slot.lines)
        title = titles.get(slot.kind) or (lines.pop(0) if lines else "")
        rows.append(
            {
                "title": title,
                "lines": lines,
                "minutes": slot.minutes,
                "begins": begins,
                "is_hands_on": slot.kind == agenda.HANDS_ON,
            }
        )
    return rows
