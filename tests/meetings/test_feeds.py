"""Private addresses of calendars: who holds one sees one person's half hours and nothing more."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from icalendar import Calendar

from tests.factories import actor_for_person, make_person, make_user
from tests.meetings.half_hours import book, make_pair
from tests.meetings.test_ics import READERS
from viceversa.accounts.models import User
from viceversa.history.models import Entry
from viceversa.meetings.actions.feed import make_feed, read_feed, stop_feed
from viceversa.meetings.actions.leavers import shut_calendars_of_leaver, shut_calendars_of_leavers
from viceversa.meetings.models import BusyCalendar, CalendarFeed, Meeting
from viceversa.people.events import PeopleLeft, PersonLeft
from viceversa.toolkit.actor import system
from viceversa.toolkit.errors import NotAllowed, NotFound, Refused

pytestmark = pytest.mark.django_db


def _learner_of(meeting: Meeting) -> Any:
    return meeting.partnership.learner.person


def _events(text: str) -> list[Any]:
    return list(Calendar.from_ical(text).walk("VEVENT"))


def test_a_feed_holds_ones_own_booked_half_hours(now: datetime) -> None:
    mine = book(place="Room 5", link="https://meet.example/x")
    book(mine.partnership, state=Meeting.State.CANCELLED)
    book()
    secret = make_feed(by=actor_for_person(_learner_of(mine)), now=now)

    text = read_feed(secret=secret, now=now)

    calendar = Calendar.from_ical(text)
    [event] = _events(text)
    assert str(calendar["METHOD"]) == "PUBLISH"
    assert str(event["UID"]) == mine.uid
    assert str(event["SUMMARY"]) == "Viceversa: half hour with Juno Okapi"
    assert set(event) == {
        *("UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "TRANSP"),
        *("LOCATION", "URL", "STATUS"),
    }


@pytest.mark.parametrize("read", READERS)
def test_three_readers_accept_a_feed_and_find_its_times(read: Any, now: datetime) -> None:
    partnership = make_pair()
    starts = [now + timedelta(days=7 * week) for week in range(20)]
    for at in starts:
        book(partnership, starts_at=at, zone="Europe/Dublin")
    secret = make_feed(by=actor_for_person(partnership.adviser.person), now=now)

    found = read(read_feed(secret=secret, now=now))

    assert sorted(start.astimezone(UTC) for start, _end in found) == starts


def test_an_empty_feed_is_a_calendar_all_the_same(now: datetime) -> None:
    secret = make_feed(by=actor_for_person(make_person()), now=now)

    assert _events(read_feed(secret=secret, now=now)) == []


def test_renewing_shuts_the_address_before_at_once(now: datetime) -> None:
    by = actor_for_person(make_person())
    first = make_feed(by=by, now=now)
    second = make_feed(by=by, now=now)

    with pytest.raises(NotFound):
        read_feed(secret=first, now=now)
    assert read_feed(secret=second, now=now)
    assert [entry.verb for entry in Entry.objects.all()] == ["meetings.feed_made"] * 2


def test_a_stopped_feed_answers_no_more_and_cannot_be_stopped_again(now: datetime) -> None:
    by = actor_for_person(make_person())
    secret = make_feed(by=by, now=now)
    stop_feed(by=by, now=now)

    with pytest.raises(NotFound):
        read_feed(secret=secret, now=now)
    with pytest.raises(Refused, match="no calendar address"):
        stop_feed(by=by, now=now)


def test_only_the_hash_of_the_secret_is_kept(now: datetime) -> None:
    secret = make_feed(by=actor_for_person(make_person()), now=now)

    row = CalendarFeed.objects.values().get()
    assert secret not in str(row)
    assert secret not in str(list(Entry.objects.values()))
    assert len(secret) == 43


def test_whoever_has_left_is_shut_out(now: datetime) -> None:
    meeting = book()
    person = _learner_of(meeting)
    secret = make_feed(by=actor_for_person(person), now=now)
    person.left_on = now.date()
    person.save()

    with pytest.raises(NotFound):
        read_feed(secret=secret, now=now)


@pytest.mark.parametrize("by_import", [True, False])
def test_calendars_of_leavers_are_deleted_and_stay_so(now: datetime, by_import: bool) -> None:
    person, stays = make_person(), make_person()
    for one in (person, stays):
        make_feed(by=actor_for_person(one), now=now)
        BusyCalendar.objects.create(person=one, address="https://c.example/a.ics")
    if by_import:
        shut_calendars_of_leavers(PeopleLeft(person_ids=frozenset({person.pk})))
    else:
        shut_calendars_of_leaver(PersonLeft(person=person))

    assert [feed.person for feed in CalendarFeed.objects.all()] == [stays]
    assert [calendar.person for calendar in BusyCalendar.objects.all()] == [stays]


def test_an_account_of_nobody_has_no_calendar(now: datetime) -> None:
    with pytest.raises(NotAllowed):
        make_feed(by=system("a command", via="command"), now=now)


def test_a_calendar_asks_without_signing_in(now: datetime) -> None:
    secret = make_feed(by=actor_for_person(make_person()), now=now)
    client = Client()
    answer = client.get(f"/calendar/{secret}.ics")

    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies
    assert client.head(f"/calendar/{secret}.ics").status_code == 200
    assert client.post(f"/calendar/{secret}.ics").status_code == 405


@pytest.mark.parametrize("secret", ["x", "a" * 43, "A" * 200])
def test_a_wrong_secret_is_not_found(secret: str) -> None:
    assert Client().get(f"/calendar/{secret}.ics").status_code == 404


@pytest.mark.parametrize("path", ["/calendar/", "/calendar/a/b.ics", "/calendar/a.ics/more"])
def test_nothing_else_under_calendar_is_open(path: str) -> None:
    assert Client().get(path).status_code == 302


def test_when_a_calendar_asked_is_noted_once_an_hour(now: datetime) -> None:
    secret = make_feed(by=actor_for_person(make_person()), now=now)
    seen = []
    for minutes in (0, 30, 61):
        read_feed(secret=secret, now=now + timedelta(minutes=minutes))
        seen.append(CalendarFeed.objects.get().read_at)

    assert seen == [now, now, now + timedelta(minutes=61)]


def test_a_feed_costs_the_same_for_one_and_for_ten(
    now: datetime, django_assert_num_queries: Any
) -> None:
    partnership = make_pair()
    secret = make_feed(by=actor_for_person(partnership.learner.person), now=now)
    for rows in (1, 9):
        for day in range(rows):
            book(partnership, starts_at=now + timedelta(days=day))
        CalendarFeed.objects.update(read_at=now)
        with django_assert_num_queries(4):
            read_feed(secret=secret, now=now)


def test_the_page_makes_shows_once_renews_and_stops(signed_in: Callable[..., Client]) -> None:
    person = make_person()
    client = signed_in(make_user(person=person))
    assert "Make an address" in client.get("/calendar/").content.decode()

    made = client.post("/calendar/feed/")
    secret = made.context["address"].rpartition("/")[2].removesuffix(".ics")
    assert made.status_code == 201
    assert "no-store" in made["Cache-Control"]
    assert Client().get(f"/calendar/{secret}.ics").status_code == 200

    page = client.get("/calendar/").content.decode()
    assert "Renew the address" in page
    assert secret not in page
    stopped = client.post("/calendar/feed/stop/", follow=True)
    assert "no longer answers" in stopped.content.decode()
    assert Client().get(f"/calendar/{secret}.ics").status_code == 404


def test_an_account_of_nobody_is_told_so(signed_in: Callable[..., Client]) -> None:
    operator = User.objects.create_user(email="operator@firm.example", password="half an hour")
    client = signed_in(operator)

    assert client.get("/calendar/").status_code == 403
    assert client.post("/calendar/feed/").status_code == 403
