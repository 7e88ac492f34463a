"""Wanted, gave, learned: both sides beside each other."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from viceversa.partnerships.actions.ledger import strike_entry, write_in_ledger
from viceversa.partnerships.forms.ledger import WriteInLedger
from viceversa.partnerships.models import LedgerEntry
from viceversa.partnerships.queries.ledger import entry_for, opened_ledger
from viceversa.partnerships.queries.seat import Seat
from viceversa.partnerships.views.frame import frame, seat_of
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of


@require_http_methods(["GET", "POST"])
def ledger(request: HttpRequest, key: str) -> HttpResponse:
    seat = seat_of(request, key)
    form = WriteInLedger(
        request.POST if request.method == "POST" else None,
        initial={"kind": LedgerEntry.Kind.LEARNED},
    )
    if form.is_valid():
        write_in_ledger(
            partnership=seat.partnership, **form.cleaned_data, by=actor_of(request), now=clock.now()
        )
        messages.success(request, _("Written."))
        return redirect("partnerships:ledger", key=key)
    context = frame(seat, "goals") | {"form": form}
    if seat.can_open:
        context["sides"] = _sides(seat)
    status = 422 if form.is_bound else 200
    return render(request, "partnerships/ledger/ledger.html", context, status=status)


def _sides(seat: Seat) -> list[dict[str, Any]]:
    """One's own first."""
    opened = opened_ledger(seat)
    order = [seat.side, "adviser" if seat.is_learner else "learner"]
    return [
        {
            "is_mine": side == seat.side,
            "tone": "ember" if side == "learner" else "tide",
            "kinds": [
                {"label": LedgerEntry.Kind(kind).label, "rows": rows}
                for kind, rows in opened[side].items()
            ],
        }
        for side in order
    ]


@require_POST
def strike(request: HttpRequest, key: str, entry: str) -> HttpResponse:
    seat = seat_of(request, key)
    strike_entry(entry=entry_for(seat, entry), by=actor_of(request), now=clock.now())
    messages.success(request, _("Struck, on both sides."))
    return redirect("partnerships:ledger", key=key)
