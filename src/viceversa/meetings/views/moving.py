"""Changing one half hour: another time, called off, proposed, taken; and those that come back."""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from viceversa.meetings.actions import booking, proposing
from viceversa.meetings.actions import series as series_actions
from viceversa.meetings.actions.checks import check_open
from viceversa.meetings.forms.booking import (
    MissedForm,
    MoveForm,
    SeriesForm,
    WhenForm,
    last_day,
    on_the_clock,
)
from viceversa.meetings.models import Meeting, Series
from viceversa.meetings.permissions.booking import check_can_book
from viceversa.meetings.queries.booking import open_series, rhythm_of
from viceversa.meetings.queries.readiness import not_yet
from viceversa.meetings.rules.booking import ADVISER, LEARNER
from viceversa.meetings.views.booking import done
from viceversa.meetings.views.desk import at_first, can_make_link, desk_for
from viceversa.toolkit import clock
from viceversa.toolkit.errors import NotFound


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, key: str, meeting: str, delegate: str = "") -> HttpResponse:
    desk, now = desk_for(request, key, delegate), clock.now()
    row, zone = desk.meeting(meeting), desk.booker.me.time_zone
    check_can_book(desk.actor, row.partnership)
    check_open(row, seen=None, now=now)
    initial = {
        **on_the_clock(row.starts_at, zone),
        "minutes": row.minutes,
        "place": row.place,
        "link": row.link,
        "seen": row.sequence,
    }
    form = MoveForm(
        request.POST or None, initial=initial, zone=zone, now=now, can_make_link=can_make_link()
    )
    if request.method == "POST" and form.is_valid():

        def act() -> Meeting:
            return booking.move_meeting(
                meeting=row,
                starts_at=form.starts_at,
                seen=form.cleaned_data["seen"],
                by=desk.actor,
                now=now,
                **form.where,
            )

        if done(act, form) is not None:
            messages.success(request, _("Moved. Both calendars are told."))
            return redirect(desk.url("meeting", row))
    context = {**desk.meeting_context(row), "form": form, "offers": desk.offers(row.minutes, now)}
    status = 422 if form.is_bound else 200
    return render(request, "meetings/meeting/move.html", context, status=status)


@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, key: str, meeting: str, delegate: str = "") -> HttpResponse:
    """Asked once more, with what follows from it; without JavaScript too."""
    desk = desk_for(request, key, delegate)
    row = desk.meeting(meeting)
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        booking.cancel_meeting(
            meeting=row,
            seen=int(seen[:9]) if seen[:9].isdecimal() else None,
            by=desk.actor,
            now=clock.now(),
        )
        messages.success(request, _("Called off. Nobody has to say why."))
        return redirect(desk.url("list"))
    check_open(row, seen=None, now=clock.now())
    return render(request, "meetings/meeting/cancel.html", desk.meeting_context(row))


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, key: str, meeting: str, delegate: str = "") -> HttpResponse:
    desk, now = desk_for(request, key, delegate), clock.now()
    row, zone = desk.meeting(meeting), desk.booker.me.time_zone
    check_open(row, seen=None, now=now)
    initial = on_the_clock(row.starts_at, zone)
    form = WhenForm(request.POST or None, initial=initial, zone=zone, now=now)
    if request.method == "POST" and form.is_valid():

        def act() -> Any:
            return proposing.propose_time(
                meeting=row, starts_at=form.starts_at, by=desk.actor, now=now
            )

        if done(act, form) is not None:
            name = desk.booker.partner.name
            messages.success(request, _("Proposed. %(name)s is told.") % {"name": name})
            return redirect(desk.url("meeting", row))
    context = {**desk.meeting_context(row), "form": form, "offers": desk.offers(row.minutes, now)}
    status = 422 if form.is_bound else 200
    return render(request, "meetings/meeting/propose.html", context, status=status)


@require_POST
def take(request: HttpRequest, key: str, meeting: str, delegate: str = "") -> HttpResponse:
    desk = desk_for(request, key, delegate)
    row, proposal = desk.meeting(meeting), request.POST.get("proposal", "")
    proposing.take_proposal(meeting=row, key=proposal, by=desk.actor, now=clock.now())
    messages.success(request, _("Taken. Both calendars are told."))
    return redirect(desk.url("meeting", row))


@require_POST
def drop(request: HttpRequest, key: str, meeting: str, delegate: str = "") -> HttpResponse:
    desk = desk_for(request, key, delegate)
    row, proposal = desk.meeting(meeting), request.POST.get("proposal", "")
    proposing.drop_proposal(meeting=row, key=proposal, by=desk.actor, now=clock.now())
    messages.success(request, _("The half hour stays as it is."))
    return redirect(desk.url("meeting", row))


@require_http_methods(["GET", "POST"])
def missed(request: HttpRequest, key: str, meeting: str) -> HttpResponse:
    desk = desk_for(request, key)
    row, partnership = desk.meeting(meeting), desk.booker.partnership
    booking.check_may_be_missed(row, now=clock.now())
    choices = [
        (LEARNER, partnership.learner.person.name),
        (ADVISER, partnership.adviser.person.name),
    ]
    form = MissedForm(request.POST or None, choices=choices)
    if request.method == "POST" and form.is_valid():

        def act() -> Meeting:
            side = form.cleaned_data["side"]
            return booking.miss_meeting(meeting=row, side=side, by=desk.actor, now=clock.now())

        if done(act, form) is not None:
            messages.success(request, _("Noted. It did not take place."))
            return redirect(desk.url("list"))
    context = {**desk.meeting_context(row), "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "meetings/meeting/missed.html", context, status=status)


@require_http_methods(["GET", "POST"])
def series(request: HttpRequest, key: str, delegate: str = "") -> HttpResponse:
    """Half hours that come back: every week unless the two agreed otherwise."""
    desk, now = desk_for(request, key, delegate), clock.now()
    partnership, zone = desk.booker.partnership, desk.booker.me.time_zone
    check_can_book(desk.actor, partnership)
    rhythm = rhythm_of(partnership)
    refused = not_yet(desk.booker)
    offers = [] if refused else desk.offers(rhythm.minutes, now)
    initial = {
        **at_first(offers),
        "minutes": rhythm.minutes,
        "every_days": rhythm.every_days,
        "until": last_day(rhythm.until, now.astimezone(ZoneInfo(zone)).date()),
        "make_link": can_make_link(),
    }
    form = SeriesForm(
        request.POST or None, initial=initial, zone=zone, now=now, can_make_link=can_make_link()
    )
    if request.method == "POST" and form.is_valid():

        def act() -> Series:
            return series_actions.book_series(
                partnership=partnership, by=desk.actor, now=now, **form.rhythm, **form.where
            )

        if done(act, form) is not None:
            messages.success(request, _("Booked. The next ones are in both calendars."))
            return redirect(desk.url("list"))
    context = {**desk.context, "form": form, "not_yet": refused}
    context["series"] = open_series(partnership)
    status = 422 if form.is_bound else 200
    return render(request, "meetings/meeting/series.html", context, status=status)


@require_POST
def series_stop(request: HttpRequest, key: str, delegate: str = "") -> HttpResponse:
    desk = desk_for(request, key, delegate)
    row = open_series(desk.booker.partnership)
    if row is None:
        raise NotFound(_("No half hours come back here."))
    series_actions.stop_series(series=row, by=desk.actor, now=clock.now())
    messages.success(request, _("They no longer come back. What is booked stays booked."))
    return redirect(desk.url("list"))
