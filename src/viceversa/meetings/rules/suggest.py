"""Times that suit both: inside the working hours of each where they are, and nothing else then."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

Interval = tuple[datetime, datetime]

SOONEST = timedelta(hours=3)
HORIZON = timedelta(days=14)
STEP = timedelta(minutes=15)
EDGE = timedelta(minutes=30)
MONDAY_TO_FRIDAY = frozenset(range(5))
LUNCH = (time(12), time(13, 30))

EDGE_COSTS = 2.0
LUNCH_COSTS = 3.0
ODD_MINUTE_COSTS = 1.0
DAY_COSTS = 0.5
SAME_DAY_COSTS = 6.0
SAME_CLOCK_COSTS = 1.0


@dataclass(frozen=True)
class Week:
    """When somebody works, on the clock of their zone, and when they are taken."""

    zone: str
    hours_from: time
    hours_to: time
    taken: Sequence[Interval] = ()
    days: frozenset[int] = MONDAY_TO_FRIDAY


def suggest(
    one: Week, other: Week, *, minutes: int, now: datetime, most: int = 3
) -> list[datetime]:
    """Soonest first. Rather on different days and at different hours, away from lunch and from the
    edges of the day."""
    costs = dict(_convenient(one, other, length=timedelta(minutes=minutes), now=now))
    picked: list[datetime] = []
    while costs and len(picked) < most:
        best = min(costs, key=lambda at: (costs[at] + _likeness(at, picked, one.zone), at))
        picked.append(best)
        costs = {at: cost for at, cost in costs.items() if abs(at - best) >= timedelta(hours=1)}
    return sorted(picked)


def merged(intervals: Iterable[Interval]) -> list[Interval]:
    """Sorted, without overlaps."""
    together: list[Interval] = []
    for start, end in sorted(intervals):
        if together and start <= together[-1][1]:
            together[-1] = (together[-1][0], max(end, together[-1][1]))
        else:
            together.append((start, end))
    return together


def days_off(first: date, last: date, zone: ZoneInfo) -> Interval:
    """Both days count."""
    until = last + timedelta(days=1)
    return datetime.combine(first, time(), zone), datetime.combine(until, time(), zone)


def _convenient(
    one: Week, other: Week, *, length: timedelta, now: datetime
) -> Iterator[tuple[datetime, float]]:
    days = [_Days(week, length) for week in (one, other)]
    start = _rounded_up((now + SOONEST).astimezone(UTC))
    while start <= now + HORIZON:
        costs = [week.cost(start) for week in days]
        if None not in costs:
            ahead = (start - now) / timedelta(days=1)
            yield start, sum(cost or 0 for cost in costs) + ahead * DAY_COSTS
        start += STEP


class _Days:
    def __init__(self, week: Week, length: timedelta) -> None:
        self.week = week
        self.length = length
        self.zone = ZoneInfo(week.zone)
        self.taken = merged(week.taken)
        self.ends = [end for _start, end in self.taken]

    def cost(self, start: datetime) -> float | None:
        """How inconvenient it is; nothing when it is not possible."""
        here, until = start.astimezone(self.zone), (start + self.length).astimezone(self.zone)
        if here.weekday() not in self.week.days or here.date() != until.date():
            return None
        if self._is_taken(start):
            return None
        if here.time() < self.week.hours_from or until.time() > self.week.hours_to:
            return None
        clock, clock_until = _minutes(here.time()), _minutes(until.time())
        cost = ODD_MINUTE_COSTS if here.minute % 30 else 0.0
        edge = EDGE / timedelta(minutes=1)
        if clock < _minutes(self.week.hours_from) + edge:
            cost += EDGE_COSTS
        if clock_until > _minutes(self.week.hours_to) - edge:
            cost += EDGE_COSTS
        if clock < _minutes(LUNCH[1]) and clock_until > _minutes(LUNCH[0]):
            cost += LUNCH_COSTS
        return cost

    def _is_taken(self, start: datetime) -> bool:
        """The first taken time that ends after the start must begin after the end."""
        place = bisect_right(self.ends, start)
        return place < len(self.taken) and self.taken[place][0] < start + self.length


def _likeness(at: datetime, picked: Sequence[datetime], zone: str) -> float:
    here = at.astimezone(ZoneInfo(zone))
    cost = 0.0
    for other in picked:
        there = other.astimezone(ZoneInfo(zone))
        if there.date() == here.date():
            cost += SAME_DAY_COSTS
        if abs(_minutes(there.time()) - _minutes(here.time())) < 90:
            cost += SAME_CLOCK_COSTS
    return cost


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _rounded_up(at: datetime) -> datetime:
    """To the next quarter of an hour."""
    floor = at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0)
    return floor if floor == at else floor + STEP
