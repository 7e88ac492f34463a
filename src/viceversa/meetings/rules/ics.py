"""Half hours as calendars read them (RFC 5545, 5546). Who, when and where; never what about."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, vCalAddress, vText

from viceversa.meetings.rules.recurrence import WEEKDAYS
from viceversa.meetings.rules.zones import timezone_of

PRODUCT = "-//Viceversa//half hours//EN"
REMIND_BEFORE = timedelta(minutes=15)
READ_AGAIN = timedelta(hours=1)
HALF_A_DAY = timedelta(hours=12)  # some readers forget a change of clocks and lose the last day
ZONES_FROM = 2025

_ADDRESS = re.compile(r"[^\s\x00-\x20\x7f<>\",;:\\@]+@[^\s\x00-\x20\x7f<>\",;:\\@]+")
_LINK = re.compile(r"https?://[^\s\x00-\x20\x7f-\x9f\"<>\\^`{|}]+", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Somebody:
    """`answer` is what their calendar said already."""

    name: str
    email: str
    answer: str = ""


@dataclass(frozen=True)
class HalfHour:
    """`replaces` is what the clock of the zone shows for the one of a series that this one is."""

    uid: str
    sequence: int
    starts_at: datetime
    minutes: int
    zone: str
    summary: str
    place: str = ""
    link: str = ""
    replaces: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Repeating:
    """One entry for a series: the first of it, what is left out (as the clock of its zone shows),
    and those that take place otherwise."""

    first: HalfHour
    every_days: int
    last_at: datetime
    left_out: tuple[datetime, ...] = ()
    changed: tuple[HalfHour, ...] = ()


Entry = HalfHour | Repeating


def letter(
    entry: Entry,
    *,
    method: str,
    organizer: Somebody,
    attendees: Iterable[Somebody],
    now: datetime,
) -> str:
    """REQUEST invites or updates, CANCEL calls off."""
    attendees = list(attendees)
    events = _events(entry, now=now)
    for event, summary in events:
        event.add("organizer", _address(organizer))
        for attendee in attendees:
            event.add("attendee", _attendee(attendee, asked=method == "REQUEST"))
        if method == "CANCEL":
            event.add("status", "CANCELLED")
        else:
            _confirm(event, summary)
    return _text(_calendar(method), [event for event, _summary in events], zones=_zones([entry]))


def feed(entries: Sequence[Entry], *, name: str, now: datetime) -> str:
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", plain(name))
    calendar.add("refresh-interval", READ_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    events = []
    for entry in entries:
        for event, summary in _events(entry, now=now):
            _confirm(event, summary)
            events.append(event)
    return _text(calendar, events, zones=_zones(entries))


def _confirm(event: Event, summary: str) -> None:
    event.add("status", "CONFIRMED")
    event.add_component(_alarm(summary))


def _half_hours(entry: Entry) -> list[HalfHour]:
    return [entry] if isinstance(entry, HalfHour) else [entry.first, *entry.changed]


def plain(text: str) -> str:
    """As it was, but for control and direction signs, which calendars may not carry."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_address(text: str) -> bool:
    return _ADDRESS.fullmatch(text) is not None


def is_link(text: str) -> bool:
    return _LINK.fullmatch(text) is not None


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _events(entry: Entry, *, now: datetime) -> list[tuple[Event, str]]:
    """Each with its summary; of a series the rule comes first."""
    if isinstance(entry, HalfHour):
        return [(_event(entry, now=now), entry.summary)]
    rule = _rule(entry, now=now)
    changed = [(_event(half_hour, now=now), half_hour.summary) for half_hour in entry.changed]
    return [(rule, entry.first.summary), *changed]


def _event(half_hour: HalfHour, *, now: datetime) -> Event:
    starts_at, ends_at = _clock_of(half_hour)
    event = _about(half_hour, now=now)
    if half_hour.replaces is not None:
        event.add("recurrence-id", half_hour.replaces.replace(tzinfo=_zone_of(half_hour)))
    event.add("dtstart", starts_at)
    event.add("dtend", ends_at)
    return event


def _rule(entry: Repeating, *, now: datetime) -> Event:
    """Always on the clock of its zone, which is what comes back."""
    first, zone = entry.first, _zone_of(entry.first)
    starts_at, ends_at = (at.astimezone(zone) for at in (first.starts_at, first.ends_at))
    event = _about(first, now=now)
    event.add("dtstart", starts_at)
    if ends_at.replace(tzinfo=None) - starts_at.replace(tzinfo=None) == _length(first):
        event.add("dtend", ends_at)
    else:  # its end lies behind a change of clocks, and would be misread for all the others
        event.add("duration", _length(first))
    event.add("rrule", _how_often(entry, starts_at.weekday()))
    for shown in entry.left_out:
        event.add("exdate", [shown.replace(tzinfo=zone)])  # one a line, as in `zones.py`
    return event


def _how_often(entry: Repeating, weekday: int) -> dict[str, Any]:
    until = {"UNTIL": (entry.last_at + HALF_A_DAY).astimezone(UTC)}
    weeks, days = divmod(entry.every_days, 7)
    if days:
        return {"FREQ": "DAILY", "INTERVAL": entry.every_days, **until}
    return {"FREQ": "WEEKLY", "INTERVAL": weeks, "BYDAY": WEEKDAYS[weekday], **until}


def _about(half_hour: HalfHour, *, now: datetime) -> Event:
    event = Event()
    event.add("uid", half_hour.uid)
    event.add("sequence", half_hour.sequence)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("summary", plain(half_hour.summary))
    event.add("transp", "OPAQUE")
    where = plain(half_hour.place) or half_hour.link
    if where:
        event.add("location", where)
    if is_link(half_hour.link):
        event.add("url", half_hour.link)
    return event


def _length(half_hour: HalfHour) -> timedelta:
    return timedelta(minutes=half_hour.minutes)


def _zone_of(half_hour: HalfHour) -> tzinfo:
    return UTC if half_hour.zone == "UTC" else ZoneInfo(half_hour.zone)


def _clock_of(half_hour: HalfHour) -> tuple[datetime, datetime]:
    """On the clock of its zone; in the hour that comes twice in UTC, as no clock can say which of
    the two is meant."""
    zone = ZoneInfo(half_hour.zone)
    starts, ends = (at.astimezone(zone) for at in (half_hour.starts_at, half_hour.ends_at))
    if half_hour.zone == "UTC" or _comes_twice(starts) or _comes_twice(ends):
        return starts.astimezone(UTC), ends.astimezone(UTC)
    return starts, ends


def _comes_twice(at: datetime) -> bool:
    return at.replace(fold=0).utcoffset() != at.replace(fold=1).utcoffset()


def _address(somebody: Somebody) -> vCalAddress:
    address = vCalAddress(f"mailto:{somebody.email}")
    address.params["CN"] = vText(plain(somebody.name).replace("\\", ""))  # misread by many
    return address


def _attendee(somebody: Somebody, *, asked: bool) -> vCalAddress:
    address = _address(somebody)
    address.params["CUTYPE"] = vText("INDIVIDUAL")
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    if asked:
        address.params["PARTSTAT"] = vText(somebody.answer or "NEEDS-ACTION")
        address.params["RSVP"] = vText("TRUE")
    return address


def _alarm(summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", plain(summary))
    alarm.add("trigger", -REMIND_BEFORE)
    return alarm


def _zones(entries: Sequence[Entry]) -> list[Timezone]:
    """The rules of each zone named. Always for the same long while: readers keep the first they
    get under a name."""
    zones = {half_hour.zone for entry in entries for half_hour in _on_the_clock(entry)} - {"UTC"}
    if not zones:
        return []
    half_hours = [half_hour for entry in entries for half_hour in _half_hours(entry)]
    years = [half_hour.starts_at.year for half_hour in half_hours]
    first = datetime(min(ZONES_FROM, min(years) - 1), 1, 1, tzinfo=UTC)
    last = datetime((max(years) // 10 + 2) * 10, 1, 1, tzinfo=UTC)
    return [timezone_of(zone, first=first, last=last) for zone in sorted(zones)]


def _on_the_clock(entry: Entry) -> list[HalfHour]:
    """Those whose text names a zone."""
    if isinstance(entry, Repeating):
        return _half_hours(entry)
    is_named = entry.replaces is not None or _clock_of(entry)[0].tzinfo is not UTC
    return [entry] if is_named else []


def _text(calendar: Calendar, events: list[Event], *, zones: list[Timezone]) -> str:
    for component in [*zones, *events]:
        calendar.add_component(component)
    return str(calendar.to_ical().decode())
