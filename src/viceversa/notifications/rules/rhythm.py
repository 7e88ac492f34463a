"""When a mail may reach somebody: at once, at the end of their quiet hours, or in a digest."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

NOW, DAILY, WEEKLY, NEVER = "now", "daily", "weekly", "never"
PACES = (NOW, DAILY, WEEKLY, NEVER)
AT_ONCE_OR_NOT = (NOW, NEVER)
GATHERED = (DAILY, WEEKLY)

SATURDAY = 5
_FURTHEST_DAYS = 15


@dataclass(frozen=True)
class Rhythm:
    """One person's hours, by the clock of their zone. The same time twice means no quiet hours."""

    zone: str = "UTC"
    quiet_from: time = time(20)
    quiet_to: time = time(7)
    quiet_weekends: bool = False
    digest_at: time = time(8)
    digest_weekday: int = 0

    @property
    def has_quiet_hours(self) -> bool:
        return self.quiet_from != self.quiet_to


def zone_of(name: str) -> ZoneInfo:
    """A directory may hold a zone that this machine does not know: then it is UTC."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return ZoneInfo("UTC")


def local(at: datetime, zone: str) -> datetime:
    return at.astimezone(zone_of(zone))


def is_quiet(at: datetime, rhythm: Rhythm) -> bool:
    here = local(at, rhythm.zone)
    if rhythm.quiet_weekends and here.weekday() >= SATURDAY:
        return True
    clock, start, end = here.time(), rhythm.quiet_from, rhythm.quiet_to
    if start <= end:
        return start <= clock < end
    return clock >= start or clock < end


def after_quiet(at: datetime, rhythm: Rhythm) -> datetime:
    """The moment itself, or the end of the quiet hours that it falls into."""
    if not is_quiet(at, rhythm):
        return at
    ends = {time(0), rhythm.quiet_to} if rhythm.quiet_weekends else {rhythm.quiet_to}
    later = [end for end in _moments(at, sorted(ends), rhythm.zone) if end > at]
    return next(end for end in later if not is_quiet(end, rhythm))


def arrival(at: datetime, rhythm: Rhythm, *, best_before: datetime | None = None) -> datetime:
    """Quiet hours do not hold back what would come too late after them."""
    later = after_quiet(at, rhythm)
    return at if best_before is not None and later >= best_before else later


def next_digest(after: datetime, rhythm: Rhythm, pace: str) -> datetime:
    """The hour is the person's own choice, so it may lie in their quiet hours; a daily digest
    leaves out quiet weekends."""
    for moment in _moments(after, [rhythm.digest_at], rhythm.zone):
        weekday = local(moment, rhythm.zone).weekday()
        if moment > after and _is_digest_day(weekday, rhythm, pace):
            return moment
    raise ValueError(f"no digest after {after}")


def _is_digest_day(weekday: int, rhythm: Rhythm, pace: str) -> bool:
    if pace == WEEKLY:
        return weekday == rhythm.digest_weekday
    return not (rhythm.quiet_weekends and weekday >= SATURDAY)


def _moments(around: datetime, clocks: list[time], zone: str) -> list[datetime]:
    """These times of the day, from the day before on. A time that the clocks jump over comes as
    much later as they jump."""
    first = local(around, zone).date() - timedelta(days=1)
    days = (first + timedelta(days=number) for number in range(_FURTHEST_DAYS))
    return sorted(_moment(day, clock, zone) for day in days for clock in clocks)


def _moment(day: date, clock: time, zone: str) -> datetime:
    return datetime.combine(day, clock, zone_of(zone)).astimezone(UTC)
