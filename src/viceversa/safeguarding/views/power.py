"""For coordinators: partnerships that pause and need them, and nothing about why."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from viceversa.design.tables import Column, headers
from viceversa.programmes.queries import coordinated_programme_for
from viceversa.safeguarding.queries.power import holds_in
from viceversa.toolkit.http import actor_of
from viceversa.toolkit.paging import page_number, page_of

COLUMNS = [
    Column("learner", gettext_lazy("Learner")),
    Column("adviser", gettext_lazy("Adviser")),
    Column("since", gettext_lazy("Paused since"), numeric=True),
]


@require_GET
def action_needed(request: HttpRequest, slug: str) -> HttpResponse:
    programme = coordinated_programme_for(actor_of(request), slug)
    context = {
        "programme": programme,
        "page": page_of(holds_in(programme), number=page_number(request.GET.get("page"))),
        "headers": headers(COLUMNS, query=request.GET),
    }
    return render(request, "safeguarding/power/action_needed.html", context)
