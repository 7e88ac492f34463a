"""Prepare in two minutes, and the agenda that grows out of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from viceversa.meetings.actions.agenda import draft_again, set_agenda
from viceversa.meetings.actions.ideas import take_up_idea
from viceversa.meetings.actions.preparation import prepare as give_preparation
from viceversa.meetings.forms.content import AgendaForm, PrepareForm, drawn_up, prepared
from viceversa.meetings.queries.content import HalfHour
from viceversa.meetings.queries.material import Ground, ground_of
from viceversa.meetings.queries.promises import today_at
from viceversa.meetings.rules.words import Preparing
from viceversa.meetings.rules.writing import wrong_with_preparing
from viceversa.meetings.views.frame import (
    explaining_context,
    half_hour_context,
    knowing_in_words,
    load,
    timed,
    titles_of,
)
from viceversa.partnerships.queries.ideas import ideas_for
from viceversa.partnerships.rules.lifecycle import LIVE
from viceversa.toolkit import clock
from viceversa.toolkit.errors import NotFound
from viceversa.toolkit.http import actor_of


@require_http_methods(["GET", "POST"])
def prepare(request: HttpRequest, key: str, meeting: str) -> HttpResponse:
    half_hour = load(request, key, meeting)
    now = clock.now()
    form = PrepareForm(half_hour.seat.side, request.POST or None)
    if request.method == "POST" and form.is_valid():
        give_preparation(
            meeting=half_hour.meeting, words=form.words(), by=actor_of(request), now=now
        )
        messages.success(
            request, _("Saved. %(name)s can read it now.") % {"name": half_hour.seat.partner.name}
        )
        return redirect("meetings:prepare", key=key, meeting=meeting)
    ground = ground_of(half_hour, today=today_at(half_hour.seat, now))
    if not form.is_bound:
        mine = ground.mine.words or Preparing()
        form = PrepareForm(half_hour.seat.side, initial=prepared(mine))
    context = {**half_hour_context(half_hour, now=now), **_ground_context(half_hour, ground)}
    status = 422 if form.errors else 200
    return render(request, "meetings/prepare/page.html", {**context, "form": form}, status=status)


def _ground_context(half_hour: HalfHour, ground: Ground) -> dict[str, Any]:
    return {
        "ground": ground,
        **explaining_context(ground.goals),
        "ideas": _ideas(half_hour, ground),
        "agenda": timed(ground.slots, half_hour),
        "theirs_knows": knowing_in_words(ground.theirs.words),
    }


def _ideas(half_hour: HalfHour, ground: Ground) -> list[dict[str, Any]]:
    """Before the first half hour only, as long as it can be prepared."""
    seat, state = half_hour.seat, half_hour.meeting.state
    may_prepare = wrong_with_preparing(state) is None and seat.partnership.state in LIVE
    if not (half_hour.is_first and seat.can_open and may_prepare):
        return []
    mine = ground.mine.words or Preparing()
    lines = {line for slot in ground.slots for line in slot.lines}
    if not seat.is_learner:
        lines = {mine.hands_on, *mine.ideas.splitlines()}
    return [{"idea": idea, "is_taken": idea.text in lines} for idea in ideas_for(seat.partnership)]


@require_POST
def idea(request: HttpRequest, key: str, meeting: str, idea: str) -> HttpResponse:
    half_hour = load(request, key, meeting)
    take_up_idea(meeting=half_hour.meeting, code=idea, by=actor_of(request), now=clock.now())
    messages.success(
        request,
        _("It stands in your agenda now.")
        if half_hour.seat.is_learner
        else _("Prepared. %(name)s can read it now.") % {"name": half_hour.seat.partner.name},
    )
    return redirect("meetings:prepare", key=key, meeting=meeting)


@require_http_methods(["GET", "POST"])
def agenda(request: HttpRequest, key: str, meeting: str) -> HttpResponse:
    """The learner's. For the adviser there is nothing to change here."""
    half_hour = load(request, key, meeting)
    if not half_hour.seat.is_learner:
        raise NotFound(_("There is nothing here, or it is not yours to change."))
    now = clock.now()
    titles, minutes = titles_of(half_hour.seat), half_hour.meeting.minutes
    form = AgendaForm(request.POST or None, titles=titles, of=minutes)
    if request.method == "POST" and form.is_valid():
        set_agenda(meeting=half_hour.meeting, slots=form.slots(), by=actor_of(request), now=now)
        messages.success(request, _("This is your agenda now."))
        return redirect("meetings:prepare", key=key, meeting=meeting)
    if not form.is_bound:
        ground = ground_of(half_hour, today=today_at(half_hour.seat, now))
        form = AgendaForm(initial=drawn_up(ground.slots), titles=titles, of=minutes)
    context = {**half_hour_context(half_hour, now=now), "form": form}
    status = 422 if form.errors else 200
    return render(request, "meetings/prepare/agenda.html", context, status=status)


@require_POST
def again(request: HttpRequest, key: str, meeting: str) -> HttpResponse:
    half_hour = load(request, key, meeting)
    draft_again(meeting=half_hour.meeting, by=actor_of(request), now=clock.now())
    messages.success(request, _("The agenda is drafted anew from what you both prepared."))
    return redirect("meetings:prepare", key=key, meeting=meeting)
