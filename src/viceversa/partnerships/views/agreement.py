"""The agreement as a conversation for two: apart, side by side, together."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from viceversa.partnerships.actions.agreement import (
    answer_step,
    hand_in,
    put_agreement_together,
    reply_to_outcomes,
)
from viceversa.partnerships.forms.agreement import Replies
from viceversa.partnerships.forms.agreement_section import form_apart
from viceversa.partnerships.queries.agreement import answers_of, part_of
from viceversa.partnerships.queries.agreement_page import Overview, overview_of
from viceversa.partnerships.queries.ideas import ideas_for
from viceversa.partnerships.queries.own_answers import asks_confidence
from viceversa.partnerships.queries.path import path_of
from viceversa.partnerships.queries.seat import Seat, seat_for
from viceversa.partnerships.queries.side_by_side import folded, rows_of
from viceversa.partnerships.queries.terms_in_words import differences, granted, in_sections
from viceversa.partnerships.rules import agreement as rules
from viceversa.partnerships.rules.terms import Terms
from viceversa.partnerships.rules.together import outcomes_with
from viceversa.toolkit import clock
from viceversa.toolkit.errors import NotFound
from viceversa.toolkit.http import actor_of
from viceversa.vault.rules.envelope import Broken

STEPS = {
    "you": gettext_lazy("You"),
    "aims": gettext_lazy("Aims"),
    "leave": gettext_lazy("Permission"),
    "trust": gettext_lazy("Confidentiality"),
    "meet": gettext_lazy("When and where"),
    "back": gettext_lazy("Giving back"),
}
PHASES = {
    "apart": gettext_lazy("Answer apart"),
    "replying": gettext_lazy("Side by side"),
    "together": gettext_lazy("Put together"),
    "signing": gettext_lazy("Sign"),
    "holds": gettext_lazy("It holds"),
}
View = Callable[..., HttpResponse]


def with_key(view: View) -> View:
    """The page for one of the two, or a page that says that one holds no key."""

    @wraps(view)
    def seated(request: HttpRequest, key: str, **kwargs: Any) -> HttpResponse:
        seat = seat_for(actor_of(request), key)
        if seat.partnership.ring is None:
            raise NotFound(_("The agreement begins once both of you have said yes."))
        if not seat.can_open:
            context = {**frame(seat), "can_open": False}
            return render(request, "partnerships/agreement/closed.html", context, status=403)
        try:
            return view(request, seat, **kwargs)
        except Broken:
            return render(request, "partnerships/agreement/broken.html", frame(seat), status=409)

    return seated


@require_GET
@with_key
def page(request: HttpRequest, seat: Seat) -> HttpResponse:
    return render(request, "partnerships/agreement/page.html", page_context(seat))


def page_context(seat: Seat, *, seen: Terms | None = None) -> dict[str, Any]:
    """`seen` is what the reader had before them when it was changed in between."""
    overview = overview_of(seat)
    context = {
        **frame(seat),
        "overview": overview,
        "steps": phases(overview.stage),
        "is_open": seat.partnership.state in rules.SIGNING,
        "asks_confidence": asks_confidence(seat),
    }
    if overview.stage == "apart":
        context.update(_apart(overview), ideas=ideas_for(seat.partnership))
    elif overview.stage in {"replying", "together"}:
        rows = rows_of(overview)
        context["rows"] = [row for row in rows if row.is_first]
        context["folds"] = folded(rows)
        context["same"] = [row for row in rows if row.is_same]
    else:
        context.update(_document(overview, seen))
    return context


def frame(seat: Seat) -> dict[str, Any]:
    """What every page of the agreement needs."""
    return {
        "seat": seat,
        "partnership": seat.partnership,
        "programme": seat.partnership.programme,
        "side": seat.side,
        "me": seat.me,
        "partner": seat.partner,
        "current": "agreement",
    }


def phases(stage: str) -> list[dict[str, Any]]:
    codes = list(PHASES)
    here = codes.index(stage)
    return [
        {"label": PHASES[code], "url": "", "state": _state(number, here, stage)}
        for number, code in enumerate(codes)
    ]


def _state(number: int, here: int, stage: str) -> str:
    if number < here or stage == "holds":
        return "done"
    return "current" if number == here else "todo"


def _apart(overview: Overview) -> dict[str, Any]:
    seat = overview.seat
    mine = rules.STEPS[seat.side]
    other = next(side for side in rules.SIDES if side != seat.side)
    needed = rules.NEEDED[seat.side]
    return {
        "todo": [
            {
                "step": step,
                "label": STEPS[step],
                "is_done": step in overview.mine,
                "is_needed": step in needed,
            }
            for step in mine
        ],
        "ready": needed <= overview.mine.keys(),
        "next_step": next((step for step in mine if step not in overview.mine), mine[0]),
        "partner_begun": other in overview.facts.begun,
        "partner_handed_in": other in overview.facts.handed_in,
        "path": path_of(seat.partnership, overview.facts, seat.side),
    }


def _document(overview: Overview, seen: Terms | None) -> dict[str, Any]:
    """The current version, with what differs from the one signed before or the one just seen."""
    terms = overview.current_terms
    if terms is None:
        return {}
    before = (seen or overview.signed_terms) if overview.draft else None
    return {
        "terms": terms,
        "granted": granted(terms.permission),
        "sections": in_sections(terms, before),
        "changes": differences(before, terms) if before else [],
        "before": before,
    }


@require_http_methods(["GET", "POST"])
@with_key
def step(request: HttpRequest, seat: Seat, step: str) -> HttpResponse:
    """One step of one's own side."""
    part = part_of(seat.partnership, seat.side)
    posted = request.POST if request.method == "POST" else None
    form = form_apart(seat, step, posted, today=clock.now().date())
    if part is not None and part.handed_in_at:
        return redirect("partnerships:agreement", key=seat.partnership.key)
    known = answers_of(seat, part)
    may_hand_in = _is_last(seat, step) and rules.NEEDED[seat.side] <= {*known, step}
    if request.method == "POST" and form.is_valid():
        answer_step(
            partnership=seat.partnership,
            step=step,
            answers=form.answers(),
            by=actor_of(request),
            now=clock.now(),
        )
        if may_hand_in and "hand_in" in request.POST:
            return _handed_in(request, seat)
        return _after(seat, step, {*known, step})
    context = {
        **frame(seat),
        "form": form,
        "step": step,
        "title": STEPS[step],
        "steps": _own_steps(seat, step, set(known)),
        "is_last": _is_last(seat, step),
        "may_hand_in": may_hand_in,
    }
    status = 422 if form.is_bound else 200
    return render(request, "partnerships/agreement/step.html", context, status=status)


def _is_last(seat: Seat, step: str) -> bool:
    return step == rules.STEPS[seat.side][-1]


def _own_steps(seat: Seat, here: str, known: set[str]) -> list[dict[str, Any]]:
    return [
        {
            "label": STEPS[code],
            "url": reverse("partnerships:agreement_step", args=[seat.partnership.key, code]),
            "state": "current" if code == here else "done" if code in known else "todo",
        }
        for code in rules.STEPS[seat.side]
    ]


def _after(seat: Seat, step: str, known: set[str]) -> HttpResponse:
    """On to the next open step, else back to the overview."""
    mine = rules.STEPS[seat.side]
    later = [code for code in mine[mine.index(step) + 1 :] if code not in known]
    if later:
        return redirect("partnerships:agreement_step", key=seat.partnership.key, step=later[0])
    return redirect("partnerships:agreement", key=seat.partnership.key)


@require_POST
@with_key
def give(request: HttpRequest, seat: Seat) -> HttpResponse:
    return _handed_in(request, seat)


def _handed_in(request: HttpRequest, seat: Seat) -> HttpResponse:
    hand_in(partnership=seat.partnership, by=actor_of(request), now=clock.now())
    messages.success(request, _("Handed in. You read each other's answers once both are in."))
    return redirect("partnerships:agreement", key=seat.partnership.key)


@require_http_methods(["GET", "POST"])
@with_key
def replies(request: HttpRequest, seat: Seat) -> HttpResponse:
    """How far the adviser can help with each outcome."""
    overview = overview_of(seat)
    if seat.is_learner or overview.stage not in {"replying", "together"}:
        return redirect("partnerships:agreement", key=seat.partnership.key)
    outcomes = outcomes_with(overview.theirs, overview.mine)
    form = Replies(outcomes, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reply_to_outcomes(
            partnership=seat.partnership,
            replies=form.replies(),
            by=actor_of(request),
            now=clock.now(),
        )
        messages.success(request, _("Said. Now put the agreement together."))
        return redirect("partnerships:agreement", key=seat.partnership.key)
    context = {**frame(seat), "form": form, "pairs": form.pairs()}
    status = 422 if form.is_bound else 200
    return render(request, "partnerships/agreement/replies.html", context, status=status)


@require_POST
@with_key
def together(request: HttpRequest, seat: Seat) -> HttpResponse:
    put_agreement_together(partnership=seat.partnership, by=actor_of(request), now=clock.now())
    messages.success(request, _("One draft of both. Change what does not fit, then sign."))
    return redirect("partnerships:agreement", key=seat.partnership.key)
