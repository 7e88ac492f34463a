"""For coordinators: what the pairs planned and what they kept, without a word of what they say."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from viceversa.design.tables import Column, headers
from viceversa.meetings.queries.cadence import cadence_in, cadences, pairs_under_way
from viceversa.programmes.queries import coordinated_programme_for
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of
from viceversa.toolkit.paging import page_number, page_of

COLUMNS = [
    Column("pair", gettext_lazy("Learner")),
    Column("adviser", gettext_lazy("Adviser")),
    Column("rhythm", gettext_lazy("Rhythm")),
    Column("planned", gettext_lazy("Planned so far"), numeric=True),
    Column("met", gettext_lazy("Met"), numeric=True),
    Column("last", gettext_lazy("Last met"), numeric=True),
]
WITHIN = {
    "day": gettext_lazy("within a day"),
    "days": gettext_lazy("within three days"),
    "week": gettext_lazy("within a week"),
    "longer": gettext_lazy("after more than a week"),
}


@require_GET
def of_programme(request: HttpRequest, slug: str) -> HttpResponse:
    programme, now = coordinated_programme_for(actor_of(request), slug), clock.now()
    page = page_of(pairs_under_way(programme), number=page_number(request.GET.get("page")))
    found = cadences(page.rows, now)
    whole = cadence_in(programme, now)
    context = {
        "programme": programme,
        "page": page,
        "rows": [(row, found.get(row.pk)) for row in page.rows],
        "whole": whole,
        "within": WITHIN.get(whole.within or ""),
        "headers": headers(COLUMNS, query=request.GET),
    }
    return render(request, "meetings/cadence/of_programme.html", context)
