from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from viceversa.history.queries import entries_about
from viceversa.people.actions import add_person, edit_person, mark_back, mark_left
from viceversa.people.forms.person import LeftForm, PersonForm
from viceversa.people.models import Person, Place, Unit
from viceversa.people.permissions import (
    can_edit_profile,
    can_manage_directory,
    check_can_manage_directory,
)
from viceversa.people.queries.chart import report_counts, reports_of
from viceversa.people.queries.directory import person_for
from viceversa.people.queries.lines import managers_above
from viceversa.people.queries.skills import offers_of, wants_of
from viceversa.people.views.words import verb_in_words
from viceversa.toolkit import clock
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.http import actor_of
from viceversa.toolkit.paging import page_number, page_of

MOST_NAMES = 200
SHOWN_ENTRIES = 20


@require_GET
def detail(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    person = person_for(actor, key)
    page = page_of(reports_of(actor, person), number=page_number(request.GET.get("page")), size=12)
    counts = report_counts(page.rows)
    manages = can_manage_directory(actor)
    context = {
        "person": person,
        "line": managers_above(person)[::-1],
        "page": page,
        "reports": [(report, counts.get(report.pk, 0)) for report in page.rows],
        "offers": offers_of(person),
        "wants": wants_of(person),
        "profile": getattr(person, "profile", None),
        "is_own": can_edit_profile(actor, person),
        "can_manage": manages,
        "entries": _history(person) if manages else None,
    }
    return render(request, "people/person/detail.html", context)


def _history(person: Person) -> list[dict[str, Any]]:
    return [
        {"at": entry.at, "what": verb_in_words(entry.verb, entry.detail), "by": entry.actor_label}
        for entry in entries_about(person)[:SHOWN_ENTRIES]
    ]


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    check_can_manage_directory(actor)
    return _form_page(request, actor, None)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    check_can_manage_directory(actor)
    return _form_page(request, actor, person_for(actor, key))


def _form_page(request: HttpRequest, actor: Actor, person: Person | None) -> HttpResponse:
    form = PersonForm(request.POST if request.method == "POST" else None, person=person)
    if form.is_bound and form.is_valid():
        saved = _saved(form, actor, person)
        if saved is not None:
            messages.success(request, _("Saved. The change is in the history."))
            return redirect("people:person", key=saved.key)
    context = {
        "form": form,
        "person": person,
        "units": Unit.objects.values_list("name", flat=True)[:MOST_NAMES],
        "places": Place.objects.values_list("name", flat=True)[:MOST_NAMES],
    }
    status = 422 if form.is_bound else 200
    return render(request, "people/person/form.html", context, status=status)


def _saved(form: PersonForm, actor: Actor, person: Person | None) -> Person | None:
    """A refusal stands beside the field that it is about."""
    try:
        if person is None:
            return add_person(facts=form.facts(), by=actor, now=clock.now())
        return edit_person(person=person, facts=form.facts(), by=actor, now=clock.now())
    except Refused as refusal:
        form.add_error(refusal.code if refusal.code in form.fields else None, refusal.sentence)
        return None


@require_http_methods(["GET", "POST"])
def left(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    check_can_manage_directory(actor)
    person = person_for(actor, key)
    form: forms.Form = LeftForm(
        request.POST if request.method == "POST" else None, initial={"on": clock.now().date()}
    )
    if form.is_bound and form.is_valid():
        mark_left(person=person, on=form.cleaned_data["on"], by=actor, now=clock.now())
        messages.success(request, _("%(name)s is marked as left.") % {"name": person.name})
        return redirect("people:person", key=person.key)
    status = 422 if form.is_bound else 200
    return render(
        request, "people/person/left.html", {"form": form, "person": person}, status=status
    )


@require_POST
def back(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    person = mark_back(person=person_for(actor, key), by=actor, now=clock.now())
    messages.success(request, _("%(name)s is back in the directory.") % {"name": person.name})
    return redirect("people:person", key=person.key)
