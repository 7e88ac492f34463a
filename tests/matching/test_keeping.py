"""Gathered again after people left and joined: what stays, what keeping it costs, and taking it."""

import random
from collections.abc import Callable
from datetime import datetime
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_adviser, make_learner, make_partnership, make_person, make_user
from viceversa.matching.actions.publishing import publish_round, undo_round
from viceversa.matching.actions.round import gather_again, gather_round
from viceversa.matching.engine import verify
from viceversa.matching.jobs import solve_what_if
from viceversa.matching.models import Options, Round, WhatIf
from viceversa.matching.queries.pairs import proposed_pairs
from viceversa.matching.queries.round import proof_of
from viceversa.matching.rules.keeping import choices_of
from viceversa.people.models import Person
from viceversa.programmes.models import Enrolment, Programme
from viceversa.toolkit.actor import Actor

pytestmark = pytest.mark.django_db

Solved = Callable[[], Round]
Solve = Callable[[Round], Round]
WORDS = ["film", "sound", "colour", "press", "stage", "house", "river", "winter", "copper"]


@pytest.fixture
def client(coordinator: Actor, signed_in: Callable[..., Client]) -> Client:
    return signed_in(make_user(Person.objects.get(pk=coordinator.person_id)))


def goals(rng: random.Random) -> str:
    return " ".join(rng.sample(WORDS, 4))


def joined(programme: Programme, number: int, seed: int, *, adviser: bool) -> list[Enrolment]:
    """People whose goals differ, so that some fit better than others."""
    rng, found = random.Random(seed), []
    for _ in range(number):
        made = make_adviser if adviser else make_learner
        one = made(programme, person=make_person(rank=1 if adviser else 5))
        one.goals = one.value_statement = goals(rng)
        one.save()
        found.append(one)
    return found


@pytest.fixture
def changed(
    programme: Programme, coordinator: Actor, solved: Solved, solve_now: Solve, now: datetime
) -> tuple[Round, set[tuple[str, str]]]:
    """The round after people have left and others have joined, and what it
    proposed before."""
    learners = joined(programme, 16, 1, adviser=False)
    advisers = joined(programme, 22, 2, adviser=True)
    before = proposed_pairs(solved())
    gone = [*learners[:2], *advisers[:4]]
    Enrolment.objects.filter(pk__in=[one.pk for one in gone]).update(state="withdrawn")
    joined(programme, 5, 3, adviser=False)
    joined(programme, 8, 4, adviser=True)
    round_ = gather_again(round_=Round.objects.get(), by=coordinator, now=now)
    return solve_now(round_), before


Changed = tuple[Round, set[tuple[str, str]]]


def address(round_: Round, name: str) -> str:
    return reverse(f"matching:{name}", args=[round_.programme.slug, round_.number])


def page(client: Client, round_: Round) -> str:
    return client.get(address(round_, "round")).content.decode()


def take(client: Client, round_: Round, points: int) -> Any:
    given = {"attempt": round_.attempt, "keep_points": points}
    return client.post(address(round_, "take_trial"), given)


def test_a_round_that_was_never_solved_before_says_nothing_about_keeping(
    client: Client, programme: Programme, solved: Solved
) -> None:
    make_learner(programme)
    make_adviser(programme)

    shown = page(client, solved())

    assert 'id="keeping"' not in shown


def test_what_the_round_proposed_before_are_the_pairs_that_stand(changed: Changed) -> None:
    round_, before = changed
    keeping = round_.summary["keeping"]

    assert {tuple(pair) for pair in round_.snapshot["standing"]} == before
    assert keeping["admissible"] + keeping["gone"] == len(before)
    assert keeping["gone"] >= 2
    assert keeping["kept"] == len(before & proposed_pairs(round_)) == round_.summary["kept"]


def test_fewer_changes_cost_points_and_every_corner_costs_less_per_pair(changed: Changed) -> None:
    choices = choices_of(changed[0].summary)

    assert len(choices) > 1
    pairs = list(pairwise(choices))
    assert all(one.broken < other.broken and one.total < other.total for one, other in pairs)
    assert all(one.points > other.points > 0 for one, other in pairs)
    most = changed[0].summary["total"]
    assert most - choices[-1].kept <= choices[-1].total <= most


def test_the_curve_and_its_table_are_on_the_review_page(client: Client, changed: Changed) -> None:
    shown = page(client, changed[0])

    assert 'class="curve"' in shown
    assert "What keeping pairs costs" in shown
    for choice in choices_of(changed[0].summary)[:-1]:
        assert f'name="keep_points" value="{choice.points}"' in shown


def test_every_choice_is_previewed_and_taken_as_it_was_shown_and_its_proof_holds(
    client: Client, changed: Changed, solve_now: Solve
) -> None:
    round_, before = changed
    for choice in choices_of(round_.summary)[:3]:
        seen = client.get(address(round_, "try"), {"keep_points": choice.points})
        figures = {figure["label"]: figure["after"] for figure in seen.context["figures"]}
        assert figures["Pairs that stood before and stay"] == str(choice.kept)
        attempt = Round.objects.get().attempt
        assert seen.context["round"].attempt == attempt

        assert take(client, round_, choice.points).status_code == 302
        round_ = solve_now(round_)
        assert round_.summary["kept"] == len(before & proposed_pairs(round_)) == choice.kept
        assert round_.summary["total"] == choice.total
        proof = proof_of(round_)
        verify(proof["certificate"], **proof["input"])
        assert "as it is now" in page(client, round_)


def test_fewest_changes_break_no_pair_that_could_stay_beside_all_others(changed: Changed) -> None:
    """No arrangement that is as good in what comes first keeps more: checked by other means."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    round_, before = changed
    proof = proof_of(round_)["input"]
    names = proof_of(round_)
    ends = [
        (names["learners"][i], names["advisers"][j])
        for i, j in zip(proof["learner"], proof["adviser"], strict=True)
    ]
    floor, places = round_.summary["floor"], round_.summary["places"]
    usable = [at for at, score in enumerate(proof["score"]) if score >= floor]
    rows = [[float(ends[at][0] == one) for at in usable] for one in names["learners"]]
    columns = [[float(ends[at][1] == one) for at in usable] for one in names["advisers"]]
    found = milp(
        [-float(ends[at] in before) for at in usable],
        constraints=[
            LinearConstraint(rows, 0, proof["demand"]),
            LinearConstraint(columns, 0, proof["capacity"]),
            LinearConstraint([[1.0] * len(usable)], places, places),
        ],
        integrality=[1] * len(usable),
        bounds=Bounds(0, 1),
    )
    assert choices_of(round_.summary)[0].kept == round(-found.fun)


def test_a_favour_that_the_curve_does_not_offer_is_not_found(
    client: Client, changed: Changed
) -> None:
    round_ = changed[0]
    for points in ("7654321", "-1", "x", "9" * 40):
        asked = client.get(address(round_, "try"), {"keep_points": points})
        assert asked.status_code == 404
    assert take(client, round_, 7654321).status_code == 404
    assert Round.objects.get().settings == round_.settings


def test_weights_are_still_moved_with_the_favour_that_was_taken(
    client: Client, changed: Changed, solve_now: Solve
) -> None:
    round_, _ = changed
    points = choices_of(round_.summary)[0].points
    take(client, round_, points)
    round_ = solve_now(round_)
    weights = {"skills": 1, "goals": 9, "other_unit": 1, "place": 1, "hours": 1}

    client.post(address(round_, "take_trial"), {"attempt": round_.attempt, **weights})

    assert solve_now(round_).settings["keep_points"] == points


def test_a_round_after_one_that_was_taken_back_begins_from_its_pairs(
    programme: Programme, coordinator: Actor, solved: Solved, solve_now: Solve, now: datetime
) -> None:
    joined(programme, 3, 1, adviser=False)
    joined(programme, 3, 2, adviser=True)
    first = solved()
    before = proposed_pairs(first)
    publish_round(round_=first, by=coordinator, now=now)
    undo_round(round_=first, by=coordinator, now=now)

    second = solve_now(gather_round(programme=programme, by=coordinator, now=now))

    assert {tuple(pair) for pair in second.snapshot["standing"]} == before
    assert second.summary["keeping"]["kept"] == len(before)


def test_nothing_that_stood_is_possible_any_more_and_the_page_says_so(
    client: Client,
    programme: Programme,
    coordinator: Actor,
    solved: Solved,
    solve_now: Solve,
    now: datetime,
) -> None:
    learner, adviser = make_learner(programme), make_adviser(programme)
    solved()
    Enrolment.objects.filter(pk=adviser.pk).update(state="withdrawn")
    make_adviser(programme)

    round_ = solve_now(gather_again(round_=Round.objects.get(), by=coordinator, now=now))

    assert "None of the pairs that stood before is still possible" in page(client, round_)
    assert learner


def test_partnerships_that_run_are_not_among_the_pairs_that_stand(
    programme: Programme, coordinator: Actor, solved: Solved, solve_now: Solve, now: datetime
) -> None:
    learner, adviser = make_learner(programme), make_adviser(programme)
    solved()
    make_partnership(learner=learner, adviser=adviser)
    joined(programme, 2, 1, adviser=False)
    joined(programme, 2, 2, adviser=True)

    round_ = solve_now(gather_again(round_=Round.objects.get(), by=coordinator, now=now))

    assert round_.summary["keeping"]["admissible"] == 0
    assert (learner.person.external_id, adviser.person.external_id) not in proposed_pairs(round_)


def test_what_stood_is_not_forgotten_by_a_round_that_could_not_be_solved(
    changed: Changed, programme: Programme, coordinator: Actor, solve_now: Solve, now: datetime
) -> None:
    round_, before = changed[0], proposed_pairs(changed[0])
    advisers = Enrolment.objects.filter(programme=programme, is_adviser=True, state="enrolled")
    ids = list(advisers.values_list("pk", flat=True))
    Enrolment.objects.filter(pk__in=ids).update(capacity=1, languages=["xx"])
    failed = solve_now(gather_again(round_=round_, by=coordinator, now=now))
    assert failed.state == Round.State.FAILED

    Enrolment.objects.filter(pk__in=ids).update(languages=["en"])
    again = solve_now(gather_again(round_=failed, by=coordinator, now=now))

    assert {tuple(pair) for pair in again.snapshot["standing"]} == before
    assert again.summary["keeping"]["kept"] == len(before)


def test_in_a_large_round_a_step_is_worked_out_on_the_side_and_then_taken(
    client: Client, changed: Changed, solve_now: Solve
) -> None:
    round_, before = changed
    choice = choices_of(round_.summary)[0]
    Round.objects.update(summary={**round_.summary, "looked_at": 6_000_001})

    asked = client.get(address(round_, "try"), {"keep_points": choice.points})
    assert "This round is large" in asked.content.decode()
    put_in_line = take(client, round_, choice.points)
    solve_what_if(what_if=WhatIf.objects.get().pk)
    compared = client.get(put_in_line.url).content.decode()
    assert "Pairs that stood before and stay" in compared
    client.post(f"{put_in_line.url}take/")

    assert solve_now(round_).summary["kept"] == choice.kept
    assert len(before & proposed_pairs(round_)) == choice.kept


def test_why_not_says_that_pairs_which_stood_count_for_more(
    client: Client, changed: Changed, solve_now: Solve
) -> None:
    round_, _ = changed
    said = "a pair that stood before counts for more than its score"
    assert said not in every_answer(client, round_)
    take(client, round_, choices_of(round_.summary)[0].points)

    assert said in every_answer(client, solve_now(round_))


def every_answer(client: Client, round_: Round) -> str:
    """Why not the advisers of the first learner's list."""
    options = Options.objects.filter(round=round_).select_related("learner").order_by("pk")
    found = []
    for row in options[:2]:
        for adviser in Enrolment.objects.filter(pk__in=[pair[0] for pair in row.pairs]):
            pair = {"learner": row.learner.key, "adviser": adviser.key}
            found.append(client.get(address(round_, "round"), pair).content.decode())
    return " ".join(found)
