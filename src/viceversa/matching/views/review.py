"""The review of a round: figures, pairs, and answers to “why” and “why not”."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from viceversa.design.scores import Part
from viceversa.design.tables import Column, headers
from viceversa.matching.forms.round import FindPairs, WeightsForm, initial_of
from viceversa.matching.models import Round
from viceversa.matching.queries.pairs import Pair, pair_for, pairs_page
from viceversa.matching.queries.round import BEST_FIRST, ORDERS, first_left
from viceversa.matching.queries.why import alternatives_of, asking_for, why_not
from viceversa.matching.queries.wishes import changed_since, wished_pairs
from viceversa.matching.rules import round as rules
from viceversa.matching.rules.asking import links_of
from viceversa.matching.rules.words import PARTS, RULES, TONES, out_of, points
from viceversa.matching.views.frame import address, frame
from viceversa.matching.views.keeping import keeping_of
from viceversa.matching.views.trying import is_live_round
from viceversa.toolkit import clock
from viceversa.toolkit.paging import Page, page_number

COLUMNS = [
    Column("learner", gettext_lazy("Learner"), sortable=True),
    Column("adviser", gettext_lazy("Adviser"), sortable=True),
    Column("why", gettext_lazy("Why")),
    Column("score", gettext_lazy("Score"), sortable=True),
    Column("actions", gettext_lazy("Actions"), hidden=True),
]
FULL = 10_000
WISHES_SHOWN = 20


def review_page(request: HttpRequest, round_: Round) -> HttpResponse:
    form = FindPairs(request.GET or None)
    wanted = form.cleaned_data if form.is_valid() else {}
    order = request.GET.get("order", "")
    order = order if order in ORDERS else BEST_FIRST
    page = _page(round_, wanted, order, page_number(request.GET.get("page")))
    chosen = pair_for(round_, request.GET.get("pair", "")) or next(iter(page.rows), None)
    wished = wished_pairs(round_)
    wishes = {wish.ids: wish.kind for wish in wished}
    waiting = changed_since(round_, wished)
    to_pair, asking = _to_pair(request), asking_for(round_, request.GET)
    context = {
        **frame(round_, clock.now()),
        **_strip(round_),
        "form": form,
        "page": page,
        "rows": [_row(pair, wishes, chosen) for pair in page.rows],
        "links": links_of(to_pair, (chosen.pk, chosen.learner.key) if chosen else None, asking),
        "asking": asking,
        "headers": headers(COLUMNS, order=order, query=request.GET),
        "is_filtered": any(wanted.values()),
        "chosen": _chosen(chosen, to_pair) if chosen else None,
        "answer": why_not(round_, request.GET, wishes),
        "asked": {key: request.GET.get(key, "") for key in ("who", "whom")},
        "wished": wished[:WISHES_SHOWN],
        "waiting": waiting,
        "left": first_left(round_),
        "may_wish": rules.may_wish(round_.state),
        "may_publish": rules.may_publish(round_.state) and not waiting,
        "may_undo": rules.may_undo(round_.state),
        "fair": _fairness(round_.fairness),
        **_trying(round_),
    }
    return render(request, "matching/round/review.html", context)


def _trying(round_: Round) -> dict[str, Any]:
    """The weights to move, as long as the round can still be changed."""
    may_try = rules.may_publish(round_.state)
    form = WeightsForm(initial=initial_of(round_.settings)) if may_try else None
    return {
        "may_try": may_try,
        "ask": address(round_, "try"),
        "is_live": is_live_round(round_),
        "weights": list(form) if form else [],
        "keeping": keeping_of(round_),
    }


def _page(round_: Round, wanted: dict[str, Any], order: str, number: int) -> Page:
    return pairs_page(
        round_,
        number=number,
        order=order,
        search=wanted.get("q", ""),
        unit=wanted.get("unit", ""),
        level=int(wanted["level"]) if wanted.get("level") else None,
        weak=wanted.get("show") == "weak",
        pinned=wanted.get("show") == "pinned",
    )


def _to_pair(request: HttpRequest) -> str:
    """The address of this list with another pair chosen, but for the pair's number."""
    kept = request.GET.copy()
    for key in ("pair", "learner", "adviser", "who", "whom"):
        kept.pop(key, None)
    return f"?{kept.urlencode()}&pair=" if kept else "?pair="


def parts_of(parts: dict[str, int]) -> list[Part]:
    """The parts of the score for the bar, in the order of the engine."""
    return [
        Part(PARTS.get(name, name), worth / FULL, TONES.get(name, "plain"))
        for name, worth in parts.items()
        if worth
    ]


def _row(pair: Pair, wishes: dict[tuple[int, int], str], chosen: Pair | None) -> dict[str, Any]:
    return {
        "pk": pair.pk,
        "learner": pair.learner,
        "adviser": pair.adviser,
        "teaches": pair.teaches,
        "parts": parts_of(pair.parts),
        "score": points(pair.score),
        "around": _around(pair),
        "wish": wishes.get(pair.ids, ""),
        "is_chosen": chosen is not None and pair.pk == chosen.pk,
    }


def _around(pair: Pair) -> str:
    """What the reason says beside the skills: other unit; same place; 8.5 shared hours a day."""
    if not pair.teaches:
        return pair.reason
    return pair.reason.partition("; ")[2].rstrip(".")


def _chosen(pair: Pair, to_pair: str) -> dict[str, Any]:
    others = alternatives_of(pair.pk)
    for row in others["learner_alternatives"]:
        row["asking"] = f"learner={pair.learner.key}&adviser={row['key']}"
    for row in others["adviser_alternatives"]:
        row["asking"] = f"learner={row['key']}&adviser={pair.adviser.key}"
    return {
        "pk": pair.pk,
        "learner": pair.learner,
        "adviser": pair.adviser,
        "reason": pair.reason,
        "parts": parts_of(pair.parts),
        "score": points(pair.score),
        "address": f"{to_pair}{pair.pk}",
        **others,
    }


def _strip(round_: Round) -> dict[str, Any]:
    """The four figures above the table, each with what it means."""
    summary = round_.summary
    uncovered = summary["learners"] - summary["covered"]
    further, wanted = summary["further"], summary["further_wanted"]
    return {
        "summary": summary,
        "uncovered": uncovered,
        "covered": out_of(summary["covered"], summary["learners"]),
        "further": out_of(further, wanted) if wanted else "–",
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
