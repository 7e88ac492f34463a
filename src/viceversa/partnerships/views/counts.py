"""What came of a programme, in counts: for its coordinators and its sponsors."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from viceversa.partnerships.queries.bands import confidence_in, use_in
from viceversa.partnerships.queries.forward import put_forward_in
from viceversa.programmes.queries import programme_for, standing_roles
from viceversa.toolkit.errors import NotFound
from viceversa.toolkit.http import actor_of


@require_GET
def page(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    programme = programme_for(actor, slug)
    if not standing_roles(actor, programme):
        raise NotFound(_("There is no such page, or it is not yours to see."))
    context = {
        "programme": programme,
        "put_forward": put_forward_in(programme),
        "use": use_in(programme),
        "confidence": confidence_in(programme),
    }
    return render(request, "partnerships/counts/page.html", context)
