"""Half hours of one partnership: the list, one of them, and booking."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from viceversa.meetings.actions.booking import book_meeting
from viceversa.meetings.forms.booking import PlaceForm
from viceversa.meetings.models import Meeting
from viceversa.meetings.permissions.booking import check_can_book
from viceversa.meetings.queries.booking import (
    open_proposal,
    open_series,
    past,
    rhythm_of,
    upcoming,
)
from viceversa.meetings.queries.cadence import cadence_of
from viceversa.meetings.queries.calendar import replies_of
from viceversa.meetings.queries.help import open_help
from viceversa.meetings.queries.readiness import not_yet
from viceversa.meetings.rules.help import CANCELLATIONS
from viceversa.meetings.views.desk import Desk, at_first, can_make_link, desk_for
from viceversa.partnerships.rules import lifecycle
from viceversa.toolkit import clock
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.paging import page_number, page_of

MOST_AHEAD = 12
Done = TypeVar("Done")


@require_GET
def index(request: HttpRequest, key: str, delegate: str = "") -> HttpResponse:
    desk, now = desk_for(request, key, delegate), clock.now()
    booker, partnership = desk.booker, desk.booker.partnership
    page = page_of(past(partnership, now), number=page_number(request.GET.get("page")), size=12)
    ahead = list(upcoming(partnership, now)[:MOST_AHEAD])
    context = {
        **desk.context,
        "not_yet": not_yet(booker),
        "is_over": partnership.state in lifecycle.OVER,
        "ahead": [
            {"meeting": row, "url": desk.url("meeting", row), "is_on": row.starts_at <= now}
            for row in ahead
        ],
        "past": [{"meeting": row, "url": desk.url("meeting", row)} for row in page.rows],
        "page": page,
        "series": open_series(partnership),
        "rhythm": rhythm_of(partnership),
        "kept": None if delegate else cadence_of(partnership, booker.side, now),
        **_help(desk, now),
    }
    return render(request, "meetings/meeting/list.html", context)


def _help(desk: Desk, now: datetime) -> dict[str, Any]:
    """After two called off in a row by this side: three new times, one tap each."""
    booker = desk.booker
    row = open_help(booker.partnership, side=booker.side, kind=CANCELLATIONS)
    return {"help": row, "offers": desk.offers(_minutes(desk), now) if row else []}


def _minutes(desk: Desk) -> int:
    return rhythm_of(desk.booker.partnership).minutes


@require_GET
def detail(request: HttpRequest, key: str, meeting: str, delegate: str = "") -> HttpResponse:
    desk, now = desk_for(request, key, delegate), clock.now()
    row = desk.meeting(meeting)
    proposal = open_proposal(row)
    context = {
        **desk.meeting_context(row),
        "proposal": proposal,
        "is_mine": proposal is not None and proposal.side == desk.booker.side,
        "is_ahead": row.state == Meeting.State.BOOKED and row.starts_at > now,
        "is_on": row.state == Meeting.State.BOOKED and row.starts_at <= now,
        "may_be_missed": row.state != Meeting.State.CANCELLED and row.starts_at <= now,
        "not_yet": not_yet(desk.booker),
        "fact": getattr(row, "cancellation", None),
        "answers": replies_of(row),
    }
    return render(request, "meetings/meeting/detail.html", context)


@require_http_methods(["GET", "POST"])
def book(request: HttpRequest, key: str, delegate: str = "") -> HttpResponse:
    desk, now = desk_for(request, key, delegate), clock.now()
    partnership, zone = desk.booker.partnership, desk.booker.me.time_zone
    check_can_book(desk.actor, partnership)
    refused = not_yet(desk.booker)
    offers = [] if refused else desk.offers(_minutes(desk), now)
    initial = {"minutes": _minutes(desk), "make_link": can_make_link(), **at_first(offers)}
    form = PlaceForm(
        request.POST or None, initial=initial, zone=zone, now=now, can_make_link=can_make_link()
    )
    if request.method == "POST" and form.is_valid():

        def act() -> Meeting:
            return book_meeting(
                partnership=partnership,
                starts_at=form.starts_at,
                by=desk.actor,
                now=now,
                **form.where,
            )

        booked = done(act, form)
        if booked is not None:
            messages.success(request, _("Booked. It is in both calendars."))
            return redirect(desk.url("meeting", booked))
    context = {**desk.context, "form": form, "offers": offers, "not_yet": refused}
    status = 422 if form.is_bound else 200
    return render(request, "meetings/meeting/book.html", context, status=status)


def done(act: Callable[[], Done], form: Form) -> Done | None:
    """What the rules do not allow stands above the form, which keeps what was typed."""
    try:
        return act()
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return None
