from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.factories import (
    actor_for_person,
    make_adviser,
    make_ask,
    make_choosing_programme,
    make_learner,
    make_person,
    make_user,
)
from viceversa.accounts.actions import create_token
from viceversa.matching.models import Ask, PairWish, Round
from viceversa.partnerships.models import Partnership
from viceversa.people.models import Person
from viceversa.programmes.models import Programme
from viceversa.toolkit import clock
from viceversa.toolkit.actor import Actor

pytestmark = pytest.mark.django_db


def api(person: Person) -> Client:
    """A program with a token of that person that may read and write."""
    now: datetime = clock.now()
    _token, secret = create_token(
        user=make_user(person),
        name="test",
        scopes=["read", "write"],
        expires_at=now + timedelta(days=1),
        by=actor_for_person(person),
        now=now,
    )
    return Client(headers={"Authorization": f"Bearer {secret}"})


def address(programme: Programme, *more: str) -> str:
    return "/".join(["/api/v1/programmes", programme.slug, *more])


@pytest.fixture
def program(coordinator: Actor) -> Client:
    return api(Person.objects.get(pk=coordinator.person_id))


def test_a_round_goes_from_gathering_to_partnerships(
    program: Client, programme: Programme, solve_now: Callable[[Round], Round]
) -> None:
    learner, adviser = make_learner(programme), make_adviser(programme)

    gathered = program.post(address(programme, "rounds"))
    solve_now(Round.objects.get())
    read = program.get(address(programme, "rounds", "1")).json()
    proposals = program.get(address(programme, "rounds", "1", "proposals")).json()
    published = program.post(address(programme, "rounds", "1", "publish"))

    assert (gathered.status_code, gathered.json()["state"]) == (201, "solving")
    assert (read["state"], read["summary"]["covered"]) == ("ready", 1)
    assert [row["learner"]["name"] for row in proposals["items"]] == [learner.person.name]
    assert published.json() == {"partnerships": 1}
    rows = program.get("/api/v1/partnerships").json()["items"]
    assert [row["adviser"]["external_id"] for row in rows] == [adviser.person.external_id]


def test_a_pair_is_pinned(
    program: Client, programme: Programme, solved: Callable[[], Round]
) -> None:
    learner, adviser = make_learner(programme), make_adviser(programme)
    solved()
    body = {"kind": "pin", "learner": learner.key, "adviser": adviser.key}

    answer = program.post(
        address(programme, "rounds", "1", "wishes"), body, content_type="application/json"
    )

    assert answer.status_code == 204
    assert PairWish.objects.get().kind == "pin"


def test_publishing_after_a_change_is_a_problem_with_its_reason(
    program: Client, programme: Programme, solved: Callable[[], Round]
) -> None:
    make_learner(programme)
    make_adviser(programme)
    solved()
    make_adviser(programme, person=make_person("Mira Ibis", rank=1))

    answer = program.post(address(programme, "rounds", "1", "publish"))

    assert (answer.status_code, answer.json()["code"]) == (409, "people_changed")
    assert "Mira Ibis joined." in answer.json()["detail"]
    assert not Partnership.objects.exists()


def test_rounds_are_for_coordinators(programme: Programme, solved: Callable[[], Round]) -> None:
    learner = make_learner(programme)
    make_adviser(programme)
    solved()
    participant = api(learner.person)

    assert participant.get(address(programme, "rounds")).status_code == 404
    assert participant.post(address(programme, "rounds", "1", "publish")).status_code == 404


def test_an_adviser_reads_and_answers_an_ask_and_nobody_else_does() -> None:
    ask = make_ask(make_learner(make_choosing_programme()))
    adviser, another = api(ask.adviser.person), api(make_adviser(ask.programme).person)

    listed = adviser.get(address(ask.programme, "asks")).json()["items"]
    hidden = another.get(address(ask.programme, "asks")).json()["items"]
    refused = another.post(address(ask.programme, "asks", ask.key, "accept"))
    accepted = adviser.post(address(ask.programme, "asks", ask.key, "accept"))

    assert [row["key"] for row in listed] == [ask.key]
    assert hidden == []
    assert (refused.status_code, accepted.status_code) == (404, 204)
    assert Ask.objects.get().state == Ask.State.ACCEPTED


def test_one_of_the_two_answers_a_proposal() -> None:
    ask = make_ask()
    partnership = Partnership.objects.create(
        programme=ask.programme, learner=ask.learner, adviser=ask.adviser, created_at=clock.now()
    )
    learner = api(ask.learner.person)

    answer = learner.post(f"/api/v1/partnerships/{partnership.key}/decline")

    assert answer.json()["state"] == "declined"
    again = learner.post(f"/api/v1/partnerships/{partnership.key}/accept")
    assert (again.status_code, again.json()["code"]) == (409, "not_open")
