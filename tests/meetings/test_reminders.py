from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.factories import make_enrolment, make_partnership, make_person, make_programme
from tests.meetings.half_hours import NEXT_MONDAY, make_pair
from tests.meetings.half_hours import book as book_for
from viceversa.meetings.actions.reminders import (
    KEPT,
    forget_reminders,
    remind_of_half_hours,
    remind_of_promises,
)
from viceversa.meetings.messages.reminders import day_in_words
from viceversa.meetings.models import Commitment, Meeting, Preparation, Reminder
from viceversa.meetings.rules.reminders import DAY, HOUR, PREPARE, WINDOWS
from viceversa.notifications.actions import deliver_waiting
from viceversa.notifications.models import Delivery, Notification, Preference
from viceversa.partnerships.models import Partnership

pytestmark = pytest.mark.django_db

HOURS = timedelta(hours=1)


def book(partnership: Partnership | None = None, **fields: Any) -> Meeting:
    """One in Berlin and one in New York, unless it is said otherwise."""
    return book_for(partnership or make_pair(adviser_zone="America/New_York"), **fields)


def run(now: datetime) -> None:
    for kind in WINDOWS:
        remind_of_half_hours(kind=kind, now=now)
    remind_of_promises(now=now)


def told(kind: str) -> list[tuple[str, str]]:
    """Who was told what, by name."""
    rows = Notification.objects.filter(kind=f"meetings.reminder_{kind}").order_by("person__name")
    return list(rows.values_list("person__name", "title"))


def promise(partnership: Partnership, due_on: date | None) -> Commitment:
    return Commitment.objects.create(
        partnership=partnership,
        author=partnership.learner.person,
        due_on=due_on,
        sealed=b"sealed",
        made_at=NEXT_MONDAY - timedelta(days=7),
    )


def test_a_day_before_both_are_told_when_by_their_own_clock_and_with_whom() -> None:
    book()

    run(NEXT_MONDAY - 20 * HOURS)

    assert told("day") == [
        ("Juno Okapi", "Tomorrow at 05:00 with Tamsin Marlow"),
        ("Tamsin Marlow", "Tomorrow at 10:00 with Juno Okapi"),
    ]
    bodies = Notification.objects.order_by("person__name").values_list("body", flat=True)
    assert list(bodies) == [
        "Monday 9 March, 05:00 (America/New_York).",
        "Monday 9 March, 10:00 (Europe/Berlin).",
    ]


def test_today_is_today_when_the_mail_is_read_after_quiet_hours() -> None:
    book(make_pair(adviser_zone="Europe/Berlin"), starts_at=NEXT_MONDAY + 12 * HOURS)

    run(NEXT_MONDAY - 12 * HOURS)  # 22:00 there: the mail waits for the morning

    assert {title.split(" with")[0] for _name, title in told("day")} == {"Today at 22:00"}
    assert {row.not_before for row in Delivery.objects.all()} == {NEXT_MONDAY - 3 * HOURS}


def test_an_hour_before_nothing_waits_for_the_end_of_quiet_hours() -> None:
    book()

    run(NEXT_MONDAY - HOURS)  # 4:00 in New York, one hour before

    assert told("hour")[0] == ("Juno Okapi", "Today at 05:00 with Tamsin Marlow")
    assert {row.not_before for row in Delivery.objects.all()} == {NEXT_MONDAY - HOURS}


def test_a_second_run_and_a_late_one_tell_nobody_twice() -> None:
    book()

    for minutes in (0, 0, 5, 10, 300):
        run(NEXT_MONDAY - 24 * HOURS + timedelta(minutes=minutes))

    assert len(told("day")) == 2
    assert Delivery.objects.count() == 2


def test_a_job_that_was_down_for_hours_still_reminds() -> None:
    book()

    run(NEXT_MONDAY - 5 * HOURS)

    assert len(told("day")) == 2


def test_only_who_has_not_prepared_is_asked_to() -> None:
    meeting = book()
    Preparation.objects.create(
        meeting=meeting,
        author=meeting.partnership.learner.person,
        sealed=b"sealed",
        updated_at=NEXT_MONDAY,
    )

    run(NEXT_MONDAY - 40 * HOURS)

    assert told("prepare") == [("Juno Okapi", "Two minutes to prepare for Tamsin Marlow")]


@pytest.mark.parametrize("state", ["paused", "ended", "completed"])
def test_partners_who_pause_or_are_done_are_left_alone(state: str) -> None:
    partnership = make_pair()
    book(partnership)
    promise(partnership, NEXT_MONDAY.date())
    Partnership.objects.filter(pk=partnership.pk).update(state=state)

    for hours in (40, 20, 1):
        run(NEXT_MONDAY - hours * HOURS)

    assert Notification.objects.count() == 0


@pytest.mark.parametrize("state", ["cancelled", "held"])
def test_a_half_hour_that_will_not_be_is_not_reminded_of(state: str) -> None:
    book(state=state)

    run(NEXT_MONDAY - HOURS)

    assert Notification.objects.count() == 0


def test_moved_it_is_reminded_of_at_its_new_time() -> None:
    meeting = book()
    run(NEXT_MONDAY - 20 * HOURS)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=NEXT_MONDAY + timedelta(days=3))

    run(NEXT_MONDAY - 20 * HOURS)
    run(NEXT_MONDAY + timedelta(days=2, hours=2))

    assert [title for _name, title in told("day")][:2] == [
        "Tomorrow at 05:00 with Tamsin Marlow",
        "Tomorrow at 05:00 with Tamsin Marlow",
    ]
    assert Reminder.objects.filter(kind=DAY).count() == 2


@pytest.mark.parametrize(
    "change",
    [
        {"starts_at": NEXT_MONDAY + HOURS},
        {"state": "cancelled"},
        {"partnership__state": "paused"},
        {"late": True},
    ],
)
def test_a_reminder_on_its_way_is_dropped_when_it_is_no_longer_true(
    change: dict[str, Any],
) -> None:
    meeting = book()
    run(NEXT_MONDAY - HOURS)
    if "partnership__state" in change:
        Partnership.objects.update(state="paused")
    elif "late" not in change:
        Meeting.objects.filter(pk=meeting.pk).update(**change)

    deliver_waiting(now=NEXT_MONDAY if "late" in change else NEXT_MONDAY - HOURS / 2)

    assert mail.outbox == []
    assert set(Delivery.objects.values_list("state", flat=True)) == {"dropped"}


def test_a_reminder_that_stands_goes_out_and_leads_to_the_half_hour() -> None:
    book()
    run(NEXT_MONDAY - HOURS)

    deliver_waiting(now=NEXT_MONDAY - HOURS)

    line = Notification.objects.get(person__name="Juno Okapi")
    [letter] = [letter for letter in mail.outbox if letter.to == [line.person.email]]
    assert letter.subject == "Today at 05:00 with Tamsin Marlow"
    assert f"/inbox/{line.key}/" in letter.body
    assert "Open the half hour" in letter.body


def test_somebody_may_want_only_one_of_them() -> None:
    meeting = book()
    Preference.objects.create(
        person=meeting.partnership.adviser.person,
        kind="meetings.reminder_day",
        channel="email",
        pace="never",
    )

    run(NEXT_MONDAY - 20 * HOURS)

    assert [row.address for row in Delivery.objects.all()] == [
        meeting.partnership.learner.person.email
    ]


@pytest.mark.parametrize(
    ("hours", "words"), [(-20, "A promise of yours is due: tomorrow"), (2, ": today")]
)
def test_a_promise_that_is_due_is_told_to_its_author_alone_without_a_word_of_it(
    hours: int, words: str
) -> None:
    promise(make_pair(), NEXT_MONDAY.date())

    for _run in range(3):
        run(NEXT_MONDAY + hours * HOURS)

    [(name, title)] = told("promise")
    assert name == "Tamsin Marlow"
    assert words in title


@pytest.mark.parametrize("fields", [{"state": "kept"}, {"state": "dropped"}, {"due_on": None}])
def test_a_promise_that_is_closed_or_has_no_day_is_not_reminded_of(fields: dict[str, Any]) -> None:
    promise(make_pair(), NEXT_MONDAY.date())
    Commitment.objects.update(**fields)

    run(NEXT_MONDAY)

    assert Notification.objects.count() == 0


def test_a_promise_kept_while_the_mail_waits_is_not_mailed() -> None:
    promise(make_pair(), NEXT_MONDAY.date())
    run(NEXT_MONDAY)
    Commitment.objects.update(state="kept")

    deliver_waiting(now=NEXT_MONDAY)

    assert mail.outbox == []


def test_many_half_hours_take_as_many_queries_as_one() -> None:
    def queries(kind: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            remind_of_half_hours(kind=kind, now=NEXT_MONDAY - WINDOWS[kind][0])
        return len(captured)

    book()
    one = {kind: queries(kind) for kind in WINDOWS}
    for _number in range(10):
        book()
    many = {kind: queries(kind) for kind in WINDOWS}

    assert many == one
    assert Notification.objects.count() == 3 * 2 * 11


def test_old_rows_are_forgotten() -> None:
    book()
    run(NEXT_MONDAY - HOURS)

    forget_reminders(now=NEXT_MONDAY + KEPT)
    assert Reminder.objects.count() == 1
    forget_reminders(now=NEXT_MONDAY + KEPT + HOURS)
    assert Reminder.objects.count() == 0


def test_days_are_said_as_one_would() -> None:
    monday = date(2026, 3, 9)

    assert day_in_words(monday, monday) == "Today"
    assert day_in_words(monday, monday - timedelta(days=1)) == "Tomorrow"
    assert day_in_words(monday, monday - timedelta(days=2)) == "Monday 9 March"


class EachReminderOnce(TestCase):
    """Over any sequence of runs, jumps of the clock, moves and calls off, with the real actions."""

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        steps=st.lists(
            st.one_of(
                st.tuples(st.just("run"), st.integers(-60, 30)),
                st.tuples(st.just("move"), st.integers(-20, 40)),
                st.tuples(st.just("toggle"), st.just(0)),
            ),
            min_size=3,
            max_size=14,
        )
    )
    def test_nobody_is_told_the_same_twice(self, steps: list[tuple[str, int]]) -> None:
        programme = make_programme()
        partnership = make_partnership(
            programme,
            learner=make_enrolment(programme, make_person(), learner=True),
            adviser=make_enrolment(programme, make_person(), adviser=True),
            state="active",
            ring=None,
        )
        meeting = book(partnership, created_at=datetime(2026, 1, 1, tzinfo=UTC))
        expected: set[tuple[str, datetime]] = set()
        for step, hours in steps:
            meeting.refresh_from_db()
            if step == "move":
                meeting.starts_at += hours * HOURS
                meeting.save()
            elif step == "toggle":
                meeting.state = "cancelled" if meeting.state == "booked" else "booked"
                meeting.save()
            else:
                now = NEXT_MONDAY + hours * HOURS
                run(now)
                expected |= _should_be_sent(meeting, now)
        sent = Notification.objects.filter(kind__startswith="meetings.reminder")
        said = list(sent.values_list("person", "kind", "about"))
        assert len(said) == len(set(said)) == 2 * len(expected)


def _should_be_sent(meeting: Meeting, now: datetime) -> set[tuple[str, datetime]]:
    if meeting.state != "booked":
        return set()
    ahead = meeting.starts_at - now
    opens = {PREPARE: (25, 48), DAY: (3, 24), HOUR: (0, 1)}
    return {
        (kind, meeting.starts_at)
        for kind, (least, most) in opens.items()
        if least * HOURS < ahead <= most * HOURS
    }
