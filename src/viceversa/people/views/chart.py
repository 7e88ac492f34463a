from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from viceversa.people.models import Person
from viceversa.people.queries.chart import report_counts, reports_of, roots, standing_alone
from viceversa.people.queries.directory import Filter, directory, person_for
from viceversa.people.queries.lines import managers_above
from viceversa.toolkit.http import actor_of
from viceversa.toolkit.paging import page_number, page_of

MOST_FOUND = 20


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    words = request.GET.get("q", "").strip()[:200]
    found = list(directory(actor, Filter(words=words))[: MOST_FOUND + 1]) if words else []
    if len(found) == 1:
        return redirect("people:chart_from", key=found[0].key)
    tops = page_of(roots(actor), number=page_number(request.GET.get("page")))
    alone = page_of(standing_alone(actor), number=page_number(request.GET.get("alone")), size=20)
    context = {
        "words": words,
        "found": found[:MOST_FOUND],
        "found_more": len(found) > MOST_FOUND,
        "page": tops,
        "branches": _branches(tops.rows),
        "alone": alone,
    }
    return render(request, "people/chart/index.html", context)


@require_GET
def branch(request: HttpRequest, key: str) -> HttpResponse:
    """One person with the line above and the people one step below."""
    actor = actor_of(request)
    person = person_for(actor, key)
    page = page_of(reports_of(actor, person), number=page_number(request.GET.get("page")), size=50)
    context = {
        "person": person,
        "line": managers_above(person)[::-1],
        "page": page,
        "branches": _branches(page.rows),
    }
    return render(request, "people/chart/branch.html", context)


def _branches(people: list[Person]) -> list[tuple[Person, int]]:
    counts = report_counts(people)
    return [(person, counts.get(person.pk, 0)) for person in people]
