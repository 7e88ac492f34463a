"""What if: try other weights and rules, see who moves, take it or leave it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from viceversa.matching.actions import whatif as actions
from viceversa.matching.forms.round import WhatIfForm, initial_of
from viceversa.matching.models import Round, WhatIf
from viceversa.matching.queries.round import enrolment_in, what_if_for
from viceversa.matching.rules.settings import differences
from viceversa.matching.rules.words import points
from viceversa.matching.views.frame import address, frame, load_round
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    round_ = load_round(request, slug, number)
    form = WhatIfForm(request.POST or None, initial=initial_of(round_.settings))
    if request.method == "POST" and form.is_valid():
        settings = form.settings(outside_guests=round_.programme.outside_guests)
        settings["weights"] = {**round_.settings["weights"], **settings["weights"]}
        settings["rules"] = {**round_.settings["rules"], **settings["rules"]}
        return _try(request, round_, settings)
    context = {**frame(round_, clock.now()), "form": form}
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
        "changed": _changed(round_, what_if),
        "figures": _figures(round_, what_if) if what_if.summary else [],
        "more_moves": what_if.moves_count - len(what_if.moves),
        "may_take": what_if.state == WhatIf.State.READY and round_.state == Round.State.READY,
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
    """Before and after, side by side; the tone says whether it is better or worse."""
    names = {
        "covered": _("Learners with an adviser"),
        "floor": _("Weakest first match"),
        "places": _("Pairs in all"),
        "total": _("Sum of all scores"),
        "weak": _("Weak matches"),
    }
    found = []
    for name, label in names.items():
        before, after = round_.summary[name], what_if.summary[name]
        better = after < before if name == "weak" else after > before
        shown = points if name in ("floor", "total") else "{:,}".format
        tone = "" if before == after else "good" if better else "bad"
        found.append({"label": label, "before": shown(before), "after": shown(after), "tone": tone})
    return found


def _changed(round_: Round, what_if: WhatIf) -> list[dict[str, Any]]:
    """What was tried, in words."""
    words = {
        "min_rank_gap": _("Least rank gap"),
        "shared_hours": _("Shared hours a day"),
        "same_unit": _("One unit ruled out"),
        "past_partners": _("Partners of before ruled out"),
        "skills": _("Weight of what is wanted and offered"),
        "goals": _("Weight of goals alike"),
        "other_unit": _("Weight of another unit"),
        "place": _("Weight of the same place"),
        "hours": _("Weight of hours in common"),
        "different_stages": _("Different levels of one learner's advisers"),
        "one_other_field": _("One of several advisers from another field"),
        "order": _("What comes first"),
    }
    return [
        {"label": words.get(name, name), "before": _plain(before), "after": _plain(after)}
        for name, before, after in differences(round_.settings, what_if.settings)
    ]


def _plain(value: Any) -> str:
    known = {
        True: _("yes"),
        False: _("no"),
        "fair": _("everybody first"),
        "coverage": _("as many as possible"),
        "total": _("best scores"),
    }
    if value is None:
        return "0"
    if isinstance(value, (bool, str)):
        return known.get(value, str(value))
    return f"{value:g}" if isinstance(value, (int, float)) else str(value)
