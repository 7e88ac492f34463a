"""On which days half hours that come back take place, as calendars are told: one rule, and the
days that it leaves out."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from viceversa.meetings.rules.times import SkippedTime, days_of_series, moment


@dataclass(frozen=True)
class Grid:
    """The days a series could take place on, at what the clock of its zone shows."""

    first: date
    until: date
    every_days: int
    clock: time
    zone: str

    def days(self) -> Iterable[date]:
        return days_of_series(self.first, every_days=self.every_days, until=self.until, after=None)

    def at(self, day: date) -> datetime:
        return moment(day, self.clock, self.zone)

    def shown(self, day: date) -> datetime:
        """What the clock shows on that day, even where it jumps over it."""
        return datetime.combine(day, self.clock)

    def comes(self, day: date) -> bool:
        try:
            self.at(day)
        except SkippedTime:
            return False
        return True

    def comes_twice(self, day: date) -> bool:
        here = datetime.combine(day, self.clock, ZoneInfo(self.zone))
        return self.comes(day) and here.utcoffset() != here.replace(fold=1).utcoffset()

    def day_of(self, said: datetime | date) -> date:
        """The day that a calendar means: by a moment, by a clock without a zone, or by itself."""
        if not isinstance(said, datetime):
            return said
        return (said.astimezone(ZoneInfo(self.zone)) if said.tzinfo else said).date()


@dataclass(frozen=True)
class Plan:
    """From the first day that takes place to the last, without those left out between."""

    first: date
    last: date
    gaps: tuple[date, ...]

    def as_told(self) -> dict[str, Any]:
        return {
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "gaps": [day.isoformat() for day in self.gaps],
        }


def plan_of(
    grid: Grid,
    *,
    booked: Collection[date],
    decided_to: date | None,
    goes_on: bool,
    is_free: Callable[[date], bool],
    began_on: date | None = None,
) -> Plan | None:
    """Up to `decided_to` what is booked takes place; after it what is free, while it goes on. A
    rule that calendars know since `began_on` goes on from there."""

    def takes_place(day: date) -> bool:
        if decided_to is not None and day <= decided_to:
            return day in booked
        return goes_on and is_free(day) and grid.comes(day)

    days = list(grid.days())
    kept = [day for day in days if takes_place(day)]
    if not kept:
        return None
    first = min(began_on or kept[0], kept[0])
    gaps = [day for day in days if first <= day < kept[-1] and day not in kept]
    return Plan(first, kept[-1], tuple(gaps))


def days_of(grid: Grid, plan: Plan) -> list[date]:
    within = (day for day in grid.days() if plan.first <= day <= plan.last)
    return [day for day in within if day not in plan.gaps]


def last_moment(grid: Grid, plan: Plan) -> datetime:
    return grid.at(plan.last).astimezone(UTC)


def is_off(day: date, spans: Sequence[tuple[date, date]]) -> bool:
    return any(first <= day <= last for first, last in spans)
