from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.factories import (
    actor_for_person,
    make_coordinator,
    make_enrolment,
    make_person,
    make_programme,
    make_user,
)
from tests.factories.insights import make_theme
from viceversa.history.models import Entry
from viceversa.insights.actions.theme import pass_themes_on, send_theme
from viceversa.insights.models import Passing, Theme, Voice
from viceversa.insights.rules.theme import band_of, is_due
from viceversa.notifications.models import Notification
from viceversa.people.models import Person
from viceversa.programmes.models import Programme
from viceversa.toolkit.actor import system
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
JOB = system("tests", via="job")


@pytest.fixture
def programme() -> Programme:
    return make_programme(state="running")


@pytest.fixture
def owner() -> Person:
    return make_person("Head of Tools")


@pytest.fixture
def theme(programme: Programme, owner: Person) -> Theme:
    return make_theme(programme, owner=owner)


def sent(theme: Theme, number: int, words: str = "") -> list[Person]:
    people = [make_enrolment(theme.programme, learner=True).person for _one in range(number)]
    for person in people:
        send_theme(theme=theme, words=words, by=actor_for_person(person))
    return people


def test_a_theme_reaches_its_owner_from_five_people_on_without_names(
    theme: Theme, owner: Person, now: datetime
) -> None:
    people = sent(theme, 4, "Three tools for one thing.")
    assert pass_themes_on(by=JOB, now=now) == 0
    assert not Passing.objects.exists()

    people += sent(theme, 1)
    assert pass_themes_on(by=JOB, now=now) == 1

    passing = Passing.objects.get()
    assert passing.people == "5–9"
    assert passing.words == ["Three tools for one thing."] * 4
    assert [one.person for one in Notification.objects.filter(kind__startswith="insights")] == [
        owner
    ]
    assert not Voice.objects.exists(), "what was passed on is destroyed"


def test_sending_twice_is_one_voice_and_the_last_words_stand(theme: Theme, now: datetime) -> None:
    person = sent(theme, 1, "First")[0]
    send_theme(theme=theme, words="Second", by=actor_for_person(person))
    sent(theme, 4)
    pass_themes_on(by=JOB, now=now)
    assert Passing.objects.get().words == ["Second"]


def test_nothing_stored_says_who_sent_it_or_what_before_it_is_passed_on(theme: Theme) -> None:
    before = Entry.objects.count()
    sent(theme, 3, "Three tools for one thing.")
    assert Entry.objects.count() == before
    assert {field.name for field in Voice._meta.get_fields()} == {"key", "theme", "token", "sealed"}
    for voice in Voice.objects.all():
        assert b"tools" not in bytes(voice.sealed or b"")


def test_a_second_batch_waits_a_week_and_needs_five_again(theme: Theme, now: datetime) -> None:
    sent(theme, 5)
    pass_themes_on(by=JOB, now=now)
    sent(theme, 4)
    assert pass_themes_on(by=JOB, now=now + timedelta(days=30)) == 0
    sent(theme, 1)
    assert pass_themes_on(by=JOB, now=now + timedelta(days=6)) == 0
    assert pass_themes_on(by=JOB, now=now + timedelta(days=7)) == 1
    assert pass_themes_on(by=JOB, now=now + timedelta(days=7)) == 0, "twice does no harm"


def test_the_answer_is_read_by_everybody_and_the_words_by_the_owner_only(
    theme: Theme, owner: Person, programme: Programme, signed_in: SignIn, now: datetime
) -> None:
    people = sent(theme, 5, "Three tools for one thing.")
    pass_themes_on(by=JOB, now=now)
    page, mine = f"/programmes/{programme.slug}/themes/", f"/themes/{theme.key}/"

    read = signed_in(make_user(owner)).get(mine).content.decode()
    assert "Three tools for one thing." in read
    passing = Passing.objects.get()
    told = {"passing": passing.key, "answer": "One of them goes in May."}
    assert signed_in(make_user(owner)).post(mine, told).status_code == 302

    coordinator = make_coordinator(programme)
    for person in (people[0], coordinator):
        shown = signed_in(make_user(person)).get(page).content.decode()
        assert "One of them goes in May." in shown
        assert "5–9 people" in shown
        assert "Three tools" not in shown
        assert signed_in(make_user(person)).get(mine).status_code == 404


def test_coordinators_speak_for_a_function(
    programme: Programme, signed_in: SignIn, now: datetime
) -> None:
    theme = make_theme(programme)
    sent(theme, 5, "Nobody told us.")
    pass_themes_on(by=JOB, now=now)
    client = signed_in(make_user(make_coordinator(programme)))
    assert "Nobody told us." in client.get(f"/themes/{theme.key}/").content.decode()


def test_how_many_wait_is_on_no_page(theme: Theme, programme: Programme, signed_in: SignIn) -> None:
    client = signed_in(make_user(make_coordinator(programme)))
    page = f"/programmes/{programme.slug}/themes/"
    before = client.get(page).content.decode()
    sent(theme, 4, "Three tools.")
    after = client.get(page).content.decode()
    assert _without_token(after) == _without_token(before)


def _without_token(page: str) -> list[str]:
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_a_participant_sends_with_one_tap(
    theme: Theme, programme: Programme, signed_in: SignIn
) -> None:
    client = signed_in(make_user(make_enrolment(programme, adviser=True).person))
    page = f"/programmes/{programme.slug}/themes/"
    assert "I run into this" in client.get(page).content.decode()
    assert client.post(f"{page}{theme.key}/send/").status_code == 302
    assert Voice.objects.count() == 1
    too_long = client.post(f"{page}{theme.key}/send/", {"words": "a" * 401})
    assert too_long.status_code == 422
    assert "Shorten it to 400" in too_long.content.decode()


def test_only_participants_send_and_only_coordinators_keep_the_list(
    theme: Theme, programme: Programme, signed_in: SignIn
) -> None:
    coordinator = make_coordinator(programme)
    with pytest.raises(NotAllowed):
        send_theme(theme=theme, words="", by=actor_for_person(coordinator))
    page = f"/programmes/{programme.slug}/themes/"
    participant = signed_in(make_user(make_enrolment(programme, learner=True).person))
    assert participant.post(f"{page}add/", {"name": "Pay", "function": "HR"}).status_code == 403
    assert participant.post(f"{page}{theme.key}/away/").status_code == 403
    stranger = signed_in(make_user())
    assert stranger.get(page).status_code == 404
    assert stranger.post(f"{page}{theme.key}/send/").status_code == 404


def test_a_coordinator_adds_a_theme_with_an_owner_and_takes_it_away(
    programme: Programme, signed_in: SignIn, owner: Person
) -> None:
    client = signed_in(make_user(make_coordinator(programme)))
    page = f"/programmes/{programme.slug}/themes/"
    for given, says in (
        ({"name": "Tools"}, "a person or a function"),
        ({"name": "Tools", "owner": "nobody@firm.example"}, "Nobody in the directory"),
        ({"name": "", "function": "IT"}, "required"),
    ):
        answer = client.post(f"{page}add/", given)
        assert answer.status_code == 422
        assert says in answer.content.decode()
    assert client.post(f"{page}add/", {"name": "Tools", "owner": owner.email}).status_code == 302
    theme = Theme.objects.get()
    assert theme.owner == owner
    assert client.post(f"{page}add/", {"name": "tools", "function": "IT"}).status_code == 422
    sent(theme, 2)
    assert client.post(f"{page}{theme.key}/away/").status_code == 302
    assert not Voice.objects.exists()
    assert "No theme yet" in client.get(page).content.decode()


def test_an_empty_answer_is_refused(
    theme: Theme, owner: Person, signed_in: SignIn, now: datetime
) -> None:
    sent(theme, 5)
    pass_themes_on(by=JOB, now=now)
    told = {"passing": Passing.objects.get().key, "answer": " "}
    assert signed_in(make_user(owner)).post(f"/themes/{theme.key}/", told).status_code == 422


@pytest.mark.pure
def test_how_many_is_said_in_bands_and_never_below_five() -> None:
    assert [band_of(n) for n in (5, 9, 10, 49, 50, 1000)] == [
        *("5–9", "5–9", "10–19", "20–49", "50–99", "500+")
    ]
    with pytest.raises(ValueError, match="never"):
        band_of(4)


@pytest.mark.pure
def test_a_theme_is_due_once_a_week(now: datetime) -> None:
    assert is_due(5, None, now)
    assert not is_due(4, None, now)
    assert not is_due(9, now - timedelta(days=6), now)


def test_words_that_are_too_long_are_refused_by_the_action(theme: Theme) -> None:
    person = make_enrolment(theme.programme, learner=True).person
    with pytest.raises(Refused):
        send_theme(theme=theme, words="a" * 401, by=actor_for_person(person))
