from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from viceversa.design.tables import Column, headers
from viceversa.people.forms.directory import DirectoryFilters
from viceversa.people.permissions import can_manage_directory
from viceversa.people.queries.directory import directory_page
from viceversa.people.queries.skills import suggest_skills
from viceversa.toolkit.http import actor_of
from viceversa.toolkit.paging import page_number

COLUMNS = [
    Column("name", _("Name"), sortable=True),
    Column("level", _("Level"), sortable=True),
    Column("unit", _("Unit"), sortable=True),
    Column("place", _("Place")),
    Column("offers", _("Offers")),
]
HIRED = Column("hired", _("Hired"), sortable=True)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    manages = can_manage_directory(actor)
    filters = DirectoryFilters(request.GET)
    narrowed = filters.narrowed()
    if narrowed.order.endswith("hired") and not manages:
        narrowed = replace(narrowed, order="name")
    page = directory_page(actor, narrowed, number=page_number(request.GET.get("page")))
    context = {
        "page": page,
        "filters": filters,
        "is_narrowed": any(value for key, value in request.GET.items() if key != "order"),
        "headers": headers(
            [*COLUMNS, *([HIRED] if manages else [])], order=narrowed.order, query=request.GET
        ),
        "unknown_skill": filters.unknown_skill,
        "near_skills": suggest_skills(filters.unknown_skill, limit=3),
        "can_manage": manages,
    }
    return render(request, "people/person/list.html", context)
