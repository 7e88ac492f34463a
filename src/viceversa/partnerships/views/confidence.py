"""How sure an adviser feels: a page for the adviser alone."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from viceversa.partnerships.actions.confidence import (
    keep_confidence_out_of_reports,
    say_confidence,
)
from viceversa.partnerships.forms.own_answer import SayConfidence
from viceversa.partnerships.queries.own_answers import confidence_of
from viceversa.partnerships.queries.seat import Seat
from viceversa.partnerships.rules.own_answers import CONFIDENCE, may_say_confidence
from viceversa.partnerships.views.frame import frame, seat_of
from viceversa.toolkit import clock
from viceversa.toolkit.errors import NotFound
from viceversa.toolkit.http import actor_of

MOMENTS = ("before", "after")


@require_GET
def page(request: HttpRequest, key: str) -> HttpResponse:
    return _page(request, _adviser_at(request, key))


def _page(request: HttpRequest, seat: Seat, wrong: SayConfidence | None = None) -> HttpResponse:
    """With the form that did not pass in its place, when there is one."""
    checks = confidence_of(seat)
    counted = {"is_counted": bool(checks.leaves)}
    forms = {moment: SayConfidence(initial=counted, prefix=moment) for moment in MOMENTS}
    if wrong is not None:
        forms[str(wrong.prefix)] = wrong
    state = seat.partnership.state
    context = frame(seat, "overview") | {
        "checks": checks,
        "steps": CONFIDENCE.steps,
        "may_check": {
            moment: may_say_confidence(state, moment, **checks.had) for moment in MOMENTS
        },
        "forms": forms,
        "open_form": wrong.prefix if wrong is not None else "",
    }
    status = 422 if wrong is not None else 200
    return render(request, "partnerships/confidence/page.html", context, status=status)


@require_POST
def act(request: HttpRequest, key: str, what: str) -> HttpResponse:
    seat, by, now = _adviser_at(request, key), actor_of(request), clock.now()
    if what == "uncount":
        keep_confidence_out_of_reports(partnership=seat.partnership, by=by, now=now)
        messages.success(request, _("Nothing of it is counted any more."))
        return redirect("partnerships:confidence", key=key)
    if what not in MOMENTS:
        raise NotFound(_("Choose one of the buttons of the page."))
    form = SayConfidence(request.POST, prefix=what)
    if not form.is_valid():
        return _page(request, seat, form)
    say_confidence(partnership=seat.partnership, moment=what, **form.cleaned_data, by=by, now=now)
    messages.success(request, _("Noted, for you alone."))
    return redirect("partnerships:confidence", key=key)


def _adviser_at(request: HttpRequest, key: str) -> Seat:
    """To the learner it is as if there were nothing here."""
    seat = seat_of(request, key)
    if seat.is_learner:
        raise NotFound(_("There is no such page, or it is not yours to see."))
    return seat
