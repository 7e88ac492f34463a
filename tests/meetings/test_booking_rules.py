"""Moments, overlaps, series and rows of cancellations, as rules."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viceversa.meetings.rules.booking import (
    BOOKED,
    CANCELLED,
    HELD,
    Outcome,
    hours_before,
    in_a_row,
    needs_help,
)
from viceversa.meetings.rules.times import SkippedTime, days_of_series, moment, overlap

pytestmark = pytest.mark.pure

DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
ZONES = st.sampled_from(
    ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Santiago"]
)
MOMENTS = st.integers(0, 2880).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
SPANS = st.tuples(MOMENTS, st.integers(15, 120)).map(
    lambda pair: (pair[0], pair[0] + timedelta(minutes=pair[1]))
)


@given(DAYS, st.times(), ZONES)
def test_a_clock_time_is_a_moment_that_shows_that_time_or_is_skipped(
    day: date, at: time, zone: str
) -> None:
    at = at.replace(second=0, microsecond=0, fold=0)
    try:
        there = moment(day, at, zone)
    except SkippedTime:
        noon_before = datetime.combine(day, time(), UTC) - timedelta(hours=12)
        offsets = {
            (noon_before + timedelta(hours=hours)).astimezone(ZoneInfo(zone)).utcoffset()
            for hours in range(49)
        }
        assert len(offsets) == 2, "a time was called skipped on a day without a change"
        return
    assert there.tzinfo == UTC
    assert there.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == datetime.combine(day, at)


@given(SPANS, SPANS)
def test_two_spans_overlap_exactly_when_they_share_a_moment(
    one: tuple[datetime, datetime], other: tuple[datetime, datetime]
) -> None:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    assert overlap(one, other) == overlap(other, one) == (shared > timedelta(0))


@given(MOMENTS, st.integers(-10_000, 10_000))
def test_hours_before_never_hide_a_late_cancellation(at: datetime, minutes: int) -> None:
    hours = hours_before(at + timedelta(minutes=minutes), at)
    assert abs(float(hours) - minutes / 60) <= 0.06


@given(DAYS, st.integers(1, 60), st.integers(0, 366), st.integers(0, 400))
def test_the_days_of_a_series_lie_on_its_grid_after_those_booked_and_before_its_end(
    first: date, every: int, length: int, done: int
) -> None:
    until, after = first + timedelta(days=length), first + timedelta(days=done)

    days = list(days_of_series(first, every_days=every, until=until, after=after))

    assert all((day - first).days % every == 0 for day in days)
    assert all(after < day <= until for day in days)
    everything = list(days_of_series(first, every_days=every, until=until, after=None))
    assert [day for day in everything if day > after] == days


OUTCOMES = st.lists(
    st.sampled_from(
        [
            Outcome(HELD),
            Outcome(BOOKED),
            Outcome(CANCELLED),
            Outcome(CANCELLED, "learner"),
            Outcome(CANCELLED, "adviser"),
        ]
    ),
    min_size=1,
    max_size=12,
)


@given(OUTCOMES, st.data())
def test_a_row_is_what_one_side_called_off_between_two_that_were_not(
    outcomes: list[Outcome], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(outcomes) - 1))
    outcomes[at] = Outcome(CANCELLED, "learner")
    letters = "".join(
        "x" if one.state != CANCELLED else {"learner": "L", "adviser": "A"}.get(one.side, "-")
        for one in outcomes
    )
    start = letters.rfind("x", 0, at) + 1
    end = letters.find("x", at)
    row = letters[start : end if end >= 0 else len(letters)]

    assert in_a_row(outcomes, at) == row.count("L")
    assert needs_help(outcomes, at) == (row.count("L") >= 2)


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        ("L", False),
        ("LL", True),
        ("LhL", False),
        ("LbL", False),
        ("LAL", True),
        ("AL", False),
        ("hLLh", True),
    ],
)
def test_two_in_a_row_by_one_side_need_help(story: str, expected: bool) -> None:
    known = {
        "L": Outcome(CANCELLED, "learner"),
        "A": Outcome(CANCELLED, "adviser"),
        "h": Outcome(HELD),
        "b": Outcome(BOOKED),
    }
    assert needs_help([known[one] for one in story], story.rindex("L")) is expected
