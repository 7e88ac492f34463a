"""When somebody is busy, out of a calendar of theirs, and which address may be asked for one."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

from icalendar import Calendar

from viceversa.meetings.rules.recurrence import DAY, Effort, TooMuch, days_of, rule_of
from viceversa.meetings.rules.suggest import Interval, merged

AHEAD = timedelta(days=60)
LONGEST_EVENT = timedelta(days=366)
MOST_DAYS_LOOKED_AT = 500_000
MOST_INTERVALS = 5000
FREE_IN_OUTLOOK = ("FREE", "WORKINGELSEWHERE")
BROKEN = (ValueError, TypeError, KeyError, AttributeError, OverflowError, IndexError)
_BARE_ZONE = re.compile(rb'(;TZID=)([^";:\r\n]{0,80}:[^";\r\n]{0,80})(?=:\d{8}(?:T|\r|\n))')
_WITHIN_SIX = (IPv6Network("64:ff9b::/96"), IPv6Network("::/96"))


class NotACalendar(ValueError):
    """What came cannot be read as a calendar."""


def tidied(address: str) -> str:
    """As people copy it: `webcal` is what calendars call `https`."""
    address = address.strip()
    scheme, separator, rest = address.partition("://")
    return f"https://{rest}" if separator and scheme.lower() == "webcal" else address


def wrong_with_address(address: str, *, allow_private: bool) -> str:
    """A code, or nothing. Where its name leads is looked at when it is read."""
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return "no_address"
    if not host or len(address) > 1000 or not address.isprintable() or " " in address:
        return "no_address"
    if parts.scheme != "https" and not (allow_private and parts.scheme == "http"):
        return "not_https"
    if parts.username is not None or parts.password is not None:
        return "with_password"
    if not allow_private and _is_private_name(parts):
        return "private"
    return ""


def _is_private_name(parts: SplitResult) -> bool:
    host = (parts.hostname or "").rstrip(".")
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return not is_public(host)
    except ValueError:
        return False


def is_public(text: str) -> bool:
    """An address of the open internet, also when it hides in another."""
    address = ip_address(text.partition("%")[0])
    inner = _inner(address)
    if inner is not None:
        return is_public(str(inner))
    if isinstance(address, IPv6Address) and address.is_site_local:
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | None:
    if isinstance(address, IPv4Address):
        return None
    if any(address in network for network in _WITHIN_SIX) and int(address) > 1:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    if address.ipv4_mapped or address.sixtofour:
        return address.ipv4_mapped or address.sixtofour
    return address.teredo[1] if address.teredo else None


def busy_times(text: bytes, *, zone: str, now: datetime) -> list[Interval]:
    """The next sixty days, sorted and without overlaps. What floats is on the clock of `zone`.
    Events that make no sense are left out; NotACalendar or TooMuch when it is all too much."""
    reading = _Reading(ZoneInfo(zone), now, now + AHEAD, Effort(MOST_DAYS_LOOKED_AT))
    found: list[Interval] = []
    for calendar in _calendars(text):
        found += reading.taken(calendar)
    together = merged(found)
    if len(together) > MOST_INTERVALS:
        raise TooMuch
    return together


def _calendars(text: bytes) -> list[Any]:
    """Names of zones with a colon in them must stand in quotes, and often do not."""
    if b"BEGIN:VCALENDAR" not in text[:1000].upper():
        raise NotACalendar
    try:
        calendars = Calendar.from_ical(_BARE_ZONE.sub(rb'\1"\2"', text), multiple=True)
    except Exception as error:  # the reader raises many kinds for broken texts
        raise NotACalendar from error
    found = [calendar for calendar in calendars if calendar.name == "VCALENDAR"]
    if not found:
        raise NotACalendar
    return found


@dataclass(frozen=True)
class _Reading:
    zone: tzinfo
    begin: datetime
    end: datetime
    effort: Effort

    def taken(self, calendar: Any) -> Iterator[Interval]:
        events = calendar.walk("VEVENT")
        moved = self._moved(events)
        for event in events:
            try:
                yield from self._of_event(event, moved)
            except TooMuch:
                raise
            except BROKEN:
                continue
        for part in calendar.walk("VFREEBUSY"):
            try:
                yield from self._of_free_busy(part)
            except BROKEN:
                continue

    def _moved(self, events: list[Any]) -> dict[str, set[datetime]]:
        """The occurrences that have an event of their own."""
        moved: dict[str, set[datetime]] = defaultdict(set)
        for event in events:
            if "RECURRENCE-ID" in event:
                try:
                    moved[str(event.get("UID"))].add(self._moment(event["RECURRENCE-ID"].dt))
                except BROKEN:
                    continue
        return moved

    def _of_event(self, event: Any, moved: dict[str, set[datetime]]) -> Iterator[Interval]:
        if not _takes_time(event):
            return
        first = event["DTSTART"].dt
        length = self._length(event, first)
        if length <= timedelta():
            return
        left_out, days_off = self._left_out(event)
        if "RECURRENCE-ID" not in event:
            left_out |= moved[str(event.get("UID"))]
        for at in self._starts(event, first, length):
            start = self._moment(at)
            if start not in left_out and _day(at) not in days_off:
                whole_days = not isinstance(at, datetime)
                end = self._moment(at + length) if whole_days else start + length
                yield from self._clipped(start, end)

    def _length(self, event: Any, first: date) -> timedelta:
        if "DTEND" in event:
            end = event["DTEND"].dt
            if isinstance(first, datetime):
                return min(self._moment(end) - self._moment(first), LONGEST_EVENT)
            return min(timedelta(days=(end - first).days), LONGEST_EVENT)
        if "DURATION" in event:
            length: timedelta = event["DURATION"].dt
            return min(length, LONGEST_EVENT)
        return timedelta() if isinstance(first, datetime) else DAY

    def _starts(self, event: Any, first: date, length: timedelta) -> Iterator[date]:
        """As the calendar writes them: days, or clocks in their zone."""
        starts = {first, *self._further(event)}
        rules = event.get("RRULE") or []
        for rule in rules if isinstance(rules, list) else [rules]:
            starts.update(self._returns(rule, first, length))
        yield from starts

    def _returns(self, rule: Any, first: date, length: timedelta) -> Iterator[date]:
        text = rule.to_ical().decode()
        parts = dict(part.split("=", 1) for part in text.split(";") if "=" in part)
        until = rule.get("UNTIL")
        last = self._moment(until[0]) if until else self.end
        is_day = until and not isinstance(until[0], datetime)
        if is_day:
            last += DAY
        day = first.date() if isinstance(first, datetime) else first
        days = days_of(
            rule_of(parts),
            day,
            begin=(self.begin - length - DAY).date(),
            end=(min(self.end, last) + DAY).date(),
            effort=self.effort,
        )
        for one in days:
            at = datetime.combine(one, first.timetz()) if isinstance(first, datetime) else one
            moment = self._moment(at)
            if moment < last or (moment == last and not is_day):
                yield at

    def _further(self, event: Any) -> Iterator[date]:
        for at in _dates(event.get("RDATE")):
            yield at[0] if isinstance(at, tuple) else at

    def _left_out(self, event: Any) -> tuple[set[datetime], set[date]]:
        """Moments, and days on the clock of the event: some leave out a day of what has an hour."""
        dates = list(_dates(event.get("EXDATE")))
        days = {at for at in dates if not isinstance(at, datetime)}
        return {self._moment(at) for at in dates}, days

    def _of_free_busy(self, part: Any) -> Iterator[Interval]:
        periods = part.get("FREEBUSY") or []
        for period in periods if isinstance(periods, list) else [periods]:
            if str(period.params.get("FBTYPE", "BUSY")).upper() != "FREE":
                start, end = self._moment(period.start), self._moment(period.end)
                yield from self._clipped(start, end)

    def _clipped(self, start: datetime, end: datetime) -> Iterator[Interval]:
        start, end = max(start, self.begin), min(end, self.end)
        if start < end:
            yield start, end

    def _moment(self, at: date) -> datetime:
        """Days begin at midnight where the person is; a clock without a zone is theirs."""
        if not isinstance(at, datetime):
            at = datetime.combine(at, time())
        return (at if at.tzinfo else at.replace(tzinfo=self.zone)).astimezone(UTC)


def _day(at: date) -> date:
    return at.date() if isinstance(at, datetime) else at


def _takes_time(event: Any) -> bool:
    return (
        str(event.get("TRANSP", "OPAQUE")).upper() != "TRANSPARENT"
        and str(event.get("STATUS", "")).upper() != "CANCELLED"
        and str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper() not in FREE_IN_OUTLOOK
    )


def _dates(listed: Any) -> Iterator[Any]:
    for many in listed if isinstance(listed, list) else [listed]:
        for one in getattr(many, "dts", []):
            yield one.dt
