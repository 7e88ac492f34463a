"""A promise about somebody's role or pay: asked to be looked at again, by the form alone."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from tests.meetings.writing import (
    book_begun,
    clients_of,
    make_pair,
    page_of,
    stored_beside_the_envelopes,
)
from viceversa.meetings.models import Commitment
from viceversa.meetings.rules.second_look import reads_like_a_promise

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
RISE = "I will get you the promotion in spring"


@pytest.mark.pure
@pytest.mark.parametrize(
    "line",
    [
        RISE,
        "See to it that you get a pay rise",
        "Raise your salary by March",
        "Promote you to team lead",
        "Make sure Juno gets the permanent contract: I give Juno the job",
        "Offer you the role of head of film",
        "I GUARANTEE YOUR BONUS",
    ],
)
def test_a_line_that_gives_a_role_or_pay_reads_like_a_promise(line: str) -> None:
    assert reads_like_a_promise(line, names=("Juno", "Okapi"))


@pytest.mark.pure
@pytest.mark.parametrize(
    "line",
    [
        "Film one minute before Friday",
        "Explain how promotions come about here",
        "Introduce you to the chair of the spring meeting",
        "Read the paper on pay. Then call you",
        "Get three clips taken apart",
        "Pay for the coffee",
        "",
    ],
)
def test_what_one_does_oneself_is_not_asked_about(line: str) -> None:
    assert not reads_like_a_promise(line, names=("Juno", "Okapi"))


def test_the_form_asks_for_a_second_look_and_takes_the_line_when_it_is_meant(
    signed_in: SignIn,
) -> None:
    pair = make_pair()
    learner, _adviser = clients_of(signed_in, pair)
    address = reverse("meetings:promise_new", args=[pair.key])
    assert "as_meant" not in learner.get(address).content.decode()

    asked = learner.post(address, {"will": RISE})

    assert asked.status_code == 422
    page = asked.content.decode()
    assert "reads like a promise about a role or pay" in page
    assert RISE in page
    assert Commitment.objects.count() == 0
    assert learner.post(address, {"will": RISE, "as_meant": "on"}).status_code == 302
    assert Commitment.objects.count() == 1


def test_other_words_pass_at_once(signed_in: SignIn) -> None:
    pair = make_pair()
    learner, _adviser = clients_of(signed_in, pair)
    address = reverse("meetings:promise_new", args=[pair.key])

    assert learner.post(address, {"will": RISE}).status_code == 422
    assert learner.post(address, {"will": "Tell you how spring is decided"}).status_code == 302


def test_nothing_is_kept_or_told_of_what_was_asked_about(signed_in: SignIn) -> None:
    pair = make_pair()
    learner, _adviser = clients_of(signed_in, pair)
    before = stored_beside_the_envelopes()

    learner.post(reverse("meetings:promise_new", args=[pair.key]), {"will": RISE})

    assert stored_beside_the_envelopes() == before


def test_promises_made_when_looking_back_are_asked_about_too(signed_in: SignIn) -> None:
    meeting = book_begun()
    learner, _adviser = clients_of(signed_in, meeting.partnership)
    address = page_of("after", meeting)
    said = {"promise-1-will": "Film a minute", "promise-2-will": "Give Juno the job"}

    asked = learner.post(address, said)

    assert asked.status_code == 422
    page = asked.content.decode()
    assert "promise-2-as_meant" in page
    assert "promise-1-as_meant" not in page
    assert learner.post(address, {**said, "promise-2-as_meant": "on"}).status_code == 302
    assert Commitment.objects.count() == 2
