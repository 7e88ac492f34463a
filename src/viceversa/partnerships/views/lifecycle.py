"""Pause and go on, close, and the private way out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from viceversa.partnerships.actions import lifecycle as actions
from viceversa.partnerships.actions.moving import check_move
from viceversa.partnerships.forms.agreement import Pause
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.queries.seat import seat_for
from viceversa.partnerships.rules import lifecycle
from viceversa.partnerships.views.agreement import frame
from viceversa.toolkit import clock
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.http import actor_of


@require_http_methods(["GET", "POST"])
def pause(request: HttpRequest, key: str) -> HttpResponse:
    seat = seat_for(actor_of(request), key)
    check_move("pause", seat.partnership)
    form = Pause(request.POST if request.method == "POST" else None)
    if form.is_valid() and _paused(request, seat.partnership, form):
        messages.success(request, _("It pauses. No reason is asked for or shown."))
        return redirect("partnerships:detail", key=key)
    context = {**frame(seat), "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "partnerships/lifecycle/pause.html", context, status=status)


def _paused(request: HttpRequest, partnership: Partnership, form: Pause) -> bool:
    """What the rules do not allow stands at the field, which keeps what was typed."""
    until, by = form.cleaned_data["until"], actor_of(request)
    try:
        actions.pause_partnership(partnership=partnership, until=until, by=by, now=clock.now())
    except Refused as refused:
        form.add_error("until", refused.sentence)
        return False
    return True


@require_http_methods(["GET", "POST"])
def leave(request: HttpRequest, key: str) -> HttpResponse:
    seat = seat_for(actor_of(request), key)
    if request.method == "POST":
        actions.end_without_fault(
            partnership=seat.partnership, by=actor_of(request), now=clock.now()
        )
        messages.success(request, _("It has ended. Nobody is told who ended it, or why."))
        return redirect("partnerships:detail", key=key)
    actions.check_can_end(seat.partnership)
    may_pause = lifecycle.may("pause", seat.partnership.state)
    context = {**frame(seat), "may_pause": may_pause}
    return render(request, "partnerships/lifecycle/leave.html", context)


@require_POST
def resume(request: HttpRequest, key: str) -> HttpResponse:
    seat = seat_for(actor_of(request), key)
    actions.resume_partnership(partnership=seat.partnership, by=actor_of(request), now=clock.now())
    messages.success(request, _("It goes on."))
    return redirect("partnerships:detail", key=key)


@require_POST
def close(request: HttpRequest, key: str) -> HttpResponse:
    seat = seat_for(actor_of(request), key)
    closed = actions.start_closing(
        partnership=seat.partnership, by=actor_of(request), now=clock.now()
    )
    if closed.closing_at:
        messages.success(request, _("It comes to its close. Look back, each for yourself first."))
    else:
        messages.success(request, _("Your partner is asked. It goes on as before meanwhile."))
    return redirect("partnerships:detail", key=key)


@require_POST
def keep_going(request: HttpRequest, key: str) -> HttpResponse:
    seat = seat_for(actor_of(request), key)
    actions.keep_going(partnership=seat.partnership, by=actor_of(request), now=clock.now())
    messages.success(request, _("It does not close yet."))
    return redirect("partnerships:detail", key=key)
