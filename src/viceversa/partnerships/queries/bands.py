"""How far people came by their own judgement: bands that they let reports count, never fewer than
five together."""

from collections import Counter
from dataclasses import dataclass

from viceversa.partnerships.models import SelfCheck
from viceversa.partnerships.rules.goals import FEWEST_IN_REPORTS
from viceversa.programmes.models import Programme


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
