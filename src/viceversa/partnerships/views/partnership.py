"""Pages of partnerships: one's own, and those of a programme for its coordinators."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from viceversa.design.tables import Column, headers
from viceversa.partnerships import rules
from viceversa.partnerships.actions import accept_partnership, decline_partnership
from viceversa.partnerships.forms.partnership import NEEDS_NEW_PARTNER, FindPartnerships
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.queries import (
    counts_by_state,
    partnership_for,
    partnerships_in,
    partnerships_of,
    streams_of,
)
from viceversa.partnerships.queries.agreement import facts_of
from viceversa.partnerships.queries.closing import looked_back
from viceversa.partnerships.queries.goals import shared_goals
from viceversa.partnerships.queries.lifecycle import ends_on, need_a_new_partner
from viceversa.partnerships.queries.path import path_of
from viceversa.partnerships.queries.portfolio import portfolios_of
from viceversa.partnerships.queries.side import side_of
from viceversa.partnerships.queries.training import training_missing
from viceversa.partnerships.rules import lifecycle
from viceversa.programmes.models import Enrolment, Programme
from viceversa.programmes.queries import coordinated_programme_for
from viceversa.toolkit import clock
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.http import actor_of
from viceversa.toolkit.languages import language_name
from viceversa.toolkit.paging import page_number, page_of

GOOD = frozenset({lifecycle.ACTIVE, lifecycle.COMPLETED})
COLUMNS = [
    Column("learner", gettext_lazy("Learner")),
    Column("adviser", gettext_lazy("Adviser")),
    Column("state", gettext_lazy("State")),
    Column("since", gettext_lazy("Proposed on"), numeric=True),
]


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    page = page_of(partnerships_of(actor), number=page_number(request.GET.get("page")))
    rows = [_row(partnership, actor) for partnership in page.rows]
    rows.sort(key=lambda row: not row["may_answer"])
    context = {"page": page, "rows": rows, "portfolios": portfolios_of(actor)}
    return render(request, "partnerships/partnership/list.html", context)


@require_GET
def detail(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    partnership = partnership_for(actor, key)
    context = _row(partnership, actor)
    context["path"] = path_of(
        partnership,
        facts_of(partnership),
        context["side"],
        training_missing(partnership),
        looked_back(partnership),
    )
    context["current"] = "overview"
    if context["side"]:
        context["streams"] = streams_of(partnership)
        context.update(_ways_on(partnership, context["side"]))
    else:
        context["shared"] = shared_goals(partnership)
    return render(request, "partnerships/partnership/detail.html", context)


def _ways_on(partnership: Partnership, side: str) -> dict[str, Any]:
    """What this person may do with the partnership itself."""
    partner = "adviser" if side == "learner" else "learner"
    may = {name: lifecycle.may(name, partnership.state) for name in ("pause", "resume", "close")}
    asked = may["close"] and partnership.is_asked_to_close
    return {
        "may": may,
        "i_wish_to_close": asked and partnership.wishes_to_close(side),
        "partner_wishes_to_close": asked and partnership.wishes_to_close(partner),
        "is_due": may["close"] and lifecycle.is_due(ends_on(partnership), clock.now().date()),
    }


@require_GET
def of_programme(request: HttpRequest, slug: str) -> HttpResponse:
    programme = coordinated_programme_for(actor_of(request), slug)
    form = FindPartnerships(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = partnerships_in(programme, state=wanted.get("state", ""), search=wanted.get("q", ""))
    if wanted.get("state") == NEEDS_NEW_PARTNER:
        found = need_a_new_partner(found)
    context = {
        "programme": programme,
        "form": form if form.is_bound else FindPartnerships(),
        "page": page_of(found, number=page_number(request.GET.get("page"))),
        "headers": headers(COLUMNS, query=request.GET),
        **_counts(programme),
        "good": GOOD,
        "is_about_alone": wanted.get("state") == NEEDS_NEW_PARTNER,
        "is_filtered": any(wanted.values()),
    }
    return render(request, "partnerships/partnership/of_programme.html", context)


def _counts(programme: Programme) -> dict[str, Any]:
    counts = counts_by_state(programme)
    return {
        "counts": counts,
        "preparing": counts[lifecycle.ACCEPTED] + counts[lifecycle.PREPARING],
        "finishing": counts[lifecycle.CLOSING] + counts[lifecycle.COMPLETED],
        "alone": need_a_new_partner(partnerships_in(programme)).count(),
    }


@require_POST
def accept(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    partnership = accept_partnership(
        partnership=partnership_for(actor, key), by=actor, now=clock.now()
    )
    messages.success(request, _("You said yes."))
    return redirect("partnerships:detail", key=partnership.key)


@require_POST
def decline(request: HttpRequest, key: str) -> HttpResponse:
    actor = actor_of(request)
    partnership = decline_partnership(
        partnership=partnership_for(actor, key), by=actor, now=clock.now()
    )
    messages.success(request, _("You said no. Nobody is told who did, or why."))
    return redirect("partnerships:detail", key=partnership.key)


def _row(partnership: Partnership, actor: Actor) -> dict[str, Any]:
    """The partnership as this person sees it: who is the partner, and whose answer is missing."""
    side = side_of(actor, partnership)
    mine = partnership.learner if side == "learner" else partnership.adviser
    partner = partnership.adviser if side == "learner" else partnership.learner
    answered = {
        "learner": partnership.learner_accepted_at,
        "adviser": partnership.adviser_accepted_at,
    }
    is_proposed = partnership.state == Partnership.State.PROPOSED
    said_yes = bool(side and answered[side])
    is_live = partnership.state in lifecycle.LIVE
    return {
        "partnership": partnership,
        "programme": partnership.programme,
        "side": side,
        "mine": mine,
        "partner": partner,
        "partner_role": "adviser" if side == "learner" else "learner",
        "said_yes": said_yes,
        "may_answer": bool(is_proposed and side and not said_yes),
        "is_live": bool(is_live and side),
        "has_written": bool(side and partnership.ring_id),
        "is_on_path": partnership.state in (*lifecycle.PATH, lifecycle.PAUSED),
        "waits": is_proposed and said_yes,
        "tone": "good" if partnership.state in GOOD else "",
        "next_at": partnership.next_at if is_live and side else None,
        "reason": rules.said_to(side or "", partnership.reason),
        "languages": _languages(partner),
    }


def _languages(enrolment: Enrolment) -> list[str]:
    """Names where we know them, else what was written."""
    return [language_name(code) for code in enrolment.languages or enrolment.person.languages]
