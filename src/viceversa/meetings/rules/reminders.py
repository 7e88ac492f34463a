"""When a reminder is due: in a stretch of time before something, so that a late run still reminds
and a very late one does not."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PREPARE, DAY, HOUR, PROMISE = "prepare", "day", "hour", "promise"
HOURS = timedelta(hours=1)
WINDOWS = {
    PREPARE: (48 * HOURS, 25 * HOURS),
    DAY: (24 * HOURS, 3 * HOURS),
    HOUR: (HOURS, timedelta(0)),
}
FURTHEST = max(opens for opens, _closes in WINDOWS.values())
MORNING = time(9)


@dataclass(frozen=True)
class HalfHour:
    """`known_since`: who was told of it later than a reminder would have come needs none."""

    starts_at: datetime
    known_since: datetime


def is_due(kind: str, half_hour: HalfHour, *, now: datetime) -> bool:
    opens, closes = WINDOWS[kind]
    start = half_hour.starts_at
    return start - opens <= now < start - closes and half_hour.known_since < start - opens


def promise_is_due(due_on: date, *, made_at: datetime, zone: ZoneInfo, now: datetime) -> bool:
    """From the morning before until the day is over, by the clock of whoever made it. A promise
    made later than that morning is reminded of on the day itself; one made on the day is not."""
    mornings = [_moment(due_on - timedelta(days=1), zone), _moment(due_on, zone)]
    begins = next((morning for morning in mornings if made_at < morning), None)
    over = datetime.combine(due_on + timedelta(days=1), time(0), zone).astimezone(UTC)
    return begins is not None and begins <= now < over


def _moment(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, MORNING, zone).astimezone(UTC)


def moment_of_day(day: date) -> datetime:
    """By which the reminder of a day is known: the same for everybody."""
    return datetime.combine(day, time(0), UTC)
