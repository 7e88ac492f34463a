"""Who takes part: the list, and four ways to add people."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from viceversa.design.tables import Column, headers
from viceversa.programmes.actions import (
    Added,
    EnrolmentRow,
    enrol_eligible,
    enrol_listed,
    enrol_many,
    move_enrolments,
    promote_waiting,
)
from viceversa.programmes.forms import EligibleForm, FilterForm, ListForm, PickForm, SearchForm
from viceversa.programmes.models import Enrolment, Programme
from viceversa.programmes.queries import (
    Filters,
    coordinated_programme_for,
    criteria_for,
    figures_of,
    fit_count,
    participants,
    people_matching,
    person_ids_of,
)
from viceversa.programmes.rules.lifecycle import coordinators_may_add
from viceversa.programmes.views.frame import tabs
from viceversa.toolkit import clock
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.http import actor_of, words_typed
from viceversa.toolkit.paging import page_number, page_of

COLUMNS = [
    Column("choose", gettext_lazy("Choose"), hidden=True),
    Column("name", gettext_lazy("Name"), sortable=True),
    Column("role", gettext_lazy("Role")),
    Column("state", gettext_lazy("State")),
    Column("part", gettext_lazy("Part looked at")),
    Column("newest", gettext_lazy("Added"), sortable=True),
]
MOVES = [
    ("enrolled", gettext_lazy("Enrol")),
    ("waiting", gettext_lazy("Put on the waiting list")),
    ("invited", gettext_lazy("Invite again")),
    ("withdrawn", gettext_lazy("Take out")),
]


@require_GET
def index(request: HttpRequest, slug: str) -> HttpResponse:
    programme = coordinated_programme_for(actor_of(request), slug)
    form = FilterForm(request.GET)
    filters = _filters(form, request)
    page = page_of(participants(programme, filters), number=page_number(request.GET.get("page")))
    context = {
        "programme": programme,
        "tabs": tabs(programme, "programmes:participants"),
        "page": page,
        "form": form,
        "headers": headers(COLUMNS, order=filters.order, query=request.GET),
        "is_filtered": any((filters.term, filters.role, filters.state, filters.confirmed)),
        "figures": figures_of(programme),
        "moves": MOVES,
        "may_add": coordinators_may_add(programme.state),
    }
    return render(request, "programmes/participants/list.html", context)


def _filters(form: FilterForm, request: HttpRequest) -> Filters:
    form.is_valid()
    typed = form.cleaned_data
    order = request.GET.get("order", "name")
    return Filters(
        term=typed.get("q", ""),
        role=typed.get("role", ""),
        state=typed.get("state", ""),
        confirmed=typed.get("confirmed", ""),
        order=order if order in ("name", "-name", "newest", "-newest", "waiting") else "name",
    )


@require_POST
def move(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    moved = move_enrolments(
        programme=coordinated_programme_for(actor, slug),
        keys=request.POST.getlist("key"),
        to=request.POST.get("to", ""),
        by=actor,
        now=clock.now(),
    )
    said = ngettext("%(n)s person changed, and told.", "%(n)s people changed, and told.", moved)
    messages.success(request, said % {"n": moved})
    return redirect("programmes:participants", slug=slug)


@require_POST
def promote(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    people = promote_waiting(
        programme=coordinated_programme_for(actor, slug), by=actor, now=clock.now()
    )
    messages.success(
        request,
        _("Places given to: %(names)s.") % {"names": ", ".join(p.name for p in people[:5])},
    )
    return redirect("programmes:participants", slug=slug)


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Find people and tick them."""
    actor = actor_of(request)
    programme = coordinated_programme_for(actor, slug)
    form = PickForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        added = _enrol_picked(request, programme, form.cleaned_data, actor)
        _say(request, added)
        return redirect("programmes:participants", slug=slug)
    term = words_typed(request)
    page = page_of(people_matching(programme, term), number=page_number(request.GET.get("page")))
    context = {
        "programme": programme,
        "form": form,
        "search": SearchForm(request.GET),
        "term": term,
        "page": page,
        "ways": _ways(programme, "programmes:invite"),
        "may_add": coordinators_may_add(programme.state),
    }
    return render(request, "programmes/participants/invite.html", context)


def _enrol_picked(
    request: HttpRequest, programme: Programme, typed: dict[str, Any], actor: Actor
) -> Added:
    rows = [
        EnrolmentRow(
            person_id=person_id,
            state=typed["state"],
            is_learner=typed["role"] == "learner",
            is_adviser=typed["role"] == "adviser",
        )
        for person_id in person_ids_of(request.POST.getlist("person"))
    ]
    return enrol_many(programme=programme, rows=rows, by=actor, now=clock.now())


@require_http_methods(["GET", "POST"])
def eligible(request: HttpRequest, slug: str) -> HttpResponse:
    """Everyone who fits, at once."""
    actor = actor_of(request)
    programme = coordinated_programme_for(actor, slug)
    form = EligibleForm(request.POST or None)
    now = clock.now()
    if request.method == "POST" and form.is_valid():
        added = enrol_eligible(
            programme=programme,
            role=form.cleaned_data["role"],
            state=form.cleaned_data["state"],
            by=actor,
            now=now,
            today=now.date(),
        )
        _say(request, added)
        return redirect("programmes:participants", slug=slug)
    context = {
        "programme": programme,
        "form": form,
        "ways": _ways(programme, "programmes:eligible"),
        "counts": {
            role: fit_count(criteria_for(programme, role), today=now.date())
            for role in ("learner", "adviser")
        },
        "may_add": coordinators_may_add(programme.state),
    }
    return render(request, "programmes/participants/eligible.html", context)


@require_http_methods(["GET", "POST"])
def listed(request: HttpRequest, slug: str) -> HttpResponse:
    """A pasted list or a file; the lines that did not work come back on the same page."""
    actor = actor_of(request)
    programme = coordinated_programme_for(actor, slug)
    form = ListForm(request.POST or None, request.FILES or None)
    report = None
    if request.method == "POST" and form.is_valid():
        now = clock.now()
        typed = form.cleaned_data
        report = enrol_listed(
            programme=programme,
            text=form.joined(),
            is_learner=typed["role"] == "learner",
            is_adviser=typed["role"] == "adviser",
            state=typed["state"],
            exceptions_allowed=typed["exceptions_allowed"],
            by=actor,
            now=now,
            today=now.date(),
        )
        form = ListForm()
    context = {
        "programme": programme,
        "form": form,
        "report": report,
        "ways": _ways(programme, "programmes:listed"),
        "may_add": coordinators_may_add(programme.state),
    }
    status = 422 if form.errors else 200
    return render(request, "programmes/participants/listed.html", context, status=status)


def _ways(programme: Programme, current: str) -> list[dict[str, Any]]:
    ways = (
        ("programmes:invite", _("Pick people")),
        ("programmes:eligible", _("Everyone who fits")),
        ("programmes:listed", _("From a list")),
    )
    return [
        {"label": label, "url": reverse(name, args=[programme.slug]), "current": name == current}
        for name, label in ways
    ]


def _say(request: HttpRequest, added: Added | None) -> None:
    if added is None:
        messages.success(
            request, _("So many people take a minute. They appear here one after the other.")
        )
        return
    counts = [(added.by_state[state], label.lower()) for state, label in Enrolment.State.choices]
    parts = [f"{number} {label}" for number, label in counts if number]
    if added.already:
        parts.append(_("%(n)s in already") % {"n": added.already})
    messages.success(request, ", ".join(parts) + "." if parts else _("Nobody was added."))
