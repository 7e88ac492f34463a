"""The REST API of programmes: the same answers as the pages."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.factories import (
    actor_for_person,
    make_coordinator,
    make_enrolment,
    make_level,
    make_person,
    make_programme,
    make_skill,
    make_user,
)
from viceversa.accounts.actions import create_token
from viceversa.people.models import Person
from viceversa.programmes.models import Enrolment
from viceversa.toolkit import clock

pytestmark = pytest.mark.django_db
Call = Callable[..., Any]


def client_of(person: Person, *roles: str) -> Call:
    """A program with a token of that person; answers as (status, body)."""
    user = make_user(person, roles=roles)
    now = clock.now()
    _token, secret = create_token(
        user=user,
        name="test",
        scopes=["read", "write"],
        expires_at=now + timedelta(days=1),
        by=actor_for_person(person),
        now=now,
    )
    client = Client(headers={"authorization": f"Bearer {secret}"})

    def call(method: str, path: str, body: object = None) -> tuple[int, Any]:
        options = {} if body is None else {"data": body, "content_type": "application/json"}
        answer = getattr(client, method)(f"/api/v1/programmes{path}", **options)
        return answer.status_code, answer.json() if answer.content else None

    return call


def test_a_programme_is_begun_listed_and_read() -> None:
    call = client_of(make_person(), "operator")

    status, made = call("post", "", {"template": "taster", "name": "Taster"})

    assert (status, made["slug"], made["state"]) == (201, "taster", "draft")
    assert call("get", "")[1]["items"] == [made]
    assert call("get", "/taster") == (200, made)


def test_a_program_without_the_role_begins_nothing() -> None:
    status, body = client_of(make_person())("post", "", {"template": "taster", "name": "T"})

    assert (status, body["detail"]) == (
        403,
        "Only operators and directory administrators can begin a programme.",
    )


def test_people_are_enrolled_in_bulk_and_unknown_ones_named() -> None:
    programme = make_programme(state="enrolling")
    call = client_of(make_coordinator(programme))
    person = make_person(external_id="E77")
    skill = make_skill("Short video")

    status, body = call(
        "post",
        f"/{programme.slug}/enrolments",
        {
            "rows": [
                {
                    "person": "E77",
                    "roles": ["learner"],
                    "state": "enrolled",
                    "wants": [{"skill": skill.slug, "level": 1}],
                },
                {"person": "nobody", "roles": ["adviser"]},
            ]
        },
    )

    assert status == 200
    assert body["enrolled"] == 1
    assert body["unknown"] == [{"person": "nobody", "sentence": "is nobody in the directory"}]
    assert Enrolment.objects.get().person == person
    listed = call("get", f"/{programme.slug}/enrolments?role=learner&state=enrolled")[1]["items"]
    assert [row["person"]["external_id"] for row in listed] == ["E77"]
    assert "goals" not in listed[0]


def test_everyone_on_a_level_is_invited_by_a_program() -> None:
    programme = make_programme(state="enrolling", learner_level_min=make_level(5))
    call = client_of(make_coordinator(programme))
    make_person(rank=5)

    status, body = call("post", f"/{programme.slug}/enrolments/eligible", {"role": "learner"})

    assert (status, body["invited"]) == (200, 1)


def test_a_state_is_set_or_refused_with_what_is_missing() -> None:
    programme = make_programme(state="enrolling")
    call = client_of(make_coordinator(programme))

    status, body = call("post", f"/{programme.slug}/state", {"state": "matching"})

    assert status == 409
    assert "Nobody is enrolled as a learner yet." in body["detail"]
    make_enrolment(programme, learner=True)
    make_enrolment(programme, adviser=True)
    assert call("post", f"/{programme.slug}/state", {"state": "matching"})[0] == 200


def test_a_participant_reads_and_writes_the_own_part_and_no_list() -> None:
    programme = make_programme(state="enrolling", target_mastery=2)
    person = make_enrolment(programme, learner=True).person
    skill = make_skill("Podcasts")
    call = client_of(person)

    status, part = call(
        "put",
        f"/{programme.slug}/my-part",
        {
            "is_learner": True,
            "is_adviser": False,
            "wants": [{"skill": skill.slug}],
            "goals": "Host one.",
        },
    )

    assert (status, part["goals"]) == (200, "Host one.")
    assert part["wants"] == [{"skill": "podcasts", "level": 2}]
    assert call("get", f"/{programme.slug}/my-part")[1] == part
    assert call("get", f"/{programme.slug}/enrolments")[0] == 404
    unknown = {"is_learner": True, "is_adviser": False, "wants": [{"skill": "no-such"}]}
    assert call("put", f"/{programme.slug}/my-part", unknown)[0] == 409
