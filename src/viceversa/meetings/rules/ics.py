"""Half hours as calendars read them (RFC 5545, 5546). Who, when and where; never what about."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, Timezone, vCalAddress, vText

from viceversa.meetings.rules.zones import timezone_of

PRODUCT = "-//Viceversa//half hours//EN"
REMIND_BEFORE = timedelta(minutes=15)
READ_AGAIN = timedelta(hours=1)
ZONES_FROM = 2025

_ADDRESS = re.compile(r"[^\s\x00-\x20\x7f<>\",;:\\@]+@[^\s\x00-\x20\x7f<>\",;:\\@]+")
_LINK = re.compile(r"https?://[^\s\x00-\x20\x7f-\x9f\"<>\\^`{|}]+", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Somebody:
    name: str
    email: str


@dataclass(frozen=True)
class HalfHour:
    uid: str
    sequence: int
    starts_at: datetime
    minutes: int
    zone: str
    summary: str
    place: str = ""
    link: str = ""

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


def letter(
    half_hour: HalfHour,
    *,
    method: str,
    organizer: Somebody,
    attendees: Iterable[Somebody],
    now: datetime,
) -> str:
    """REQUEST invites or updates, CANCEL calls off."""
    event = _event(half_hour, now=now)
    event.add("organizer", _address(organizer))
    for attendee in attendees:
        event.add("attendee", _attendee(attendee, asked=method == "REQUEST"))
    if method == "CANCEL":
        event.add("status", "CANCELLED")
    else:
        event.add("status", "CONFIRMED")
        event.add_component(_alarm(half_hour.summary))
    return _text(_calendar(method), [event], zones=_zones([half_hour]))


def feed(half_hours: Sequence[HalfHour], *, name: str, now: datetime) -> str:
    calendar = _calendar("PUBLISH")
    calendar.add("x-wr-calname", plain(name))
    calendar.add("refresh-interval", READ_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    events = []
    for half_hour in half_hours:
        event = _event(half_hour, now=now)
        event.add("status", "CONFIRMED")
        event.add_component(_alarm(half_hour.summary))
        events.append(event)
    return _text(calendar, events, zones=_zones(half_hours))


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


def _event(half_hour: HalfHour, *, now: datetime) -> Event:
    starts_at, ends_at = _clock_of(half_hour)
    event = Event()
    event.add("uid", half_hour.uid)
    event.add("sequence", half_hour.sequence)
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", starts_at)
    event.add("dtend", ends_at)
    event.add("summary", plain(half_hour.summary))
    event.add("transp", "OPAQUE")
    where = plain(half_hour.place) or half_hour.link
    if where:
        event.add("location", where)
    if is_link(half_hour.link):
        event.add("url", half_hour.link)
    return event


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
        address.params["PARTSTAT"] = vText("NEEDS-ACTION")
        address.params["RSVP"] = vText("TRUE")
    return address


def _alarm(summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", plain(summary))
    alarm.add("trigger", -REMIND_BEFORE)
    return alarm


def _zones(half_hours: Sequence[HalfHour]) -> list[Timezone]:
    """The rules of each zone named. Always for the same long while: readers keep the first they
    get under a name."""
    zones = {
        half_hour.zone for half_hour in half_hours if _clock_of(half_hour)[0].tzinfo is not UTC
    }
    if not zones:
        return []
    years = [half_hour.starts_at.year for half_hour in half_hours]
    first = datetime(min(ZONES_FROM, min(years) - 1), 1, 1, tzinfo=UTC)
    last = datetime((max(years) // 10 + 2) * 10, 1, 1, tzinfo=UTC)
    return [timezone_of(zone, first=first, last=last) for zone in sorted(zones)]


def _text(calendar: Calendar, events: list[Event], *, zones: list[Timezone]) -> str:
    for component in [*zones, *events]:
        calendar.add_component(component)
    return str(calendar.to_ical().decode())
