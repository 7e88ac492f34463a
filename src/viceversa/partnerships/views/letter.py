"""Messages between the two."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from viceversa.partnerships.actions.letter import strike_letter, write_letter
from viceversa.partnerships.forms.letter import WriteLetter
from viceversa.partnerships.queries.letters import letter_for, page_of_letters
from viceversa.partnerships.views.frame import frame, seat_of
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of
from viceversa.toolkit.paging import page_number


@require_http_methods(["GET", "POST"])
def letters(request: HttpRequest, key: str) -> HttpResponse:
    seat = seat_of(request, key)
    form = WriteLetter(request.POST if request.method == "POST" else None)
    if form.is_valid():
        write_letter(
            partnership=seat.partnership, **form.cleaned_data, by=actor_of(request), now=clock.now()
        )
        messages.success(request, _("Sent."))
        return redirect(reverse("partnerships:messages", args=[key]) + "#newest")
    context = frame(seat, "messages") | {"form": form}
    if seat.can_open:
        page, rows = page_of_letters(seat, number=page_number(request.GET.get("page")))
        context |= {"page": page, "rows": rows}
    status = 422 if form.is_bound else 200
    return render(request, "partnerships/letter/messages.html", context, status=status)


@require_POST
def strike(request: HttpRequest, key: str, letter: str) -> HttpResponse:
    seat = seat_of(request, key)
    strike_letter(letter=letter_for(seat, letter), by=actor_of(request), now=clock.now())
    messages.success(request, _("Struck. Neither of you can read it any more."))
    return redirect("partnerships:messages", key=key)
