"""What a programme has come to, as figures. Dates, states and counts; nothing sealed is read, and
the number of queries does not grow with the programme."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, Q

from viceversa.insights.rules.figures import LEAST, Behind, Figure, of_events, of_people
from viceversa.insights.statistics.suppression import releasable
from viceversa.insights.statistics.survival import Curve, kaplan_meier
from viceversa.meetings.models import Cancellation, Commitment, Meeting
from viceversa.partnerships.models import Goal, Partnership
from viceversa.people.models import Person
from viceversa.programmes.models import Enrolment, Programme
from viceversa.programmes.queries import coverage_of, figures_of

DAY = 86_400
GROUPS = {
    "proposed": ("proposed",),
    "agreeing": ("accepted", "preparing"),
    "active": ("active",),
    "paused": ("paused",),
    "finished": ("closing", "completed"),
    "no": ("declined", "withdrawn"),
    "ended": ("ended",),
}


@dataclass(frozen=True)
class Pair:
    state: str
    learner: int
    adviser: int
    agreed_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True)
class Kept:
    """Half hours of one pair whose time has come."""

    held: int
    called_off: int
    booked: int
    first: datetime | None


@dataclass(frozen=True)
class States:
    """How many pairs are in each group of states; None is too few to be shown."""

    counts: dict[str, int | None]
    base: int | None


@dataclass(frozen=True)
class Results:
    figures: list[Figure]
    states: States
    first_meeting: Curve | None
    agreed: int

    def named(self, key: str) -> Figure:
        return next(one for one in self.figures if one.key == key)


def results_of(programme: Programme, *, now: datetime) -> Results:
    pairs = _pairs(programme)
    kept = _kept(programme, now)
    behind = Behind({pk: (pair.learner, pair.adviser) for pk, pair in pairs.items()})
    figures = [
        *_reach(programme, pairs, kept, now),
        *_meetings(programme, kept, behind),
        *_promises_and_goals(programme, behind),
    ]
    agreed = {pk: pair for pk, pair in pairs.items() if pair.agreed_at is not None}
    return Results(figures, _states(pairs), _until_first(agreed, kept, behind, now), len(agreed))


def _pairs(programme: Programme) -> dict[int, Pair]:
    rows = Partnership.objects.filter(programme=programme).order_by()
    found = {}
    for pk, state, learner, adviser, one, other, ended in rows.values_list(
        "pk",
        "state",
        "learner__person",
        "adviser__person",
        "learner_accepted_at",
        "adviser_accepted_at",
        "ended_at",
    ):
        agreed = max(one, other) if one and other else None
        found[pk] = Pair(state, learner, adviser, agreed, ended)
    return found


def _kept(programme: Programme, now: datetime) -> dict[int, Kept]:
    held, off = Q(state="held"), Q(state="cancelled")
    rows = (
        Meeting.objects.filter(partnership__programme=programme, starts_at__lt=now)
        .order_by()
        .values_list("partnership")
        .annotate(
            held=Count("pk", filter=held),
            off=Count("pk", filter=off),
            booked=Count("pk"),
            first=Min("starts_at", filter=held),
        )
    )
    return {pk: Kept(held, off, booked, first) for pk, held, off, booked, first in rows}


def _reach(
    programme: Programme, pairs: dict[int, Pair], kept: dict[int, Kept], now: datetime
) -> list[Figure]:
    coverage = coverage_of(programme, figures_of(programme), today=now.date())
    enrolled = set(
        Enrolment.objects.filter(programme=programme, state=Enrolment.State.ENROLLED)
        .order_by()
        .values_list("person", flat=True)
    )
    present = Person.objects.filter(left_on__isnull=True).count()
    paired = {one for pair in pairs.values() if pair.agreed_at for one in _both(pair)}
    met = {one for pk, row in kept.items() if row.held for one in _both(pairs[pk])}
    return [
        of_people("coverage", coverage.covered, coverage.base),
        of_people("enrolled", len(enrolled), present),
        of_people("paired", len(enrolled & paired), len(enrolled)),
        of_people("in_reverse", len(enrolled & met), len(enrolled)),
    ]


def _both(pair: Pair) -> tuple[int, int]:
    return pair.learner, pair.adviser


def _meetings(programme: Programme, kept: dict[int, Kept], behind: Behind) -> list[Figure]:
    by_side: Counter[tuple[int, str]] = Counter()
    rows = Cancellation.objects.filter(meeting__partnership__programme=programme).order_by()
    for pk, side, number in rows.values_list("meeting__partnership", "side").annotate(
        number=Count("pk")
    ):
        by_side[pk, side] += number
    off = {pk: by_side[pk, "learner"] + by_side[pk, "adviser"] for pk, _side in by_side}
    learner = {pk: (by_side[pk, "learner"], number) for pk, number in off.items()}
    adviser = {pk: (by_side[pk, "adviser"], number) for pk, number in off.items()}
    return [
        of_events("held", {pk: (row.held, row.booked) for pk, row in kept.items()}, behind),
        of_events(
            "called_off", {pk: (row.called_off, row.booked) for pk, row in kept.items()}, behind
        ),
        of_events("off_by_learner", learner, behind, tone="ember"),
        of_events("off_by_adviser", adviser, behind, tone="tide"),
    ]


def _promises_and_goals(programme: Programme, behind: Behind) -> list[Figure]:
    promises = _by_state(Commitment, programme, "state")
    goals = _by_state(Goal, programme, "stream", "state")
    kept = {pk: (row["kept",], sum(row.values())) for pk, row in promises.items()}
    return [
        of_events("promises", kept, behind),
        *(
            of_events(
                f"goals_{stream}",
                {pk: _reached(row, stream) for pk, row in goals.items()},
                behind,
                tone=tone,
            )
            for stream, tone in (("learning", "tide"), ("return", "ember"))
        ),
    ]


def _reached(row: Counter[tuple[str, ...]], stream: str) -> tuple[int, int]:
    """Of the goals both agreed to; one that was only proposed is none yet."""
    agreed = sum(row[stream, state] for state in ("open", "reached", "dropped"))
    return row[stream, "reached"], agreed


def _by_state(model: Any, programme: Programme, *names: str) -> dict[int, Counter[tuple[str, ...]]]:
    rows = model.objects.filter(partnership__programme=programme).order_by()
    found: dict[int, Counter[tuple[str, ...]]] = {}
    for pk, *values, number in rows.values_list("partnership", *names).annotate(number=Count("pk")):
        found.setdefault(pk, Counter())[tuple(values)] += number
    return found


def _states(pairs: dict[int, Pair]) -> States:
    """Chosen beside the number of all pairs, which whoever reads this page can count elsewhere."""
    cells = {
        key: frozenset(pk for pk, pair in pairs.items() if pair.state in states)
        for key, states in GROUPS.items()
    }
    cells["all"] = frozenset(pairs)
    people = {pk: _both(pair) for pk, pair in pairs.items()}
    shown = releasable(cells, people=people, known=["all"], least=LEAST)
    counts = {key: len(cells[key]) if key in shown else None for key in GROUPS}
    return States(counts, len(pairs))


def _until_first(
    agreed: dict[int, Pair], kept: dict[int, Kept], behind: Behind, now: datetime
) -> Curve | None:
    """Days from the second yes to the first half hour held; those who ended before are counted as
    long as they waited. None where fewer than five people of a side stand behind it."""
    if not agreed or behind.are_few(list(agreed)):
        return None
    times, done = [], []
    for pk, pair in agreed.items():
        first = kept[pk].first if pk in kept else None
        until = first or pair.ended_at or now
        assert pair.agreed_at is not None  # noqa: S101  only such pairs are given
        times.append(max((until - pair.agreed_at).total_seconds() / DAY, 0.0))
        done.append(first is not None)
    return kaplan_meier(times, done)
