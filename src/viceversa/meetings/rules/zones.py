"""When the clocks of a zone change, as calendars want to be told (VTIMEZONE). What `icalendar`
makes of a zone misses changes that lie close together, and names the hour of spring wrongly."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

STEP = timedelta(days=7)  # shorter than any summer or winter time: Morocco's winter is five weeks


@dataclass(frozen=True)
class Change:
    """`at` is what the clock showed before it changed."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str


@cache
def timezone_of(zone: str, *, first: datetime, last: datetime) -> Timezone:
    """The rules of a zone from `first` to `last`, each change written out. Kept, as letters ask
    for the same few again and again; nobody changes what is given."""
    timezone = Timezone()
    timezone.add("tzid", zone)
    start = _observance(first, ZoneInfo(zone))
    alike: dict[tuple[timedelta, timedelta, str], list[datetime]] = defaultdict(list)
    for change in [start, *changes(zone, first=first, last=last)]:
        alike[change.before, change.after, change.name].append(change.at)
    summer = max(after for _before, after, _name in alike)
    varies = len({after for _before, after, _name in alike}) > 1
    for (before, after, name), clocks in alike.items():
        part = TimezoneDaylight() if varies and after == summer else TimezoneStandard()
        part.add("dtstart", clocks[0])
        part.add("tzname", name)
        part.add("tzoffsetfrom", before)
        part.add("tzoffsetto", after)
        for at in clocks[1:]:
            part.add("rdate", [at])  # one a line: some readers see only the first of several
        timezone.add_component(part)
    return timezone


def changes(zone: str, *, first: datetime, last: datetime) -> Iterator[Change]:
    place = ZoneInfo(zone)
    at = first
    while at < last:
        then = min(at + STEP, last)
        before, after = _offset(at, place), _offset(then, place)
        if before != after:
            moment = _moment_of_change(at, then, place)
            name = moment.astimezone(place).tzname() or zone
            yield Change((moment + before).replace(tzinfo=None), before, after, name)
        at = then


def _observance(at: datetime, place: ZoneInfo) -> Change:
    """What holds at the beginning, without a change."""
    offset = _offset(at, place)
    clock = (at.astimezone(UTC) + offset).replace(tzinfo=None)
    return Change(clock, offset, offset, at.astimezone(place).tzname() or place.key)


def _moment_of_change(low: datetime, high: datetime, place: ZoneInfo) -> datetime:
    """The first second at which the offset is the later one."""
    before = _offset(low, place)
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low) // timedelta(seconds=2))
        if _offset(middle, place) == before:
            low = middle
        else:
            high = middle
    return high.astimezone(UTC)


def _offset(at: datetime, place: ZoneInfo) -> timedelta:
    return at.astimezone(place).utcoffset() or timedelta()
