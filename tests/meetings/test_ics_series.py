"""A series as one entry, read by readers that follow its rule, in 12 zones."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.meetings.calendar_readers import (
    EXPANDING,
    by_ical,
    by_vobject,
    check_by_icalendar,
    check_by_ics,
)
from tests.meetings.test_ics import NOW, ORGANISER, TWO, ZONES, half_hour
from viceversa.meetings.rules.ics import HalfHour, Repeating, feed, letter
from viceversa.meetings.rules.repeating import Grid, Plan, days_of, last_moment, plan_of

pytestmark = pytest.mark.pure

LENGTH = timedelta(minutes=30)
any_days = st.dates(date(2026, 1, 1), date(2027, 12, 31))
clocks = st.integers(0, 95).map(lambda quarter: time(quarter // 4, quarter % 4 * 15))
zones = st.sampled_from([*ZONES, "UTC"])
rhythms = st.sampled_from([1, 2, 7, 14, 28, 31])


@st.composite
def plans(draw: Any) -> tuple[Grid, Plan]:
    """A grid of up to 30 days, some of which are left out."""
    first, every = draw(any_days), draw(rhythms)
    until = first + timedelta(days=every * draw(st.integers(0, 29)))
    grid = Grid(first, until, every, draw(clocks), draw(zones))
    out = draw(st.sets(st.sampled_from(list(grid.days())), max_size=8))
    plan = plan_of(
        grid, booked=(), decided_to=None, goes_on=True, is_free=lambda day: day not in out
    )
    assume(plan is not None)
    assert plan is not None
    return grid, plan


def entry(grid: Grid, plan: Plan, *, sequence: int = 0, moved: Any = None) -> Repeating:
    def one(day: date, at: datetime, **fields: Any) -> HalfHour:
        return half_hour(at, grid.zone, uid="s1@viceversa", sequence=sequence, **fields)

    twice = {day: grid.at(day) for day in days_of(grid, plan) if grid.comes_twice(day)}
    return Repeating(
        first=one(plan.first, grid.at(plan.first)),
        every_days=grid.every_days,
        last_at=last_moment(grid, plan),
        left_out=tuple(grid.shown(day) for day in plan.gaps),
        changed=tuple(
            one(day, at, replaces=grid.shown(day))
            for day, at in sorted((twice | (moved or {})).items())
        ),
    )


def request(entry: Repeating | HalfHour, method: str = "REQUEST") -> str:
    return letter(entry, method=method, organizer=ORGANISER, attendees=TWO, now=NOW)


def as_read(starts: list[datetime]) -> list[tuple[datetime, datetime]]:
    return [(at.astimezone(UTC), at.astimezone(UTC) + LENGTH) for at in sorted(starts)]


WINTER = Grid(date(2026, 10, 18), date(2026, 11, 8), 7, time(2, 45), "Europe/Berlin")
SUMMER = Grid(date(2026, 3, 15), date(2026, 4, 12), 7, time(2, 30), "Europe/Berlin")


def whole(grid: Grid) -> tuple[Grid, Plan]:
    plan = plan_of(grid, booked=(), decided_to=None, goes_on=True, is_free=lambda day: True)
    assert plan is not None
    return grid, plan


@pytest.mark.parametrize("read", EXPANDING)
@given(planned=plans())
@example(planned=whole(SUMMER))
@example(planned=whole(WINTER))
def test_readers_find_each_day_at_its_clock_and_none_left_out(
    read: Any, planned: tuple[Grid, Plan]
) -> None:
    text = request(entry(*planned))

    assert [start for start, _end in read(text)] == [
        start for start, _end in as_read([planned[0].at(day) for day in days_of(*planned)])
    ]
    check_by_icalendar(text)


moves = st.dictionaries(
    st.integers(0, 29), st.integers(-72, 72).filter(lambda hours: hours != 0), max_size=4
)


def moved_by(grid: Grid, plan: Plan, hours: dict[int, int]) -> dict[date, datetime]:
    kept = list(enumerate(days_of(grid, plan)))
    return {day: grid.at(day) + timedelta(hours=hours[n]) for n, day in kept if n in hours}


@pytest.mark.parametrize("read", EXPANDING)
@given(planned=plans(), hours=moves)
def test_readers_find_a_moved_one_at_its_new_time_and_nowhere_else(
    read: Any, planned: tuple[Grid, Plan], hours: dict[int, int]
) -> None:
    grid, plan = planned
    assume(read is not by_ical or grid.zone != "UTC")  # it does not match what is moved in UTC
    moved = moved_by(grid, plan, hours)
    text = request(entry(grid, plan, sequence=1, moved=moved))

    expected = sorted(moved.get(day) or grid.at(day) for day in days_of(grid, plan))
    assert [start for start, _end in read(text)] == [at.astimezone(UTC) for at in expected]
    check_by_icalendar(text)


@given(planned=plans(), cut=st.integers(1, 20))
def test_an_update_is_the_same_entry_with_fewer_days(planned: tuple[Grid, Plan], cut: int) -> None:
    grid, plan = planned
    kept = days_of(grid, plan)[:cut]
    ended = plan_of(
        grid, booked=set(kept), decided_to=kept[-1], goes_on=False, is_free=lambda day: True
    )
    assert ended is not None
    before, after = request(entry(grid, plan)), request(entry(grid, ended, sequence=1))

    events = [check_by_icalendar(text).walk("VEVENT")[0] for text in (before, after)]
    assert len({str(event["UID"]) for event in events}) == 1
    assert [event["SEQUENCE"] for event in events] == [0, 1]
    assert [start for start, _end in by_ical(after)] == [grid.at(day) for day in kept]


@settings(max_examples=10)
@given(planned=plans(), hours=moves)
def test_a_reader_that_follows_no_rules_accepts_every_entry(
    planned: tuple[Grid, Plan], hours: dict[int, int]
) -> None:
    check_by_ics(request(entry(*planned, moved=moved_by(*planned, hours))))


@given(planned=plans(), at=st.integers(0, 29))
def test_one_day_is_called_off_by_what_its_clock_shows(planned: tuple[Grid, Plan], at: int) -> None:
    grid, plan = planned
    kept = days_of(grid, plan)
    day = kept[at % len(kept)]
    off = half_hour(
        grid.at(day), grid.zone, uid="s1@viceversa", sequence=1, replaces=grid.shown(day)
    )
    text = request(off, method="CANCEL")

    [event] = check_by_icalendar(text).walk("VEVENT")
    assert event["RECURRENCE-ID"].dt.replace(tzinfo=None) == grid.shown(day)
    assert str(event["STATUS"]) == "CANCELLED"


@pytest.mark.parametrize("read", [by_ical, by_vobject])
def test_a_feed_holds_series_of_all_zones_and_single_half_hours(read: Any) -> None:
    grids = [Grid(date(2026, 2, 2), date(2026, 12, 21), 7, time(8, 30), zone) for zone in ZONES]
    entries = [
        replace(made, first=replace(made.first, uid=f"s{n}@viceversa"))
        for n, made in enumerate(entry(*whole(grid)) for grid in grids)
    ]
    text = feed([*entries, half_hour(NOW, "Europe/Berlin")], name="Half hours", now=NOW)

    expected = [grid.at(day) for grid in grids for day in grid.days()]
    assert [start for start, _end in read(text)] == sorted([*expected, NOW])
    check_by_icalendar(text)
    check_by_ics(text)


@pytest.mark.parametrize("zone", ZONES)
def test_a_year_of_weeks_keeps_its_clock_in_every_zone(zone: str) -> None:
    grid = Grid(date(2026, 2, 4), date(2027, 2, 3), 7, time(16, 45), zone)
    found = {read.__name__: read(request(entry(*whole(grid)))) for read in EXPANDING}

    assert len({str(moments) for moments in found.values()}) == 1
    starts = [start.astimezone(ZoneInfo(zone)) for start, _end in found["by_khal"]]
    assert [(at.date(), at.time()) for at in starts] == [(day, grid.clock) for day in grid.days()]
