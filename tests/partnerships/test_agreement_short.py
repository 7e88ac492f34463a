"""The agreement on a small screen: what must be seen stands open, the rest is one tap away."""

import re
from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import actor_for_person, make_partnership, make_user
from tests.factories.agreement import answer, answers_for, make_agreement, make_draft
from viceversa.partnerships.actions.agreement import answer_step
from viceversa.partnerships.models import AgreementPart, Partnership

pytestmark = pytest.mark.django_db

SignIn = Callable[..., Client]


def page_of(partnership: Partnership, side: str, signed_in: SignIn) -> str:
    client = signed_in(make_user(partnership.person_on(side)))
    return client.get(reverse("partnerships:agreement", args=[partnership.key])).content.decode()


def open_sections(page: str) -> list[str]:
    return re.findall(r'<section class="card[^"]*" id="(\w+)"', page)


def folded_sections(page: str) -> list[str]:
    return re.findall(r'<details class="card fold" id="(\w+)"', page)


def folded_words(page: str) -> str:
    """All that is inside of a fold, without its first line."""
    return "".join(re.findall(r"</summary>(.*?)</details>", page, re.DOTALL))


def test_once_it_holds_permission_and_confidentiality_stand_open(signed_in: SignIn) -> None:
    partnership = make_partnership(state="active")
    make_agreement(partnership)

    page = page_of(partnership, "adviser", signed_in)

    assert open_sections(page) == ["leave", "trust"]
    assert folded_sections(page) == ["aims", "meet", "back", "you"]


def test_before_it_is_signed_all_three_that_are_needed_stand_open(signed_in: SignIn) -> None:
    partnership = make_partnership(state="accepted")
    make_draft(partnership)

    page = page_of(partnership, "learner", signed_in)

    assert [one for one in open_sections(page) if one != "sign"] == ["aims", "leave", "trust"]


def test_a_fold_says_how_it_begins(signed_in: SignIn) -> None:
    partnership = make_partnership(state="active")
    make_agreement(partnership)

    page = page_of(partnership, "learner", signed_in)

    fold = page[page.index('id="meet"') :]
    assert "every week · 30 minutes" in fold[: fold.index("</summary>")]


def test_who_can_read_it_is_said_before_the_words(signed_in: SignIn) -> None:
    partnership = make_partnership(state="active")
    make_agreement(partnership)
    page = page_of(partnership, "learner", signed_in)
    sentence = f"Only you and {partnership.adviser.person.name} can read this"
    assert page.index(sentence) < page.index('id="leave"')


def test_what_differs_and_what_is_off_limits_is_not_folded(signed_in: SignIn) -> None:
    partnership = make_partnership(state="accepted")
    kept = {"confidentiality": "story", "off_limits": "The merger.", "comfort": "Slowly, please."}
    answer(partnership, "learner", trust=kept)
    answer(partnership, "adviser")

    page = page_of(partnership, "adviser", signed_in)

    folded = folded_words(page)
    assert "differs" in page
    assert "differs" not in folded
    assert "The merger." in page
    assert "The merger." not in folded
    assert "Slowly, please." in folded


def last_step(partnership: Partnership, signed_in: SignIn) -> tuple[Client, str]:
    client = signed_in(make_user(partnership.learner.person))
    return client, reverse("partnerships:agreement_step", args=[partnership.key, "back"])


def test_the_last_step_hands_in_with_one_tap(signed_in: SignIn, now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    learner = actor_for_person(partnership.learner.person)
    for step, said in answers_for("learner").items():
        answer_step(partnership=partnership, step=step, answers=said, by=learner, now=now)
    client, address = last_step(partnership, signed_in)

    assert "Keep it and hand in" in client.get(address).content.decode()
    client.post(address, {"return_stream": "A seat."})
    assert AgreementPart.objects.get().handed_in_at is None
    client.post(address, {"return_stream": "A seat.", "hand_in": "yes"})
    assert AgreementPart.objects.get().handed_in_at is not None


def test_nothing_is_handed_in_while_an_answer_is_missing(signed_in: SignIn) -> None:
    partnership = make_partnership(state="accepted")
    client, address = last_step(partnership, signed_in)

    assert "Keep it and hand in" not in client.get(address).content.decode()
    client.post(address, {"return_stream": "A seat.", "hand_in": "yes"})
    assert AgreementPart.objects.get().handed_in_at is None


def test_the_way_in_stands_above_the_list_and_who_reads_is_true_after_handing_in(
    signed_in: SignIn,
) -> None:
    partnership = make_partnership(state="accepted")

    page = page_of(partnership, "learner", signed_in)
    assert page.index(">Begin<") < page.index('<ul class="todo">')

    answer(partnership, "learner")
    page = page_of(partnership, "learner", signed_in)
    assert "once both of you have handed in" in page
    assert f"Only you and {partnership.adviser.person.name} can read this" not in page
