"""Pulses: opening one, answering it, and what came of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from viceversa.programmes.queries import coordinated_programme_for
from viceversa.safeguarding.actions.pulse import answer_pulse, open_pulse
from viceversa.safeguarding.forms import words
from viceversa.safeguarding.forms.pulse import Answer, NewPulse
from viceversa.safeguarding.models import Wave
from viceversa.safeguarding.queries.pulse import (
    last_opened_on,
    own_slip,
    results_for,
    roster,
    stands_in,
    wave_for,
    waves_of,
)
from viceversa.safeguarding.rules import timing
from viceversa.safeguarding.rules.release import QUORUM
from viceversa.safeguarding.views.shown import drawn
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of


@require_GET
def index(request: HttpRequest, slug: str) -> HttpResponse:
    programme = coordinated_programme_for(actor_of(request), slug)
    waves = list(waves_of(programme))
    today = clock.now().date()
    first = timing.next_possible(last_opened_on(programme), today)
    context = {
        "programme": programme,
        "waves": waves,
        "open": next((wave for wave in waves if wave.is_open), None),
        "first_possible": first,
        "may_open": first <= today and not any(wave.is_open for wave in waves),
    }
    return render(request, "safeguarding/pulse/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    programme = coordinated_programme_for(actor, slug)
    form = NewPulse(request.POST if request.method == "POST" else None, today=now.date())
    if form.is_valid():
        wave = open_pulse(programme=programme, **form.cleaned_data, by=actor, now=now)
        messages.success(
            request, _("The pulse is open. %(n)s people have been told.") % {"n": wave.asked}
        )
        return redirect("safeguarding:pulses", slug=slug)
    context = {
        "programme": programme,
        "form": form,
        "number": len(roster(programme, [], today=now.date())),
        "quorum": QUORUM,
    }
    status = 422 if form.is_bound else 200
    return render(request, "safeguarding/pulse/new.html", context, status=status)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def pulse(request: HttpRequest, key: str) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    wave = wave_for(actor, key)
    if not wave.is_open:
        return redirect("safeguarding:results", key=key)
    own = own_slip(actor, wave)
    slip = own.slip if own else None
    form = Answer(
        request.POST if request.method == "POST" else None,
        questions=wave.questions,
        groups=slip.groups if slip else (),
    )
    if form.is_valid():
        answer_pulse(wave=wave, **form.values, by=actor, now=now)
        messages.success(request, _("Your answer is in the box. Nobody can tell that it is yours."))
        return redirect("safeguarding:pulse", key=key)
    context: dict[str, Any] = {
        "wave": wave,
        "form": form,
        "is_asked": own is not None,
        "has_key": slip is not None,
        "may_answer": own is not None and own.is_unused,
        "counted_as": words.counted_as(slip.groups) if slip else "",
        "sees_results": wave.audience == Wave.Audience.ASKED or stands_in(actor, wave.programme),
    }
    status = 422 if form.is_bound else 200
    return render(request, "safeguarding/pulse/answer.html", context, status=status)


@require_GET
def results(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    wave = results_for(actor, key)
    if wave.is_open:
        return redirect("safeguarding:pulse", key=key)
    context = {
        "wave": wave,
        "shown": drawn(wave),
        "quorum": QUORUM,
        "coordinates": stands_in(actor, wave.programme),
    }
    return render(request, "safeguarding/pulse/results.html", context)
