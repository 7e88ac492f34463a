"""My part is short to look at: what is said already takes a line, what is missing stands open."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_enrolment, make_programme, make_skill, make_user
from viceversa.programmes.models import Enrolment

pytestmark = pytest.mark.django_db

SignIn = Callable[..., Client]
GIVES = "What I can give"
LEARNS = "What I want to learn"
GOALS = "First: where I want to get to"


def part(signed_in: SignIn, *, skills: tuple[str, ...] = (), **fields: Any) -> str:
    sides = {"learner": fields.pop("learner", False), "adviser": fields.pop("adviser", False)}
    enrolment: Enrolment = make_enrolment(make_programme(), **sides)
    Enrolment.objects.filter(pk=enrolment.pk).update(**fields)
    for place, name in enumerate(skills):
        enrolment.wants.create(skill=make_skill(name), target=2, priority=place + 1)
    address = f"/programmes/{enrolment.programme.slug}/my-part/"
    return signed_in(make_user(enrolment.person)).get(address).content.decode()


def folds(page: str) -> dict[str, tuple[bool, str]]:
    """Title → whether it stands open, and all that its first lines say."""
    found = re.findall(
        r'<details class="card fold"( open)?><summary>.*?<h2>(.*?)</h2>(.*?)</summary>',
        page,
        re.DOTALL,
    )
    return {title: (bool(is_open), words) for is_open, title, words in found}


def test_what_is_said_already_is_folded_and_says_how_it_begins(signed_in: SignIn) -> None:
    page = part(signed_in, learner=True, skills=("Short video",), goals="To speak with a client.")

    for title, beginning in ((LEARNS, "Short video (working)"), (GOALS, "To speak with a client.")):
        is_open, words = folds(page)[title]
        assert not is_open
        assert beginning in words


def test_what_a_side_has_to_fill_stands_open_and_the_other_side_does_not(
    signed_in: SignIn,
) -> None:
    learner, adviser = folds(part(signed_in, learner=True)), folds(part(signed_in, adviser=True))

    assert [learner[title][0] for title in (GOALS, LEARNS, GIVES)] == [True, True, False]
    assert [adviser[title][0] for title in (GOALS, LEARNS, GIVES)] == [False, False, True]
    assert "nothing yet" in learner[GIVES][1]


def test_who_can_read_a_section_is_said_while_it_is_folded(signed_in: SignIn) -> None:
    found = folds(part(signed_in, learner=True, skills=("Short video",)))

    assert len(found) == 7
    for title, (_is_open, words) in found.items():
        assert re.search("Used for matching|can read this", words), title


def test_with_an_error_everything_stands_open(signed_in: SignIn) -> None:
    enrolment = make_enrolment(make_programme(), learner=True)
    client = signed_in(make_user(enrolment.person))

    answer = client.post(f"/programmes/{enrolment.programme.slug}/my-part/", {})

    assert answer.status_code == 422
    found = folds(answer.content.decode())
    assert [title for title, (is_open, _words) in found.items() if not is_open] == [
        "Somebody I should not meet"
    ]
