"""Goals over the API, for the two people of a partnership."""

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
    make_skill,
    make_user,
)
from tests.factories.goals import make_goal, sign_level
from viceversa.accounts.actions import create_token
from viceversa.partnerships.models import Partnership
from viceversa.people.models import Person
from viceversa.toolkit import clock

pytestmark = pytest.mark.django_db
Call = Callable[..., Any]


@pytest.fixture
def pair() -> Partnership:
    return make_partnership(state="active")


@pytest.fixture
def call() -> Call:
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
        data = json.dumps(body or {})
        path = f"/api/v1/partnerships/{path}"
        return client.generic(method, path, data, content_type="application/json")

    return send


def test_the_two_list_read_propose_and_move_on(pair: Partnership, call: Call) -> None:
    learner, adviser = pair.learner.person, pair.adviser.person
    make_skill("Short video")
    wanted = {"stream": "learning", "kind": "literacy", "title": "See", "skill": "short-video"}

    made = call(learner, "POST", f"{pair.key}/goals", wanted)
    assert made.status_code == 201
    key = made.json()["key"]
    assert (made.json()["state"], made.json()["target"]) == ("proposed", 1)
    too_early = call(learner, "PUT", f"{pair.key}/goals/{key}/progress", {"progress": 20})
    assert too_early.status_code == 409

    goal = make_goal(pair, title="Agreed")
    moved = call(learner, "PUT", f"{pair.key}/goals/{goal.key}/progress", {"progress": 20})
    assert moved.json()["progress"] == 20
    not_theirs = call(adviser, "PUT", f"{pair.key}/goals/{goal.key}/progress", {"progress": 30})
    assert not_theirs.status_code == 403
    listed = call(adviser, "GET", f"{pair.key}/goals").json()
    assert [row["title"] for row in listed] == ["See", "Agreed"]
    assert call(adviser, "GET", f"{pair.key}/goals/{key}").json()["title"] == "See"


def test_programs_agree_reply_reach_and_let_go(pair: Partnership, call: Call) -> None:
    learner, adviser = pair.learner.person, pair.adviser.person
    one = {"stream": "learning", "kind": "influence", "title": "Be heard"}
    keys = [call(learner, "POST", f"{pair.key}/goals", one).json()["key"] for _goal in range(2)]
    first, second = (f"{pair.key}/goals/{key}" for key in keys)

    assert call(learner, "POST", f"{first}/accept").status_code == 403
    replied = call(adviser, "POST", f"{first}/reply", {"reply": "partly", "words": "The start"})
    assert (replied.json()["reply"], replied.json()["reply_words"]) == ("partly", "The start")
    assert replied.json()["state"] == "open"
    assert call(adviser, "POST", f"{first}/reply", {"reply": "perhaps"}).status_code == 422
    assert call(adviser, "POST", f"{first}/reach").status_code == 403
    assert call(learner, "POST", f"{first}/reach").json()["state"] == "reached"
    assert call(learner, "POST", f"{first}/reach").status_code == 409

    assert call(adviser, "POST", f"{second}/accept").json()["state"] == "open"
    assert call(learner, "POST", f"{second}/drop").json()["state"] == "dropped"
    assert call(make_person(), "POST", f"{second}/drop").status_code == 404


@pytest.mark.parametrize("values", [{}, {"stream": "sideways"}, {"target": 9}, {"title": ""}])
def test_what_does_not_fit_is_named(pair: Partnership, call: Call, values: dict[str, Any]) -> None:
    body = {"stream": "learning", "kind": "career", "title": "x", **values} if values else {}

    assert call(pair.learner.person, "POST", f"{pair.key}/goals", body).status_code == 422


def test_everybody_else_finds_nothing(pair: Partnership, call: Call) -> None:
    goal = make_goal(pair)

    for person in (make_person(), make_coordinator(pair.programme)):
        for method, path in (
            ("GET", f"{pair.key}/goals"),
            ("GET", f"{pair.key}/goals/{goal.key}"),
        ):
            assert call(person, method, path).status_code == 404


def test_other_words_take_the_yes_of_the_other(pair: Partnership, call: Call) -> None:
    learner, adviser = pair.learner.person, pair.adviser.person
    goal = f"{pair.key}/goals/{make_goal(pair, title='Old').key}"

    asked = call(learner, "PUT", f"{goal}/change", {"title": "New", "words": "Soon"}).json()
    assert (asked["title"], asked["change"]["title"], asked["change"]["is_mine"]) == (
        "Old",
        "New",
        True,
    )
    assert call(learner, "POST", f"{goal}/change/agree").status_code == 403
    assert call(adviser, "GET", goal).json()["change"]["is_mine"] is False
    assert call(adviser, "POST", f"{goal}/change/agree").json()["title"] == "New"
    assert call(adviser, "POST", f"{goal}/change/agree").json()["code"] == "no_change"

    call(learner, "PUT", f"{goal}/change", {"title": "Newer"})
    kept = call(adviser, "POST", f"{goal}/change/refuse").json()
    assert (kept["title"], kept["change"]) == ("New", None)
    assert call(learner, "PUT", f"{goal}/change", {"title": ""}).status_code == 422


def test_a_title_is_shared_by_both_and_stopped_by_either(pair: Partnership, call: Call) -> None:
    learner, adviser = pair.learner.person, pair.adviser.person
    goal = f"{pair.key}/goals/{make_goal(pair, title='Old').key}"
    title = {"title": "Speak to clients"}
    assert call(learner, "PUT", f"{goal}/share", title).json()["code"] == "confidential"

    sign_level(pair, "goals")
    assert call(learner, "PUT", f"{goal}/share", title).json()["shared_title"] == ""
    assert call(adviser, "POST", f"{goal}/share/refuse").json()["share"] is None
    call(learner, "PUT", f"{goal}/share", title)
    assert call(adviser, "POST", f"{goal}/share/agree").json()["shared_title"] == title["title"]
    assert call(adviser, "DELETE", f"{goal}/share").json()["shared_title"] == ""
    assert call(adviser, "DELETE", f"{goal}/share").status_code == 409


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("PUT", "change", {"title": "Mine"}),
        ("POST", "change/agree", {}),
        ("POST", "change/refuse", {}),
        ("PUT", "share", {"title": "Mine"}),
        ("POST", "share/agree", {}),
        ("POST", "share/refuse", {}),
        ("DELETE", "share", {}),
    ],
)
def test_nobody_else_changes_or_shares_a_goal(
    method: str, path: str, body: dict[str, Any], pair: Partnership, call: Call
) -> None:
    goal = make_goal(pair)
    for person in (make_person(), make_coordinator(pair.programme)):
        address = f"{pair.key}/goals/{goal.key}/{path}"
        assert call(person, method, address, body).status_code == 404
