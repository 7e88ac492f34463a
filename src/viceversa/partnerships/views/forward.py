"""Putting the adviser's name forward: asked, answered, done."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from viceversa.partnerships.actions import forward as actions
from viceversa.partnerships.forms.forward import KINDS, AskToPutForward
from viceversa.partnerships.queries.forward import forward_for, opened_forwards
from viceversa.partnerships.views.frame import frame, seat_of
from viceversa.toolkit import clock
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.http import actor_of


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, key: str) -> HttpResponse:
    seat = seat_of(request, key)
    form = AskToPutForward(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.ask_to_put_forward(
            partnership=seat.partnership, **form.cleaned_data, by=actor_of(request), now=clock.now()
        )
        messages.success(request, _("Asked. %(name)s is told.") % {"name": seat.partner.name})
        return redirect("partnerships:forward", key=key)
    context: dict[str, Any] = frame(seat, "overview") | {"form": form}
    if seat.can_open:
        kinds = dict(KINDS)
        rows = opened_forwards(seat)
        context["rows"] = [(row, kinds.get(row.words.get("kind"), "")) for row in rows]
    status = 422 if form.is_bound else 200
    return render(request, "partnerships/forward/page.html", context, status=status)


@require_POST
def act(request: HttpRequest, key: str, name: str, what: str) -> HttpResponse:
    seat = seat_of(request, key)
    if what not in BUTTONS:
        raise Refused(_("Choose one of the buttons of the page."))
    do, said = BUTTONS[what]
    do(forward=forward_for(seat, name), by=actor_of(request), now=clock.now())
    messages.success(request, said())
    return redirect("partnerships:forward", key=key)


BUTTONS: dict[str, tuple[Callable[..., object], Callable[[], str]]] = {
    "agree": (actions.agree_to_forward, lambda: _("You said yes, to this and nothing else.")),
    "decline": (actions.decline_forward, lambda: _("You said no. No reason is asked for.")),
    "done": (actions.put_forward, lambda: _("Noted. It is told, and counted without a name.")),
    "back": (actions.take_forward_back, lambda: _("Taken back.")),
}
