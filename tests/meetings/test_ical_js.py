"""Our calendars read by ical.js, the library behind Thunderbird and Nextcloud, in a browser."""

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from playwright.sync_api import Browser, Error

from tests.meetings.calendar_readers import Moments, check_by_icalendar
from tests.meetings.test_ics import NOW, ZONES, half_hour, moments, words
from tests.meetings.test_ics import request as request_for
from tests.meetings.test_ics import zones as any_zone
from tests.meetings.test_ics_series import (
    SUMMER,
    WINTER,
    as_read,
    entry,
    moved_by,
    moves,
    plans,
    request,
    whole,
)
from viceversa.meetings.rules.ics import feed
from viceversa.meetings.rules.repeating import Grid, Plan, days_of

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
READER = (HERE / "ical_js_reader.js").read_text()
ADDRESS = "http://calendars.test/"
Read = Callable[[str], Moments]


@pytest.fixture(scope="module")
def read(browser: Browser) -> Iterator[Read]:
    """Raises where ical.js finds anything wrong."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.route(ADDRESS, lambda route: route.fulfill(body="", content_type="text/html"))
    module = (HERE / "vendor/ical.min.js").read_text()
    page.route(
        ADDRESS + "ical.min.js",
        lambda route: route.fulfill(body=module, content_type="text/javascript"),
    )
    page.goto(ADDRESS)

    def by_ical_js(text: str) -> Moments:
        found: list[list[int]] = page.evaluate(READER, text)
        return [(datetime.fromtimestamp(a, UTC), datetime.fromtimestamp(b, UTC)) for a, b in found]

    yield by_ical_js
    context.close()


def same(found: Moments, days: list[datetime], zone: str) -> bool:
    """Starts, and ends but of those that touch a change of clocks: ical.js measures a half hour by
    the clock."""
    expected = as_read(days)
    return [start for start, _end in found] == [start for start, _end in expected] and all(
        one == other
        for one, other in zip(found, expected, strict=True)
        if not touches_a_change(*other, zone)
    )


def touches_a_change(start: datetime, end: datetime, zone: str) -> bool:
    here, there = start.astimezone(ZoneInfo(zone)), end.astimezone(ZoneInfo(zone))
    offsets = {at.replace(fold=fold).utcoffset() for at in (here, there) for fold in (0, 1)}
    return len(offsets) > 1


def test_the_reader_is_the_one_that_was_pinned() -> None:
    for line in (HERE / "vendor/SHA256SUMS").read_text().splitlines():
        digest, name = line.split()
        assert hashlib.sha256((HERE / "vendor" / name).read_bytes()).hexdigest() == digest


def test_the_reader_refuses_what_is_no_calendar(read: Read) -> None:
    text = request_for(half_hour(NOW, "Europe/Berlin"))
    for broken in ("", "BEGIN:VCALENDAR\r\n", text.replace("DTSTART;", "DTSTART:x;")):
        with pytest.raises(Error):
            read(broken)


@given(starts_at=moments, zone=any_zone)
@example(starts_at=datetime(2026, 10, 25, 0, 30, tzinfo=UTC), zone="Europe/Berlin")
@example(starts_at=datetime(2026, 10, 25, 1, 15, tzinfo=UTC), zone="Europe/Berlin")
@example(starts_at=datetime(2027, 2, 20, 9, 0, tzinfo=UTC), zone="Africa/Casablanca")
@example(starts_at=datetime(2026, 4, 4, 15, 15, tzinfo=UTC), zone="Australia/Lord_Howe")
def test_a_half_hour_is_found_at_its_moment(read: Read, starts_at: datetime, zone: str) -> None:
    for method in ("REQUEST", "CANCEL"):
        found = read(request_for(half_hour(starts_at, zone), method=method))
        assert found == [(starts_at, starts_at + timedelta(minutes=30))]


@given(name=words, place=words)
def test_names_and_places_break_nothing(read: Read, name: str, place: str) -> None:
    text = request_for(half_hour(NOW, "Europe/Berlin", summary=name, place=place))
    assert len(read(text)) == 1


@given(planned=plans())
@example(planned=whole(SUMMER))
@example(planned=whole(WINTER))
def test_a_series_is_found_day_by_day_at_its_clock(read: Read, planned: tuple[Grid, Plan]) -> None:
    grid, plan = planned
    days = [grid.at(day) for day in days_of(*planned)]
    assert same(read(request(entry(grid, plan))), days, grid.zone)


@given(planned=plans(), hours=moves)
def test_a_moved_one_is_found_at_its_new_time_and_nowhere_else(
    read: Read, planned: tuple[Grid, Plan], hours: dict[int, int]
) -> None:
    grid, plan = planned
    moved = moved_by(grid, plan, hours)
    text = request(entry(grid, plan, sequence=1, moved=moved))

    expected = [moved.get(day) or grid.at(day) for day in days_of(grid, plan)]
    assert same(read(text), expected, grid.zone)


@pytest.mark.parametrize("zone", ZONES)
def test_through_a_whole_year_of_weeks_it_agrees_with_us(read: Read, zone: str) -> None:
    """Every change of clocks of the zone lies within."""
    for clock in (time(1, 30), time(9, 0), time(23, 45)):
        grid, plan = whole(Grid(date(2026, 1, 4), date(2027, 1, 10), 7, clock, zone))
        days = [grid.at(day) for day in days_of(grid, plan)]
        assert len(days) >= 52
        assert same(read(request(entry(grid, plan))), days, zone)


@given(planned=plans(), starts_at=moments, zone=any_zone)
def test_a_feed_of_several_entries_is_read_as_a_whole(
    read: Read, planned: tuple[Grid, Plan], starts_at: datetime, zone: str
) -> None:
    series, single = entry(*planned), half_hour(starts_at, zone, uid="one@viceversa")
    text = feed([series, single], name="Half hours", now=NOW)

    days = [planned[0].at(day) for day in days_of(*planned)]
    assert same(read(text), [*days, starts_at], planned[0].zone)
    check_by_icalendar(text)
