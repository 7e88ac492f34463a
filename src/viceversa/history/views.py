from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from viceversa.design.tables import Column, headers
from viceversa.history.forms import SearchHistory
from viceversa.history.permissions import check_can_read_history
from viceversa.history.queries import entries, first_broken_entry
from viceversa.toolkit.http import actor_of
from viceversa.toolkit.paging import page_number, page_of

COLUMNS = [
    Column("at", _("When")),
    Column("who", _("Who")),
    Column("what", _("What")),
    Column("target", _("On whom or what")),
    Column("detail", _("Facts")),
]
NEWEST_CHECKED = 20_000


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    check_can_read_history(actor_of(request))
    form = SearchHistory(request.GET)
    found = entries(area=form.chosen_area(), search=form.words())
    context = {
        "page": page_of(found, number=page_number(request.GET.get("page"))),
        "form": form,
        "headers": headers(COLUMNS, query=request.GET),
    }
    return render(request, "history/entry/list.html", context)


@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Reads the newest part of the chain again; `viceversa doctor` reads all of it."""
    check_can_read_history(actor_of(request))
    broken = first_broken_entry(newest=NEWEST_CHECKED)
    if broken is None:
        messages.success(
            request,
            _("The chain is whole: none of the newest %(n)s entries was changed or taken out.")
            % {"n": f"{NEWEST_CHECKED:,}"},
        )
    else:
        messages.error(
            request,
            _("The chain breaks at entry %(id)s: something was changed or taken out there.")
            % {"id": broken},
        )
    return redirect("history:list")
