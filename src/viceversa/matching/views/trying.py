"""A change of a round worked out while the coordinator looks, and taken with one more press.

Asking is a GET and leaves nothing behind; where the round is too large for that, the same question
is put in line and answered on its own page.
"""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from viceversa.matching.actions.whatif import PinToTry, Trial, take_trial, try_what_if
from viceversa.matching.forms.round import WEIGHTS, WeightsForm, WhatIfForm
from viceversa.matching.models import Round
from viceversa.matching.queries.known import compared
from viceversa.matching.queries.round import adviser_by_id, enrolment_in, remedy_of
from viceversa.matching.rules import round as rules
from viceversa.matching.rules.change import is_live
from viceversa.matching.rules.keeping import FAVOUR, may_favour
from viceversa.matching.rules.solving import NoSolution
from viceversa.matching.views.compared import changed, figures
from viceversa.matching.views.frame import address, frame, load_round
from viceversa.toolkit import clock
from viceversa.toolkit.errors import NotFound, Refused
from viceversa.toolkit.http import actor_of

MOVES_IN_PLACE, MOVES_SHOWN = 6, 200
NAMES = (
    *WEIGHTS,
    *WhatIfForm.base_fields,
    *("learner", "adviser", "left", "remedy", FAVOUR),
)


@dataclass(frozen=True)
class Asked:
    """`form` holds what is wrong with it when `trial` is None."""

    trial: Trial | None
    form: forms.Form | None = None


@require_GET
def answer(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    round_ = load_round(request, slug, number)
    if not rules.may_publish(round_.state):
        raise Refused(_("A comparison needs a round that is ready to review."), code="round_state")
    asked = _asked(round_, request.GET)
    is_part = bool(getattr(request, "htmx", False))
    context = {
        **frame(round_, clock.now()),
        "form": asked.form,
        "taking": [(name, request.GET[name]) for name in NAMES if name in request.GET],
        "is_live": is_live_round(round_),
        "whole": f"{request.path}?{request.GET.urlencode()}" if is_part else "",
        **(_answered(round_, asked.trial, is_part=is_part) if asked.trial else {}),
    }
    status = 200 if asked.trial else 422
    return render(request, "matching/whatif/answer.html", context, status=status)


@require_POST
def take(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Takes what was seen; in a large round, puts the question in line first."""
    round_ = load_round(request, slug, number)
    trial = _asked(round_, request.POST).trial
    if trial is None:
        raise Refused(_("These weights or rules cannot be taken. Try others."), code="what_if")
    by, now = actor_of(request), clock.now()
    if not is_live_round(round_):
        tried = try_what_if(
            round_=round_,
            settings=trial.settings,
            pin=trial.pin,
            more_for=trial.more_for,
            by=by,
            now=now,
        )
        return redirect(address(round_, "what_if_result", tried.key))
    seen = request.POST.get("attempt", "")
    attempt = int(seen) if seen.isdecimal() and len(seen) < 10 else -1
    take_trial(round_=round_, trial=trial, attempt=attempt, by=by, now=now)
    return redirect(address(round_))


def is_live_round(round_: Round) -> bool:
    return is_live(round_.summary.get("looked_at", 0))


def _answered(round_: Round, trial: Trial, *, is_part: bool) -> dict[str, Any]:
    tried = {
        "trial": trial,
        "changed": changed(round_.settings, trial.settings),
        "is_anything": bool(trial.pin or trial.more_for) or trial.settings != round_.settings,
    }
    if not is_live_round(round_):
        return tried
    try:
        found = compared(round_, trial.change)
    except NoSolution as reason:
        return {**tried, "failure": str(reason)}
    most = MOVES_IN_PLACE if is_part else MOVES_SHOWN
    return {
        **tried,
        "figures": figures(found.before, found.summary),
        "is_reweighted": trial.settings["weights"] != round_.settings["weights"],
        "moves": found.moves[:most],
        "moves_count": len(found.moves),
        "more_moves": len(found.moves) - most,
        "may_take": tried["is_anything"],
    }


def _asked(round_: Round, given: QueryDict) -> Asked:
    if given.get("left"):
        return Asked(_remedied(round_, given))
    if given.get("learner") or given.get("adviser"):
        pin = PinToTry(
            learner=enrolment_in(round_, given.get("learner", ""), "learner"),
            adviser=enrolment_in(round_, given.get("adviser", ""), "adviser"),
        )
        return Asked(Trial(round_.settings, pin))
    if FAVOUR in given:
        return Asked(_favoured(round_, given.get(FAVOUR, "")))
    if not any(name in given for name in NAMES):
        return Asked(Trial(round_.settings))
    form = WhatIfForm(given) if "order" in given else WeightsForm(given)
    if not form.is_valid():
        return Asked(None, form)
    guests = round_.programme.outside_guests
    return Asked(Trial(form.settings_after(round_.settings, outside_guests=guests)), form)


def _favoured(round_: Round, asked: str) -> Trial:
    """So many points for each standing pair, as the round's curve offers them."""
    points = int(asked) if asked.isdecimal() and len(asked) < 18 else -1
    if not may_favour(round_.summary, points):
        raise NotFound(_("This round does not offer that change."))
    return Trial({**round_.settings, FAVOUR: points})


def _remedied(round_: Round, given: QueryDict) -> Trial:
    remedy = remedy_of(round_, given.get("left", ""), given.get("remedy", ""))
    more_for = remedy.get("more_for")
    rules_ = {**round_.settings["rules"], **remedy.get("rules", {})}
    adviser = None if more_for is None else adviser_by_id(round_, more_for)
    return Trial({**round_.settings, "rules": rules_}, more_for=adviser)
