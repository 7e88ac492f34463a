"""What a clock shows, as a moment: over both changes of the clocks."""

from datetime import UTC, date, datetime, time

import pytest

from viceversa.meetings.rules.times import SkippedTime, moment

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("day", "hour", "expected"),
    [
        (date(2026, 3, 28), 9, datetime(2026, 3, 28, 8, tzinfo=UTC)),
        (date(2026, 3, 29), 9, datetime(2026, 3, 29, 7, tzinfo=UTC)),
        (date(2026, 10, 24), 9, datetime(2026, 10, 24, 7, tzinfo=UTC)),
        (date(2026, 10, 25), 9, datetime(2026, 10, 25, 8, tzinfo=UTC)),
    ],
)
def test_nine_stays_nine_on_the_clock_when_the_clocks_change(
    day: date, hour: int, expected: datetime
) -> None:
    assert moment(day, time(hour), "Europe/Berlin") == expected


def test_a_time_that_does_not_come_is_said_to_be_skipped() -> None:
    with pytest.raises(SkippedTime):
        moment(date(2026, 3, 29), time(2, 30), "Europe/Berlin")


def test_a_time_that_comes_twice_is_the_first_of_the_two() -> None:
    assert moment(date(2026, 10, 25), time(2, 30), "Europe/Berlin") == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )
