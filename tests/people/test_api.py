"""The REST API of people: the same answers as the pages."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import actor_for_person, make_person, make_skill, make_user
from tests.people.importing import csv_of
from viceversa.accounts.actions import create_token
from viceversa.people.models import Offer, Person
from viceversa.toolkit import clock

pytestmark = pytest.mark.django_db


def program_of(person: Person, *roles: str, scopes: tuple[str, ...] = ("read", "write")) -> Client:
    user = make_user(person, roles=roles)
    now = clock.now()
    _token, secret = create_token(
        user=user,
        name="test",
        scopes=scopes,
        expires_at=now + timedelta(days=1),
        by=actor_for_person(person),
        now=now,
    )
    return Client(headers={"authorization": f"Bearer {secret}"})


def file_of(content: bytes, name: str = "staff.csv") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, content)}


def test_people_are_listed_page_by_page() -> None:
    me = make_person("Me")
    for number in range(4):
        make_person(f"P{number}")
    program = program_of(me)

    first = program.get("/api/v1/people?limit=3").json()
    second = program.get(f"/api/v1/people?limit=3&after={first['next']}").json()

    assert [one["name"] for one in first["items"]] == ["Me", "P0", "P1"]
    assert [one["name"] for one in second["items"]] == ["P2", "P3"]
    assert second["next"] is None


def test_people_are_searched_and_narrowed() -> None:
    me = make_person("Me", rank=2)
    ada = make_person("Ada Low", rank=1, title="Analyst")
    Offer.objects.create(person=ada, skill=make_skill("Podcasts"))
    program = program_of(me)

    for query in ("q=ada+analyst", "level=Level+1", "offers=podcasts"):
        items = program.get(f"/api/v1/people?{query}").json()["items"]
        assert [one["name"] for one in items] == ["Ada Low"], query
    assert program.get("/api/v1/people?offers=nonsense").status_code == 409


def test_numbers_and_hire_dates_are_for_administrators() -> None:
    person = make_person("Ada", external_id="SECRET-7", hired_on="2020-02-03")

    plain = program_of(make_person()).get(f"/api/v1/people/{person.key}").json()
    full = program_of(make_person(), "directory_administrator").get(f"/api/v1/people/{person.key}")

    assert (plain["external_id"], plain["hired_on"]) == (None, None)
    assert (full.json()["external_id"], full.json()["hired_on"]) == ("SECRET-7", "2020-02-03")


def test_one_person_comes_with_the_line_of_managers() -> None:
    root = make_person("Root")
    person = make_person(manager=make_person("Middle", manager=root))

    answer = program_of(root).get(f"/api/v1/people/{person.key}").json()

    assert [one["name"] for one in answer["managers"]] == ["Middle", "Root"]
    assert program_of(root).get("/api/v1/people/nobody").status_code == 404


def test_a_list_asks_as_much_for_three_as_for_one() -> None:
    program = program_of(make_person())
    program.get("/api/v1/people")
    counted = []
    for number in range(2):
        person = make_person(rank=number + 1)
        Offer.objects.create(person=person, skill=make_skill(f"Skill {number}"))
        with CaptureQueriesContext(connection) as asked:
            program.get("/api/v1/people")
        counted.append(len(asked))

    assert counted[0] == counted[1]


def test_a_file_is_checked_first_and_applied_on_request() -> None:
    program = program_of(make_person("Me", external_id="0"), "directory_administrator")
    content = csv_of(["0", "Me"], ["1", "Ada"], ["2", "Bo", "bad"], ["3", "Cleo", "c@x.example"])
    mapping = {"columns": {"external_id": "ID", "name": "Name", "email": "Email"}}
    sent = {"mapping": json.dumps(mapping)}

    dry = program.post("/api/v1/people/import", {**file_of(content), **sent})
    count_after_dry_run = Person.objects.count()
    wet = program.post("/api/v1/people/import", {**file_of(content), **sent, "dry_run": "false"})

    assert (dry.status_code, dry.json()["joined"], dry.json()["applied"]) == (200, 2, False)
    assert [bad["row"] for bad in dry.json()["bad_rows"]] == [4]
    assert count_after_dry_run == 1
    assert (wet.status_code, wet.json()["applied"]) == (200, True)
    assert Person.objects.count() == 3


def test_what_cannot_be_applied_is_answered_with_409() -> None:
    program = program_of(make_person(), "directory_administrator")

    empty = program.post("/api/v1/people/import", file_of(b" "))
    circle = program.post(
        "/api/v1/people/import",
        {**file_of(csv_of(["1", "A"])), "mapping": '{"columns": {"nonsense": "ID"}}'},
    )

    assert empty.status_code == 409
    assert empty.json()["refusals"][0]["code"] == "empty"
    assert circle.status_code == 409
    assert "not a field of a person" in circle.json()["detail"]


def test_programs_need_the_right_and_a_token() -> None:
    person = make_person()

    assert Client().get("/api/v1/people").status_code == 401
    plain = program_of(person)
    assert plain.post("/api/v1/people/import", file_of(b"x")).status_code == 403
    assert plain.get("/api/v1/people/export").status_code == 403
    reader = program_of(make_person(), "directory_administrator", scopes=("read",))
    assert reader.post("/api/v1/people/import", file_of(b"x")).status_code == 403


def test_skills_come_with_their_other_names() -> None:
    skill = make_skill("Podcasts")
    skill.aliases.create(text="Audio shows", normalised="audio shows")
    Offer.objects.create(person=make_person(), skill=skill)

    answer = program_of(make_person()).get("/api/v1/skills").json()

    assert [(one["name"], one["aliases"], one["offering"]) for one in answer] == [
        ("Podcasts", ["Audio shows"], 1)
    ]


def test_the_export_is_one_address_away() -> None:
    program = program_of(make_person(), "directory_administrator")

    assert program.get("/api/v1/people/export").json()["csv"].endswith("/people/export.csv")
