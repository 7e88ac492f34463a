"""Topic packs: searching, reading a plan on one level, and writing them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from viceversa.learning.actions.pack import add_pack, change_pack, drop_plan, set_plan
from viceversa.learning.forms.texts import (
    CheckerForm,
    CheckForm,
    PackForm,
    PlanForm,
    ReviewByForm,
    pack_initial,
    plan_initial,
)
from viceversa.learning.models import Pack
from viceversa.learning.permissions import can_keep, can_review, check_can_keep
from viceversa.learning.queries.library import suggested
from viceversa.learning.queries.packs import pack_for, packs, plan_at, possible_reviewers
from viceversa.learning.rules.keeping import USUAL, freshness
from viceversa.learning.rules.packs import OPEN
from viceversa.learning.views.library import topic_of
from viceversa.people.models import Person, Skill
from viceversa.people.models.skill import Mastery
from viceversa.toolkit import clock
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotFound, Refused
from viceversa.toolkit.http import actor_of, words_typed
from viceversa.toolkit.paging import page_number, page_of


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    actor, today = actor_of(request), clock.now().date()
    keeps, words, topic = can_keep(actor), words_typed(request), topic_of(request)
    facet = request.GET.get("facet", "")
    facet = facet if facet in Pack.Facet.values else ""
    found = packs(actor, keeps=keeps, words=words, facet=facet, topic=topic)
    page = page_of(found, number=page_number(request.GET.get("page")))
    context = {
        "page": page,
        "rows": [(row, freshness(row.review_by, today)) for row in page.rows],
        "words": words,
        "facet": facet,
        "facets": Pack.Facet.choices,
        "topic": Skill.objects.filter(pk=topic).first() if topic else None,
        "is_filtered": bool(words or facet or topic),
        "keeps": keeps,
    }
    return render(request, "learning/pack/list.html", context)


@require_GET
def detail(request: HttpRequest, key: str) -> HttpResponse:
    actor, today = actor_of(request), clock.now().date()
    keeps = can_keep(actor)
    pack = pack_for(actor, key, keeps=keeps)
    wanted = request.GET.get("level", "")
    plan = plan_at(pack, int(wanted) if wanted in {"1", "2", "3", "4"} else Mastery.BASIC)
    topics = list(pack.topics.all())
    context = {
        "pack": pack,
        "topics": topics,
        "plan": plan,
        "levels": _levels(pack, plan.level if plan else 0),
        "freshness": freshness(pack.review_by, today),
        "resources": suggested([topic.pk for topic in topics], today=today),
        "keeps": keeps,
        **_work(actor, pack, keeps=keeps),
    }
    return render(request, "learning/pack/detail.html", context)


def _levels(pack: Pack, current: int) -> list[dict[str, Any]]:
    return [
        {
            "label": plan.get_level_display(),
            "url": f"?level={plan.level}",
            "current": plan.level == current,
        }
        for plan in pack.plans.all()
    ]


def _work(actor: Actor, pack: Pack, *, keeps: bool) -> dict[str, Any]:
    """What this person can do to bring the pack on its way."""
    day = {"review_by": clock.now().date() + USUAL}
    reviews = can_review(actor, pack)
    is_published = pack.state == Pack.State.PUBLISHED
    people = possible_reviewers(pack) if keeps and pack.state in OPEN else []
    people = [person for person in people if person.pk != actor.person_id]
    may_reread = is_published and (reviews if pack.is_risky else keeps)
    return {
        "is_open": pack.state in OPEN,
        "checker_form": CheckerForm(people=people) if people else None,
        "check_form": CheckForm(initial=day)
        if reviews and pack.state == Pack.State.IN_REVIEW
        else None,
        "review_form": ReviewByForm(initial=day) if may_reread else None,
        "may_publish": keeps
        and pack.state in OPEN
        and (not pack.is_risky or pack.state == Pack.State.CHECKED),
        "all_levels": [
            (value, label, value in {plan.level for plan in pack.plans.all()})
            for value, label in Mastery.choices
        ]
        if keeps
        else [],
    }


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    actor, now = actor_of(request), clock.now()
    check_can_keep(actor)
    initial = {
        "owner": Person.objects.filter(pk=actor.person_id or 0).first(),
        "review_by": now.date() + USUAL,
        "language": "en",
    }
    form = PackForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        pack = add_pack(text=form.text(), **form.beside, by=actor, now=now)
        messages.success(request, _("A draft. Now write the half hour for one level."))
        return redirect("learning:plan", key=pack.key, level=Mastery.BASIC)
    status = 422 if form.errors else 200
    return render(request, "learning/pack/form.html", {"form": form}, status=status)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    check_can_keep(actor)
    pack = pack_for(actor, key, keeps=True)
    form = PackForm(request.POST or None, initial=pack_initial(pack))
    if request.method == "POST" and form.is_valid():
        changed = change_pack(pack=pack, text=form.text(), **form.beside, by=actor, now=clock.now())
        messages.success(request, _saved(pack.state, changed.state))
        return redirect("learning:pack", key=key)
    status = 422 if form.errors else 200
    return render(request, "learning/pack/form.html", {"form": form, "pack": pack}, status=status)


def _saved(before: str, after: str) -> str:
    if before == after:
        return _("Saved.")
    return _("Saved. Others see it again once it has been checked and published.")


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, key: str, level: int) -> HttpResponse:
    actor = actor_of(request)
    check_can_keep(actor)
    pack = pack_for(actor, key, keeps=True)
    name = dict(Mastery.choices).get(level)
    if name is None:
        raise NotFound(_("There are four levels: basic to expert."))
    row = next((one for one in pack.plans.all() if one.level == level), None)
    form = PlanForm(request.POST or None, initial=plan_initial(row))
    if request.method == "POST" and form.is_valid() and _set(request, form, pack, level):
        return redirect(f"{request.path.split('plan/')[0]}?level={level}")
    context = {"form": form, "pack": pack, "row": row, "level": level, "level_name": name}
    status = 422 if form.errors else 200
    return render(request, "learning/pack/plan.html", context, status=status)


def _set(request: HttpRequest, form: PlanForm, pack: Pack, level: int) -> bool:
    values = form.cleaned_data
    try:
        set_plan(
            pack=pack,
            level=level,
            steps=values["steps"],
            task=values["task"],
            by=actor_of(request),
            now=clock.now(),
        )
    except Refused as refusal:
        form.add_error("steps", refusal.sentence)
        return False
    messages.success(request, _("The plan is saved."))
    return True


@require_POST
def drop(request: HttpRequest, key: str, level: int) -> HttpResponse:
    actor = actor_of(request)
    check_can_keep(actor)
    drop_plan(pack=pack_for(actor, key, keeps=True), level=level, by=actor, now=clock.now())
    messages.success(request, _("The plan of this level is gone."))
    return redirect("learning:pack", key=key)
