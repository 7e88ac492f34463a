"""Who coordinates and who sponsors."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from viceversa.people.models import Person
from viceversa.programmes.actions import add_standing, remove_standing
from viceversa.programmes.forms import SearchForm
from viceversa.programmes.queries import (
    coordinated_programme_for,
    coordinators_of,
    people_by_words,
    sponsors_of,
)
from viceversa.programmes.views.frame import tabs
from viceversa.toolkit import clock
from viceversa.toolkit.errors import NotFound
from viceversa.toolkit.http import actor_of, words_typed

FOUND = 12


@require_GET
def index(request: HttpRequest, slug: str) -> HttpResponse:
    programme = coordinated_programme_for(actor_of(request), slug)
    term = words_typed(request)
    context = {
        "programme": programme,
        "tabs": tabs(programme, "programmes:standing"),
        "coordinators": list(coordinators_of(programme)),
        "sponsors": list(sponsors_of(programme)),
        "form": SearchForm(request.GET),
        "term": term,
        "found": list(people_by_words(term)[:FOUND]) if term else [],
    }
    return render(request, "programmes/standing/list.html", context)


@require_POST
def add(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    person = _person(request)
    add_standing(
        programme=coordinated_programme_for(actor, slug),
        person=person,
        role=request.POST.get("role", ""),
        by=actor,
        now=clock.now(),
    )
    messages.success(request, _("%(name)s is named, and told.") % {"name": person.name})
    return redirect("programmes:standing", slug=slug)


@require_POST
def remove(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    person = _person(request)
    remove_standing(
        programme=coordinated_programme_for(actor, slug),
        person=person,
        role=request.POST.get("role", ""),
        by=actor,
        now=clock.now(),
    )
    messages.success(request, _("%(name)s is no longer named here.") % {"name": person.name})
    if person.pk == actor.person_id:
        return redirect("programmes:list")
    return redirect("programmes:standing", slug=slug)


def _person(request: HttpRequest) -> Person:
    person = Person.objects.filter(key=request.POST.get("person", "")).first()
    if person is None:
        raise NotFound(_("There is nobody of that name any more. Search again."))
    return person
