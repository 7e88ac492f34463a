from itertools import groupby

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from viceversa.people.actions import add_alias, add_skill, load_taxonomy, remove_alias
from viceversa.people.forms.skill import AliasForm, SkillForm
from viceversa.people.models import Skill, SkillAlias
from viceversa.people.permissions import can_manage_directory, check_can_manage_directory
from viceversa.people.queries.directory import Filter, directory_page
from viceversa.people.queries.skills import (
    COUNTED_UP_TO,
    find_skill,
    offering_counts,
    skill_by_slug,
    skills,
    suggest_skills,
)
from viceversa.people.rules.taxonomy import starter_taxonomy
from viceversa.toolkit import clock
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.http import actor_of
from viceversa.toolkit.paging import page_number


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:120]
    exact = find_skill(words) if words else None
    near = suggest_skills(words, limit=8) if words else []
    counts = offering_counts()
    listed = [(skill, counts.get(skill.pk, 0)) for skill in skills()]
    context = {
        "words": words,
        "exact": exact,
        "near": [skill for skill in near if skill != exact],
        "groups": [
            (name, list(held)) for name, held in groupby(listed, key=lambda pair: pair[0].group)
        ],
        "total": len(listed),
        "most": COUNTED_UP_TO,
        "credit": starter_taxonomy().credit,
        "can_manage": can_manage_directory(actor_of(request)),
    }
    return render(request, "people/skill/list.html", context)


@require_POST
def load(request: HttpRequest) -> HttpResponse:
    added = load_taxonomy(by=actor_of(request), now=clock.now())
    messages.success(request, _("%(count)s starter skills were added.") % {"count": added})
    return redirect("people:skills")


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    check_can_manage_directory(actor)
    form = SkillForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            skill = add_skill(**form.cleaned_data, by=actor, now=clock.now())
        except Refused as refusal:
            form.add_error("name", refusal.sentence)
        else:
            messages.success(request, _("%(skill)s is added.") % {"skill": skill.name})
            return redirect("people:skill", slug=skill.slug)
    groups = Skill.objects.order_by("group").values_list("group", flat=True).distinct()
    context = {"form": form, "groups": groups}
    return render(request, "people/skill/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    skill = skill_by_slug(slug)
    form = AliasForm(request.POST if request.method == "POST" else None)
    if form.is_bound and _alias_added(form, skill, request):
        return redirect("people:skill", slug=skill.slug)
    number = page_number(request.GET.get("page"))
    words = request.GET.get("q", "").strip()[:200]
    page = directory_page(actor, Filter(skill_ids=(skill.pk,), words=words), number=number)
    context = {
        "skill": skill,
        "aliases": [one for one in skill.aliases.order_by("text") if one.text != skill.name],
        "words": words,
        "page": page,
        "offering": [(row, row.mastery_of(skill.pk)) for row in page.rows],
        "form": form,
        "can_manage": can_manage_directory(actor),
        "credit": starter_taxonomy().credit,
    }
    return render(request, "people/skill/detail.html", context, status=422 if form.errors else 200)


def _alias_added(form: forms.Form, skill: Skill, request: HttpRequest) -> bool:
    if not form.is_valid():
        return False
    try:
        add_alias(
            skill=skill, text=form.cleaned_data["text"], by=actor_of(request), now=clock.now()
        )
    except Refused as refusal:
        form.add_error("text", refusal.sentence)
        return False
    messages.success(request, _("The word is added."))
    return True


@require_POST
def remove_word(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    alias = get_object_or_404(SkillAlias.objects.select_related("skill"), pk=pk, skill__slug=slug)
    remove_alias(alias=alias, by=actor_of(request), now=clock.now())
    messages.success(request, _("The word is taken away."))
    return redirect("people:skill", slug=slug)
