"""The page of results, its file, and the two comparisons. For coordinators and sponsors."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from viceversa.insights.permissions import check_can_read_results
from viceversa.insights.queries.compared import before_and_after, by_rank_gap, spreads
from viceversa.insights.queries.results import GROUPS, Results, results_of
from viceversa.insights.rules.figures import Figure
from viceversa.insights.rules.groups import ALL, Compared
from viceversa.insights.statistics.survival import Curve
from viceversa.insights.views import words
from viceversa.insights.views.frame import tabs
from viceversa.programmes.models import Programme
from viceversa.programmes.queries import programme_for
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of
from viceversa.toolkit.tables import Cell, write_csv


@require_GET
def results(request: HttpRequest, slug: str) -> HttpResponse:
    programme = _readable(request, slug)
    found = results_of(programme, now=clock.now())
    context = {
        "programme": programme,
        "tabs": tabs(programme, "insights:results"),
        "today": clock.now().date(),
        "headline": words.headline(found),
        "stats": [words.line(found.named(key)) for key in words.HEADLINES],
        "groups": [
            (title, [words.line(found.named(key)) for key in keys])
            for title, keys in words.sections()
        ],
        "states": _states(found),
        "nothing_shown": all(found.states.counts[key] is None for key in GROUPS),
        "pairs": found.states.base,
        "curve": _curve(found.first_meeting),
        "agreed": found.agreed,
    }
    return render(request, "insights/results.html", context)


@require_GET
def as_csv(request: HttpRequest, slug: str) -> HttpResponse:
    programme = _readable(request, slug)
    found = results_of(programme, now=clock.now())
    content = write_csv(
        [_("Figure"), _("Count"), _("Of"), _("Percent"), _("From"), _("To"), _("What it tells")],
        _rows(found),
    )
    name = f"results-{programme.slug}-{clock.now().date().isoformat()}.csv"
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_GET
def seniority(request: HttpRequest, slug: str) -> HttpResponse:
    programme = _readable(request, slug)
    found = by_rank_gap(programme, now=clock.now())
    context = {
        "programme": programme,
        "tabs": tabs(programme, "insights:seniority"),
        "outcomes": [_outcome(one) for one in found],
    }
    return render(request, "insights/seniority.html", context)


@require_GET
def learned(request: HttpRequest, slug: str) -> HttpResponse:
    programme = _readable(request, slug)
    measures = [
        {
            "title": words.MEASURES[key],
            "streams": [
                {"title": words.STREAMS[stream], "stream": stream, "topics": _topics(rows)}
                for stream, rows in streams.items()
            ],
        }
        for key, streams in before_and_after(programme).items()
    ]
    context = {
        "programme": programme,
        "tabs": tabs(programme, "insights:learned"),
        "measures": measures,
        "spreads": [(*words.SPREADS[key], spread) for key, spread in spreads(programme).items()],
    }
    return render(request, "insights/learned.html", context)


def _readable(request: HttpRequest, slug: str) -> Programme:
    actor = actor_of(request)
    programme = programme_for(actor, slug)
    check_can_read_results(actor, programme)
    return programme


def _rows(found: Results) -> Iterable[tuple[Cell, ...]]:
    for figure in found.figures:
        line = words.line(figure)
        share = figure.share
        numbers: tuple[Cell, ...] = (
            (share.count, share.base, line["percent"], line["low"], line["high"])
            if share
            else (None,) * 5
        )
        yield (str(line["label"]), *numbers, str(line["tells"]))
    for key, count in found.states.counts.items():
        said = "" if count is not None else str(words.VERDICTS["few"])
        yield (str(words.STATES[key]), count, found.states.base, None, None, None, said)
    if curve := found.first_meeting:
        yield (
            _("Days to the first half hour, median"),
            curve.events,
            curve.base,
            curve.median,
            curve.median_low,
            curve.median_high,
            _("In days, not percent"),
        )


def _states(found: Results) -> list[dict[str, Any]]:
    return [{"label": words.STATES[key], "count": found.states.counts[key]} for key in GROUPS]


def _curve(curve: Curve | None) -> dict[str, Any] | None:
    if curve is None or not curve.events:
        return None
    return {
        "curve": curve,
        "said": words.waiting(curve),
        "rows": [
            {"day": day, "step": curve.at(day)}
            for day in (7, 14, 21, 28, 42, 56, 84)
            if day <= curve.longest
        ],
    }


def _outcome(one: Compared) -> dict[str, Any]:
    return {
        "title": words.OUTCOMES[one.key],
        "rows": [
            {**words.line(figure), "label": words.GAPS[figure.group]} for figure in one.figures
        ],
        "sentence": words.compared(one),
    }


def _topics(rows: list[Compared]) -> list[dict[str, Any]]:
    """Topic → its three shares. The last is that of all topics together."""
    by_topic: dict[str, list[Figure]] = {}
    for one in rows:
        for figure in one.figures:
            by_topic.setdefault(figure.group, []).append(figure)
    return [
        {
            "topic": _("All topics") if topic == ALL else topic or _("No topic named"),
            "rows": [{**words.line(one), "label": words.MOMENTS[one.key]} for one in figures],
        }
        for topic, figures in by_topic.items()
        if any(one.verdict != "nothing" for one in figures)
    ]
