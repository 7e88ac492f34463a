"""The review of a round: figures, pairs, and answers to “why” and “why not”."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.design.scores import Part
from viceversa.design.tables import Column, headers
from viceversa.matching.forms.round import FindPairs
from viceversa.matching.models import Proposal, Round
from viceversa.matching.queries.round import (
    BEST_FIRST,
    ORDERS,
    proposals_of,
    unmatched_of,
    wished_pairs,
    wishes_of,
)
from viceversa.matching.queries.why import alternatives_of, chosen_proposal, why_not
from viceversa.matching.queries.wishes import wishes_since
from viceversa.matching.rules import round as rules
from viceversa.matching.rules.words import PARTS, RULES, TONES, points
from viceversa.matching.views.frame import frame
from viceversa.toolkit import clock
from viceversa.toolkit.paging import page_number, page_of

COLUMNS = [
    Column("learner", gettext_lazy("Learner"), sortable=True),
    Column("adviser", gettext_lazy("Adviser"), sortable=True),
    Column("why", gettext_lazy("Why")),
    Column("score", gettext_lazy("Score"), sortable=True),
    Column("actions", gettext_lazy("Actions"), hidden=True),
]
FULL = 10_000
UNMATCHED_SHOWN = 3


def review_page(request: HttpRequest, round_: Round) -> HttpResponse:
    form = FindPairs(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    order = request.GET.get("order", "")
    order = order if order in ORDERS else BEST_FIRST
    page = page_of(_found(round_, wanted, order), number=page_number(request.GET.get("page")))
    chosen = chosen_proposal(round_, request.GET.get("pair", "")) or next(iter(page.rows), None)
    wishes = wishes_of(round_)
    waiting = wishes_since(round_)
    context = {
        **frame(round_, clock.now()),
        **_strip(round_),
        "form": form,
        "page": page,
        "rows": [_row(proposal, wishes, chosen) for proposal in page.rows],
        "headers": headers(COLUMNS, order=order, query=request.GET),
        "is_filtered": any(wanted.values()),
        "chosen": _chosen(round_, chosen, wishes) if chosen else None,
        "answer": why_not(round_, request.GET, wishes),
        "asked": {key: request.GET.get(key, "") for key in ("who", "whom")},
        "wished": list(wished_pairs(round_)[:20]),
        "waiting": waiting,
        "left": list(unmatched_of(round_, role="learner")[:UNMATCHED_SHOWN]),
        "may_wish": rules.may_wish(round_.state),
        "may_publish": rules.may_publish(round_.state) and not waiting,
        "may_undo": rules.may_undo(round_.state),
        "fair": _fairness(round_.fairness),
    }
    return render(request, "matching/round/review.html", context)


def _found(round_: Round, wanted: dict[str, Any], order: str) -> Any:
    return proposals_of(
        round_,
        search=wanted.get("q", ""),
        unit=wanted.get("unit"),
        level=wanted.get("level"),
        weak=wanted.get("show") == "weak",
        pinned=wanted.get("show") == "pinned",
        order=order,
    )


def parts_of(proposal: Proposal) -> list[Part]:
    """The parts of the score for the bar, in the order of the engine."""
    return [
        Part(PARTS.get(name, name), worth / FULL, TONES.get(name, "plain"))
        for name, worth in proposal.parts.items()
        if worth
    ]


def _row(
    proposal: Proposal, wishes: dict[tuple[int, int], str], chosen: Proposal | None
) -> dict[str, Any]:
    return {
        "proposal": proposal,
        "learner": proposal.learner,
        "adviser": proposal.adviser,
        "parts": parts_of(proposal),
        "score": points(proposal.score),
        "around": _around(proposal),
        "wish": wishes.get((proposal.learner_id, proposal.adviser_id), ""),
        "is_chosen": chosen is not None and proposal.pk == chosen.pk,
    }


def _around(proposal: Proposal) -> str:
    """What the reason says beside the skills: other unit; same place; 8.5 shared hours a day."""
    if not proposal.teaches:
        return proposal.reason
    return proposal.reason.partition("; ")[2].rstrip(".")


def _chosen(
    round_: Round, proposal: Proposal, wishes: dict[tuple[int, int], str]
) -> dict[str, Any]:
    return {**_row(proposal, wishes, proposal), **alternatives_of(proposal)}


def _strip(round_: Round) -> dict[str, Any]:
    """The four figures above the table, each with what it means."""
    summary = round_.summary
    uncovered = summary["learners"] - summary["covered"]
    further, wanted = summary["further"], summary["further_wanted"]
    return {
        "summary": summary,
        "uncovered": uncovered,
        "covered": _("%(covered)s of %(learners)s") % summary,
        "further": _("%(further)s of %(further_wanted)s") % summary if wanted else "–",
        "further_missing": wanted - further,
        "floor": points(summary["floor"]),
        "removed": [
            {"label": RULES.get(name, name), "count": count}
            for name, count in sorted(summary["removed"].items(), key=lambda row: -row[1])
            if count
        ],
    }


def _fairness(report: dict[str, Any]) -> dict[str, Any]:
    """Columns of the picture in a box 200 by 60, and the same figures for the table."""
    counts: list[int] = report.get("histogram", [])
    most = max(counts, default=0) or 1
    columns = [
        {
            "x": 20 * at + 1,
            "height": round(56 * count / most, 1),
            "y": round(58 - 56 * count / most, 1),
            "label": f"{points(1000 * at)}–{points(1000 * (at + 1))}",
            "count": count,
        }
        for at, count in enumerate(counts)
    ]
    quartiles = report.get("quartiles", [])
    return {
        "columns": columns,
        "middle": points(quartiles[2]) if quartiles else "",
        "ceiling": report.get("share_of_ceiling", [])[:1],
        "envy": report.get("envy", 0),
        "left_out_before": report.get("left_out_before", {}),
    }
