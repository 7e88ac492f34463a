"""The room: a quiet timer, the agenda, the permission, the notes."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from viceversa.meetings.actions.holding import hold_now
from viceversa.meetings.forms.content import NoteForm
from viceversa.meetings.models import Meeting
from viceversa.meetings.queries.content import HalfHour, terms_of
from viceversa.meetings.queries.material import ground_of
from viceversa.meetings.queries.notes import notes_of
from viceversa.meetings.queries.promises import today_at
from viceversa.meetings.queries.unclear import unclear_at
from viceversa.meetings.rules.words import Lost
from viceversa.meetings.rules.writing import wrong_with_writing
from viceversa.meetings.views.frame import (
    explaining_context,
    half_hour_context,
    load,
    timed,
    titles_of,
)
from viceversa.partnerships.models import Goal
from viceversa.partnerships.rules.goals import is_about_rise
from viceversa.partnerships.rules.lifecycle import LIVE
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of

NOTHING_NEW, LOOKS_AGAIN_AFTER = 204, 5
BEFORE, BEHIND = timedelta(minutes=15), timedelta(minutes=30)


@require_GET
def room(request: HttpRequest, key: str, meeting: str) -> HttpResponse:
    """The adviser's page looks again for what was not followed; while nothing is new, nothing is
    drawn."""
    half_hour = load(request, key, meeting)
    now = clock.now()
    unclear = _unclear(half_hour, now=now)
    if "HX-Request" in request.headers and "seen" in request.GET:
        if request.GET["seen"] == unclear["seen"]:
            return HttpResponse(status=NOTHING_NEW)
        context = {**half_hour_context(half_hour, now=now), **unclear}
        return render(request, "meetings/room/unclear.html", context)
    ground = ground_of(half_hour, today=today_at(half_hour.seat, now))
    together, own = notes_of(actor_of(request), half_hour)
    context = {
        **half_hour_context(half_hour, now=now),
        "ground": ground,
        **explaining_context(ground.goals),
        **unclear,
        "talks_of_rise": any(
            is_about_rise(stream=row.goal.stream, kind=row.goal.kind)
            for row in ground.goals[Goal.Stream.RETURN]
        ),
        "agenda": timed(ground.slots, half_hour),
        "terms": terms_of(half_hour.seat),
        "together": together,
        "own": own,
        "note_form": NoteForm(auto_id="together_%s"),
        "own_form": NoteForm(auto_id="own_%s"),
    }
    return render(request, "meetings/room/page.html", context)


def _unclear(half_hour: HalfHour, *, now: datetime) -> dict[str, Any]:
    seat, titles = half_hour.seat, titles_of(half_hour.seat)
    state = half_hour.meeting.state
    goes_on = wrong_with_writing(state) is None and seat.partnership.state in LIVE
    found = unclear_at(half_hour)
    rows = [
        {
            "row": one.row,
            "is_shut": one.lost.is_shut,
            "about": _about(one.lost.words or Lost(), titles),
        }
        for one in found
    ]
    looks_again = not seat.is_learner and goes_on and _is_on(half_hour.meeting, now)
    return {
        "unclear": rows,
        "may_tap": seat.is_learner and seat.can_open and goes_on,
        "seen": " ".join(one.row.key for one in found),
        "looks_again": LOOKS_AGAIN_AFTER if looks_again else 0,
    }


def _is_on(meeting: Meeting, now: datetime) -> bool:
    is_booked = meeting.state == Meeting.State.BOOKED
    return is_booked and meeting.starts_at - BEFORE <= now <= meeting.ends_at + BEHIND


def _about(lost: Lost, titles: dict[str, str]) -> str:
    return ": ".join(text for text in (titles.get(lost.part, ""), lost.line) if text)


@require_POST
def held(request: HttpRequest, key: str, meeting: str) -> HttpResponse:
    half_hour = load(request, key, meeting)
    hold_now(meeting=half_hour.meeting, by=actor_of(request), now=clock.now())
    messages.success(request, _("Noted: you met. One minute is left for looking back."))
    return redirect("meetings:after", key=key, meeting=meeting)
