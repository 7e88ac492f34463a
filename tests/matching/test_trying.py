"""Trying a change on the review page: answered at once, taken with one press, or refused."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_adviser, make_learner, make_person, make_user
from viceversa.history.models import Entry
from viceversa.matching.actions.round import solve_again
from viceversa.matching.models import PairWish, Proposal, Round, Unmatched, WhatIf
from viceversa.matching.queries import known
from viceversa.notifications.models import Notification
from viceversa.people.models import Person
from viceversa.programmes.models import Enrolment, Programme
from viceversa.toolkit.actor import Actor

Solved = Callable[[], Round]
Solve = Callable[[Round], Round]
WEIGHTS = {"skills": 5, "goals": 2, "other_unit": 1, "place": 1, "hours": 1}


@pytest.fixture
def client(coordinator: Actor, signed_in: Callable[..., Client]) -> Client:
    return signed_in(make_user(Person.objects.get(pk=coordinator.person_id)))


@pytest.fixture
def two_of_each(programme: Programme) -> list[Enrolment]:
    """Bram fits nobody but by a smaller rank gap."""
    return [
        make_learner(programme, person=make_person("Tamsin Marlow", rank=5)),
        make_learner(programme, person=make_person("Bram Lindqvist", rank=5)),
        make_adviser(programme, person=make_person("Juno Okapi", rank=1)),
        make_adviser(programme, person=make_person("Kit Tallow", rank=4)),
    ]


def address(round_: Round, name: str) -> str:
    return reverse(f"matching:{name}", args=[round_.programme.slug, round_.number])


def answer(client: Client, round_: Round, **asked: Any) -> str:
    return client.get(address(round_, "try"), asked).content.decode()


def take(client: Client, round_: Round, **asked: Any) -> Any:
    given = {"attempt": round_.attempt, **asked}
    return client.post(address(round_, "take_trial"), given)


def of_gap(gap: int) -> dict[str, Any]:
    rules = {"min_rank_gap": gap, "shared_hours": 2, "same_unit_allowed": "on", "order": "fair"}
    return {**WEIGHTS, **rules}


def test_asking_what_would_change_leaves_nothing_behind(
    client: Client, solved: Solved, two_of_each: list[Enrolment]
) -> None:
    round_ = solved()
    before = (Entry.objects.count(), Round.objects.values("attempt", "settings", "state").get())

    page = answer(client, round_, **of_gap(1))

    assert "learner would have another adviser" in page or "learners would have other" in page
    assert "Bram Lindqvist" in page
    assert "<del>1</del>" in page
    assert "<ins>2</ins>" in page
    assert not WhatIf.objects.exists()
    assert before == (
        Entry.objects.count(),
        Round.objects.values("attempt", "settings", "state").get(),
    )


def test_taking_what_was_seen_solves_the_round_with_it_and_is_recorded(
    client: Client, solved: Solved, solve_now: Solve, two_of_each: list[Enrolment]
) -> None:
    round_ = solved()

    assert take(client, round_, **of_gap(1)).status_code == 302
    after = solve_now(round_)

    assert after.settings["rules"]["min_rank_gap"] == 1
    assert after.summary["covered"] == 2
    assert "matching.what_if.taken" in Entry.objects.values_list("verb", flat=True)


def test_what_is_shown_is_what_the_round_becomes(
    client: Client, solved: Solved, solve_now: Solve, two_of_each: list[Enrolment]
) -> None:
    round_ = solved()
    changes = [{**WEIGHTS, "skills": 0, "hours": 9}, of_gap(1), {**WEIGHTS, "goals": 10}]
    for change in changes:
        trial = known.compared(round_, known.Change(_settings(client, round_, change)))
        take(client, round_, **change)
        round_ = solve_now(round_)
        shown = {name: value for name, value in trial.summary.items() if name != "seconds"}
        assert shown.items() <= round_.summary.items()


def _settings(client: Client, round_: Round, change: dict[str, Any]) -> dict[str, Any]:
    context = client.get(address(round_, "try"), change).context
    return dict(context["trial"].settings)


def test_figures_before_and_after_are_both_by_the_new_weights(
    client: Client, solved: Solved, two_of_each: list[Enrolment]
) -> None:
    """The one pair there is stays, so nothing becomes better or worse."""
    context = client.get(address(solved(), "try"), {**WEIGHTS, "skills": 0, "place": 9}).context

    assert context["moves"] == []
    assert {figure["tone"] for figure in context["figures"]} == {""}


def test_the_same_weights_would_change_nothing_and_offer_nothing_to_take(
    client: Client, solved: Solved, two_of_each: list[Enrolment]
) -> None:
    round_ = solved()

    for page in (answer(client, round_), answer(client, round_, **of_gap(2))):
        assert "The same weights and rules as the round" in page
        assert "Take it" not in page


def test_weights_of_nothing_are_refused_with_what_to_do(
    client: Client, solved: Solved, two_of_each: list[Enrolment]
) -> None:
    round_, nothing = solved(), dict.fromkeys(WEIGHTS, 0)
    page = client.get(address(round_, "try"), nothing)

    assert page.status_code == 422
    assert "At least one weight must be above 0" in page.content.decode()
    assert take(client, round_, **nothing).status_code == 409
    assert Round.objects.get().settings == round_.settings


def test_a_change_that_leaves_no_pair_says_so_and_cannot_be_taken_blindly(
    client: Client, solved: Solved, two_of_each: list[Enrolment]
) -> None:
    page = answer(client, solved(), **of_gap(9))

    assert "It cannot be done" in page
    assert "Take it" not in page


def test_what_was_seen_before_somebody_solved_again_is_not_taken(
    client: Client,
    coordinator: Actor,
    solved: Solved,
    solve_now: Solve,
    now: datetime,
    two_of_each: list[Enrolment],
) -> None:
    seen = solved()
    solve_now(solve_again(round_=seen, by=coordinator, now=now))

    refused = take(client, seen, **of_gap(1))

    assert refused.status_code == 409
    assert "no longer be taken" in refused.content.decode()
    assert Round.objects.get().settings == seen.settings


def test_questions_and_taking_are_for_coordinators_only(
    solved: Solved, signed_in: Callable[..., Client], two_of_each: list[Enrolment]
) -> None:
    round_ = solved()
    stranger = signed_in(make_user(two_of_each[0].person))

    assert stranger.get(address(round_, "try"), WEIGHTS).status_code == 404
    assert take(stranger, round_, **of_gap(1)).status_code == 404
    assert Round.objects.get().attempt == round_.attempt


def test_the_price_of_a_pair_is_worked_out_by_solving_and_can_be_taken(
    client: Client, programme: Programme, solved: Solved, solve_now: Solve
) -> None:
    learner = make_learner(programme, person=make_person("Tamsin Marlow", rank=5))
    advisers = [make_adviser(programme), make_adviser(programme)]
    round_ = solved()
    proposed = Proposal.objects.get().adviser
    other = next(adviser for adviser in advisers if adviser != proposed)
    pair = {"learner": learner.key, "adviser": other.key}

    page = answer(client, round_, **pair)
    take(client, round_, **pair)
    solve_now(round_)

    assert f"With Tamsin Marlow and {other.person.name} together" in page
    assert proposed.person.name in page
    assert Proposal.objects.get().adviser == other
    assert PairWish.objects.get().kind == PairWish.Kind.PIN


def test_a_remedy_that_changes_a_rule_is_tried_first_and_then_taken(
    client: Client, solved: Solved, solve_now: Solve, two_of_each: list[Enrolment]
) -> None:
    round_ = solved()
    left = Unmatched.objects.get(role="learner")
    at = next(place for place, one in enumerate(left.remedies) if "rules" in one)
    asked = {"left": left.pk, "remedy": at}
    listed = client.get(address(round_, "unmatched")).content.decode()

    page = answer(client, round_, **asked)
    take(client, round_, **asked)

    assert left.remedies[at]["sentence"].split(":")[0] in listed
    assert "Least rank gap" in page
    assert solve_now(round_).summary["covered"] == 2


def test_one_more_place_is_tried_taken_recorded_and_told_to_the_adviser(
    client: Client, programme: Programme, solved: Solved, solve_now: Solve
) -> None:
    for name in ("Tamsin Marlow", "Bram Lindqvist"):
        make_learner(programme, person=make_person(name, rank=5))
    adviser = make_adviser(programme, person=make_person("Juno Okapi", rank=1))
    round_ = solved()
    left = Unmatched.objects.get(role="learner")
    at = next(place for place, one in enumerate(left.remedies) if "more_for" in one)
    asked = {"left": left.pk, "remedy": at}

    page = answer(client, round_, **asked)
    assert "With one learner more for Juno Okapi" in page
    assert Enrolment.objects.get(pk=adviser.pk).capacity == 1
    take(client, round_, **asked)
    after = solve_now(round_)

    assert after.summary["covered"] == 2
    assert Enrolment.objects.get(pk=adviser.pk).capacity == 2
    assert Notification.objects.filter(
        person=adviser.person, kind="programmes.place_given"
    ).exists()
    assert "programmes.place.given" in Entry.objects.values_list("verb", flat=True)
    published = client.post(address(round_, "publish"), follow=True)
    assert "2 partnerships are published" in published.content.decode()


def test_a_remedy_that_the_round_does_not_offer_is_not_found(
    client: Client, solved: Solved, two_of_each: list[Enrolment]
) -> None:
    round_ = solved()
    left = Unmatched.objects.get(role="learner")
    for asked in ({"left": left.pk, "remedy": 99}, {"left": "x", "remedy": 0}):
        assert client.get(address(round_, "try"), asked).status_code == 404


def test_two_people_are_chosen_one_after_the_other_without_a_script(
    client: Client, solved: Solved, two_of_each: list[Enrolment]
) -> None:
    round_, bram = solved(), two_of_each[1]
    page = client.get(address(round_, "round"), {"learner": bram.key}).content.decode()

    assert "Why not somebody for Bram Lindqvist?" in page
    asked = f"learner={bram.key}&amp;adviser={two_of_each[2].key}"
    assert asked in page
    both = client.get(
        address(round_, "round"), {"learner": bram.key, "adviser": two_of_each[2].key}
    ).content.decode()
    assert "Why not Juno Okapi for Bram Lindqvist?" in both


def test_a_large_round_is_put_in_line_instead_of_keeping_one_waiting(
    client: Client, solved: Solved, two_of_each: list[Enrolment]
) -> None:
    round_ = solved()
    Round.objects.update(summary={**round_.summary, "looked_at": 6_000_001})

    page = answer(client, round_, **of_gap(1))
    take(client, round_, **of_gap(1))

    assert "This round is large" in page
    assert WhatIf.objects.get().settings["rules"]["min_rank_gap"] == 1
    assert Round.objects.get().attempt == round_.attempt


def test_a_round_is_read_once_for_many_questions_and_anew_after_another_solve(
    client: Client,
    coordinator: Actor,
    solved: Solved,
    solve_now: Solve,
    now: datetime,
    two_of_each: list[Enrolment],
) -> None:
    round_ = solved()
    first = known.known_of(round_)
    answer(client, round_, **of_gap(1))

    assert known.known_of(round_) is first
    again = solve_now(solve_again(round_=round_, by=coordinator, now=now))
    assert known.known_of(again) is not first


def test_only_a_few_rounds_are_kept_and_none_for_long(
    solved: Solved, two_of_each: list[Enrolment], monkeypatch: pytest.MonkeyPatch
) -> None:
    round_ = solved()
    first = known.known_of(round_)
    for attempt in range(round_.attempt + 1, round_.attempt + 1 + known.MOST_ROUNDS):
        round_.attempt = attempt
        last = known.known_of(round_)
    round_.attempt = 1
    assert known.known_of(round_) is not first
    round_.attempt = attempt
    monkeypatch.setattr(known, "IDLE_SECONDS", -1.0)
    assert known.known_of(round_) is not last
