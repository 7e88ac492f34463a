"""Assistants: whom one has named, and for whom one books."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from viceversa.meetings.actions.delegate import end_assistant, name_assistant
from viceversa.meetings.forms.booking import FindAssistant
from viceversa.meetings.models import Delegate
from viceversa.meetings.queries.booker import (
    assistants_of,
    books_for,
    delegate_between,
    delegate_for,
    partnerships_of_principal,
)
from viceversa.partnerships.models import Partnership
from viceversa.people.queries.directory import person_for
from viceversa.programmes.permissions import check_is_person
from viceversa.programmes.queries import people_by_words
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of, as_typed, words_typed
from viceversa.toolkit.paging import page_number, page_of

FOUND = 12


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    check_is_person(actor)
    term = words_typed(request)
    found = people_by_words(term).exclude(pk=actor.person_id or 0)[:FOUND] if term else []
    context = {
        "mine": list(assistants_of(actor)),
        "page": page_of(books_for(actor), number=page_number(request.GET.get("page"))),
        "form": FindAssistant(request.GET),
        "term": term,
        "found": list(found),
    }
    return render(request, "meetings/assistant/list.html", context)


@require_POST
def name(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    person = person_for(actor, as_typed(request.POST.get("person", ""))[:24])
    name_assistant(person=person, by=actor, now=clock.now())
    messages.success(request, _("%(name)s books for you now.") % {"name": person.name})
    return redirect("meetings:assistants")


@require_POST
def end(request: HttpRequest, delegate: str) -> HttpResponse:
    actor = actor_of(request)
    end_assistant(delegate=delegate_between(actor, delegate), by=actor, now=clock.now())
    messages.success(request, _("This has ended. The other is told."))
    return redirect("meetings:assistants")


@require_GET
def principal(request: HttpRequest, delegate: str) -> HttpResponse:
    row = delegate_for(actor_of(request), delegate)
    page = page_of(partnerships_of_principal(row), number=page_number(request.GET.get("page")))
    rows = [_row(row, partnership) for partnership in page.rows]
    context = {"delegate": row, "page": page, "rows": rows}
    return render(request, "meetings/assistant/principal.html", context)


def _row(delegate: Delegate, partnership: Partnership) -> dict[str, object]:
    is_learner = partnership.learner.person_id == delegate.principal_id
    partner = partnership.adviser if is_learner else partnership.learner
    return {
        "partner": partner.person,
        "role": "adviser" if is_learner else "learner",
        "next_at": partnership.next_at,
        "url": reverse("meetings:assistant_list", args=[delegate.key, partnership.key]),
    }
