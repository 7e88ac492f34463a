from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    make_adviser,
    make_ask,
    make_choosing_programme,
    make_learner,
    make_partnership,
    make_person,
    make_skill,
    make_user,
)
from viceversa.matching.models import Ask
from viceversa.people.models import Person
from viceversa.programmes.models import Enrolment, Programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    return make_choosing_programme()


@pytest.fixture
def client_of(signed_in: Callable[..., Client]) -> Callable[[Person], Client]:
    return lambda person: signed_in(make_user(person))


ClientOf = Callable[[Person], Client]


def choose(programme: Programme) -> str:
    return reverse("matching:choose", args=[programme.slug])


def named(client: Client, programme: Programme) -> list[Enrolment]:
    return [choice.enrolment for choice in client.get(choose(programme)).context["choices"]]


def test_goals_come_before_the_short_list(programme: Programme, client_of: ClientOf) -> None:
    learner = make_learner(programme, goals="")
    client = client_of(learner.person)

    first = client.get(choose(programme))
    assert first["Location"] == reverse("matching:goals", args=[programme.slug])
    client.post(first["Location"], {"goals": "Read a dashboard.", "career_direction": ""})

    assert client.get(choose(programme)).status_code == 200


def test_the_short_list_holds_whom_no_rule_forbids_with_a_reason_and_their_own_words(
    programme: Programme, client_of: ClientOf
) -> None:
    learner = make_learner(programme)
    fits = make_adviser(programme, value_statement="I can show you how a short film works.")
    make_adviser(programme, skill="Spreadsheets")
    make_adviser(programme, person=make_person(rank=5))
    full = make_adviser(programme)
    make_partnership(programme, adviser=full)

    answer = client_of(learner.person).get(choose(programme))

    assert [choice.enrolment for choice in answer.context["choices"]] == [fits]
    page = answer.content.decode()
    assert "I can show you how a short film works." in page
    assert "Teaches Short video" in page


def test_the_short_list_is_never_longer_than_twelve(
    programme: Programme, client_of: ClientOf
) -> None:
    learner = make_learner(programme)
    for _number in range(15):
        make_adviser(programme)

    assert len(named(client_of(learner.person), programme)) == 12


def test_the_short_list_asks_the_same_number_of_queries_for_one_and_for_three(
    programme: Programme, client_of: ClientOf
) -> None:
    learner = make_learner(programme)
    make_adviser(programme)
    client = client_of(learner.person)
    client.get(choose(programme))
    with CaptureQueriesContext(connection) as one:
        client.get(choose(programme))
    make_adviser(programme)
    make_adviser(programme)

    with CaptureQueriesContext(connection) as three:
        client.get(choose(programme))

    assert len(three) == len(one)


def test_the_ask_is_sent_from_the_page(programme: Programme, client_of: ClientOf) -> None:
    learner, adviser = make_learner(programme), make_adviser(programme)
    client = client_of(learner.person)

    client.post(choose(programme), {"first": adviser.key, "second": "", "third": ""})

    assert Ask.objects.get().state == Ask.State.SENT
    assert "Waiting for an answer" in client.get(choose(programme)).content.decode()


def test_the_same_person_twice_is_refused(programme: Programme, client_of: ClientOf) -> None:
    learner, adviser = make_learner(programme), make_adviser(programme)
    both = {"first": adviser.key, "second": adviser.key, "third": ""}

    answer = client_of(learner.person).post(choose(programme), both)

    assert answer.status_code == 422
    assert not Ask.objects.exists()


def test_an_ask_is_read_by_the_two_only(programme: Programme, client_of: ClientOf) -> None:
    ask = make_ask(make_learner(programme, goals="Judge a short film."))
    address = reverse("matching:ask", args=[programme.slug, ask.key])
    another = make_adviser(programme)

    for person in (ask.learner.person, ask.adviser.person):
        assert "Judge a short film." in client_of(person).get(address).content.decode()
    for person in (another.person, make_person()):
        assert client_of(person).get(address).status_code == 404


def test_an_adviser_reads_nothing_of_a_choice_that_waits_in_line(
    programme: Programme, client_of: ClientOf
) -> None:
    ask = make_ask(make_learner(programme), state="queued")
    client = client_of(ask.adviser.person)

    assert client.get(reverse("matching:ask", args=[programme.slug, ask.key])).status_code == 404
    assert client.get(reverse("matching:asks", args=[programme.slug])).context["page"].rows == []


@pytest.mark.parametrize("state", ["declined", "expired", "full"])
def test_a_learner_reads_not_this_time_whatever_the_reason(
    programme: Programme, client_of: ClientOf, state: str
) -> None:
    ask = make_ask(make_learner(programme), state=state)
    address = reverse("matching:ask", args=[programme.slug, ask.key])

    page = client_of(ask.learner.person).get(address).content.decode()

    assert "Not this time" in page
    assert ask.get_state_display() not in page


def test_an_adviser_says_yes_from_the_page(programme: Programme, client_of: ClientOf) -> None:
    ask = make_ask(make_learner(programme))
    client = client_of(ask.adviser.person)

    answer = client.post(reverse("matching:accept_ask", args=[programme.slug, ask.key]))

    assert answer["Location"].startswith("/partnerships/")
    assert "You are partners" in client.get(answer["Location"]).content.decode()


def test_an_empty_question_is_sent_back_with_what_to_do(
    programme: Programme, client_of: ClientOf
) -> None:
    ask = make_ask(make_learner(programme))
    address = reverse("matching:write_ask", args=[programme.slug, ask.key])

    answer = client_of(ask.adviser.person).post(address, {"text": " "})

    assert answer.status_code == 422
    assert "Write a sentence first." in answer.content.decode()


def test_a_want_at_a_higher_level_is_not_met_by_the_basics(
    programme: Programme, client_of: ClientOf
) -> None:
    learner = make_learner(programme)
    learner.wants.update(target=3)
    basic = make_adviser(programme)
    basic.offers.filter(skill=make_skill("Short video")).update(level=2)

    assert named(client_of(learner.person), programme) == []
