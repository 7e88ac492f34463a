"""One's own calendar: the private feed of half hours, and the calendar read for busy times."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from viceversa.meetings.actions.busy import (
    choose_meeting_days,
    give_busy_calendar,
    remove_busy_calendar,
)
from viceversa.meetings.actions.feed import make_feed, read_feed, stop_feed
from viceversa.meetings.forms.calendar import BusyAddress, Days
from viceversa.meetings.permissions.calendar import check_is_person
from viceversa.meetings.queries.calendar import busy_calendar_of, feed_of, sentence
from viceversa.meetings.queries.suggestions import days_of
from viceversa.toolkit import clock
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.http import actor_of


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    return _page(request)


@never_cache
@require_POST
def feed_make(request: HttpRequest) -> HttpResponse:
    """Answers with the address itself: it is in no session and cannot be shown again."""
    secret = make_feed(by=actor_of(request), now=clock.now())
    address = f"{settings.BASE_URL}{reverse('meetings:feed', args=[secret])}"
    context = {"address": address, "subscribe": f"webcal://{address.partition('://')[2]}"}
    return render(request, "meetings/calendar/made.html", context, status=201)


@require_POST
def feed_stop(request: HttpRequest) -> HttpResponse:
    stop_feed(by=actor_of(request), now=clock.now())
    messages.success(request, _("That address no longer answers."))
    return redirect("meetings:calendar")


@require_POST
def busy_give(request: HttpRequest) -> HttpResponse:
    form = BusyAddress(request.POST)
    if not form.is_valid():
        return _page(request, form=form)
    address = form.cleaned_data["address"]
    give_busy_calendar(address=address, by=actor_of(request), now=clock.now())
    return redirect("meetings:calendar")


@require_POST
def days_choose(request: HttpRequest) -> HttpResponse:
    form = Days(request.POST)
    if not form.is_valid():
        return _page(request, days=form)
    choose_meeting_days(days=form.cleaned_data["days"], by=actor_of(request), now=clock.now())
    messages.success(request, _("Half hours are suggested on these days only."))
    return redirect("meetings:calendar")


@require_POST
def busy_remove(request: HttpRequest) -> HttpResponse:
    remove_busy_calendar(by=actor_of(request), now=clock.now())
    messages.success(request, _("Forgotten, with everything read from it."))
    return redirect("meetings:calendar")


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Open to whoever holds the secret: calendars cannot sign in."""
    text = read_feed(secret=secret, now=clock.now())
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="half-hours.ics"'
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _page(request: HttpRequest, **refused: Form) -> HttpResponse:
    """`refused` is the form that could not be taken, with what was typed."""
    context = {**_context(actor_of(request)), **refused}
    return render(request, "meetings/calendar/page.html", context, status=422 if refused else 200)


def _context(actor: Actor) -> dict[str, Any]:
    person_id = check_is_person(actor)
    busy = busy_calendar_of(actor)
    chosen = sorted(days_of([person_id])[person_id])
    return {
        "form": BusyAddress(),
        "days": Days(initial={"days": chosen}),
        "feed": feed_of(actor),
        "busy": busy,
        "busy_place": urlsplit(busy.address).hostname if busy else "",
        "busy_problem": sentence(busy.problem) if busy and busy.problem else "",
        "zone": busy.person.time_zone if busy else "UTC",
    }
