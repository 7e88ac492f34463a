"""Hostile input to the library and to training: refused in words, or shown as the text it is."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_coordinator, make_person, make_programme, make_skill, make_user
from tests.factories.learning import make_librarian, make_pack, make_resource
from tests.people.test_api import program_of
from viceversa.learning.models import Demand, Resource
from viceversa.toolkit import clock

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)>{{ 7|add:7 }}"


def form(**fields: str) -> dict[str, str]:
    soon = (clock.now() + timedelta(days=60)).date().isoformat()
    given = {"kind": "coaching", "title": "Coaching", "words": "Six talks.", "ask": "The desk"}
    return {**given, "language": "English", "review_by": soon, **fields}


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)//example.org",
        "java\tscript:alert(1)",
        " javascript://example.org/%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:msgbox(1)",
        'https://example.org/" onmouseover="alert(1)',
    ],
)
def test_an_address_that_would_run_is_refused(address: str, signed_in: SignIn) -> None:
    client = signed_in(make_user(make_librarian()))
    answer = client.post("/learning/library/add/", form(address=address))
    assert answer.status_code == 422
    assert "Enter a valid URL" in answer.content.decode()
    assert not Resource.objects.exists()


def test_texts_are_shown_as_text_wherever_they_stand(signed_in: SignIn) -> None:
    resource = make_resource(
        SCRIPT, words=SCRIPT, ask=SCRIPT, sources=f"{SCRIPT} javascript:alert(1)", interests=SCRIPT
    )
    pack = make_pack(
        SCRIPT,
        topics=[make_skill("Film")],
        summary=SCRIPT,
        guard=SCRIPT,
        ideas=[SCRIPT],
        sources=SCRIPT,
    )
    client = signed_in(make_user(make_librarian()))
    for path in (
        "/learning/",
        "/learning/library/",
        f"/learning/library/{resource.key}/",
        f"/learning/library/{resource.key}/change/",
        "/learning/packs/",
        f"/learning/packs/{pack.key}/",
    ):
        answer = client.get(path)
        assert answer.status_code == 200, path
        page = answer.content.decode()
        assert "<script>alert" not in page, path
        assert "<img src=x" not in page, path
        assert 'href="javascript:' not in page, path
    assert "{{ 7|add:7 }}" in page


@pytest.mark.parametrize(
    "sent",
    [{}, {"modules": None}, {"modules": "1-listening"}, {"modules": [7]}, {"modules": [["x"]]}, []],
)
def test_wrong_types_are_refused_by_the_api_and_change_nothing(sent: Any) -> None:
    programme = make_programme(state="running")
    program = program_of(make_coordinator(programme))
    answer = program.put(
        f"/api/v1/programmes/{programme.slug}/training", sent, content_type="application/json"
    )
    assert answer.status_code == 422
    assert not Demand.objects.exists()


def test_a_missing_programme_and_that_of_others_answer_alike() -> None:
    other = make_programme(state="running")
    program = program_of(make_person())
    answers = [
        program.get(f"/api/v1/programmes/{slug}/training") for slug in (other.slug, "no-such-one")
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert answers[0].content == answers[1].content


@pytest.mark.parametrize("query", ["limit=-1", "limit=x", "limit=1e9", "after=%00", "after=x"])
def test_a_wrong_page_is_refused_and_never_a_fault(query: str) -> None:
    for what in ("resources", "packs"):
        answer = program_of(make_person()).get(f"/api/v1/learning/{what}?{query}")
        assert answer.status_code in {200, 400, 422}, (what, answer.status_code)
