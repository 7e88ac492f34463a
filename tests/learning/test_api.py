"""Learning for programs: the same texts, the same permissions."""

from datetime import timedelta
from typing import Any

import pytest

from tests.factories import (
    make_coordinator,
    make_enrolment,
    make_person,
    make_programme,
    make_skill,
)
from tests.factories.learning import finish, make_demand, make_pack, make_resource
from tests.people.test_api import program_of
from viceversa.learning.models import Demand
from viceversa.toolkit import clock

pytestmark = pytest.mark.django_db
API = "/api/v1"


def test_the_library_is_searched_page_by_page() -> None:
    for title in ("Talks", "Films", "More films"):
        make_resource(title, topics=[make_skill("Short video")], kind="group")
    make_resource("Laid aside", retired_at=clock.now())
    program = program_of(make_person())

    first = program.get(f"{API}/learning/resources?limit=2").json()
    rest = program.get(f"{API}/learning/resources?limit=2&after={first['next']}").json()
    found = program.get(f"{API}/learning/resources?q=films&kind=group").json()

    assert [one["title"] for one in (*first["items"], *rest["items"])] == [
        "Talks",
        "Films",
        "More films",
    ]
    assert [one["title"] for one in found["items"]] == ["Films", "More films"]
    assert found["items"][0]["topics"] == ["short-video"]
    read = program.get(f"{API}/learning/resources/{found['items'][0]['key']}").json()
    assert read == found["items"][0]
    refused = program.get(f"{API}/learning/resources?q=films%00&kind=group")
    assert (refused.status_code, refused.json()["status"]) == (400, 400)


def test_a_pack_is_read_with_its_plans_and_a_draft_by_those_who_keep_it() -> None:
    pack = make_pack("Films", levels=(1, 2))
    draft = make_pack("On its way", state="draft")
    reader = program_of(make_person())
    keeper = program_of(make_coordinator(make_programme()))

    read = reader.get(f"{API}/learning/packs/{pack.key}").json()

    assert [plan["level"] for plan in read["plans"]] == [1, 2]
    assert [step["minutes"] for step in read["plans"][0]["steps"]] == [5, 25]
    assert reader.get(f"{API}/learning/packs/{draft.key}").status_code == 404
    assert keeper.get(f"{API}/learning/packs/{draft.key}").json()["state"] == "draft"
    listed = reader.get(f"{API}/learning/packs?kind=tool").json()
    assert [one["key"] for one in listed["items"]] == [pack.key]


def test_training_says_what_i_finished_and_what_is_asked_for() -> None:
    programme = make_programme()
    person = make_enrolment(programme, adviser=True).person
    make_demand(programme, "humility")
    finish(person, "listening")

    training = program_of(person).get(f"{API}/learning/training").json()

    assert {one["slug"]: (one["is_finished"], one["is_asked_for"]) for one in training} == {
        "listening": (True, False),
        "humility": (False, True),
        "being-advised": (False, False),
    }


def test_coordinators_ask_for_training_and_a_reading_token_does_not() -> None:
    programme = make_programme()
    coordinator = make_coordinator(programme)
    address = f"{API}/programmes/{programme.slug}/training"
    body = {"modules": ["listening"]}
    kind = "application/json"

    only_reads = program_of(coordinator, scopes=("read",))
    assert only_reads.put(address, body, content_type=kind).status_code == 403
    program = program_of(coordinator)
    assert program.put(address, body, content_type=kind).json() == body
    assert program.get(address).json() == body
    wrong = program.put(address, {"modules": ["juggling"]}, content_type=kind)
    assert (wrong.status_code, wrong.json()["code"]) == (409, "module")
    assert program_of(make_person()).get(address).status_code == 404
    assert Demand.objects.count() == 1


def test_lists_ask_the_same_for_one_and_for_three(django_assert_num_queries: Any) -> None:
    program, later = program_of(make_person()), (clock.now() + timedelta(days=9)).date()
    make_pack("One", review_by=later)
    program.get(f"{API}/learning/packs")
    with django_assert_num_queries(6):
        program.get(f"{API}/learning/packs")
    for title in ("Two", "Three"):
        make_pack(title, levels=(1, 2), review_by=later)
    with django_assert_num_queries(6):
        program.get(f"{API}/learning/packs")
