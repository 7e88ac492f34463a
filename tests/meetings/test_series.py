"""Half hours that come back, with exceptions."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from tests.factories import actor_for_person, make_meeting, make_partnership, make_person
from viceversa.history.models import Entry
from viceversa.meetings.actions import booking, series
from viceversa.meetings.models import CalendarLetter, Holiday, Meeting, Series
from viceversa.notifications.models import Notification
from viceversa.partnerships.models import Partnership
from viceversa.programmes.models import Programme
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
THURSDAY = date(2026, 3, 5)


@pytest.fixture
def partnership() -> Partnership:
    made = make_partnership(state="active")
    person = made.learner.person
    person.time_zone = "Europe/Berlin"
    person.save()
    return made


@pytest.fixture
def learner(partnership: Partnership) -> Actor:
    return actor_for_person(partnership.learner.person)


def weekly(partnership: Partnership, by: Actor, now: datetime, **fields: Any) -> Series:
    fields = {
        "first_on": THURSDAY,
        "clock": time(9, 30),
        "every_days": 7,
        "minutes": 30,
        "until": date(2026, 6, 30),
        **fields,
    }
    return series.book_series(partnership=partnership, by=by, now=now, **fields)


def days(partnership: Partnership) -> list[str]:
    rows = Meeting.objects.filter(partnership=partnership, state="booked").order_by("starts_at")
    return [f"{row.starts_at:%d.%m. %H:%M}" for row in rows]


def test_the_next_four_are_booked_at_the_same_clock_time_over_the_change_of_clocks(
    partnership: Partnership, learner: Actor, now: datetime
) -> None:
    weekly(partnership, learner, now, first_on=date(2026, 3, 19))

    assert days(partnership) == ["19.03. 08:30", "26.03. 08:30", "02.04. 07:30", "09.04. 07:30"]
    assert CalendarLetter.objects.filter(series__isnull=False).count() == 2
    assert CalendarLetter.objects.filter(meeting__isnull=False).count() == 0
    told = Notification.objects.get(kind="meetings.series_booked")
    assert told.person == partnership.adviser.person
    assert Entry.objects.filter(verb="meetings.series_booked").count() == 1
    partnership.refresh_from_db()
    assert partnership.next_at == datetime(2026, 3, 19, 8, 30, tzinfo=UTC)


def test_moving_or_calling_off_one_is_an_exception_and_does_not_come_back(
    partnership: Partnership, learner: Actor, now: datetime
) -> None:
    row = weekly(partnership, learner, now)
    second, third = row.meetings.order_by("starts_at")[1:3]
    booking.move_meeting(
        meeting=second, starts_at=second.starts_at + timedelta(days=1), by=learner, now=now
    )
    booking.cancel_meeting(meeting=third, by=learner, now=now)

    assert series.extend_series(series_id=row.pk, now=now) == 1
    assert series.extend_series(series_id=row.pk, now=now) == 0

    assert days(partnership) == ["05.03. 08:30", "13.03. 08:30", "26.03. 08:30", "02.04. 07:30"]


def test_as_weeks_pass_the_series_goes_on_to_its_last_day(
    partnership: Partnership, learner: Actor, now: datetime
) -> None:
    row = weekly(partnership, learner, now, until=date(2026, 4, 30))

    for week in range(20):
        series.extend_series(series_id=row.pk, now=now + timedelta(weeks=week))

    assert row.meetings.count() == 9
    assert series.series_to_extend(now) == []


def test_taken_hours_and_holidays_are_left_out(
    partnership: Partnership, learner: Actor, now: datetime
) -> None:
    Holiday.objects.create(
        programme=partnership.programme,
        name="Carnival",
        first=date(2026, 3, 11),
        last=date(2026, 3, 12),
    )
    make_meeting(partnership, starts_at=datetime(2026, 3, 19, 8, 15, tzinfo=UTC))

    weekly(partnership, learner, now)

    assert days(partnership) == [
        "05.03. 08:30",
        "19.03. 08:15",
        "26.03. 08:30",
        "02.04. 07:30",
        "09.04. 07:30",
    ]


def test_an_hour_that_does_not_come_is_left_out_and_cannot_be_the_first(
    partnership: Partnership, learner: Actor, now: datetime
) -> None:
    with pytest.raises(Refused) as refused:
        weekly(partnership, learner, now, first_on=date(2026, 3, 29), clock=time(2, 30))
    assert refused.value.code == "skipped"

    weekly(partnership, learner, now, first_on=date(2026, 3, 22), clock=time(2, 30))

    assert "29.03. 01:30" not in days(partnership)
    assert len(days(partnership)) == 4


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"every_days": 0}, "every_days"),
        ({"every_days": 61}, "every_days"),
        ({"until": date(2026, 3, 4)}, "until"),
        ({"until": date(2027, 6, 1)}, "far"),
        ({"first_on": date(2026, 3, 1)}, "past"),
        ({"minutes": 5}, "length"),
    ],
)
def test_what_makes_no_series_is_refused(
    partnership: Partnership, learner: Actor, now: datetime, fields: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        weekly(partnership, learner, now, **fields)

    assert refused.value.code == code
    assert Meeting.objects.count() == 0


def test_there_is_one_series_at_a_time(
    partnership: Partnership, learner: Actor, now: datetime
) -> None:
    weekly(partnership, learner, now)

    with pytest.raises(Refused, match="come back already"):
        weekly(partnership, learner, now, clock=time(11, 0))


def test_either_of_the_two_stops_it_and_what_is_booked_stays(
    partnership: Partnership, learner: Actor, now: datetime
) -> None:
    row = weekly(partnership, learner, now)
    adviser = actor_for_person(partnership.adviser.person)

    series.stop_series(series=row, by=adviser, now=now)

    assert len(days(partnership)) == 4
    assert series.extend_series(series_id=row.pk, now=now + timedelta(weeks=3)) == 0
    told = Notification.objects.get(kind="meetings.series_stopped")
    assert told.person == partnership.learner.person
    with pytest.raises(Refused):
        series.stop_series(series=row, by=adviser, now=now)


def test_advisers_and_strangers_begin_no_series(partnership: Partnership, now: datetime) -> None:
    for person in (partnership.adviser.person, make_person()):
        with pytest.raises(NotAllowed):
            weekly(partnership, actor_for_person(person), now)


def test_a_series_rests_while_the_partnership_does(
    partnership: Partnership, learner: Actor, now: datetime
) -> None:
    row = weekly(partnership, learner, now)
    Partnership.objects.filter(pk=partnership.pk).update(state="paused", paused_at=now)

    assert series.series_to_extend(now) == []
    assert series.extend_series(series_id=row.pk, now=now + timedelta(weeks=3)) == 0


def test_every_week_is_the_default_of_a_programme() -> None:
    assert (Programme().meeting_every_days, Programme().meeting_minutes) == (7, 30)
