"""Letting one's partner in again, after the two compared the partner's fingerprint."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from viceversa.partnerships.actions.letting_in import let_partner_in
from viceversa.partnerships.forms.letter import LetIn
from viceversa.partnerships.views.frame import frame, seat_of
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of
from viceversa.vault.queries import fingerprints


@never_cache
@require_http_methods(["GET", "POST"])
def let_in(request: HttpRequest, key: str) -> HttpResponse:
    seat = seat_of(request, key)
    fingerprint = fingerprints([seat.partner.pk]).get(seat.partner.pk, "")
    form: forms.Form = LetIn(
        request.POST if request.method == "POST" else None, initial={"seen": fingerprint}
    )
    if form.is_valid():
        let_partner_in(
            partnership=seat.partnership,
            seen=form.cleaned_data["seen"],
            by=actor_of(request),
            now=clock.now(),
        )
        messages.success(
            request, _("%(name)s can read everything again.") % {"name": seat.partner.name}
        )
        return redirect("partnerships:messages", key=key)
    context = frame(seat, "") | {"form": form, "fingerprint": fingerprint}
    status = 422 if form.is_bound else 200
    return render(request, "partnerships/letter/let_in.html", context, status=status)
