"""What people let reports count of what they say about themselves: never fewer than five people
together, and numbers only as spans."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from viceversa.partnerships.models import Confidence, SelfCheck, Use
from viceversa.partnerships.rules.counts import Span, may_show, span_of
from viceversa.partnerships.rules.goals import FEWEST_IN_REPORTS
from viceversa.programmes.models import Programme

Pairs = dict[int, tuple[str, str]]


@dataclass(frozen=True)
class Way:
    """From one band to another, on one stream, and how many people went it."""

    stream: str
    before: str
    after: str
    people: int


def ways_in(programme: Programme) -> list[Way]:
    """Of each goal with a band before and after; whoever has several counts once for each way."""
    rows = (
        SelfCheck.objects.filter(goal__partnership__programme=programme)
        .exclude(band="")
        .values_list("goal_id", "author_id", "goal__stream", "moment", "band")
    )
    bands: dict[tuple[int, int, str], dict[str, str]] = {}
    for goal, author, stream, moment, band in rows:
        bands.setdefault((goal, author, stream), {})[moment] = band
    gone = {
        (author, stream, of["before"], of["after"])
        for (_goal, author, stream), of in bands.items()
        if len(of) == 2
    }
    counts = Counter((stream, before, after) for _author, stream, before, after in gone)
    return [
        Way(stream, before, after, people)
        for (stream, before, after), people in sorted(counts.items())
        if people >= FEWEST_IN_REPORTS
    ]


@dataclass(frozen=True)
class Line:
    """How many people stood in one band before, and how many after."""

    band: str
    label: str
    before: Span
    after: Span


@dataclass(frozen=True)
class Spread:
    """The same people before and after. `people`: how many said both and let it be counted."""

    people: Span
    lines: tuple[Line, ...]


def use_in(programme: Programme) -> Spread | None:
    """How often learners use what they learn; None below five people. Somebody with several goals
    is counted by the latest of them."""
    rows = Use.objects.filter(goal__partnership__programme=programme).exclude(band="")
    said = rows.order_by("goal_id").values_list("author_id", "goal_id", "moment", "band")
    return _spread(_latest(said), dict(Use.Band.choices))


def confidence_in(programme: Programme) -> Spread | None:
    """How sure advisers feel; None below five people. Somebody with several partnerships is counted
    by the latest of them."""
    rows = Confidence.objects.filter(partnership__programme=programme).exclude(band="")
    said = rows.order_by("partnership_id").values_list(
        "author_id", "partnership_id", "moment", "band"
    )
    return _spread(_latest(said), dict(Confidence.Band.choices))


def _latest(said: Iterable[tuple[int, int, str, str]]) -> Pairs:
    """Author → band before and after, of the last thing that has both."""
    bands: dict[tuple[int, int], dict[str, str]] = {}
    for author, about, moment, band in said:
        bands.setdefault((author, about), {})[moment] = band
    return {
        author: (of["before"], of["after"])
        for (author, _about), of in bands.items()
        if len(of) == 2
    }


def _spread(pairs: Pairs, labels: Mapping[str, str]) -> Spread | None:
    if not may_show(len(pairs)):
        return None
    before = Counter(first for first, _last in pairs.values())
    after = Counter(last for _first, last in pairs.values())
    return Spread(
        span_of(len(pairs)),
        tuple(
            Line(band, str(label), span_of(before[band]), span_of(after[band]))
            for band, label in labels.items()
            if band
        ),
    )
