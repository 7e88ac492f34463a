"""Whether two people could be a pair: rank, reporting line, a language and hours in common."""

from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from viceversa.home.sample.hierarchy import Post, in_line
from viceversa.home.sample.shapes import SamplePerson, WorkingHours

MINUTES_A_DAY = 24 * 60


def could_pair(
    posts: list[Post],
    staff: list[SamplePerson],
    learner: int,
    adviser: int,
    *,
    rank_gap: int,
    shared_hours: int,
    day: date,
) -> bool:
    """Tell whether the rules of the sample programmes allow these two."""
    senior, junior = staff[learner], staff[adviser]
    if senior.level - junior.level < rank_gap or in_line(posts, learner, adviser):
        return False
    if not set(senior.languages) & set(junior.languages):
        return False
    one, other = (senior.time_zone, senior.hours), (junior.time_zone, junior.hours)
    return shared_minutes(*one, *other, day) >= shared_hours * 60


@cache
def shared_minutes(
    zone: str, hours: WorkingHours, other_zone: str, other_hours: WorkingHours, day: date
) -> int:
    """Return the minutes both work on a common weekday, clocks compared on `day`."""
    if not set(hours.days) & set(other_hours.days):
        return 0
    first = _in_utc(zone, hours, day)
    second = _in_utc(other_zone, other_hours, day)
    return max(_overlap(first, second, shift) for shift in (-MINUTES_A_DAY, 0, MINUTES_A_DAY))


def _in_utc(zone: str, hours: WorkingHours, day: date) -> tuple[int, int]:
    offset = datetime.combine(day, time(12), ZoneInfo(zone)).utcoffset() or timedelta()
    ahead = int(offset.total_seconds() // 60)
    return _minutes(hours.start) - ahead, _minutes(hours.end) - ahead


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _overlap(first: tuple[int, int], second: tuple[int, int], shift: int) -> int:
    return max(0, min(first[1], second[1] + shift) - max(first[0], second[0] + shift))
