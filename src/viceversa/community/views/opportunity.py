"""The board of projects, roles and working groups."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from viceversa.community.actions import opportunity as actions
from viceversa.community.forms.opportunity import (
    InterestForm,
    OpportunityFilterForm,
    OpportunityForm,
)
from viceversa.community.permissions import check_coordinates
from viceversa.community.queries.opportunity import (
    interests_in,
    opportunities_for,
    opportunity_for,
    shown,
    took_part,
)
from viceversa.community.views.frame import frame, member_of
from viceversa.community.views.reason import ask_why
from viceversa.people.models import Person
from viceversa.toolkit import clock
from viceversa.toolkit.errors import NotFound
from viceversa.toolkit.http import actor_of
from viceversa.toolkit.paging import page_number, page_of


def _today() -> date:
    return clock.now().date()


@require_GET
def index(request: HttpRequest, slug: str) -> HttpResponse:
    member, today = member_of(request, slug), _today()
    form = OpportunityFilterForm(request.GET)
    form.is_valid()
    which, kind = form.cleaned_data.get("which", ""), form.cleaned_data.get("kind", "")
    found = opportunities_for(member, which=which, kind=kind, today=today)
    page = page_of(found, number=page_number(request.GET.get("page")))
    lowest, most = took_part(member.programme)
    context = {
        **frame(member, "opportunities"),
        "form": form,
        "page": page,
        "rows": shown(member, page.rows, today=today),
        "is_filtered": bool(which or kind),
        "lowest": lowest,
        "most": most,
    }
    return render(request, "community/opportunity/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, slug: str) -> HttpResponse:
    member = member_of(request, slug)
    form = OpportunityForm(request.POST or None, today=_today())
    if request.method == "POST" and form.is_valid():
        opportunity = actions.post_opportunity(
            programme=member.programme,
            post=actions.Post(**form.cleaned_data),
            by=actor_of(request),
            now=clock.now(),
        )
        messages.success(request, _("On the board. Whoever is interested tells you alone."))
        return redirect("community:opportunity", slug=slug, opportunity=opportunity.key)
    context = {**frame(member, "opportunities"), "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "community/opportunity/new.html", context, status=status)


@require_http_methods(["GET", "POST"])
def detail(request: HttpRequest, slug: str, opportunity: str) -> HttpResponse:
    """What it is; the poster sees who is interested, an adviser the way to say so."""
    member = member_of(request, slug)
    found = opportunity_for(member, opportunity)
    form = InterestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        note = form.cleaned_data["note"]
        actions.show_interest(opportunity=found, note=note, by=actor_of(request), now=clock.now())
        messages.success(request, _("Only the poster knows. You can take it back."))
        return redirect("community:opportunity", slug=slug, opportunity=opportunity)
    row = shown(member, [found], today=_today())[0]
    context = {
        **frame(member, "opportunities"),
        "opportunity": found,
        "row": row,
        "interests": interests_in(found) if row.is_mine else [],
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "community/opportunity/opportunity.html", context, status=status)


@require_POST
def take_back(request: HttpRequest, slug: str, opportunity: str) -> HttpResponse:
    found = opportunity_for(member_of(request, slug), opportunity)
    actions.take_interest_back(opportunity=found, by=actor_of(request), now=clock.now())
    messages.success(request, _("Taken back."))
    return redirect("community:opportunity", slug=slug, opportunity=opportunity)


@require_POST
def close(request: HttpRequest, slug: str, opportunity: str) -> HttpResponse:
    found = opportunity_for(member_of(request, slug), opportunity)
    actions.close_opportunity(opportunity=found, by=actor_of(request), now=clock.now())
    messages.success(request, _("Closed. You can still say what came of it."))
    return redirect("community:opportunity", slug=slug, opportunity=opportunity)


@require_POST
def outcome(request: HttpRequest, slug: str, opportunity: str) -> HttpResponse:
    found = opportunity_for(member_of(request, slug), opportunity)
    person = Person.objects.filter(key=request.POST.get("person", "")).first()
    if person is None:
        raise NotFound(_("There is nobody of that name any more."))
    said = request.POST.get("outcome", "")
    actions.say_outcome(
        opportunity=found, person=person, outcome=said, by=actor_of(request), now=clock.now()
    )
    messages.success(request, _("Noted. They are told, and it is counted without names."))
    return redirect("community:opportunity", slug=slug, opportunity=opportunity)


@require_http_methods(["GET", "POST"])
def hide(request: HttpRequest, slug: str, opportunity: str) -> HttpResponse:
    member, actor = member_of(request, slug), actor_of(request)
    found = opportunity_for(member, opportunity)
    check_coordinates(actor, member.programme)
    return ask_why(
        request,
        "community/opportunity/hide.html",
        {**frame(member, "opportunities"), "opportunity": found},
        give=lambda reason: actions.hide_opportunity(
            opportunity=found, reason=reason, by=actor, now=clock.now()
        ),
        done=_("Hidden. The author reads your reason."),
        back=redirect("community:opportunities", slug=slug),
    )


@require_POST
def show_again(request: HttpRequest, slug: str, opportunity: str) -> HttpResponse:
    found = opportunity_for(member_of(request, slug), opportunity)
    actions.show_opportunity_again(opportunity=found, by=actor_of(request), now=clock.now())
    messages.success(request, _("Shown to everyone again."))
    return redirect("community:opportunity", slug=slug, opportunity=opportunity)
