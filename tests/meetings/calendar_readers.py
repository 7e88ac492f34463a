"""Readers of calendars that share no code with us: each lists what takes place, rules followed."""

import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from functools import cache
from io import StringIO
from typing import Any

import ics
import vobject
from dateutil.tz import tzical
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from tests.architecture.source import ROOT

Moments = list[tuple[datetime, datetime]]


def by_ical(text: str) -> Moments:
    calendar = IcsCalendarStream.calendar_from_ics(text)
    found = [(one.start_datetime, one.end_datetime) for one in calendar.timeline]
    return sorted((_utc(start), _utc(end)) for start, end in found)


def by_khal(text: str) -> Moments:
    khal = _khal()
    assert khal.stdin is not None
    assert khal.stdout is not None
    khal.stdin.write(json.dumps(text) + "\n")
    khal.stdin.flush()
    pairs = json.loads(khal.stdout.readline())
    return [(datetime.fromtimestamp(a, UTC), datetime.fromtimestamp(b, UTC)) for a, b in pairs]


def by_vobject(text: str) -> Moments:
    """It follows a rule; what stands instead of one of its days is put there by hand. The zones are
    told to it from the text, as it would ask another library for those it knows by name."""
    _tell_zones(text)
    calendar = vobject.readOne(text)
    calendar.validate(raiseException=True)
    found: dict[tuple[str, datetime], tuple[datetime, datetime]] = {}
    for event in calendar.vevent_list:
        begin = event.dtstart.value
        if hasattr(event, "recurrence_id"):
            days = {event.recurrence_id.value: begin}
        else:
            days = {at: at for at in (event.getrruleset() or [begin])}
        for day, at in days.items():
            found[event.uid.value, _utc(day)] = (_utc(at), _utc(at) + _length(event))
    return sorted(found.values())


def _tell_zones(text: str) -> None:
    zones = re.findall(r"BEGIN:VTIMEZONE.*?END:VTIMEZONE\r\n", text, re.DOTALL)
    told = tzical(StringIO("".join(zones))) if zones else None
    for name in told.keys() if told else ():
        vobject.icalendar.registerTzid(name, told.get(name))


def check_by_icalendar(text: str) -> Any:
    calendar = Calendar.from_ical(text)
    assert [error for part in calendar.walk() for error in part.errors] == []
    assert calendar.to_ical().decode() == text
    return calendar


def check_by_ics(text: str) -> None:
    """It follows no rules; it must read each entry."""
    [calendar] = ics.Calendar.parse_multiple(text)
    assert len(calendar.events) == text.count("BEGIN:VEVENT")


EXPANDING = [by_ical, by_khal, by_vobject]


@cache
def _khal() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.meetings.khal_reader"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def _length(event: Any) -> Any:
    if hasattr(event, "duration"):
        return event.duration.value
    return event.dtend.value.replace(tzinfo=None) - event.dtstart.value.replace(tzinfo=None)


def _utc(at: datetime) -> datetime:
    return at.astimezone(UTC)
