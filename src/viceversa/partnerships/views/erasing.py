"""Destroying what the two wrote, once it is over and both wish it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from viceversa.partnerships.actions.erasing import keep_words, wish_to_erase
from viceversa.partnerships.forms.erasing import Erase
from viceversa.partnerships.rules import erasing as rules
from viceversa.partnerships.views.frame import frame, seat_of
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, key: str) -> HttpResponse:
    seat = seat_of(request, key)
    form = Erase(request.POST if request.method == "POST" else None)
    if form.is_valid():
        done = wish_to_erase(partnership=seat.partnership, by=actor_of(request), now=clock.now())
        messages.success(
            request,
            _("Destroyed. Nobody can read it again.")
            if done.erased_at
            else _("Your partner is asked. Until then nothing changes."),
        )
        return redirect("partnerships:erase", key=key)
    other = "adviser" if seat.is_learner else "learner"
    context = frame(seat, "") | {
        "form": form,
        "may_ask": rules.may_ask(
            seat.partnership.state, is_erased=bool(seat.partnership.erased_at)
        ),
        "i_wish": seat.partnership.wishes_to_erase(seat.side),
        "partner_wishes": seat.partnership.wishes_to_erase(other),
        "partner_is_gone": not seat.partner.is_present,
    }
    status = 422 if form.is_bound else 200
    return render(request, "partnerships/erasing/page.html", context, status=status)


@require_POST
def keep(request: HttpRequest, key: str) -> HttpResponse:
    seat = seat_of(request, key)
    keep_words(partnership=seat.partnership, by=actor_of(request), now=clock.now())
    messages.success(request, _("It stays. Both of you are told."))
    return redirect("partnerships:erase", key=key)
