"""A figure, its base and its interval; and whether it is shown at all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from viceversa.insights.statistics.intervals import Share, of_clusters, wilson

LEAST = 5  # fewer people than these are never a group of their own
TOO_WIDE = 0.5  # an interval over half of all that is possible tells nothing

TELLS, NOTHING, FEW, WIDE = "tells", "nothing", "few", "wide"
Pair = int


@dataclass(frozen=True)
class Figure:
    """`share` is None where nothing may be shown, and `base` then as well. `verdict` says what
    can be
    told: tells, nothing (nothing was counted), few (a group is too small), wide (cannot tell)."""

    key: str
    share: Share | None
    verdict: str
    group: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Behind:
    """Learner and adviser of each pair, so that people are counted and not rows."""

    people: Mapping[Pair, tuple[int, int]]

    def are_few(self, pairs: Sequence[Pair]) -> bool:
        learners = {self.people[pair][0] for pair in pairs}
        advisers = {self.people[pair][1] for pair in pairs}
        return min(len(learners), len(advisers)) < LEAST


def of_people(key: str, count: int, base: int, **fields: str) -> Figure:
    """A share of people or of pairs; each counts once."""
    if not base:
        return Figure(key, None, NOTHING, **fields)
    if base < LEAST:
        return Figure(key, None, FEW, **fields)
    return _told(key, wilson(min(count, base), base), fields)


def of_events(
    key: str, rows: Mapping[Pair, tuple[int, int]], behind: Behind, **fields: str
) -> Figure:
    """A share of events, such as half hours: (count, base) of each pair. Events of one pair are
    alike, so the interval is that of clusters."""
    counted = {pair: row for pair, row in rows.items() if row[1]}
    if not counted:
        return Figure(key, None, NOTHING, **fields)
    if behind.are_few(list(counted)):
        return Figure(key, None, FEW, **fields)
    counts, bases = zip(*counted.values(), strict=True)
    return _told(key, of_clusters(counts, bases), fields)


def hidden(key: str, **fields: str) -> Figure:
    return Figure(key, None, FEW, **fields)


def _told(key: str, share: Share, fields: Mapping[str, str]) -> Figure:
    return Figure(key, share, WIDE if share.reach > TOO_WIDE else TELLS, **fields)
