from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viceversa.meetings.rules.reminders import (
    DAY,
    HOUR,
    PREPARE,
    WINDOWS,
    HalfHour,
    is_due,
    promise_is_due,
)

pytestmark = pytest.mark.pure

START = datetime(2026, 3, 10, 14, 0, tzinfo=UTC)
LONG_AGO = START - timedelta(days=20)
ZONES = ("Europe/London", "America/New_York", "Asia/Tokyo", "Pacific/Kiritimati", "Pacific/Niue")


@pytest.mark.parametrize(
    ("before", "kinds"),
    [
        (timedelta(hours=49), set()),
        (timedelta(hours=48), {PREPARE}),
        (timedelta(hours=25), set()),
        (timedelta(hours=24), {DAY}),
        (timedelta(hours=5), {DAY}),
        (timedelta(hours=2), set()),
        (timedelta(hours=1), {HOUR}),
        (timedelta(minutes=1), {HOUR}),
        (timedelta(0), set()),
        (timedelta(hours=-1), set()),
    ],
)
def test_each_kind_has_its_time_before_a_half_hour(before: timedelta, kinds: set[str]) -> None:
    half_hour = HalfHour(START, known_since=LONG_AGO)

    assert {kind for kind in WINDOWS if is_due(kind, half_hour, now=START - before)} == kinds


def test_who_books_for_this_afternoon_is_not_reminded_as_of_yesterday() -> None:
    half_hour = HalfHour(START, known_since=START - timedelta(hours=6))

    assert not is_due(DAY, half_hour, now=START - timedelta(hours=5))
    assert is_due(HOUR, half_hour, now=START - timedelta(hours=1))


@pytest.mark.parametrize(
    ("made", "now", "due"),
    [
        ("2026-03-01 12:00", "2026-03-09 08:59", False),
        ("2026-03-01 12:00", "2026-03-09 09:00", True),
        ("2026-03-01 12:00", "2026-03-10 23:59", True),
        ("2026-03-01 12:00", "2026-03-11 00:00", False),
        ("2026-03-09 12:00", "2026-03-09 12:05", False),
        ("2026-03-09 12:00", "2026-03-10 09:00", True),
        ("2026-03-10 10:00", "2026-03-10 10:05", False),
    ],
)
def test_a_promise_is_reminded_of_from_the_morning_before(made: str, now: str, due: bool) -> None:
    zone = ZoneInfo("Europe/London")
    made_at, at = (datetime.fromisoformat(text).replace(tzinfo=zone) for text in (made, now))

    assert promise_is_due(date(2026, 3, 10), made_at=made_at, zone=zone, now=at) is due


@given(
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    day=st.dates(date(2026, 1, 3), date(2027, 12, 30)),
    minutes=st.integers(-4 * 24 * 60, 4 * 24 * 60),
)
def test_a_promise_is_due_on_two_days_by_the_clock_of_its_author(
    zone: ZoneInfo, day: date, minutes: int
) -> None:
    now = datetime.combine(day, time(12), zone).astimezone(UTC) + timedelta(minutes=minutes)
    here = now.astimezone(zone)

    due = promise_is_due(day, made_at=now - timedelta(days=9), zone=zone, now=now)

    eve = day - timedelta(days=1)
    assert due is (here.date() == day or (here.date() == eve and here.time() >= time(9)))


minute = st.integers(0, 6 * 24 * 60).map(lambda n: START - timedelta(days=5, minutes=-n))
steps = st.lists(
    st.one_of(
        st.tuples(st.just("run"), minute),
        st.tuples(st.just("move"), st.integers(-60, 60).map(lambda n: timedelta(hours=n))),
        st.tuples(st.just("call off"), st.none()),
    ),
    max_size=40,
)


@given(steps=steps)
def test_each_reminder_goes_out_once_whatever_the_clock_and_the_two_do(steps: list[tuple]) -> None:  # type: ignore[type-arg]
    """Job runs come at any time and in any order, as after a jump of the clock."""
    half_hour, is_on = HalfHour(START, known_since=LONG_AGO), True
    sent: set[tuple[str, datetime]] = set()
    told: Counter[tuple[str, datetime]] = Counter()
    for step, value in steps:
        if step == "move":
            half_hour = HalfHour(half_hour.starts_at + value, known_since=LONG_AGO)
        elif step == "call off":
            is_on = False
        else:
            due = [kind for kind in WINDOWS if is_on and is_due(kind, half_hour, now=value)]
            new = {(kind, half_hour.starts_at) for kind in due} - sent
            assert len(due) <= 1, "the times of two kinds never overlap"
            assert all(value < start for _kind, start in new)
            sent |= new
            told.update(new)
    assert all(times == 1 for times in told.values())
