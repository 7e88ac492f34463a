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
from tests.factories.agreement import ANSWERS, answers_for, make_agreement, make_draft
from viceversa.accounts.actions import create_token
from viceversa.partnerships.models import Agreement, Partnership
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


def agree_by_api(pair: Partnership, call: Call) -> None:
    """Both answer every step and hand in, the adviser replies, the learner puts it together."""
    for side in ("learner", "adviser"):
        me = pair.person_on(side)
        for step, values in answers_for(side).items():
            assert (
                call(me, "PUT", f"/agreement/answers/{step}", {"values": values}).status_code == 200
            )
        assert call(me, "POST", "/agreement/hand-in").status_code == 200
    replies = {"replies": [{"reply": "partly", "words": "The cutting."}]}
    assert call(pair.adviser.person, "PUT", "/agreement/replies", replies).status_code == 200
    assert call(pair.learner.person, "POST", "/agreement/together").status_code == 200


@pytest.fixture
def in_time(pair: Partnership, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answers of the tests name a last day; it is still to come."""
    later = (clock.now() + timedelta(days=90)).date().isoformat()
    monkeypatch.setitem(ANSWERS["meet"], "ends_on", later)


@pytest.mark.usefixtures("in_time")
def test_an_agreement_comes_about_from_the_first_answer_to_both_signatures(
    pair: Partnership, call: Call
) -> None:
    agree_by_api(pair, call)
    for side in ("learner", "adviser"):
        signature = {"version": 1, "commits": True}
        assert call(pair.person_on(side), "POST", "/agreement/sign", signature).status_code == 200

    terms = call(pair.learner.person, "GET", "/agreement").json()["signed_terms"]
    outcome = {"text": "Judge a film", "reply": "partly", "words": "The cutting."}
    assert terms["outcomes"] == [outcome]
    assert terms["permission"]["words"] == "Stop me when I lecture."


@pytest.mark.usefixtures("in_time")
def test_nobody_reads_the_others_answers_before_both_are_in(pair: Partnership, call: Call) -> None:
    learner, adviser = pair.learner.person, pair.adviser.person
    for step, values in answers_for("learner").items():
        call(learner, "PUT", f"/agreement/answers/{step}", {"values": values})
    call(learner, "POST", "/agreement/hand-in")

    read = call(adviser, "GET", "/agreement/answers").json()
    assert (read["mine"], read["theirs"], read["is_handed_in"]) == ({}, {}, False)
    assert read["needed"] == ["aims", "meet", "trust", "you"]
    assert "leave" not in read["steps"]


@pytest.mark.parametrize(
    ("step", "values", "field"),
    [
        ("you", {"background": ""}, "background"),
        ("you", {"background": "Sales", "colour": "blue"}, "colour"),
        ("you", {"background": "x" * 1001}, "background"),
        ("aims", {"aims": "More", "engagement": "endless", "outcomes": ["Film"]}, "engagement"),
        ("aims", {"aims": "More", "engagement": "long", "outcomes": list("abcdef")}, "outcomes"),
        ("leave", {"words": "Be frank."}, "__all__"),
        ("meet", {"every_days": 7, "minutes": 30, "channel": "video", "ends_on": "2001-01-01"},
         "ends_on"),
        ("trust", {"confidentiality": "everything"}, "confidentiality"),
    ],
)  # fmt: skip
def test_an_answer_that_does_not_fit_is_named_and_nothing_is_kept(
    step: str, values: dict[str, Any], field: str, pair: Partnership, call: Call
) -> None:
    answer = call(pair.learner.person, "PUT", f"/agreement/answers/{step}", {"values": values})
    assert answer.status_code == 422
    assert field in {row["field"] for row in answer.json()["errors"]}
    assert call(pair.learner.person, "GET", "/agreement/answers").json()["mine"] == {}


def test_a_question_of_the_partner_is_nobody_elses(pair: Partnership, call: Call) -> None:
    leave = {"values": {"directive": True, "words": "As you like."}}
    assert call(pair.adviser.person, "PUT", "/agreement/answers/leave", leave).status_code == 404


def test_steps_taken_out_of_turn_are_refused_with_words(pair: Partnership, call: Call) -> None:
    early = [
        (pair.learner.person, "POST", "/agreement/hand-in", {}),
        (pair.adviser.person, "PUT", "/agreement/replies", {"replies": []}),
        (pair.learner.person, "POST", "/agreement/together", {}),
        (pair.learner.person, "POST", "/agreement/set-aside", {"version": 1}),
        (pair.learner.person, "POST", "/agreement/raise", {"level": "nothing"}),
        (
            pair.learner.person,
            "PATCH",
            "/agreement/terms/meet",
            {"seen": 1, "values": {"minutes": 45}},
        ),
    ]
    for person, method, path, body in early:
        answer = call(person, method, path, body)
        assert (path, answer.status_code) == (path, 409)
        assert answer.json()["detail"]


def test_a_change_names_the_version_that_was_read_and_leaves_the_rest(
    pair: Partnership, call: Call
) -> None:
    make_agreement(pair, now=clock.now(), ends_on=None)
    learner = pair.learner.person
    change = {"seen": 1, "values": {"minutes": 45}}
    assert call(learner, "PATCH", "/agreement/terms/meet", change).json()["draft"] == 2
    assert call(learner, "PATCH", "/agreement/terms/meet", change).json()["code"] == "changed"

    read = call(pair.adviser.person, "GET", "/agreement").json()
    assert (read["draft_terms"]["minutes"], read["signed_terms"]["minutes"]) == (45, 30)
    assert read["draft_terms"]["channel"] == "video"
    assert call(learner, "POST", "/agreement/set-aside", {"version": 2}).json()["draft"] is None


def test_the_adviser_alone_changes_the_replies(pair: Partnership, call: Call) -> None:
    make_agreement(pair, now=clock.now())
    body = {"seen": 1, "replies": [{"reply": "cannot", "words": "Not any more."}]}
    assert call(pair.learner.person, "PUT", "/agreement/replies", body).status_code == 403
    too_many = {"seen": 1, "replies": body["replies"] * 2}
    assert call(pair.adviser.person, "PUT", "/agreement/replies", too_many).status_code == 409
    assert call(pair.adviser.person, "PUT", "/agreement/replies", body).json()["draft"] == 2


def test_one_of_them_raises_the_level_and_cannot_lower_it(pair: Partnership, call: Call) -> None:
    make_agreement(pair, now=clock.now(), confidentiality="story")
    raised = call(pair.adviser.person, "POST", "/agreement/raise", {"level": "goals"})
    assert raised.status_code == 200
    lowered = call(pair.learner.person, "POST", "/agreement/raise", {"level": "story"})
    assert (lowered.status_code, lowered.json()["code"]) == (409, "not_stricter")
    level = call(pair.learner.person, "GET", "/agreement").json()["signed_terms"]["confidentiality"]
    assert level == "goals"


def test_every_version_stays_readable_by_the_two(pair: Partnership, call: Call) -> None:
    make_agreement(pair, now=clock.now())
    make_agreement(pair, now=clock.now(), signed=False, minutes=45)
    rows = call(pair.learner.person, "GET", "/agreement/versions").json()
    assert [(row["version"], row["state"]) for row in rows] == [(2, "draft"), (1, "signed")]
    first = call(pair.learner.person, "GET", "/agreement/versions/1").json()
    assert first["terms"]["minutes"] == 30
    assert call(pair.learner.person, "GET", "/agreement/versions/3").status_code == 404


def test_an_agreement_that_was_tampered_with_says_so(pair: Partnership, call: Call) -> None:
    agreement = make_agreement(pair, now=clock.now(), signed=False)
    sealed = bytearray(agreement.sealed)
    sealed[-1] ^= 1
    Agreement.objects.filter(pk=agreement.pk).update(sealed=bytes(sealed))
    for method, path, body in (
        ("GET", "/agreement", {}),
        ("POST", "/agreement/sign", {"version": 1, "commits": True}),
    ):
        answer = call(pair.learner.person, method, path, body)
        assert (answer.status_code, answer.json()["code"]) == (409, "broken")


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/agreement/answers", {}),
        ("GET", "/agreement/versions", {}),
        ("GET", "/agreement/versions/1", {}),
        ("PUT", "/agreement/answers/you", {"values": {"background": "Mine"}}),
        ("POST", "/agreement/hand-in", {}),
        ("PUT", "/agreement/replies", {"replies": []}),
        ("POST", "/agreement/together", {}),
        ("PATCH", "/agreement/terms/meet", {"seen": 1, "values": {"minutes": 45}}),
        ("POST", "/agreement/set-aside", {"version": 1}),
        ("POST", "/agreement/raise", {"level": "nothing"}),
    ],
)
def test_coordinators_and_strangers_find_none_of_it(
    method: str, path: str, body: dict[str, Any], pair: Partnership, call: Call
) -> None:
    make_agreement(pair, now=clock.now())
    for person in (make_coordinator(pair.programme), make_person("Nosy Parker")):
        assert call(person, method, path, body).status_code == 404


@pytest.mark.parametrize(
    ("path", "body"), [("raise", {"level": "nothing"}), ("set-aside", {"version": 2})]
)
def test_a_seat_without_a_key_changes_nothing_either(
    path: str, body: dict[str, Any], pair: Partnership, call: Call
) -> None:
    make_agreement(pair, now=clock.now())
    make_agreement(pair, now=clock.now(), signed=False, minutes=45)
    intruder = make_person()
    type(pair.learner).objects.filter(pk=pair.learner_id).update(person=intruder)

    answer = call(intruder, "POST", f"/agreement/{path}", body)

    assert (answer.status_code, answer.json()["code"]) == (403, "no_key")
    assert list(Agreement.objects.values_list("state", "raised_to")) == [
        ("draft", ""),
        ("signed", ""),
    ]
