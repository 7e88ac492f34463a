"""Two half hours in a row called off by one side: help is offered, without a word of content."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    actor_for_person,
    make_coordinator,
    make_delegate,
    make_enrolment,
    make_meeting,
    make_partnership,
    make_person,
    make_programme,
    make_user,
)
from viceversa.history.models import Entry
from viceversa.meetings.actions import booking, holding, holidays
from viceversa.meetings.models import Help, Holiday, Meeting
from viceversa.notifications.models import Notification
from viceversa.partnerships.models import Partnership
from viceversa.people.models import Person
from viceversa.toolkit import clock
from viceversa.toolkit.actor import system
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def client_of(signed_in: Callable[..., Client]) -> Callable[[Person], Client]:
    return lambda person: signed_in(make_user(person))


@pytest.fixture
def partnership() -> Partnership:
    programme = make_programme()
    learner = make_enrolment(programme, make_person("Tamsin Marlow"), learner=True)
    adviser = make_enrolment(programme, make_person("Juno Okapi"), adviser=True)
    return make_partnership(programme, learner=learner, adviser=adviser, state="active")


def call_off(partnership: Partnership, *, side: str = "learner", at: datetime) -> Meeting:
    """A half hour a day later is booked and called off by that side."""
    enrolment = partnership.learner if side == "learner" else partnership.adviser
    meeting = make_meeting(partnership, starts_at=at + DAY)
    return booking.cancel_meeting(meeting=meeting, by=actor_for_person(enrolment.person), now=at)


def told(kind: str) -> list[Person]:
    return [row.person for row in Notification.objects.filter(kind=kind).select_related("person")]


def test_after_two_in_a_row_that_side_its_assistant_and_the_coordinators_are_told(
    partnership: Partnership, now: datetime
) -> None:
    coordinator = make_coordinator(partnership.programme)
    assistant = make_person()
    make_delegate(partnership.learner.person, assistant)

    call_off(partnership, at=now)
    assert Help.objects.count() == 0
    call_off(partnership, at=now + 2 * DAY)

    row = Help.objects.get()
    assert (row.kind, row.side, row.step) == ("cancellations", "learner", 2)
    assert told("meetings.new_times_offered") == [partnership.learner.person]
    assert told("meetings.assistant_asked") == [assistant]
    assert told("meetings.help_needed") == [coordinator]
    assert Entry.objects.get(verb="meetings.help_offered").detail == {
        "kind": "cancellations",
        "side": "learner",
    }


def test_a_third_in_a_row_tells_nobody_again(partnership: Partnership, now: datetime) -> None:
    make_coordinator(partnership.programme)
    for number in range(3):
        call_off(partnership, at=now + 2 * number * DAY)

    assert Help.objects.count() == 1
    assert len(told("meetings.help_needed")) == 1


def test_a_half_hour_held_between_means_that_they_are_not_in_a_row(
    partnership: Partnership, now: datetime
) -> None:
    call_off(partnership, at=now)
    make_meeting(partnership, starts_at=now + 2 * DAY, state="held", held_at=now + 2 * DAY)
    call_off(partnership, at=now + 3 * DAY)

    assert Help.objects.count() == 0


def test_one_by_each_side_is_not_two_in_a_row(partnership: Partnership, now: datetime) -> None:
    call_off(partnership, at=now)
    call_off(partnership, side="adviser", at=now + 2 * DAY)

    assert Help.objects.count() == 0


def test_help_is_settled_once_a_half_hour_is_held(partnership: Partnership, now: datetime) -> None:
    call_off(partnership, at=now)
    call_off(partnership, at=now + 2 * DAY)
    make_meeting(partnership, starts_at=now + 4 * DAY)
    assert Help.objects.filter(resolved_at=None).count() == 1

    holding.hold_past(by=system("the clock", via="job"), now=now + 5 * DAY)

    assert Help.objects.filter(resolved_at=None).count() == 0
    assert Entry.objects.filter(verb="meetings.help_settled").count() == 1


def test_an_adviser_who_called_off_twice_may_book_until_they_met(
    partnership: Partnership, now: datetime
) -> None:
    adviser = actor_for_person(partnership.adviser.person)
    call_off(partnership, side="adviser", at=now)
    with pytest.raises(NotAllowed):
        booking.book_meeting(partnership=partnership, starts_at=now + 9 * DAY, by=adviser, now=now)
    call_off(partnership, side="adviser", at=now + 2 * DAY)

    booking.book_meeting(partnership=partnership, starts_at=now + 9 * DAY, by=adviser, now=now)

    assert Meeting.objects.filter(state="booked").count() == 1


def test_the_side_sees_three_times_and_books_one_with_one_tap(
    partnership: Partnership, client_of: Callable[[Person], Client]
) -> None:
    call_off(partnership, at=clock.now())
    call_off(partnership, at=clock.now() + timedelta(minutes=1))
    client = client_of(partnership.learner.person)
    address = reverse("meetings:list", args=[partnership.key])

    answer = client.get(address)
    offers = answer.context["offers"]
    assert len(offers) == 3
    assert "Three new times" in answer.content.decode()
    offer = offers[0]
    client.post(
        reverse("meetings:book", args=[partnership.key]),
        {"day": f"{offer['day']:%Y-%m-%d}", "at": f"{offer['at']:%H:%M}", "minutes": 30},
    )

    assert Meeting.objects.get(state="booked").starts_at == offer["at_moment"]
    other = client_of(partnership.adviser.person).get(address)
    assert "Three new times" not in other.content.decode()


def test_coordinators_see_who_needs_help_and_what_to_do(
    partnership: Partnership, now: datetime, client_of: Callable[[Person], Client]
) -> None:
    coordinator = make_coordinator(partnership.programme)
    call_off(partnership, at=now)
    call_off(partnership, at=now + 2 * DAY)
    client = client_of(coordinator)
    address = reverse("meetings:help", args=[partnership.programme.slug])

    text = client.get(address).content.decode()

    assert "Tamsin Marlow" in text
    assert "Three new times are offered already" in text
    emails = (partnership.learner.person.email, partnership.adviser.person.email)
    assert 'href="mailto:{},{}"'.format(*emails) in text
    assert client.get(f"{address}?q=juno").context["page"].total == 1
    assert client.get(f"{address}?q=nobody").context["page"].total == 0
    assert client.get(f"{address}?kind=silence").context["page"].total == 0


def test_the_page_of_help_and_of_holidays_is_for_the_coordinators_of_the_programme(
    partnership: Partnership, client_of: Callable[[Person], Client]
) -> None:
    elsewhere = make_coordinator(make_programme())
    for person in (partnership.learner.person, partnership.adviser.person, elsewhere):
        for page in ("help", "holidays"):
            address = reverse(f"meetings:{page}", args=[partnership.programme.slug])
            assert client_of(person).get(address).status_code == 404


def test_the_page_of_help_asks_the_same_number_of_queries_for_one_and_for_ten(
    partnership: Partnership, now: datetime, client_of: Callable[[Person], Client]
) -> None:
    client = client_of(make_coordinator(partnership.programme))
    address = reverse("meetings:help", args=[partnership.programme.slug])

    def needs_help(row: Partnership) -> None:
        Help.objects.create(
            partnership=row, kind="silence", side="learner", step=2, since=now, stepped_at=now
        )

    needs_help(partnership)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _number in range(9):
        needs_help(make_partnership(partnership.programme, state="active"))
    with CaptureQueriesContext(connection) as ten:
        assert client.get(address).context["page"].total == 10

    assert len(ten) == len(one)


def test_holidays_are_added_and_removed_by_coordinators(
    partnership: Partnership, client_of: Callable[[Person], Client]
) -> None:
    client = client_of(make_coordinator(partnership.programme))
    address = reverse("meetings:holidays", args=[partnership.programme.slug])

    bad = client.post(address, {"name": "Winter", "first": "2026-12-28", "last": "2026-12-01"})
    good = client.post(address, {"name": "Winter", "first": "2026-12-24", "last": "2027-01-01"})

    assert (bad.status_code, good.status_code) == (422, 302)
    row = Holiday.objects.get()
    assert Entry.objects.filter(verb="meetings.holiday_added").count() == 1
    client.post(reverse("meetings:holiday_remove", args=[partnership.programme.slug, row.pk]))
    assert Holiday.objects.count() == 0


def test_others_cannot_add_holidays_and_none_is_endless(
    partnership: Partnership, now: datetime
) -> None:
    programme = partnership.programme
    learner = actor_for_person(partnership.learner.person)
    coordinator = actor_for_person(make_coordinator(programme))
    first = date(2026, 8, 1)

    with pytest.raises(NotAllowed):
        holidays.add_holiday(
            programme=programme, name="Mine", first=first, last=first, by=learner, now=now
        )
    with pytest.raises(Refused, match="at most"):
        holidays.add_holiday(
            programme=programme,
            name="For ever",
            first=first,
            last=first + 60 * DAY,
            by=coordinator,
            now=now,
        )
