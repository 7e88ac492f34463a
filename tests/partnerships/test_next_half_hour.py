"""The learner sets the next half hour; the adviser is told, and nobody else reads it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import (
    actor_for_person,
    make_coordinator,
    make_enrolment,
    make_partnership,
    make_person,
    make_programme,
    make_user,
)
from viceversa.history.models import Entry
from viceversa.notifications.models import Notification
from viceversa.partnerships.actions import (
    NextMeeting,
    clear_next_meeting,
    set_next_meeting,
)
from viceversa.partnerships.models import Partnership
from viceversa.people.events import PersonLeft
from viceversa.people.models import Person
from viceversa.toolkit.errors import NotAllowed, Refused
from viceversa.toolkit.events import announce

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]
SOON = datetime(2026, 3, 5, 14, 0, tzinfo=UTC)


@pytest.fixture
def client_of(signed_in: Callable[..., Client]) -> ClientOf:
    return lambda person: signed_in(make_user(person))


@pytest.fixture
def partnership(now: datetime) -> Partnership:
    """Accepted; the learner lives in Berlin, the adviser in New York."""
    programme = make_programme()
    learner = make_person("Tamsin Marlow", rank=5, time_zone="Europe/Berlin")
    adviser = make_person("Juno Okapi", rank=1, time_zone="America/New_York")
    return make_partnership(
        programme,
        learner=make_enrolment(programme, learner, learner=True),
        adviser=make_enrolment(programme, adviser, adviser=True),
        state="accepted",
        learner_accepted_at=now,
        adviser_accepted_at=now,
    )


def learner_of(partnership: Partnership) -> Person:
    return partnership.learner.person


def set_by_learner(partnership: Partnership, now: datetime, **fields: object) -> Partnership:
    return set_next_meeting(
        partnership=partnership,
        meeting=NextMeeting(**{"at": SOON, **fields}),  # type: ignore[arg-type]
        by=actor_for_person(learner_of(partnership)),
        now=now,
    )


def test_the_learner_sets_the_next_half_hour_and_it_is_recorded_without_content(
    partnership: Partnership, now: datetime
) -> None:
    done = set_by_learner(partnership, now, place="Corner café", agenda="Reels\n\n  Hashtags ")

    done.refresh_from_db()
    assert done.next_at == SOON
    assert (done.next_place, done.next_agenda) == ("Corner café", "Reels\nHashtags")
    entry = Entry.objects.get()
    assert (entry.verb, entry.detail) == ("partnerships.next.set", {})


def test_the_adviser_is_told_the_date_in_the_advisers_own_time_and_nothing_else(
    partnership: Partnership, now: datetime
) -> None:
    set_by_learner(partnership, now, place="Corner café", agenda="Reels")

    told = Notification.objects.get()
    assert (told.person, told.kind) == (partnership.adviser.person, "partnerships.next_proposed")
    assert "Thursday 5 March 2026, 09:00 (America/New_York)" in told.body
    assert "café" not in told.title + told.body
    assert "Reels" not in told.title + told.body


def test_another_date_is_told_as_a_change_and_the_same_again_not_at_all(
    partnership: Partnership, now: datetime
) -> None:
    set_by_learner(partnership, now)

    set_by_learner(partnership, now)
    set_by_learner(partnership, now, at=SOON + timedelta(days=1))

    kinds = list(Notification.objects.order_by("id").values_list("kind", flat=True))
    assert kinds == ["partnerships.next_proposed", "partnerships.next_changed"]
    assert Entry.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"at": datetime(2026, 3, 2, 9, 12, tzinfo=UTC)}, "past"),
        ({"at": datetime(2028, 3, 2, tzinfo=UTC)}, "far"),
        ({"agenda": "One\nTwo\nThree\nFour"}, "many_lines"),
        ({"agenda": "a" * 601}, "long_agenda"),
        ({"place": "a" * 201}, "long_place"),
    ],
)
def test_what_does_not_fit_a_half_hour_is_refused(
    partnership: Partnership, now: datetime, fields: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        set_by_learner(partnership, now, **fields)

    assert refused.value.code == code
    assert not Notification.objects.exists()


def test_nothing_is_set_before_both_said_yes(now: datetime) -> None:
    partnership = make_partnership(learner_accepted_at=now)

    with pytest.raises(Refused, match="once both of you have said yes"):
        set_by_learner(partnership, now)


@pytest.mark.parametrize("who", ["adviser", "coordinator", "stranger"])
def test_only_the_learner_sets_and_clears(
    partnership: Partnership, now: datetime, who: str
) -> None:
    set_by_learner(partnership, now)
    people = {
        "adviser": partnership.adviser.person,
        "coordinator": make_coordinator(partnership.programme),
        "stranger": make_person(),
    }
    by = actor_for_person(people[who])

    with pytest.raises(NotAllowed):
        set_next_meeting(partnership=partnership, meeting=NextMeeting(at=SOON), by=by, now=now)
    with pytest.raises(NotAllowed):
        clear_next_meeting(partnership=partnership, by=by, now=now)

    partnership.refresh_from_db()
    assert partnership.next_at == SOON


def test_the_learner_takes_a_half_hour_back_and_the_adviser_is_told(
    partnership: Partnership, now: datetime
) -> None:
    set_by_learner(partnership, now, place="Corner café", agenda="Reels")

    learner = actor_for_person(learner_of(partnership))
    done = clear_next_meeting(partnership=partnership, by=learner, now=now)

    done.refresh_from_db()
    assert (done.next_at, done.next_place, done.next_agenda) == (None, "", "")
    told = Notification.objects.get(kind="partnerships.next_called_off")
    assert told.person == partnership.adviser.person
    assert Entry.objects.filter(verb="partnerships.next.cleared").count() == 1


def test_where_nothing_is_set_there_is_nothing_to_clear(
    partnership: Partnership, now: datetime
) -> None:
    learner = actor_for_person(learner_of(partnership))

    with pytest.raises(Refused, match="nothing to clear"):
        clear_next_meeting(partnership=partnership, by=learner, now=now)


def test_when_the_partnership_ends_place_and_agenda_are_forgotten(
    partnership: Partnership, now: datetime
) -> None:
    set_by_learner(partnership, now, place="Corner café", agenda="Reels")

    announce(PersonLeft(person=partnership.adviser.person))

    partnership.refresh_from_db()
    assert (partnership.next_at, partnership.next_place, partnership.next_agenda) == (None, "", "")


# Pages, where the day is today's: dates are reckoned from it.


def typed(at: datetime, **fields: str) -> dict[str, str]:
    return {"day": f"{at:%Y-%m-%d}", "start": f"{at:%H:%M}", "place": "", "agenda": "", **fields}


def next_sunday_of_march(*, first_day: int) -> datetime:
    """Midnight of the first Sunday from that day on, in the next March still to come."""
    now = datetime.now(UTC)
    days = (
        datetime(year, 3, first_day, tzinfo=UTC) + timedelta(days=n)
        for year in (now.year, now.year + 1)
        for n in range(7)
    )
    return next(day for day in days if day > now and day.weekday() == 6)


def test_both_read_place_and_agenda_on_their_page_and_coordinators_do_not(
    client_of: ClientOf, partnership: Partnership
) -> None:
    address = reverse("partnerships:detail", args=[partnership.key])
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    client_of(learner_of(partnership)).post(
        reverse("partnerships:next", args=[partnership.key]),
        typed(tomorrow, place="Corner café", agenda="Reels\nHashtags"),
    )

    for person in (learner_of(partnership), partnership.adviser.person):
        page = client_of(person).get(address).content.decode()
        assert "Corner café" in page
        assert "Hashtags" in page

    page = client_of(make_coordinator(partnership.programme)).get(address).content.decode()
    assert "Corner café" not in page
    assert "Hashtags" not in page
    assert "next half hour" not in page


def test_a_time_is_the_learners_own_and_the_adviser_reads_it_in_theirs_when_clocks_change(
    client_of: ClientOf, partnership: Partnership
) -> None:
    """Between the two changes of March, New York is five hours from Berlin; else it is six."""
    between = next_sunday_of_march(first_day=8) + timedelta(days=2, hours=15)
    client = client_of(learner_of(partnership))

    client.post(reverse("partnerships:next", args=[partnership.key]), typed(between))

    address = reverse("partnerships:detail", args=[partnership.key])
    partnership.refresh_from_db()
    assert partnership.next_at == between.replace(hour=14)
    assert f"{between:%B}, 15:00" in client.get(address).content.decode()
    page = client_of(partnership.adviser.person).get(address).content.decode()
    assert f"{between:%B}, 10:00" in page


def test_an_hour_that_the_clocks_skip_is_refused_in_a_sentence(
    client_of: ClientOf, partnership: Partnership
) -> None:
    skipped = next_sunday_of_march(first_day=25) + timedelta(hours=2, minutes=30)

    answer = client_of(learner_of(partnership)).post(
        reverse("partnerships:next", args=[partnership.key]), typed(skipped)
    )

    assert answer.status_code == 422
    assert "The clocks go forward that day in Europe/Berlin" in answer.content.decode()
    partnership.refresh_from_db()
    assert partnership.next_at is None


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"day": "2020-01-01"}, "That moment has passed."),
        ({"day": "9999-12-31"}, "more than a year away"),
        ({"day": "0001-01-01"}, "That moment has passed."),
        ({"day": ""}, "Choose a date."),
        ({"start": "half past nine"}, "Write the time like 09:30."),
        ({"agenda": "One\nTwo\nThree\nFour"}, "Keep the agenda to three lines"),
    ],
)
def test_the_form_says_what_to_do(
    client_of: ClientOf, partnership: Partnership, values: dict[str, str], sentence: str
) -> None:
    tomorrow = datetime.now(UTC) + timedelta(days=1)

    answer = client_of(learner_of(partnership)).post(
        reverse("partnerships:next", args=[partnership.key]), typed(tomorrow, **values)
    )

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_an_empty_form_is_sent_back_with_its_errors(
    client_of: ClientOf, partnership: Partnership
) -> None:
    address = reverse("partnerships:next", args=[partnership.key])

    assert client_of(learner_of(partnership)).post(address).status_code == 422


def test_the_form_asks_for_a_neutral_place_and_leaves_it_empty(
    client_of: ClientOf, partnership: Partnership
) -> None:
    address = reverse("partnerships:next", args=[partnership.key])

    answer = client_of(learner_of(partnership)).get(address)

    assert "A neutral place" in answer.content.decode()
    assert answer.context["form"]["place"].value() == ""


def test_the_form_is_for_the_learner_of_an_accepted_partnership(
    client_of: ClientOf, partnership: Partnership
) -> None:
    address = reverse("partnerships:next", args=[partnership.key])
    proposed = make_partnership()
    too_early = reverse("partnerships:next", args=[proposed.key])

    assert client_of(learner_of(partnership)).get(address).status_code == 200
    assert client_of(partnership.adviser.person).get(address).status_code == 403
    assert client_of(make_coordinator(partnership.programme)).get(address).status_code == 403
    assert client_of(make_person()).get(address).status_code == 404
    assert client_of(proposed.learner.person).get(too_early).status_code == 409


def test_ones_own_list_shows_a_date_to_come_and_not_one_that_is_over(
    client_of: ClientOf, partnership: Partnership
) -> None:
    client = client_of(partnership.adviser.person)
    Partnership.objects.update(next_at=datetime.now(UTC) + timedelta(days=1))
    to_come = client.get(reverse("partnerships:list")).content.decode()
    Partnership.objects.update(next_at=datetime.now(UTC) - timedelta(days=1))

    over = client.get(reverse("partnerships:list")).content.decode()

    assert "next half hour" in to_come
    assert "next half hour" not in over
