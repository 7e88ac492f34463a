"""Coming in by a link, and answering an invitation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from viceversa.programmes.actions import (
    accept_invitation,
    decline_invitation,
    join_programme,
    withdraw_enrolment,
)
from viceversa.programmes.forms import RolesForm
from viceversa.programmes.models import Enrolment, Programme
from viceversa.programmes.permissions import check_is_person
from viceversa.programmes.queries import (
    enrolment_of,
    programme_by_link,
    programme_for,
    sponsors_of,
)
from viceversa.programmes.rules.lifecycle import people_may_join
from viceversa.programmes.views.frame import signer
from viceversa.toolkit import clock
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotFound
from viceversa.toolkit.http import actor_of

State = Enrolment.State


@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    check_is_person(actor)
    programme = programme_by_link(key)
    form = RolesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _join(request, programme, form, actor)
    context = {
        "programme": programme,
        "form": form,
        "enrolment": enrolment_of(actor, programme),
        "signer": signer(programme, list(sponsors_of(programme)[:1])),
        "is_open": people_may_join(programme.state, programme.mode),
    }
    status = 422 if form.errors else 200
    return render(request, "programmes/joining/join.html", context, status=status)


def _join(
    request: HttpRequest, programme: Programme, form: RolesForm, actor: Actor
) -> HttpResponse:
    now = clock.now()
    enrolment = join_programme(
        programme=programme,
        is_learner=form.cleaned_data["is_learner"],
        is_adviser=form.cleaned_data["is_adviser"],
        by=actor,
        now=now,
        today=now.date(),
    )
    if enrolment.state == State.WAITING:
        messages.success(request, _("All places are taken. You are on the waiting list."))
        return redirect("programmes:detail", slug=programme.slug)
    messages.success(request, _("You are in. Two minutes on your part, and you are done."))
    return redirect("programmes:my_part", slug=programme.slug)


@require_POST
def answer(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    enrolment = own_enrolment(actor, slug)
    if request.POST.get("answer") == "yes":
        accept_invitation(enrolment=enrolment, by=actor, now=clock.now())
        messages.success(request, _("You said yes. Two minutes on your part, and you are done."))
        return redirect("programmes:my_part", slug=slug)
    decline_invitation(enrolment=enrolment, by=actor, now=clock.now())
    messages.success(request, _("You said no. Nobody asks why."))
    return redirect("programmes:detail", slug=slug)


@require_POST
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    actor = actor_of(request)
    withdraw_enrolment(enrolment=own_enrolment(actor, slug), by=actor, now=clock.now())
    messages.success(request, _("You no longer take part. Nobody asks why."))
    return redirect("programmes:detail", slug=slug)


def own_enrolment(actor: Actor, slug: str) -> Enrolment:
    enrolment = enrolment_of(actor, programme_for(actor, slug))
    if enrolment is None:
        raise NotFound(_("You do not take part in this programme."))
    return enrolment
