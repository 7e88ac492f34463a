"""The list, one programme for each role, beginning a new one and using one again."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from viceversa.programmes.actions import create_programme, duplicate_programme
from viceversa.programmes.forms import NameForm, SearchForm
from viceversa.programmes.models import Enrolment, Programme, Standing
from viceversa.programmes.permissions import can_create_programmes, check_can_create_programmes
from viceversa.programmes.queries import (
    coordinated_programme_for,
    coverage_of,
    enrolment_of,
    facts_of,
    figures_of,
    listed_programmes,
    literacy_by_level,
    people_who_run,
    programme_for,
    renewal_of,
    skills_of,
    standing_roles,
)
from viceversa.programmes.queries.standing import Runner
from viceversa.programmes.rules import lifecycle, readiness, setup
from viceversa.programmes.rules import renewal as renewing
from viceversa.programmes.rules.aim import aim_in_words
from viceversa.programmes.rules.templates import TEMPLATES, template
from viceversa.programmes.views.frame import signer, tabs
from viceversa.toolkit import clock
from viceversa.toolkit.errors import NotFound
from viceversa.toolkit.http import actor_of, words_typed
from viceversa.toolkit.paging import page_number, page_of

RENEWED_FROM = (Programme.State.CLOSING, Programme.State.ARCHIVED)
SHOWN_SPONSORS, SHOWN_COORDINATORS = 3, 5
NEXT_ADDRESS = {
    "set_up": "programmes:set_up",
    "coordinators": "programmes:standing",
    "readiness": "programmes:readiness",
    "invite": "programmes:invite",
    "match": "programmes:readiness",
    "round": "matching:rounds",
    "choose": "programmes:participants",
    "start": "programmes:readiness",
    "partnerships": "programme_partnerships:list",
    "close": "programmes:readiness",
    "duplicate": "programmes:duplicate",
}
NEXT_LABEL = {
    "set_up": gettext_lazy("Go on with the set-up"),
    "coordinators": gettext_lazy("Name somebody"),
    "readiness": gettext_lazy("Check readiness"),
    "invite": gettext_lazy("Invite people"),
    "match": gettext_lazy("Check and start matching"),
    "round": gettext_lazy("Open the rounds"),
    "choose": gettext_lazy("See who takes part"),
    "start": gettext_lazy("Check and start"),
    "partnerships": gettext_lazy("See the partnerships"),
    "close": gettext_lazy("Check and close"),
    "duplicate": gettext_lazy("Use it again"),
}


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    term, state = words_typed(request), request.GET.get("state", "")
    programmes = listed_programmes(actor, term=term, state=state)
    page = page_of(programmes, number=page_number(request.GET.get("page")))
    roles = _my_roles(actor.person_id, page.rows)
    context = {
        "page": page,
        "rows": [(programme, roles.get(programme.pk, [])) for programme in page.rows],
        "form": SearchForm(request.GET),
        "states": Programme.State.choices,
        "state": state,
        "is_filtered": bool(term or state),
        "can_create": can_create_programmes(actor),
    }
    return render(request, "programmes/programme/list.html", context)


def _my_roles(person_id: int | None, programmes: list[Programme]) -> dict[int, list[str]]:
    """Programme → what one is in it, in two queries."""
    found: dict[int, list[str]] = {}
    ids = [programme.pk for programme in programmes]
    for standing in Standing.objects.filter(person_id=person_id or 0, programme__in=ids):
        found.setdefault(standing.programme_id, []).append(standing.role)
    mine = Enrolment.objects.filter(person_id=person_id or 0, programme__in=ids).only(
        "programme_id", "is_learner", "is_adviser", "state"
    )
    for enrolment in mine:
        roles = found.setdefault(enrolment.programme_id, [])
        if enrolment.state == Enrolment.State.ENROLLED:
            roles += [role for role in ("learner", "adviser") if getattr(enrolment, f"is_{role}")]
        else:
            roles.append(enrolment.state)
    return found


@require_GET
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    programme = programme_for(actor, slug)
    runners = people_who_run(programme)
    roles = {one.role for one in runners if one.person_id == actor.person_id}
    enrolment = enrolment_of(actor, programme)
    sponsors = [one for one in runners if one.role == Standing.Role.SPONSOR][:SHOWN_SPONSORS]
    coordinators = [one for one in runners if one.role == Standing.Role.COORDINATOR]
    context: dict[str, Any] = {
        "programme": programme,
        "enrolment": enrolment,
        "sponsors": sponsors,
        "coordinators": coordinators[:SHOWN_COORDINATORS],
        "signer": signer(programme, sponsors),
        "aim": aim_in_words(programme.target_mastery),
        "gained_answers": Enrolment.Gained.choices,
        "asks_gained": enrolment is not None and renewing.may_say(programme.state, enrolment.state),
        "is_sponsor": Standing.Role.SPONSOR in roles,
    }
    if Standing.Role.COORDINATOR in roles:
        context.update(_for_coordinator(programme, runners))
        return render(request, "programmes/programme/coordinator.html", context)
    if Standing.Role.SPONSOR in roles:
        context.update(_numbers(programme))
        return render(request, "programmes/programme/sponsor.html", context)
    context["can_join"] = lifecycle.people_may_join(programme.state, programme.mode)
    return render(request, "programmes/programme/participant.html", context)


@require_GET
def understanding(request: HttpRequest, slug: str) -> HttpResponse:
    """Counts over the whole directory, so they have a page of their own."""
    actor = actor_of(request)
    programme = programme_for(actor, slug)
    if not standing_roles(actor, programme):
        raise NotFound(_("There is no such page, or it is not yours to see."))
    topics = sorted(skills_of(programme).values())
    context = {
        "programme": programme,
        "aim": aim_in_words(programme.target_mastery),
        "topics": topics,
        "literacy": literacy_by_level(programme) if topics else [],
    }
    return render(request, "programmes/programme/understanding.html", context)


def _numbers(programme: Programme) -> dict[str, Any]:
    figures = figures_of(programme)
    return {
        "renewal": renewal_of(programme) if programme.state in RENEWED_FROM else None,
        "figures": figures,
        "coverage": coverage_of(programme, figures, today=clock.now().date()),
        "partnerships": figures.partnerships,
        "partnerships_live": figures.live,
    }


def _for_coordinator(programme: Programme, runners: list[Runner]) -> dict[str, Any]:
    context = _numbers(programme)
    facts = facts_of(programme, context["figures"], runners=runners)
    left = len(set(setup.STEP_KEYS) - set(programme.steps_saved))
    code, sentence = lifecycle.next_step(facts, steps_left=left)
    context.update(
        tabs=tabs(programme, "programmes:detail"),
        next_code=code,
        next_sentence=sentence,
        next_address=NEXT_ADDRESS[code],
        next_label=NEXT_LABEL[code],
        advice=readiness.advice(facts),
        one_coordinator=facts.coordinators < 2,
        states=_path(programme.state),
    )
    return context


def _path(state: str) -> list[dict[str, str]]:
    """The six states as steps: done, current or to come."""
    now = lifecycle.ORDER.index(state)
    words = dict(Programme.State.choices)
    return [
        {
            "label": words[key],
            "url": "",
            "state": "done" if place < now else "current" if place == now else "todo",
        }
        for place, key in enumerate(lifecycle.ORDER)
    ]


@require_GET
def new(request: HttpRequest) -> HttpResponse:
    check_can_create_programmes(actor_of(request))
    return render(request, "programmes/programme/new.html", {"templates": TEMPLATES})


@require_http_methods(["GET", "POST"])
def new_from(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    check_can_create_programmes(actor)
    source = template(key)
    if source is None:
        raise NotFound(_("There is no such template. Choose one of the six."))
    form = NameForm(request.POST or None, initial={"name": source.name})
    if request.method == "POST" and form.is_valid():
        programme = create_programme(
            template_key=key, name=form.cleaned_data["name"], by=actor, now=clock.now()
        )
        messages.success(request, _("It is a draft. Nobody is told before you open enrolment."))
        return redirect("programmes:set_up_step", slug=programme.slug, step=setup.STEP_KEYS[0])
    context = {"template": source, "form": form}
    status = 422 if form.errors else 200
    return render(request, "programmes/programme/new_from.html", context, status=status)


@require_http_methods(["GET", "POST"])
def duplicate(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    programme = coordinated_programme_for(actor, slug)
    suggested = _("%(name)s, again") % {"name": programme.name}
    form = NameForm(request.POST or None, initial={"name": suggested})
    if request.method == "POST" and form.is_valid():
        copy = duplicate_programme(
            programme=programme, name=form.cleaned_data["name"], by=actor, now=clock.now()
        )
        messages.success(request, _("A new draft with the same settings, without its people."))
        return redirect("programmes:set_up", slug=copy.slug)
    context = {"programme": programme, "form": form, "renewal": renewal_of(programme)}
    status = 422 if form.errors else 200
    return render(request, "programmes/programme/duplicate.html", context, status=status)
