"""The agreement over the API: terms for the two, states for coordinators."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.factories import (
    actor_for_person,
    make_coordinator,
    make_partnership,
    make_person,
    make_user,
)
from tests.factories.agreement import make_agreement, make_draft
from viceversa.accounts.actions import create_token
from viceversa.partnerships.models import Partnership
from viceversa.people.models import Person
from viceversa.toolkit import clock

pytestmark = pytest.mark.django_db
Call = Callable[..., Any]


@pytest.fixture
def pair() -> Partnership:
    return make_partnership(state="accepted")


@pytest.fixture
def call(pair: Partnership) -> Call:
    def send(person: Person, method: str, path: str, body: Any = None) -> Any:
        now = clock.now()
        _token, secret = create_token(
            user=make_user(person),
            name="a program",
            scopes={"read", "write"},
            expires_at=now + timedelta(days=1),
            by=actor_for_person(person),
            now=now,
        )
        client = Client(headers={"authorization": f"Bearer {secret}"})
        address = f"/api/v1/partnerships/{pair.key}{path}"
        data = json.dumps(body or {})
        return client.generic(method, address, data, content_type="application/json")

    return send


def test_the_two_read_the_draft_and_sign_it(pair: Partnership, call: Call) -> None:
    draft = make_draft(pair, now=clock.now())
    learner, adviser = pair.learner.person, pair.adviser.person

    read = call(learner, "GET", "/agreement").json()
    assert read["draft_terms"]["permission"]["words"] == "Stop me when I lecture."
    assert (read["stage"], read["turn_of"]) == ("signing", ["adviser", "learner"])
    no_commitment = call(learner, "POST", "/agreement/sign", {"version": draft.version})
    assert no_commitment.status_code == 409
    for person in (learner, adviser):
        signature = {"version": draft.version, "commits": True}
        assert call(person, "POST", "/agreement/sign", signature).status_code == 200

    assert call(adviser, "GET", "/agreement").json()["signed_terms"]["minutes"] == 30
    assert call(adviser, "GET", "").json()["state"] == "active"


def test_coordinators_read_the_state_and_no_terms(pair: Partnership, call: Call) -> None:
    make_draft(pair)
    coordinator = make_coordinator(pair.programme)

    state = call(coordinator, "GET", "/agreement/state")

    assert state.status_code == 200
    assert {one["what"] for one in state.json()["missing"]} == {"signature"}
    assert "lecture" not in state.content.decode()
    assert call(coordinator, "GET", "/agreement").status_code == 404


@pytest.mark.parametrize("path", ["/agreement/sign", "/pause", "/resume", "/leave"])
def test_others_find_nothing_to_act_on(path: str, pair: Partnership, call: Call) -> None:
    make_draft(pair)
    body = {"version": 1, "commits": True}

    for person in (make_person(), make_coordinator(pair.programme)):
        assert call(person, "POST", path, body).status_code == 404


def test_a_seat_without_a_key_reads_nothing_and_signs_nothing(
    pair: Partnership, call: Call
) -> None:
    draft = make_draft(pair)
    intruder = make_person()
    type(pair.learner).objects.filter(pk=pair.learner_id).update(person=intruder)

    read = call(intruder, "GET", "/agreement").json()
    signed = call(intruder, "POST", "/agreement/sign", {"version": draft.version, "commits": True})

    assert read["is_closed_to_you"]
    assert read["draft_terms"] is None
    assert signed.status_code == 403


def test_a_pause_and_an_exit_through_the_api(pair: Partnership, call: Call) -> None:
    make_agreement(pair)
    learner, adviser = pair.learner.person, pair.adviser.person

    assert call(learner, "POST", "/pause", {"until": None}).json()["state"] == "paused"
    assert call(adviser, "POST", "/resume").json()["state"] == "active"
    left = call(learner, "POST", "/leave").json()

    assert (left["state"], left["needs_new_partner"]) == ("ended", True)


@pytest.mark.parametrize("version", [0, -1, 10**30, "one", None])
def test_a_version_that_is_none_is_refused_with_words(
    version: Any, pair: Partnership, call: Call
) -> None:
    make_draft(pair)

    answered = call(pair.learner.person, "POST", "/agreement/sign", {"version": version})

    assert answered.status_code == 422
