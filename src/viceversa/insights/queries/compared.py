"""What came out, by rank gap and before and after. Bands that people let reports count, never what
they wrote or the step they chose."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from viceversa.insights.rules.groups import Compared, compared, gap_between
from viceversa.meetings.models import Meeting
from viceversa.partnerships.models import Goal, Partnership, SelfCheck
from viceversa.partnerships.queries.bands import Spread, confidence_in, use_in
from viceversa.programmes.models import Programme

ORDER = {"basic": 1, "working": 2, "strong": 3}
HALF = 0.5


@dataclass(frozen=True)
class Step:
    """What one person said before and after about one topic, as places in an order."""

    person: int
    pair: int
    topic: str
    stream: str
    before: int
    after: int


@dataclass(frozen=True)
class Measure:
    """Something asked before and after. `enough` is the place from which it counts as arrived."""

    key: str
    steps: Callable[[Programme], list[Step]]
    enough: int


def self_checks(programme: Programme) -> list[Step]:
    """Of goals with a band before and after; of several about one topic a person's latest."""
    rows = (
        SelfCheck.objects.filter(goal__partnership__programme=programme)
        .exclude(band="")
        .order_by("goal_id")
        .values_list(
            "author",
            "goal__partnership",
            "goal",
            "goal__skill__name",
            "goal__stream",
            "moment",
            "band",
        )
    )
    said: dict[tuple[int, int, int, str, str], dict[str, int]] = {}
    for author, pair, goal, topic, stream, moment, band in rows:
        place = (author, pair, goal, topic or "", stream)
        said.setdefault(place, {})[moment] = ORDER[band]
    latest = {
        (author, topic, stream): Step(author, pair, topic, stream, one["before"], one["after"])
        for (author, pair, _goal, topic, stream), one in said.items()
        if len(one) == 2
    }
    return list(latest.values())


MEASURES = (Measure("self_check", self_checks, ORDER["working"]),)
SPREADS: dict[str, Callable[[Programme], Spread | None]] = {
    "adoption": use_in,
    "confidence": confidence_in,
}
"""What leaves as spans only: the very ones of *What came of it*, so that the two pages never differ
and nothing can be found by taking one from the other."""


def by_rank_gap(programme: Programme, *, now: datetime) -> list[Compared]:
    """Of pairs that both agreed to. Four queries, whatever the number of pairs."""
    pairs = Partnership.objects.filter(
        programme=programme, learner_accepted_at__isnull=False, adviser_accepted_at__isnull=False
    ).order_by()
    gaps, people = {}, {}
    for pk, learner, adviser, high, low in pairs.values_list(
        "pk",
        "learner__person",
        "adviser__person",
        "learner__person__level__rank",
        "adviser__person__level__rank",
    ):
        gaps[pk], people[pk] = gap_between(high, low), (learner, adviser)
    outcomes = {
        "kept": _kept(programme, now),
        "reached": _reached(programme),
        **{
            one.key: _moved(step for step in one.steps(programme) if step.stream == "learning")
            for one in MEASURES
        },
    }
    known = {
        key: {pk: yes for pk, yes in rows.items() if pk in people} for key, rows in outcomes.items()
    }
    return compared(known, gaps, people)


def _kept(programme: Programme, now: datetime) -> dict[int, bool]:
    """Whether most of the half hours of a pair whose time has come were held."""
    rows = (
        Meeting.objects.filter(partnership__programme=programme, starts_at__lt=now)
        .order_by()
        .values_list("partnership")
        .annotate(held=Count("pk", filter=Q(state="held")), booked=Count("pk"))
    )
    return {pk: held > HALF * booked for pk, held, booked in rows}


def _reached(programme: Programme) -> dict[int, bool]:
    rows = (
        Goal.objects.filter(partnership__programme=programme, stream="learning")
        .exclude(state="proposed")
        .order_by()
        .values_list("partnership")
        .annotate(reached=Count("pk", filter=Q(state="reached")))
    )
    return {pk: reached > 0 for pk, reached in rows}


def _moved(steps: Iterable[Step]) -> dict[int, bool]:
    """Whether somebody of the pair knows a topic better than before, in the own judgement."""
    found: dict[int, bool] = {}
    for step in steps:
        found[step.pair] = found.get(step.pair, False) or step.after > step.before
    return found


def before_and_after(programme: Programme) -> dict[str, dict[str, list[Compared]]]:
    """Measure → stream → the shares before, after and moved up, by topic. One query a measure."""
    return {one.key: _by_topic(one.steps(programme), one.enough) for one in MEASURES}


def spreads(programme: Programme) -> dict[str, Spread | None]:
    """Things brought into use, and how sure advisers feel. One query each."""
    return {key: of(programme) for key, of in SPREADS.items()}


def _by_topic(steps: list[Step], enough: int) -> dict[str, list[Compared]]:
    """A case is a person with a topic; a set of cases is as small as its people."""
    found = {}
    for stream in ("learning", "return"):
        mine = dict(enumerate(step for step in steps if step.stream == stream))
        outcomes = {
            "before": {at: step.before >= enough for at, step in mine.items()},
            "after": {at: step.after >= enough for at, step in mine.items()},
            "moved": {at: step.after > step.before for at, step in mine.items()},
        }
        topics = tuple(sorted({step.topic for step in mine.values()}))
        groups = {at: step.topic for at, step in mine.items()}
        people = {at: (step.person,) for at, step in mine.items()}
        found[stream] = compared(outcomes, groups, people, topics)
    return found
