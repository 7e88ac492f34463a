"""What if: try other weights and rules, see who moves, take it or leave it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from viceversa.matching.actions import whatif as actions
from viceversa.matching.forms.round import WhatIfForm, initial_of
from viceversa.matching.models import Round, WhatIf
from viceversa.matching.queries.round import enrolment_in, what_if_for
from viceversa.matching.views.compared import changed, figures
from viceversa.matching.views.frame import address, frame, load_round
from viceversa.matching.views.trying import is_live_round
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    round_ = load_round(request, slug, number)
    form = WhatIfForm(request.POST or None, initial=initial_of(round_.settings))
    if request.method == "POST" and form.is_valid():
        guests = round_.programme.outside_guests
        settings = form.settings_after(round_.settings, outside_guests=guests)
        return _try(request, round_, settings)
    context = {
        **frame(round_, clock.now()),
        "form": form,
        "is_live": is_live_round(round_),
        "ask": address(round_, "try"),
    }
    status = 422 if form.is_bound else 200
    return render(request, "matching/whatif/new.html", context, status=status)


@require_POST
def confirm(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One pair pinned on the side, to see the exact cost."""
    round_ = load_round(request, slug, number)
    pin = actions.PinToTry(
        learner=enrolment_in(round_, request.POST.get("learner", ""), "learner"),
        adviser=enrolment_in(round_, request.POST.get("adviser", ""), "adviser"),
    )
    return _try(request, round_, round_.settings, pin)


@require_GET
def detail(request: HttpRequest, slug: str, number: int, key: str) -> HttpResponse:
    round_ = load_round(request, slug, number)
    what_if = what_if_for(round_, key)
    context = {
        **frame(round_, clock.now()),
        "what_if": what_if,
        "poll": request.path if what_if.state == WhatIf.State.SOLVING else "",
        "changed": changed(round_.settings, what_if.settings),
        "figures": _figures(round_, what_if),
        "is_reweighted": bool(what_if.summary.get("before")),
        "more_moves": what_if.moves_count - len(what_if.moves),
        "may_take": what_if.state == WhatIf.State.READY and what_if.attempt == round_.attempt,
    }
    return render(request, "matching/whatif/detail.html", context)


@require_POST
def take(request: HttpRequest, slug: str, number: int, key: str) -> HttpResponse:
    round_ = load_round(request, slug, number)
    what_if = what_if_for(round_, key)
    actions.take_what_if(what_if=what_if, by=actor_of(request), now=clock.now())
    return redirect(address(round_))


def _try(
    request: HttpRequest,
    round_: Round,
    settings: dict[str, Any],
    pin: actions.PinToTry | None = None,
) -> HttpResponse:
    what_if = actions.try_what_if(
        round_=round_, settings=settings, pin=pin, by=actor_of(request), now=clock.now()
    )
    return redirect(address(round_, "what_if_result", what_if.key))


def _figures(round_: Round, what_if: WhatIf) -> list[dict[str, Any]]:
    if not what_if.summary:
        return []
    return figures({**round_.summary, **what_if.summary.get("before", {})}, what_if.summary)
