"""Looking back on both sides, and how it goes on."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from viceversa.partnerships.actions.closing import (
    complete_partnership,
    extend_partnership,
    hand_in_look_back,
)
from viceversa.partnerships.forms.closing import LookBackForm
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.queries.closing import LookBack, look_back
from viceversa.partnerships.queries.own_answers import asks_confidence
from viceversa.partnerships.rules import closing as rules
from viceversa.partnerships.rules import lifecycle
from viceversa.partnerships.views.frame import frame, seat_of
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of


@require_http_methods(["GET", "POST"])
def closing(request: HttpRequest, key: str) -> HttpResponse:
    seat = seat_of(request, key)
    now = clock.now()
    seen = look_back(seat)
    form = LookBackForm(
        request.POST if request.method == "POST" else None,
        today=now.date(),
        may_tell=seen.confidentiality == "story",
        initial=_as_handed_in(seen),
    )
    if form.is_valid():
        hand_in_look_back(
            partnership=seat.partnership, **form.values, by=actor_of(request), now=now
        )
        messages.success(request, _("Handed in."))
        return redirect("partnerships:closing", key=key)
    context = frame(seat, "closing") | _context(seat.partnership, seen, now)
    context |= {"form": form, "asks_confidence": asks_confidence(seat)}
    status = 422 if form.is_bound else 200
    return render(request, "partnerships/closing/closing.html", context, status=status)


def _context(partnership: Partnership, seen: LookBack, now: datetime) -> dict[str, Any]:
    is_closing = partnership.state == Partnership.State.CLOSING
    return {
        "seen": seen,
        "is_closing": is_closing,
        "is_over": partnership.state in lifecycle.OVER,
        "may_close": lifecycle.may("close", partnership.state),
        "is_completed": partnership.state == Partnership.State.COMPLETED,
        "may_hand_in": is_closing and not seen.both_are_done,
        "goes_on_until": rules.goes_on_until(seen.looks, today=now.date()) if is_closing else None,
        "may_complete": is_closing and rules.may_complete(seen.looks, now=now),
        "may_tell_story": rules.may_tell_story(seen.looks, seen.confidentiality),
    }


def _as_handed_in(seen: LookBack) -> dict[str, Any]:
    """What one wrote, for changing it."""
    if seen.mine is None:
        return {}
    row, words = seen.mine
    yes_no = {True: "yes", False: "no"}
    return {
        **words.values,
        "gained": yes_no[row.gained],
        "wants_more": yes_no[row.wants_more],
        "more_until": row.more_until,
        "story_consent": row.story_consent,
    }


@require_POST
def extend(request: HttpRequest, key: str) -> HttpResponse:
    seat = seat_of(request, key)
    extend_partnership(partnership=seat.partnership, by=actor_of(request), now=clock.now())
    messages.success(request, _("You two go on."))
    return redirect("partnerships:detail", key=key)


@require_POST
def complete(request: HttpRequest, key: str) -> HttpResponse:
    seat = seat_of(request, key)
    complete_partnership(partnership=seat.partnership, by=actor_of(request), now=clock.now())
    messages.success(request, _("Completed. Your certificate is ready."))
    return redirect("partnerships:closing", key=key)
