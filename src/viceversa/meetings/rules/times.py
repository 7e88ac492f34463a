"""Moments: what a clock somewhere shows, and whether a meeting can begin then."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

FURTHEST = timedelta(days=366)


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
