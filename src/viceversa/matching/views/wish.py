"""Pinning, forbidding and releasing one pair."""

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

ACTS = {
    "pin": actions.pin_pair,
    "forbid": actions.forbid_pair,
    "release": actions.release_pair,
}


@require_POST
def wish(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    round_ = load_round(request, slug, number)
    act = ACTS.get(request.POST.get("kind", ""))
    if act is None:
        raise Refused(_("Choose to pin, to forbid or to release."))
    learner = enrolment_in(round_, request.POST.get("learner", ""), "learner")
    adviser = enrolment_in(round_, request.POST.get("adviser", ""), "adviser")
    act(round_=round_, learner=learner, adviser=adviser, by=actor_of(request), now=clock.now())
    messages.success(request, _("Noted. It takes effect when you solve again."))
    return redirect(address(round_))
