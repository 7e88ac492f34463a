"""What calendars read, read back by three readers that share no code with us or each other."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import ics
import pytest
import vobject
from dateutil.tz import tzical
from hypothesis import assume, example, given
from hypothesis import strategies as st
from icalendar import Calendar

from viceversa.meetings.rules.ics import (
    HalfHour,
    Somebody,
    feed,
    is_address,
    is_link,
    letter,
    plain,
)
from viceversa.meetings.rules.times import SkippedTime, moment
from viceversa.meetings.rules.zones import changes, timezone_of

pytestmark = pytest.mark.pure

ZONES = [
    "Africa/Casablanca",
    "America/New_York",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Asia/Tehran",
    "Australia/Lord_Howe",
    "Europe/Berlin",
    "Europe/Dublin",
    "Pacific/Apia",
    "Pacific/Auckland",
]
NOW = datetime(2026, 3, 2, 9, 12, tzinfo=UTC)
YEARS_LATER = datetime(2030, 1, 1, tzinfo=UTC)
ORGANISER = Somebody("Viceversa", "halfhours@mentoring.example")
TWO = (Somebody("Tamsin Marlow", "tamsin@firm.example"), Somebody("Juno", "juno@firm.example"))

moments = st.integers(0, 4 * 365 * 96).map(
    lambda quarters: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=15 * quarters)
)
zones = st.sampled_from(ZONES)
words = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), exclude_characters="\u2028\u2029")
    | st.sampled_from("\n,;:\"\\^'="),
    min_size=1,
    max_size=60,
).filter(lambda text: plain(text) == text == text.strip())


def half_hour(starts_at: datetime, zone: str, **fields: Any) -> HalfHour:
    given = {"uid": "m1@viceversa", "sequence": 0, "minutes": 30, "summary": "Viceversa"} | fields
    return HalfHour(starts_at=starts_at, zone=zone, **given)


def request(half_hour: HalfHour, *, method: str = "REQUEST") -> str:
    return letter(half_hour, method=method, organizer=ORGANISER, attendees=TWO, now=NOW)


def by_icalendar(text: str) -> list[tuple[datetime, datetime]]:
    calendar = Calendar.from_ical(text)
    broken = [error for part in calendar.walk() for error in part.errors]
    assert broken == []
    return [(event.start, event.end) for event in calendar.walk("VEVENT")]


def by_vobject(text: str) -> list[tuple[datetime, datetime]]:
    calendar = vobject.readOne(text)
    calendar.validate(raiseException=True)
    return [(event.dtstart.value, event.dtend.value) for event in calendar.vevent_list]


def by_ics(text: str) -> list[tuple[datetime, datetime]]:
    calendar = ics.Calendar(text)
    found = [(event.begin.datetime, event.end.datetime) for event in calendar.events]
    return sorted(found)


READERS = [by_icalendar, by_vobject, by_ics]


def _in_utc(found: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    return [(start.astimezone(UTC), end.astimezone(UTC)) for start, end in found]


@pytest.mark.parametrize("read", READERS)
@given(starts_at=moments, zone=zones, minutes=st.sampled_from([15, 30, 45, 90]))
@example(starts_at=datetime(2026, 10, 25, 0, 30, tzinfo=UTC), zone="Europe/Berlin", minutes=30)
@example(starts_at=datetime(2026, 10, 25, 1, 15, tzinfo=UTC), zone="Europe/Berlin", minutes=30)
@example(starts_at=datetime(2027, 2, 20, 9, 0, tzinfo=UTC), zone="Africa/Casablanca", minutes=30)
@example(starts_at=datetime(2026, 4, 4, 15, 15, tzinfo=UTC), zone="Australia/Lord_Howe", minutes=30)
def test_three_readers_find_the_same_instants(
    read: Any, starts_at: datetime, zone: str, minutes: int
) -> None:
    text = request(half_hour(starts_at, zone, minutes=minutes))

    assert _in_utc(read(text)) == [(starts_at, starts_at + timedelta(minutes=minutes))]


@pytest.mark.parametrize("read", READERS)
@given(
    day=st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    clock=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    zone=zones,
    every=st.sampled_from([7, 14, 31]),
)
def test_a_series_keeps_its_clock_through_the_changes_of_the_year(
    read: Any, day: Any, clock: Any, zone: str, every: int
) -> None:
    try:
        starts = [moment(day + timedelta(days=every * n), clock, zone) for n in range(12)]
    except SkippedTime:
        assume(False)
    half_hours = [half_hour(at, zone, uid=f"m{n}@viceversa") for n, at in enumerate(starts)]

    found = read(feed(half_hours, name="Half hours", now=NOW))

    assert [start for start, _end in _in_utc(found)] == starts
    assert {start.astimezone(ZoneInfo(zone)).time() for start, _end in found} == {clock}


@given(starts_at=moments, moved_to=moments, zone=zones, moved_zone=zones)
def test_an_update_is_the_same_entry_at_another_time(
    starts_at: datetime, moved_to: datetime, zone: str, moved_zone: str
) -> None:
    first = request(half_hour(starts_at, zone))
    second = request(half_hour(moved_to, moved_zone, sequence=1))
    off = request(half_hour(moved_to, moved_zone, sequence=2), method="CANCEL")
    events = [Calendar.from_ical(text).walk("VEVENT")[0] for text in (first, second, off)]

    assert len({str(event["UID"]) for event in events}) == 1
    assert [event["SEQUENCE"] for event in events] == [0, 1, 2]
    assert [event.start.astimezone(UTC) for event in events] == [starts_at, moved_to, moved_to]
    assert [str(event["STATUS"]) for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]


@given(starts_at=moments, zone=zones)
def test_a_letter_read_and_written_again_is_the_same(starts_at: datetime, zone: str) -> None:
    text = request(half_hour(starts_at, zone, place="Room 5"))

    assert Calendar.from_ical(text).to_ical().decode() == text


@given(name=words, place=words)
@example(name='Joe "Q"\nATTENDEE:mailto:evil@x.example', place="A, B; C\\n\nEND:VEVENT\n")
@example(name="A;CN=B:mailto:evil@x.example", place="BEGIN:VALARM")
@example(name="^n^'^^", place="\\,\\;\\\\")
def test_names_and_places_come_back_as_they_went_in(name: str, place: str) -> None:
    assume(place.strip())
    asked = half_hour(
        NOW, "Europe/Berlin", summary=f"Viceversa: half hour with {name}", place=place
    )
    text = letter(
        asked,
        method="REQUEST",
        organizer=ORGANISER,
        attendees=[Somebody(name, "juno@firm.example")],
        now=NOW,
    )

    [event] = Calendar.from_ical(text).walk("VEVENT")
    assert str(event["SUMMARY"]) == asked.summary
    assert str(event["LOCATION"]) == place
    assert event["ATTENDEE"].params["CN"] == name.replace("\\", "")
    assert str(event["ATTENDEE"]) == "mailto:juno@firm.example"
    [seen] = vobject.readOne(text).vevent_list
    assert (seen.summary.value, seen.location.value) == (asked.summary, place)
    assert len(seen.contents["attendee"]) == 1


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\u2028", "\u202e"])
def test_control_and_direction_signs_are_left_out(sign: str) -> None:
    text = request(half_hour(NOW, "UTC", summary=f"a{sign}b", place=f"c{sign}d"))

    [event] = Calendar.from_ical(text).walk("VEVENT")
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == ("ab", "cd")


@pytest.mark.parametrize("breaks", ["\r\n", "\r", "\n"])
def test_no_line_break_begins_a_line_of_its_own(breaks: str) -> None:
    evil = f"x{breaks}ATTENDEE:mailto:evil@x.example"
    text = letter(
        half_hour(NOW, "UTC", summary=evil, place=evil, link=f"https://v.example/{breaks}EVIL:1"),
        method="REQUEST",
        organizer=ORGANISER,
        attendees=[Somebody(evil, "a@b.example")],
        now=NOW,
    )

    names = [line.partition(":")[0].partition(";")[0] for line in text.splitlines()]
    assert names.count("ATTENDEE") == 1
    assert "EVIL" not in names
    assert "URL" not in names


def test_lines_are_folded_and_end_as_the_standard_says() -> None:
    text = request(half_hour(NOW, "Europe/Berlin", place="Straße " * 25))

    assert text.endswith("END:VCALENDAR\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")


def test_a_letter_has_zone_alarm_and_stamp_but_a_cancellation_rings_no_bell() -> None:
    invited = Calendar.from_ical(
        request(half_hour(NOW, "Europe/Dublin", link="https://v.example/1"))
    )
    [event] = invited.walk("VEVENT")
    off = Calendar.from_ical(request(half_hour(NOW, "Europe/Dublin"), method="CANCEL"))

    assert [str(zone["TZID"]) for zone in invited.walk("VTIMEZONE")] == ["Europe/Dublin"]
    assert [alarm["TRIGGER"].dt for alarm in invited.walk("VALARM")] == [timedelta(minutes=-15)]
    assert event["DTSTAMP"].dt == NOW
    assert (str(event["URL"]), str(event["LOCATION"])) == ("https://v.example/1",) * 2
    assert off.walk("VALARM") == []
    assert "RSVP" not in off.walk("VEVENT")[0]["ATTENDEE"][0].params


@pytest.mark.parametrize(
    ("hour", "minute", "written"),
    [
        (23, 15, "DTSTART;TZID=Europe/Berlin:20261025T011500"),
        (0, 15, "DTSTART:20261025T001500Z"),
        (1, 15, "DTSTART:20261025T011500Z"),
        (2, 15, "DTSTART;TZID=Europe/Berlin:20261025T031500"),
    ],
)
def test_an_hour_that_comes_twice_is_written_in_utc(hour: int, minute: int, written: str) -> None:
    starts_at = datetime(2026, 10, 25, hour, minute, tzinfo=UTC)
    if hour == 23:
        starts_at -= timedelta(days=1)

    assert f"{written}\r\n" in request(half_hour(starts_at, "Europe/Berlin"))


def test_the_six_weeks_of_winter_time_in_morocco_are_found() -> None:
    found = list(
        changes(
            "Africa/Casablanca",
            first=datetime(2025, 1, 1, tzinfo=UTC),
            last=datetime(2026, 1, 1, tzinfo=UTC),
        )
    )

    assert [change.at.isoformat() for change in found] == [
        "2025-02-23T03:00:00",
        "2025-04-06T02:00:00",
    ]


@pytest.mark.parametrize("zone", ZONES)
def test_zones_are_told_as_they_are_to_those_who_know_none(zone: str) -> None:
    """Hour by hour around every change, by a reader that has nothing but our text."""
    text = timezone_of(zone, first=datetime(2025, 1, 1, tzinfo=UTC), last=YEARS_LATER).to_ical()
    told = tzical(StringIO(text.decode())).get(zone)
    for change in changes(zone, first=datetime(2025, 2, 1, tzinfo=UTC), last=YEARS_LATER):
        for quarters in range(-12, 13):
            clock = change.at + timedelta(minutes=15 * quarters)
            here = clock.replace(tzinfo=ZoneInfo(zone))
            if here.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == clock:
                assert clock.replace(tzinfo=told).utcoffset() == here.utcoffset(), clock


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("a@b.example", True),
        ("o'brien+half@b.example", True),
        ("a@b.example\nRCPT", False),
        ("a;b@c.example", False),
        ("a@b@c", False),
        ("", False),
    ],
)
def test_addresses_that_would_break_a_line_are_none(text: str, good: bool) -> None:
    assert is_address(text) is good


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("https://meet.example/half-hour?x=1#y", True),
        ("javascript:alert(1)", False),
        ("https://a b", False),
        ("https://a\r\nX:1", False),
        ("", False),
    ],
)
def test_only_web_addresses_are_links(text: str, good: bool) -> None:
    assert is_link(text) is good
