"""What calendars know of half hours that come back, read by readers that follow a rule."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from tests.factories import actor_for_person, make_meeting, make_user
from tests.meetings.calendar_readers import by_ical, check_by_icalendar
from tests.meetings.half_hours import make_pair
from viceversa.history.models import Entry
from viceversa.meetings.actions import booking, holding, series
from viceversa.meetings.actions.feed import make_feed, read_feed
from viceversa.meetings.actions.replies import TAKEN, take_calendar
from viceversa.meetings.models import CalendarLetter, Holiday, Meeting, Series
from viceversa.meetings.queries.calendar import replies_of
from viceversa.notifications.models import Delivery, Notification
from viceversa.partnerships.actions.lifecycle import pause_partnership
from viceversa.partnerships.models import Partnership
from viceversa.people.actions import mark_left
from viceversa.toolkit.actor import Actor, system

pytestmark = pytest.mark.django_db

THURSDAY = date(2026, 3, 5)
WEEK = timedelta(days=7)


@pytest.fixture
def partnership() -> Partnership:
    made: Partnership = make_pair()
    return made


@pytest.fixture
def learner(partnership: Partnership) -> Actor:
    return actor_for_person(partnership.learner.person)


@pytest.fixture
def row(partnership: Partnership, learner: Actor, now: datetime) -> Series:
    return weekly(partnership, learner, now)


def weekly(partnership: Partnership, by: Actor, now: datetime, **fields: Any) -> Series:
    shape = {
        "first_on": THURSDAY,
        "clock": time(9, 30),
        "every_days": 7,
        "minutes": 30,
        "until": date(2026, 6, 25),
    }
    return series.book_series(partnership=partnership, by=by, now=now, **(shape | fields))


def letters(row: Series) -> list[CalendarLetter]:
    """To the adviser, in the order they were written, of the whole and of single ones."""
    adviser = row.partnership.adviser.person
    return list(CalendarLetter.objects.filter(person=adviser).order_by("id"))


def read(letter: CalendarLetter) -> list[str]:
    check_by_icalendar(letter.text)
    return [f"{start:%d.%m. %H:%M}" for start, _end in by_ical(letter.text)]


def in_feed(row: Series, now: datetime) -> list[str]:
    secret = make_feed(by=actor_for_person(row.partnership.adviser.person), now=now)
    text = read_feed(secret=secret, now=now)
    check_by_icalendar(text)
    return [f"{start:%d.%m. %H:%M}" for start, _end in by_ical(text)]


def event_of(letter: CalendarLetter) -> Any:
    [event] = Calendar.from_ical(letter.text).walk("VEVENT")
    return event


def test_one_invitation_tells_a_calendar_of_every_day_to_the_last(
    row: Series, now: datetime
) -> None:
    [letter] = letters(row)

    event = event_of(letter)
    assert (str(event["UID"]), event["SEQUENCE"]) == (row.uid, 0)
    found = read(letter)
    assert (len(found), found[0], found[-1]) == (17, "05.03. 08:30", "25.06. 07:30")
    assert in_feed(row, now) == found
    mail = Delivery.objects.get(address=row.partnership.adviser.person.email)
    told = mail.notification
    assert told.title == "Half hours with Tamsin Marlow that come back"
    assert told.body == ("Every week at 09:30 (Europe/Berlin), from 5 March 2026 to 25 June 2026.")


def test_holidays_and_hours_that_do_not_come_are_no_days_of_it(
    partnership: Partnership, learner: Actor, now: datetime
) -> None:
    Holiday.objects.create(
        programme=partnership.programme, name="May", first=date(2026, 5, 1), last=date(2026, 5, 3)
    )
    row = weekly(
        partnership,
        learner,
        now,
        first_on=date(2026, 3, 22),
        clock=time(2, 30),
        until=date(2026, 5, 10),
    )

    found = read(letters(row)[0])
    assert "29.03. 01:30" not in found
    assert "03.05. 00:30" not in found
    assert (len(found), found[-1]) == (6, "10.05. 00:30")


def test_as_weeks_pass_nothing_more_is_mailed(row: Series, now: datetime) -> None:
    for week in range(1, 12):
        series.extend_series(series_id=row.pk, now=now + WEEK * week)

    assert row.meetings.count() == 15
    assert len(letters(row)) == 1


def test_a_day_that_is_taken_later_is_told_once(
    row: Series, partnership: Partnership, now: datetime
) -> None:
    make_meeting(partnership, starts_at=datetime(2026, 4, 2, 7, 15, tzinfo=UTC))
    for _turn in range(2):
        series.extend_series(series_id=row.pk, now=now + WEEK)

    first, changed = letters(row)
    assert set(read(first)) - set(read(changed)) == {"02.04. 07:30"}
    assert event_of(changed)["SEQUENCE"] == 1


def test_a_moved_one_is_told_alone_by_the_day_it_was_meant_for(
    row: Series, learner: Actor, now: datetime
) -> None:
    second = row.meetings.get(recurs_on=THURSDAY + WEEK)
    booking.move_meeting(
        meeting=second, starts_at=second.starts_at + timedelta(days=1), by=learner, now=now
    )

    event = event_of(letters(row)[-1])
    assert str(event["UID"]) == row.uid
    assert event["RECURRENCE-ID"].to_ical() == b"20260312T093000"
    assert event["RECURRENCE-ID"].params["TZID"] == "Europe/Berlin"
    assert event["DTSTART"].to_ical() == b"20260313T093000"
    assert event["SEQUENCE"] == 1
    assert "RRULE" not in event
    assert in_feed(row, now)[:3] == ["05.03. 08:30", "13.03. 08:30", "19.03. 08:30"]


def test_one_called_off_is_told_alone_and_left_out_ever_after(
    row: Series, learner: Actor, now: datetime
) -> None:
    third = row.meetings.get(recurs_on=THURSDAY + 2 * WEEK)
    booking.cancel_meeting(meeting=third, by=learner, now=now)

    event = event_of(letters(row)[-1])
    assert str(Calendar.from_ical(letters(row)[-1].text)["METHOD"]) == "CANCEL"
    assert event["RECURRENCE-ID"].to_ical() == b"20260319T093000"
    assert event["SEQUENCE"] == 1
    assert "19.03. 08:30" not in in_feed(row, now)
    assert len(in_feed(row, now)) == 16
    series.extend_series(series_id=row.pk, now=now)
    assert len(letters(row)) == 2


def test_a_stopped_series_ends_with_what_is_booked(
    row: Series, learner: Actor, now: datetime
) -> None:
    series.stop_series(series=row, by=learner, now=now)

    letter = letters(row)[-1]
    assert read(letter) == ["05.03. 08:30", "12.03. 08:30", "19.03. 08:30", "26.03. 08:30"]
    assert event_of(letter)["SEQUENCE"] == 1
    assert in_feed(row, now) == read(letter)


def test_what_was_moved_and_called_off_stays_so_in_a_later_letter(
    row: Series, learner: Actor, now: datetime
) -> None:
    second, third = row.meetings.order_by("starts_at")[1:3]
    booking.move_meeting(
        meeting=second, starts_at=second.starts_at + timedelta(days=1), by=learner, now=now
    )
    booking.cancel_meeting(meeting=third, by=learner, now=now)
    series.stop_series(series=row, by=learner, now=now)

    letter = letters(row)[-1]
    assert read(letter) == ["05.03. 08:30", "13.03. 08:30", "26.03. 08:30"]
    events = Calendar.from_ical(letter.text).walk("VEVENT")
    assert [event["SEQUENCE"] for event in events] == [1, 2]


def test_a_pause_calls_all_off_in_one_letter_and_the_end_of_it_tells_them_again(
    row: Series, partnership: Partnership, learner: Actor, now: datetime
) -> None:
    pause_partnership(partnership=partnership, by=learner, now=now)

    letter = letters(row)[-1]
    assert (letter.method, len(letters(row))) == ("CANCEL", 2)
    assert str(event_of(letter)["UID"]) == row.uid
    assert in_feed(row, now) == []

    Partnership.objects.filter(pk=partnership.pk).update(state="active", paused_at=None)
    series.extend_series(series_id=row.pk, now=now + 2 * WEEK)
    again = letters(row)[-1]
    assert read(again)[:2] == ["02.04. 07:30", "09.04. 07:30"]
    assert event_of(again)["SEQUENCE"] == 2


def test_after_some_were_held_a_pause_ends_the_rule_behind_them(
    row: Series, partnership: Partnership, learner: Actor, now: datetime
) -> None:
    later = now + 2 * WEEK
    holding.hold_past(by=system("the clock", via="job"), now=later)
    pause_partnership(partnership=partnership, by=learner, now=later)

    letter = letters(row)[-1]
    assert letter.method == "REQUEST"
    assert read(letter) == ["05.03. 08:30", "12.03. 08:30"]
    titles = Delivery.objects.order_by("id").values_list("notification__title", flat=True)
    assert "Called off: half hours with Tamsin Marlow" in titles


def test_when_one_leaves_the_half_hours_of_both_are_off_at_once(
    partnership: Partnership, learner: Actor
) -> None:
    today = datetime.now(UTC)
    first_on, until = (today + WEEK).date(), (today + 10 * WEEK).date()
    row = weekly(partnership, learner, today, first_on=first_on, until=until)
    single = make_meeting(partnership, starts_at=today + timedelta(days=2))
    by = system("an import", via="command")
    mark_left(person=partnership.adviser.person, on=today.date(), by=by, now=today)

    single.refresh_from_db()
    assert single.state == Meeting.State.CANCELLED
    assert not row.meetings.filter(state=Meeting.State.BOOKED).exists()
    stays = CalendarLetter.objects.filter(person=partnership.learner.person, method="CANCEL")
    assert {(letter.series_id, letter.meeting_id) for letter in stays} == {
        (row.pk, None),
        (None, single.pk),
    }


# Answers


def reply(row: Series, *, answer: str, stamp: datetime, sequence: int = 0, day: str = "") -> bytes:
    lines = [
        *("BEGIN:VCALENDAR", "METHOD:REPLY", "VERSION:2.0", "PRODID:-//x//y", "BEGIN:VEVENT"),
        f"UID:{row.uid}",
        f"SEQUENCE:{sequence}",
        f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
        f"ATTENDEE;PARTSTAT={answer}:mailto:{row.partnership.adviser.person.email}",
        *([f"RECURRENCE-ID{day}"] if day else []),
        *("END:VEVENT", "END:VCALENDAR", ""),
    ]
    return "\r\n".join(lines).encode()


def take(row: Series, now: datetime, **fields: Any) -> str:
    sender = row.partnership.adviser.person.email or ""
    return take_calendar(text=reply(row, stamp=now, **fields), sender=sender, now=now)


def answer_to(meeting: Meeting) -> str:
    said = {answer.person.name: answer.reply for answer in replies_of(meeting)}
    return said["Juno Okapi"]


def test_an_answer_to_all_is_one_to_each(row: Series, now: datetime) -> None:
    assert take(row, now, answer="ACCEPTED") == TAKEN

    assert {answer_to(meeting) for meeting in row.meetings.all()} == {"ACCEPTED"}
    assert Entry.objects.get(verb="meetings.replied").detail["answer"] == "ACCEPTED"


@pytest.mark.parametrize(
    "day", [":20260312T083000Z", ";TZID=Europe/Berlin:20260312T093000", ";VALUE=DATE:20260312"]
)
def test_an_answer_to_one_is_of_that_day_however_it_is_named(
    row: Series, now: datetime, day: str
) -> None:
    take(row, now, answer="ACCEPTED")
    later = now + timedelta(minutes=1)

    assert take(row, later, answer="DECLINED", day=day) == TAKEN

    found = [answer_to(meeting) for meeting in row.meetings.order_by("starts_at")]
    assert found == ["ACCEPTED", "DECLINED", "ACCEPTED", "ACCEPTED"]
    told = Notification.objects.get(kind="meetings.calendar_declined")
    assert told.person == row.partnership.learner.person
    assert take(row, later, answer="TENTATIVE", day=day) == "older_answer"


def test_no_to_all_is_told_to_whoever_booked(row: Series, now: datetime) -> None:
    take(row, now, answer="DECLINED")

    told = Notification.objects.get(kind="meetings.calendar_series_declined")
    assert (told.person, told.title) == (
        row.partnership.learner.person,
        "Juno Okapi cannot come at those times",
    )


def test_an_answer_to_the_old_time_of_a_moved_one_is_none_to_the_new(
    row: Series, learner: Actor, now: datetime
) -> None:
    second = row.meetings.get(recurs_on=THURSDAY + WEEK)
    booking.move_meeting(
        meeting=second, starts_at=second.starts_at + timedelta(hours=1), by=learner, now=now
    )
    day = ":20260312T083000Z"

    assert take(row, now, answer="ACCEPTED", day=day) == "older_invitation"
    assert answer_to(second) == ""
    assert take(row, now, answer="ACCEPTED", day=day, sequence=1) == TAKEN
    assert answer_to(second) == "ACCEPTED"


def test_what_was_answered_stays_answered_when_a_day_is_left_out(
    row: Series, partnership: Partnership, now: datetime
) -> None:
    take(row, now, answer="ACCEPTED")
    make_meeting(partnership, starts_at=datetime(2026, 4, 2, 7, 15, tzinfo=UTC))
    series.extend_series(series_id=row.pk, now=now + WEEK)

    letter = letters(row)[-1]
    [mine] = [one for one in event_of(letter)["ATTENDEE"] if "PARTSTAT" in one.params][-1:]
    assert (letter.sequence, letter.reply, mine.params["PARTSTAT"]) == (1, "ACCEPTED", "ACCEPTED")


def test_answers_for_days_that_are_none_or_for_others_are_not_taken(
    row: Series, now: datetime
) -> None:
    assert take(row, now, answer="ACCEPTED", day=":20260313T083000Z") == "not_invited"
    assert take(row, now, answer="ACCEPTED", sequence=5) == "unknown_invitation"
    stranger = reply(row, answer="ACCEPTED", stamp=now)
    assert take_calendar(text=stranger, sender="m@evil.example", now=now) == "sender_is_another"
    assert not CalendarLetter.objects.exclude(reply="").exists()


@pytest.mark.parametrize(
    "day",
    [
        ";VALUE=PERIOD:20260312T083000Z/PT1H",
        ";VALUE=DURATION:PT1H",
        ";VALUE=TIME:083000",
        ";TZID=America/New_York:00010101T000000",
        ":00010101T000000Z",
        ":99991231T235959Z",
    ],
)
def test_an_answer_to_a_day_that_is_none_is_no_answer(row: Series, day: str, now: datetime) -> None:
    Series.objects.filter(pk=row.pk).update(zone="America/New_York")

    assert take(row, now, answer="DECLINED", day=day) == "unreadable_calendar"
    assert not CalendarLetter.objects.exclude(reply="").exists()


def test_the_page_of_one_says_what_was_answered_to_all(
    partnership: Partnership, signed_in: Callable[..., Client]
) -> None:
    today = datetime.now(UTC)
    row = weekly(
        partnership,
        actor_for_person(partnership.learner.person),
        today,
        first_on=(today + WEEK).date(),
        until=(today + 10 * WEEK).date(),
    )
    take(row, today, answer="TENTATIVE")
    meeting = row.meetings.order_by("starts_at")[1]
    path = f"/partnerships/{partnership.key}/half-hours/{meeting.key}/"

    page = signed_in(make_user(partnership.learner.person)).get(path).content.decode()

    assert "<dt>Calendar of Juno Okapi</dt><dd>Perhaps</dd>" in page


def test_a_feed_of_series_costs_the_same_for_few_and_for_many_days(
    partnership: Partnership, learner: Actor, now: datetime, django_assert_num_queries: Any
) -> None:
    row = weekly(partnership, learner, now)
    secret = make_feed(by=learner, now=now)
    for week in (0, 6):
        series.extend_series(series_id=row.pk, now=now + WEEK * week)
        read_feed(secret=secret, now=now)
        with django_assert_num_queries(7):
            read_feed(secret=secret, now=now)
