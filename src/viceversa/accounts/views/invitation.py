from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from viceversa.accounts.actions import (
    accept_invitation,
    invite_people,
    invite_person,
    withdraw_invitation,
)
from viceversa.accounts.forms import AcceptInvitation, Search
from viceversa.accounts.models import User
from viceversa.accounts.permissions import check_can_invite
from viceversa.accounts.queries import (
    invitation_by_link,
    open_invitation_by_id,
    open_invitations,
    people_without_account,
)
from viceversa.accounts.views.tabs import account_tabs
from viceversa.design.tables import Column, headers
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of
from viceversa.toolkit.paging import page_number, page_of

INVITED = [Column("name", _("Name")), Column("sent", _("Sent")), Column("until", _("Good until"))]
WITHOUT = [Column("name", _("Name")), Column("title", _("Title"))]
AT_ONCE = 1000
BACKEND = "viceversa.accounts.backend.Backend"


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    check_can_invite(actor)
    form = Search(request.GET)
    found = open_invitations(search=form.words())
    context = {
        "page": page_of(found, number=page_number(request.GET.get("page"))),
        "form": form,
        "headers": headers([*INVITED, Column("do", _("Actions"), hidden=True)], query=request.GET),
        "tabs": account_tabs(actor, "invitations"),
        "now": clock.now(),
    }
    return render(request, "accounts/invitation/list.html", context)


@require_GET
def without(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    check_can_invite(actor)
    form = Search(request.GET)
    found = people_without_account(search=form.words())
    context = {
        "page": page_of(found, number=page_number(request.GET.get("page"))),
        "form": form,
        "words": form.words(),
        "headers": headers(WITHOUT, query=request.GET),
        "tabs": account_tabs(actor, "without"),
        "at_once": AT_ONCE,
    }
    return render(request, "accounts/invitation/without.html", context)


@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Those who are ticked, or with `everybody` all whom the search finds."""
    actor = actor_of(request)
    check_can_invite(actor)
    people = people_without_account(search=request.POST.get("q", "").strip())
    if "everybody" not in request.POST:
        people = people.filter(key__in=request.POST.getlist("person"))
    outcome = invite_people(people=people[:AT_ONCE], by=actor, now=clock.now())
    number = len(outcome.invitations)
    if number:
        text = ngettext(
            "%(n)s invitation is on its way.", "%(n)s invitations are on their way.", number
        )
        messages.success(request, text % {"n": number})
    else:
        messages.info(request, _("Nobody was ticked, so nobody was invited."))
    for sentence in list(outcome.left_out.values())[:5]:
        messages.warning(request, sentence)
    return redirect("accounts:without")


@require_POST
def again(request: HttpRequest, invitation_id: int) -> HttpResponse:
    actor = actor_of(request)
    check_can_invite(actor)
    person = open_invitation_by_id(invitation_id).person
    invite_person(person=person, by=actor, now=clock.now())
    messages.success(
        request, _("%(name)s gets a new link; the old one is dead.") % {"name": person.name}
    )
    return redirect("accounts:invitations")


@require_POST
def withdraw(request: HttpRequest, invitation_id: int) -> HttpResponse:
    actor = actor_of(request)
    check_can_invite(actor)
    invitation = open_invitation_by_id(invitation_id)
    withdraw_invitation(invitation=invitation, by=actor, now=clock.now())
    name = invitation.person.name
    messages.success(request, _("The invitation of %(name)s is withdrawn.") % {"name": name})
    return redirect("accounts:invitations")


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Opening the page uses nothing up; sending it does."""
    invitation = invitation_by_link(secret)
    now = clock.now()
    if invitation is None or not invitation.is_open(now):
        return render(request, "accounts/invitation/dead.html", status=404)
    person = invitation.person
    form = AcceptInvitation(User(email=person.email or ""), request.POST or None)
    if not form.is_valid():
        context = {"form": form, "person": person}
        status = 422 if form.is_bound else 200
        return render(request, "accounts/invitation/accept.html", context, status=status)
    user = accept_invitation(secret=secret, password=form.cleaned_data["password"], now=now)
    login(request, user, backend=BACKEND)
    messages.success(request, _("Welcome, %(name)s.") % {"name": person.name})
    return redirect("/")
