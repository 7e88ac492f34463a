"""My profile. Each part is a form of its own, so that nothing typed elsewhere is lost."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from viceversa.people.actions import (
    offer_skill,
    save_profile,
    stop_offering,
    stop_wanting,
    want_skill,
)
from viceversa.people.forms.profile import LimitsForm, OfferForm, WantForm, limits_of
from viceversa.people.models import Person, Profile
from viceversa.people.queries.directory import people_visible
from viceversa.people.queries.skills import (
    offers_of,
    skill_by_slug,
    skills,
    suggest_skills,
    wants_of,
)
from viceversa.toolkit import clock
from viceversa.toolkit.errors import NotFound, Refused
from viceversa.toolkit.http import actor_of


@require_GET
def own(request: HttpRequest) -> HttpResponse:
    return _page(request, _me(request))


@require_POST
def offer(request: HttpRequest) -> HttpResponse:
    person, form = _me(request), OfferForm(_named(request, "offer"))
    if not form.is_valid():
        return _page(request, person, offer=form)
    try:
        offer_skill(person=person, **form.cleaned_data, by=actor_of(request), now=clock.now())
    except Refused as refusal:
        form.add_error("skill", refusal.sentence)
        return _page(request, person, offer=form)
    messages.success(request, _("You offer %(skill)s.") % {"skill": form.cleaned_data["skill"]})
    return redirect("people:me")


@require_POST
def want(request: HttpRequest) -> HttpResponse:
    person, form = _me(request), WantForm(_named(request, "want"))
    if not form.is_valid():
        return _page(request, person, want=form)
    try:
        want_skill(person=person, **form.cleaned_data, by=actor_of(request), now=clock.now())
    except Refused as refusal:
        form.add_error("skill", refusal.sentence)
        return _page(request, person, want=form)
    messages.success(
        request, _("You want to learn %(skill)s.") % {"skill": form.cleaned_data["skill"]}
    )
    return redirect("people:me")


@require_POST
def stop_offer(request: HttpRequest, slug: str) -> HttpResponse:
    skill = skill_by_slug(slug)
    stop_offering(person=_me(request), skill=skill, by=actor_of(request), now=clock.now())
    messages.success(request, _("You no longer offer %(skill)s.") % {"skill": skill})
    return redirect("people:me")


@require_POST
def stop_want(request: HttpRequest, slug: str) -> HttpResponse:
    skill = skill_by_slug(slug)
    stop_wanting(person=_me(request), skill=skill, by=actor_of(request), now=clock.now())
    messages.success(request, _("%(skill)s is off your list.") % {"skill": skill})
    return redirect("people:me")


@require_POST
def limits(request: HttpRequest) -> HttpResponse:
    person, form = _me(request), LimitsForm(request.POST)
    if not form.is_valid():
        return _page(request, person, limits=form)
    save_profile(person=person, limits=form.limits(), by=actor_of(request), now=clock.now())
    messages.success(request, _("Saved."))
    return redirect("people:me")


def _me(request: HttpRequest) -> Person:
    actor = actor_of(request)
    person = people_visible(actor).filter(pk=actor.person_id or 0).first()
    if person is None:
        raise NotFound(_("This sign-in belongs to nobody in the directory, so it has no profile."))
    return person


def _named(request: HttpRequest, prefix: str) -> Any:
    """A button of the suggestions or the list overrules what is typed."""
    chosen = next(filter(None, request.POST.getlist("chosen")), "")
    if not chosen:
        return request.POST
    data = request.POST.copy()
    data[f"{prefix}-skill"] = skill_by_slug(chosen).name
    return data


def _page(
    request: HttpRequest,
    person: Person,
    *,
    offer: forms.Form | None = None,
    want: forms.Form | None = None,
    limits: forms.Form | None = None,
) -> HttpResponse:
    profile = Profile.objects.filter(person=person).first() or Profile(person=person)
    context = {
        "person": person,
        "profile": profile,
        "offers": offers_of(person),
        "wants": wants_of(person),
        "offer": offer or OfferForm(),
        "want": want or WantForm(),
        "limits": limits or LimitsForm(initial=limits_of(person, profile)),
        "near_offers": _near(request, "offer"),
        "near_wants": _near(request, "want"),
        "all_skills": skills().values_list("group", "name", "slug"),
    }
    failed = any(form is not None for form in (offer, want, limits))
    return render(request, "people/profile/own.html", context, status=422 if failed else 200)


def _near(request: HttpRequest, prefix: str) -> Any:
    """What might be meant by what is typed so far."""
    data = request.POST if request.method == "POST" else request.GET
    return suggest_skills(data.get(f"{prefix}-skill", "")[:120])
