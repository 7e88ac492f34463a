"""Moments: what a clock somewhere shows, and whether a meeting can begin then."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

FURTHEST = timedelta(days=366)
AHEAD = 4


class SkippedTime(ValueError):
    """On that day the clocks there jump over that time."""


def moment(day: date, at: time, zone: str) -> datetime:
    """What the clock of a place shows, in UTC. A time that comes twice is the first of the two;
    raises SkippedTime for one that does not come at all."""
    here = datetime.combine(day, at, ZoneInfo(zone))
    there = here.astimezone(UTC)
    if there.astimezone(here.tzinfo).replace(tzinfo=None) != here.replace(tzinfo=None):
        raise SkippedTime(f"{day} {at} in {zone}")
    return there


def wrong_with_moment(at: datetime, *, now: datetime) -> str | None:
    """A code, or nothing: a half hour lies ahead, and within a year."""
    if at <= now:
        return "past"
    return "far" if at > now + FURTHEST else None


def overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    """One that begins as the other ends is fine."""
    return one[0] < other[1] and other[0] < one[1]


def days_of_series(
    first: date, *, every_days: int, until: date, after: date | None
) -> Iterator[date]:
    """The days on the grid of a series that come after one already booked."""
    day = first
    while day <= until:
        if after is None or day > after:
            yield day
        day += timedelta(days=every_days)
