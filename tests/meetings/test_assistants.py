"""An assistant books, moves and calls off for somebody, and can read nothing else."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.factories import (
    actor_for_person,
    make_delegate,
    make_enrolment,
    make_meeting,
    make_partnership,
    make_person,
    make_programme,
    make_user,
)
from viceversa.history.models import Entry
from viceversa.meetings.actions import booking, delegate
from viceversa.meetings.models import Delegate, Meeting
from viceversa.notifications.models import Notification
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.queries.seat import seat_for
from viceversa.people.models import Person
from viceversa.toolkit import clock
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed, NotFound, Refused
from viceversa.vault.queries import keyring

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
PART = re.compile(r"<(?:\w+:)?(\w+)>")


@pytest.fixture
def partnership() -> Partnership:
    programme = make_programme("The quiet programme")
    learner = make_enrolment(programme, make_person("Tamsin Marlow"), learner=True)
    adviser = make_enrolment(programme, make_person("Juno Okapi"), adviser=True)
    return make_partnership(programme, learner=learner, adviser=adviser, state="active")


@pytest.fixture
def ada() -> Person:
    return make_person("Ada Bright")


@pytest.fixture
def named(partnership: Partnership, ada: Person) -> Delegate:
    return make_delegate(partnership.learner.person, ada)


@pytest.fixture
def client_of(signed_in: Callable[..., Client]) -> Callable[[Person], Client]:
    return lambda person: signed_in(make_user(person))


def real_addresses(
    resolver: URLResolver | None = None, prefix: str = "/", **values: str
) -> list[str]:
    """Every address with these values in their places, and something plausible in the others."""
    found = []
    for entry in (resolver or get_resolver()).url_patterns:
        shape = str(entry.pattern).lstrip("^").rstrip("$")
        path = prefix + PART.sub(lambda part: values.get(part[1], "1"), shape)
        if isinstance(entry, URLPattern):
            found.append(path)
        else:
            found.extend(real_addresses(entry, path, **values))
    return found


def learner_of(partnership: Partnership) -> Actor:
    return actor_for_person(partnership.learner.person)


def test_naming_an_assistant_is_recorded_and_told(
    partnership: Partnership, ada: Person, now: datetime
) -> None:
    row = delegate.name_assistant(person=ada, by=learner_of(partnership), now=now)

    assert (row.principal, row.person) == (partnership.learner.person, ada)
    assert Notification.objects.get(kind="meetings.assistant_named").person == ada
    assert Entry.objects.get(verb="meetings.assistant_named").detail == {"person": ada.pk}


def test_oneself_a_partner_a_leaver_and_the_same_person_twice_cannot_be_named(
    partnership: Partnership, ada: Person, now: datetime
) -> None:
    by = learner_of(partnership)
    gone = make_person(left_on=now.date())
    codes = []
    delegate.name_assistant(person=ada, by=by, now=now)
    for person in (partnership.learner.person, partnership.adviser.person, gone, ada):
        with pytest.raises(Refused) as refused:
            delegate.name_assistant(person=person, by=by, now=now)
        codes.append(refused.value.code)

    assert codes == ["self", "partner", "left", "named"]


def test_either_ends_it_the_other_is_told_and_nobody_else_can(
    partnership: Partnership, named: Delegate, ada: Person, now: datetime
) -> None:
    with pytest.raises(NotAllowed):
        delegate.end_assistant(
            delegate=named, by=actor_for_person(partnership.adviser.person), now=now
        )
    delegate.end_assistant(delegate=named, by=actor_for_person(ada), now=now)

    told = Notification.objects.get(kind="meetings.assistant_ended")
    assert told.person == partnership.learner.person
    with pytest.raises(Refused):
        delegate.end_assistant(delegate=named, by=actor_for_person(ada), now=now)


def test_the_assistant_books_moves_and_calls_off_for_the_learner(
    partnership: Partnership, named: Delegate, ada: Person, now: datetime
) -> None:
    by = actor_for_person(ada)

    meeting = booking.book_meeting(partnership=partnership, starts_at=now + WEEK, by=by, now=now)
    booking.move_meeting(meeting=meeting, starts_at=now + 2 * WEEK, by=by, now=now)
    booking.cancel_meeting(meeting=meeting, by=by, now=now)

    meeting.refresh_from_db()
    assert meeting.booked_by == ada
    assert (meeting.cancellation.side, meeting.cancellation.person) == ("learner", ada)
    assert Entry.objects.get(verb="meetings.booked").detail["by"] == "learner's assistant"
    told = set(Notification.objects.filter(kind="meetings.booked").values_list("person", flat=True))
    assert told == {partnership.learner.person_id, partnership.adviser.person_id}


def test_the_adviser_s_assistant_calls_off_but_does_not_book(
    partnership: Partnership, ada: Person, now: datetime
) -> None:
    make_delegate(partnership.adviser.person, ada)
    meeting = make_meeting(partnership)

    with pytest.raises(NotAllowed):
        booking.book_meeting(
            partnership=partnership, starts_at=now + WEEK, by=actor_for_person(ada), now=now
        )
    booking.cancel_meeting(meeting=meeting, by=actor_for_person(ada), now=now)

    meeting.refresh_from_db()
    assert meeting.cancellation.side == "adviser"


def test_an_assistant_who_was_ended_can_do_nothing(
    partnership: Partnership, named: Delegate, ada: Person, now: datetime
) -> None:
    delegate.end_assistant(delegate=named, by=learner_of(partnership), now=now)

    with pytest.raises(NotAllowed):
        booking.book_meeting(
            partnership=partnership, starts_at=now + WEEK, by=actor_for_person(ada), now=now
        )


def test_an_assistant_says_neither_who_could_not_come_nor_that_it_took_place(
    partnership: Partnership, named: Delegate, ada: Person, now: datetime
) -> None:
    meeting = make_meeting(partnership, starts_at=now - timedelta(hours=1))

    with pytest.raises(NotAllowed):
        booking.miss_meeting(meeting=meeting, side="learner", by=actor_for_person(ada), now=now)


def test_an_assistant_holds_no_key_and_has_no_seat(
    partnership: Partnership, named: Delegate, ada: Person
) -> None:
    by = actor_for_person(ada)
    assert partnership.ring is not None

    assert keyring(by, [partnership.ring]).held == {}
    with pytest.raises(NotFound):
        seat_for(by, partnership.key)


def test_every_address_of_the_partnership_answers_the_assistant_as_if_it_were_not_there(
    partnership: Partnership,
    named: Delegate,
    ada: Person,
    client_of: Callable[[Person], Client],
) -> None:
    meeting = make_meeting(partnership, starts_at=clock.now() + WEEK)
    client, asked = client_of(ada), 0
    for path in real_addresses(key=partnership.key, meeting=meeting.key):
        if path.startswith("/partnerships/") and partnership.key in path:
            for call in (client.get, client.post):
                assert call(path).status_code in (404, 405), (call, path)
            asked += 1
    assert asked > 30
    meeting.refresh_from_db()
    assert meeting.state == "booked"


def test_the_assistant_s_pages_lead_nowhere_but_to_booking(
    partnership: Partnership,
    named: Delegate,
    ada: Person,
    client_of: Callable[[Person], Client],
) -> None:
    meeting = make_meeting(partnership, starts_at=clock.now() + WEEK)
    client = client_of(ada)
    pages = [
        reverse("meetings:assistant", args=[named.key]),
        reverse("meetings:assistant_list", args=[named.key, partnership.key]),
        reverse("meetings:assistant_book", args=[named.key, partnership.key]),
        reverse("meetings:assistant_series", args=[named.key, partnership.key]),
    ] + [
        reverse(f"meetings:assistant_{page}", args=[named.key, partnership.key, meeting.key])
        for page in ("meeting", "move", "cancel", "propose")
    ]
    for path in pages:
        answer = client.get(path)
        text = answer.content.decode()
        assert answer.status_code == 200, path
        assert "Juno Okapi" in text
        assert f"/partnerships/{partnership.key}" not in text, path
        assert partnership.programme.name not in text, path


def test_an_assistant_learns_nothing_of_why_nothing_can_be_booked(
    partnership: Partnership,
    named: Delegate,
    ada: Person,
    client_of: Callable[[Person], Client],
) -> None:
    Partnership.objects.update(state="preparing")

    path = reverse("meetings:assistant_book", args=[named.key, partnership.key])
    text = client_of(ada).get(path).content.decode()

    assert "Tamsin Marlow knows what is missing" in text
    assert "agreement" not in text


def test_another_assistant_s_address_is_like_one_that_does_not_exist(
    partnership: Partnership, named: Delegate, client_of: Callable[[Person], Client]
) -> None:
    other = make_partnership(state="active")
    client = client_of(make_person())
    mine = make_delegate(other.learner.person, Person.objects.order_by("-pk")[0])

    assert client.get(reverse("meetings:assistant", args=[named.key])).status_code == 404
    crossed = reverse("meetings:assistant_list", args=[mine.key, partnership.key])
    assert client.get(crossed).status_code == 404


def test_the_assistant_books_through_the_page(
    partnership: Partnership,
    named: Delegate,
    ada: Person,
    client_of: Callable[[Person], Client],
) -> None:
    client, now = client_of(ada), clock.now()
    path = reverse("meetings:assistant_book", args=[named.key, partnership.key])
    day = (now + WEEK).date().isoformat()

    answer = client.post(path, {"day": day, "at": "09:30", "minutes": 30, "place": "Café Blau"})

    meeting = Meeting.objects.get()
    assert answer.headers["Location"] == reverse(
        "meetings:assistant_meeting", args=[named.key, partnership.key, meeting.key]
    )
    assert (meeting.place, meeting.booked_by) == ("Café Blau", ada)


def test_a_leaver_no_longer_books_for_anybody(named: Delegate, ada: Person) -> None:
    from viceversa.people.events import PersonLeft
    from viceversa.toolkit.events import announce

    announce(PersonLeft(person=ada))

    named.refresh_from_db()
    assert named.ended_at is not None


def test_the_pages_ask_the_same_number_of_queries_for_one_and_for_ten(
    partnership: Partnership,
    named: Delegate,
    ada: Person,
    client_of: Callable[[Person], Client],
) -> None:
    client = client_of(ada)
    paths = [
        reverse("meetings:assistants"),
        reverse("meetings:assistant", args=[named.key]),
        reverse("meetings:assistant_list", args=[named.key, partnership.key]),
    ]

    def counts() -> list[int]:
        found = []
        for path in paths:
            with CaptureQueriesContext(connection) as queries:
                client.get(path)
            found.append(len(queries))
        return found

    make_meeting(partnership, starts_at=clock.now() + WEEK)
    make_meeting(partnership, starts_at=clock.now() - WEEK, state="held")
    counts()
    before = counts()
    for number in range(9):
        make_delegate(make_person(), ada)
        make_partnership(partnership.programme, learner=partnership.learner, state="active")
        make_meeting(partnership, starts_at=clock.now() + WEEK + timedelta(days=number))
        make_meeting(partnership, starts_at=clock.now() - (number + 2) * WEEK, state="held")

    assert counts() == before
