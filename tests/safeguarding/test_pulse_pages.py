"""The pages of a pulse: who reaches which, and what they say."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import make_coordinator, make_person, make_user
from tests.factories.safeguarding import answer_as, asked_in, make_pairs, make_wave
from viceversa.programmes.models import Standing
from viceversa.safeguarding.actions.closing import tend_pulses
from viceversa.safeguarding.models import Ballot, Wave
from viceversa.toolkit import clock

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def wave() -> Wave:
    return make_wave(make_pairs(6), now=clock.now(), breakdowns=["role", "years"])


def closed(wave: Wave) -> Wave:
    for number, person in enumerate(asked_in(wave)):
        answer_as(person, wave, now=clock.now(), comment=f"remark {number}")
    tend_pulses(now=clock.now() + timedelta(days=11))
    return Wave.objects.get(pk=wave.pk)


def page(wave: Wave) -> str:
    return reverse("safeguarding:pulse", args=[wave.key])


def results(wave: Wave) -> str:
    return reverse("safeguarding:results", args=[wave.key])


def test_a_coordinator_prepares_a_pulse_on_a_page(signed_in: SignIn) -> None:
    programme = make_pairs(6)
    client = signed_in(make_user(make_coordinator(programme)))
    address = reverse("safeguarding:new_pulse", args=[programme.slug])
    assert "12 people are in a partnership" in client.get(address).content.decode()
    form = {
        "questions": ["respect", "safety"],
        "breakdowns": ["role"],
        "k": "6",
        "audience": "asked",
        "closes_on": (clock.now() + timedelta(days=7)).date().isoformat(),
    }
    answer = client.post(address, form, follow=True)
    assert "A pulse is open until" in answer.content.decode()
    opened = Wave.objects.get()
    assert (opened.questions, opened.breakdowns, opened.k) == (["respect", "safety"], ["role"], 6)


def test_a_programme_without_pairs_has_nobody_to_ask(signed_in: SignIn) -> None:
    programme = make_pairs(0)
    client = signed_in(make_user(make_coordinator(programme)))

    page = client.get(reverse("safeguarding:new_pulse", args=[programme.slug])).content.decode()

    assert "Nobody is in a partnership" in page
    assert "Open it and tell everybody" not in page


def test_what_does_not_fit_is_said_beside_the_field(signed_in: SignIn) -> None:
    programme = make_pairs(6)
    client = signed_in(make_user(make_coordinator(programme)))
    form = {
        "questions": ["respect", "safety", "goals", "trust", "morale"],
        "breakdowns": ["role", "years", "level", "unit"],
        "k": "4",
        "audience": "asked",
        "closes_on": clock.now().date().isoformat(),
    }
    answer = client.post(reverse("safeguarding:new_pulse", args=[programme.slug]), form)
    said = answer.content.decode()
    assert answer.status_code == 422
    for sentence in ("Choose four at most", "Choose three at most", "three days at least"):
        assert sentence in said
    assert not Wave.objects.exists()


def test_the_person_asked_reads_how_they_are_counted_and_answers_once(
    wave: Wave, signed_in: SignIn
) -> None:
    client = signed_in(make_user(asked_in(wave)[0]))
    shown = client.get(page(wave)).content.decode()
    assert "You will be counted as: Learner · 10 years or more" in shown
    form = {"respect": "yes", "goals": "cannot_tell", "as_role": "as_it_is", "as_years": "coarser"}
    said = client.post(page(wave), {**form, "comment": ""}, follow=True).content.decode()
    assert "Your answer is in the box" in said
    assert "Your slip is used" in said
    assert Ballot.objects.count() == 1
    assert client.post(page(wave), form).status_code == 409


def test_an_answer_left_out_is_asked_for_again(wave: Wave, signed_in: SignIn) -> None:
    client = signed_in(make_user(asked_in(wave)[0]))
    answer = client.post(page(wave), {"respect": "yes"})
    assert answer.status_code == 422
    assert "“cannot tell” is an answer" in answer.content.decode()


def test_nobody_sees_anything_of_an_open_pulse(wave: Wave, signed_in: SignIn) -> None:
    coordinator = Standing.objects.get(programme=wave.programme).person
    before = signed_in(make_user(coordinator))
    pages = [page(wave), reverse("safeguarding:pulses", args=[wave.programme.slug])]
    empty = [before.get(each).content for each in pages]
    for person in asked_in(wave)[:9]:
        answer_as(person, wave, now=clock.now())
    assert [without_nonce(before.get(each).content) for each in pages] == [
        without_nonce(each) for each in empty
    ]
    assert before.get(results(wave)).status_code == 302


def without_nonce(content: bytes) -> str:
    return re.sub(r'(nonce|csrfmiddlewaretoken|value)="[\w-]{20,}"', "", content.decode())


@pytest.mark.parametrize("role", ["operator", "directory_administrator", "safeguarding_contact"])
def test_no_role_reaches_a_pulse_of_a_programme_it_does_not_run(
    wave: Wave, signed_in: SignIn, role: str
) -> None:
    client = signed_in(make_user(make_person(), roles=(role,)))
    closed(wave)
    slug = wave.programme.slug
    addresses = [page(wave), results(wave)]
    addresses += [reverse(f"safeguarding:{name}", args=[slug]) for name in ("pulses", "new_pulse")]
    assert [client.get(each).status_code for each in addresses] == [404] * 4


def test_those_asked_do_not_prepare_pulses(wave: Wave, signed_in: SignIn) -> None:
    client = signed_in(make_user(asked_in(wave)[0]))
    for name in ("pulses", "new_pulse"):
        address = reverse(f"safeguarding:{name}", args=[wave.programme.slug])
        assert client.get(address).status_code == 404


def test_results_are_a_picture_a_table_and_comments_without_names(
    wave: Wave, signed_in: SignIn
) -> None:
    done = closed(wave)
    client = signed_in(make_user(asked_in(wave)[0]))
    said = client.get(page(done), follow=True).content.decode()
    assert "10 to 12 of 12 answered" in said
    assert said.count('class="meter interval"') == 8
    assert said.count("<table") >= 2
    assert "remark 3" in said
    assert not [one.name for one in asked_in(wave)[1:] if one.name in said]


def test_results_for_those_who_run_it_are_not_shown_to_those_asked(signed_in: SignIn) -> None:
    done = closed(make_wave(make_pairs(6), now=clock.now(), audience="running"))
    assert signed_in(make_user(asked_in(done)[0])).get(results(done)).status_code == 404
    coordinator = Standing.objects.get(programme=done.programme).person
    assert signed_in(make_user(coordinator)).get(results(done)).status_code == 200


def test_too_few_answers_are_said_to_be_too_few(wave: Wave, signed_in: SignIn) -> None:
    tend_pulses(now=clock.now() + timedelta(days=11))
    said = signed_in(make_user(asked_in(wave)[0])).get(results(wave)).content.decode()
    assert "Nothing can be shown" in said
    assert "Cannot tell" in said


def test_the_list_asks_the_database_as_often_for_three_pulses_as_for_one(
    signed_in: SignIn,
) -> None:
    programme = make_pairs(6)
    client = signed_in(make_user(make_coordinator(programme)))
    address = reverse("safeguarding:pulses", args=[programme.slug])
    counts = []
    for number in range(3):
        at = clock.now() + timedelta(days=30 * number)
        make_wave(programme, now=at)
        tend_pulses(now=at + timedelta(days=12))
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[2]
