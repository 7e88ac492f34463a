"""Pinning, forbidding and releasing one pair."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from viceversa.matching.actions import wish as actions
from viceversa.matching.queries.round import enrolment_in
from viceversa.matching.views.frame import address, load_round
from viceversa.toolkit import clock
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.http import actor_of

ACTS: dict[str, Callable[..., object]] = {
    "pin": actions.pin_pair,
    "forbid": actions.forbid_pair,
    "release": actions.release_pair,
}


@require_POST
def wish(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    round_ = load_round(request, slug, number)
    act, learner_key, adviser_key = _said(request.POST.get("wish", ""))
    learner = enrolment_in(round_, learner_key, "learner")
    adviser = enrolment_in(round_, adviser_key, "adviser")
    act(round_=round_, learner=learner, adviser=adviser, by=actor_of(request), now=clock.now())
    messages.success(request, _("Noted. It takes effect when you solve again."))
    return redirect(address(round_))


def _said(wish: str) -> tuple[Callable[..., object], str, str]:
    """Kind, learner and adviser in one value, so that one form serves a whole table of buttons."""
    kind, *keys = wish.split() or [""]
    if kind not in ACTS or len(keys) != 2:
        raise Refused(_("Choose to pin, to forbid or to release."))
    return ACTS[kind], keys[0], keys[1]
