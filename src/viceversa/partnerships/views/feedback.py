"""Where the adviser could grow: notes of the learner, read by the two."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from viceversa.partnerships.actions import feedback as actions
from viceversa.partnerships.forms.feedback import RESOURCES, FeedbackForm
from viceversa.partnerships.queries.feedback import feedback_for, opened_feedback
from viceversa.partnerships.views.frame import frame, seat_of
from viceversa.toolkit import clock
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.http import actor_of


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, key: str) -> HttpResponse:
    seat = seat_of(request, key)
    form = FeedbackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.give_feedback(
            partnership=seat.partnership,
            feedback=form.feedback,
            by=actor_of(request),
            now=clock.now(),
        )
        messages.success(request, _("Given. %(name)s is told.") % {"name": seat.partner.name})
        return redirect("partnerships:feedback", key=key)
    context: dict[str, Any] = frame(seat, "overview") | {"form": form}
    if seat.can_open:
        kinds = dict(RESOURCES)
        context["rows"] = [
            (row, kinds.get(str((row.words.get("referral") or {}).get("kind")), ""))
            for row in opened_feedback(seat)
        ]
    status = 422 if form.is_bound else 200
    return render(request, "partnerships/feedback/page.html", context, status=status)


@require_POST
def act(request: HttpRequest, key: str, note: str, what: str) -> HttpResponse:
    seat = seat_of(request, key)
    if what not in BUTTONS:
        raise Refused(_("Choose one of the buttons of the page."))
    do, said = BUTTONS[what]
    do(note=feedback_for(seat, note), by=actor_of(request), now=clock.now())
    messages.success(request, said())
    return redirect("partnerships:feedback", key=key)


BUTTONS: dict[str, tuple[Callable[..., object], Callable[[], str]]] = {
    "heard": (actions.hear_feedback, lambda: _("Your partner is told that you read it.")),
    "strike": (actions.strike_feedback, lambda: _("Struck, on both sides.")),
}
