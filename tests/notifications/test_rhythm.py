from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viceversa.notifications.rules.rhythm import (
    DAILY,
    WEEKLY,
    Rhythm,
    after_quiet,
    arrival,
    is_quiet,
    local,
    next_digest,
)

pytestmark = pytest.mark.pure

ZONES = (
    "UTC",
    "Europe/London",
    "America/New_York",
    "America/St_Johns",
    "America/Santiago",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Africa/Casablanca",
    "Nowhere/At_All",
)
HOURS = timedelta(hours=3)
clocks = st.times().map(
    lambda at: at.replace(minute=at.minute // 5 * 5, second=0, microsecond=0, fold=0)
)
rhythms = st.builds(
    Rhythm,
    zone=st.sampled_from(ZONES),
    quiet_from=clocks,
    quiet_to=clocks,
    quiet_weekends=st.booleans(),
    digest_at=clocks,
    digest_weekday=st.integers(0, 6),
)
moments = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("moment", "zone", "reaches"),
    [
        ("2026-03-02 12:00", "Europe/London", "2026-03-02 12:00"),
        ("2026-03-02 20:00", "Europe/London", "2026-03-03 07:00"),
        ("2026-03-02 06:59", "Europe/London", "2026-03-02 07:00"),
        ("2026-03-02 12:00", "Asia/Tokyo", "2026-03-02 22:00"),
        ("2026-03-02 01:30", "America/New_York", "2026-03-02 12:00"),
        ("2026-03-29 00:30", "Europe/London", "2026-03-29 06:00"),
    ],
)
def test_a_mail_in_the_night_waits_for_the_morning_there(
    moment: str, zone: str, reaches: str
) -> None:
    assert after_quiet(at(moment), Rhythm(zone=zone)) == at(reaches)


def test_a_quiet_weekend_lasts_from_friday_night_to_monday_morning() -> None:
    rhythm = Rhythm(zone="Europe/London", quiet_weekends=True)

    assert after_quiet(at("2026-03-06 21:00"), rhythm) == at("2026-03-09 07:00")
    assert after_quiet(at("2026-03-07 12:00"), rhythm) == at("2026-03-09 07:00")


def test_without_quiet_hours_only_the_weekend_is_quiet() -> None:
    rhythm = Rhythm(quiet_from=time(0), quiet_to=time(0), quiet_weekends=True)

    assert after_quiet(at("2026-03-06 23:00"), rhythm) == at("2026-03-06 23:00")
    assert after_quiet(at("2026-03-07 12:00"), rhythm) == at("2026-03-09 00:00")


def test_what_would_come_too_late_does_not_wait() -> None:
    night, rhythm = at("2026-03-02 05:30"), Rhythm()

    assert arrival(night, rhythm, best_before=at("2026-03-02 06:30")) == night
    assert arrival(night, rhythm, best_before=at("2026-03-02 07:30")) == at("2026-03-02 07:00")


@given(rhythm=rhythms, moment=moments)
def test_quiet_hours_end_at_the_first_moment_that_is_not_quiet(
    rhythm: Rhythm, moment: datetime
) -> None:
    reached = after_quiet(moment, rhythm)

    assert reached >= moment
    assert not is_quiet(reached, rhythm)
    jumped = (
        local(reached - HOURS, rhythm.zone).utcoffset() != local(reached, rhythm.zone).utcoffset()
    )
    until = reached - timedelta(hours=1) if jumped else reached
    steps = int((until - moment) / timedelta(minutes=5))
    assert all(is_quiet(moment + timedelta(minutes=5 * step), rhythm) for step in range(steps))


@given(rhythm=rhythms, moment=moments, pace=st.sampled_from([DAILY, WEEKLY]))
def test_a_digest_comes_later_at_the_chosen_hour_and_soon(
    rhythm: Rhythm, moment: datetime, pace: str
) -> None:
    due = next_digest(moment, rhythm, pace)

    assert moment < due <= moment + timedelta(days=8 if pace == WEEKLY else 4)
    here = local(due, rhythm.zone)
    jumped = local(due - HOURS, rhythm.zone).utcoffset() != here.utcoffset()
    assert here.time() == rhythm.digest_at or jumped
    assert pace == DAILY or here.weekday() == rhythm.digest_weekday
    assert pace == WEEKLY or not (rhythm.quiet_weekends and here.weekday() >= 5)


@given(rhythm=rhythms, moment=moments, pace=st.sampled_from([DAILY, WEEKLY]))
def test_whatever_comes_before_the_same_digest_waits_for_the_same_moment(
    rhythm: Rhythm, moment: datetime, pace: str
) -> None:
    due = next_digest(moment, rhythm, pace)

    assert next_digest(due - timedelta(seconds=1), rhythm, pace) == due
    assert next_digest(due, rhythm, pace) > due
