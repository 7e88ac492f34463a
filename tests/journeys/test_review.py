"""A coordinator reviews a round: weights moved, two people chosen, somebody left out helped."""

import random
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.factories import (
    make_adviser,
    make_coordinator,
    make_learner,
    make_person,
    make_programme,
    make_user,
)
from tests.journeys.pages import Witness, run_jobs
from viceversa.matching.actions.round import gather_again, gather_round
from viceversa.matching.models import Round
from viceversa.matching.queries.known import forget
from viceversa.programmes.models import Enrolment, Programme
from viceversa.toolkit import clock
from viceversa.toolkit.actor import system

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(600),
    pytest.mark.django_db(transaction=True),
]
LEARNERS = ("Tamsin Marlow", "Bram Lindqvist", "Odile Wren", "Fenn Earle")
ADVISERS = ("Juno Okapi", "Sabra North", "Kit Tallow", "Mira Ibis", "Ansel Rook", "Lio Fenwick")

TOPICS = ["film", "sound", "colour", "press", "stage", "house", "river", "winter", "copper"]


@pytest.fixture
def programme(db: None) -> Programme:
    """Six advisers for five learners; Wanda Reyes's level is too low for each of them."""
    forget()
    programme = make_programme("Digital half hour", state="matching", min_rank_gap=2)
    for at, name in enumerate(LEARNERS):
        learner = make_learner(programme, person=make_person(name, rank=5))
        learner.goals = f"To speak about topic {at % 2} with confidence."
        learner.save()
    make_learner(programme, person=make_person("Wanda Reyes", rank=2))
    for at, name in enumerate(ADVISERS):
        adviser = make_adviser(programme, person=make_person(name, rank=1))
        adviser.value_statement = f"I know all about topic {at % 2}."
        adviser.save()
    return programme


@pytest.fixture
def review(programme: Programme, page: Page, live_server: Any, sign_in_browser: Any) -> Page:
    sign_in_browser(make_user(make_coordinator(programme, make_person("Cleo Ordway"))))
    gather_round(programme=programme, by=system("a journey", via="command"), now=clock.now())
    run_jobs()
    page.goto(f"{live_server.url}/programmes/{programme.slug}/rounds/1/")
    return page


def slider(page: Page, label: str) -> Locator:
    return page.get_by_role("slider", name=label)


def test_weights_are_moved_seen_and_taken(review: Page) -> None:
    witness = Witness(review, "review-weights")
    with review.expect_response("**/what-if/answer/**"):
        review.get_by_text("What if something counted more?").click()
    expect(review.locator("#answer")).to_contain_text("Move a slider")

    slider(review, "Goals that are alike").press("End")
    expect(review.locator("output[for=id_goals]")).to_have_text("10")
    answer = review.locator("#answer")
    expect(answer).to_contain_text("Weight of goals alike")
    expect(answer).to_contain_text("Sum of all scores")
    assert Round.objects.get().attempt == 1
    witness.look("weights")

    answer.get_by_role("button", name="Take it and solve again").click()
    run_jobs()
    review.wait_for_load_state()
    assert Round.objects.get().settings["weights"]["goals"] == 10
    assert witness.faults == []


def test_weights_of_nothing_say_what_to_do(review: Page) -> None:
    review.get_by_text("What if something counted more?").click()
    for field in review.locator("#weights input[type=range]").all():
        field.press("Home")
    expect(review.locator("#answer")).to_contain_text("At least one weight must be above 0")


def test_any_two_people_are_chosen_with_the_keyboard_and_the_price_is_worked_out(
    review: Page,
) -> None:
    witness = Witness(review, "review-why-not")
    rows = review.locator("#pairs tbody tr")
    rows.nth(1).locator("th a").press("Enter")
    expect(rows.nth(1)).to_have_attribute("aria-current", "true")
    rows.nth(0).locator("td").first.get_by_role("link").press("Enter")

    card = review.locator("#why-not")
    expect(card).to_contain_text("Why not")
    expect(card).to_contain_text("Possible")
    card.get_by_role("button", name="Work it out exactly").press("Enter")
    expect(card.locator("#worked-out")).to_contain_text("would have")
    expect(card.get_by_role("button", name="Take it and solve again")).to_be_visible()
    assert Round.objects.get().attempt == 1
    witness.look("why-not")
    assert witness.faults == []


def test_somebody_left_out_is_helped_with_one_press_after_a_look(review: Page) -> None:
    witness = Witness(review, "review-left")
    review.get_by_role("link", name="Everybody without a partner, and why").click()
    witness.look("unmatched")
    row = review.locator("#unmatched tbody tr", has_text="Wanda Reyes")
    row.get_by_role("button", name="Rank gap").click()

    expect(review.locator("#answer")).to_contain_text("Least rank gap")
    witness.look("remedy")
    review.get_by_role("button", name="Take it and solve again").click()
    run_jobs()
    review.wait_for_load_state()
    assert Round.objects.get().settings["rules"]["min_rank_gap"] == 1
    assert witness.faults == []


def test_the_form_of_rules_answers_while_it_is_filled_in(review: Page) -> None:
    witness = Witness(review, "review-rules")
    review.get_by_role("link", name="What if…").click()
    review.get_by_label("Least rank gap").fill("1")
    expect(review.locator("#answer")).to_contain_text("Least rank gap")
    witness.look("rules")
    assert witness.faults == []


def with_topics(people: list[Enrolment], rng: random.Random) -> list[Enrolment]:
    """Some fit better than others."""
    for one in people:
        one.goals = one.value_statement = " ".join(rng.sample(TOPICS, 4))
        one.save()
    return people


@pytest.fixture
def gathered_again(review: Page, programme: Programme) -> Page:
    """A larger round, after Juno Okapi has left and four who suit others well have joined."""
    rng, by = random.Random(5), system("a journey", via="command")
    for _ in range(9):
        with_topics([make_learner(programme, person=make_person(rank=5))], rng)
        with_topics([make_adviser(programme, person=make_person(rank=1))], rng)
    gather_again(round_=Round.objects.get(), by=by, now=clock.now())
    run_jobs()
    Enrolment.objects.filter(person__name="Juno Okapi").update(state="withdrawn")
    for name in ("Noor Beckett", "Ilse Tarn", "Corin Vale", "Dara Quill"):
        with_topics([make_adviser(programme, person=make_person(name, rank=1))], rng)
    gather_again(round_=Round.objects.get(), by=by, now=clock.now())
    run_jobs()
    review.reload()
    return review


def test_fewer_changes_are_weighed_seen_and_taken(gathered_again: Page) -> None:
    page, witness = gathered_again, Witness(gathered_again, "review-keeping")
    keeping = page.locator("#keeping")
    expect(keeping).to_contain_text("What keeping pairs costs")
    changed = Round.objects.get().summary["keeping"]
    fewest = changed["steps"][0]
    assert fewest["kept"] > changed["kept"]

    keeping.get_by_role("radio").first.press("Space")
    answer = page.locator("#kept")
    expect(answer).to_contain_text("Pairs that stood before and stay")
    expect(answer).to_contain_text(re.compile("would have (another|other) adviser"))
    assert Round.objects.get().attempt == 3
    witness.look("keeping")

    answer.get_by_role("button", name="Take it and solve again").click()
    run_jobs()
    page.wait_for_load_state()
    assert Round.objects.get().summary["kept"] == fewest["kept"]
    assert witness.faults == []
