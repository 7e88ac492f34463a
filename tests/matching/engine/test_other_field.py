"""Of several advisers of one learner, one comes from another field."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from tests.matching.engine.brute import Small, allowed, best_values, problems, values_of
from tests.matching.engine.people import adviser, learner
from tests.matching.engine.test_assign import numbers_in, with_change
from viceversa.matching.engine import (
    Assignment,
    Infeasible,
    InvalidCertificate,
    Places,
    Settings,
    assign,
    match_people,
    verify,
    why_not,
    why_unmatched,
)
from viceversa.matching.engine.solving.certificate import digest

pytestmark = pytest.mark.pure


def solved(problem: Small) -> Assignment:
    try:
        return assign(**problem.arrays())
    except Infeasible:
        assume(False)
        raise


@given(problems(fields=True))
def test_answer_equals_trying_everything(problem: Small) -> None:
    best = best_values(problem)
    try:
        answer = assign(**problem.arrays())
    except Infeasible:
        assert best is None
        return
    assert allowed(problem, answer.edges.tolist())
    assert values_of(problem, answer.edges.tolist()) == best
    verify(json.loads(json.dumps(answer.certificate)), **problem.arrays())


def test_a_second_place_that_the_own_field_forbids_is_not_waited_for() -> None:
    """A flow would fill both places of the learner; the rule on fields leaves one."""
    answer = assign(
        demand=[2],
        capacity=[1, 1],
        learner=[0, 0],
        adviser=[0, 1],
        score=[0, 0],
        order=("places", "floor"),
        stage=[0, 1],
        own_field=[True, True],
    )
    assert answer.places == 1


@given(problems(fields=True), st.data())
def test_any_changed_number_of_a_certificate_fails(problem: Small, data: st.DataObject) -> None:
    answer = solved(problem)
    path = data.draw(st.sampled_from(numbers_in(answer.certificate)))
    with pytest.raises(InvalidCertificate):
        verify(with_change(answer.certificate, path), **problem.arrays())


def medium(seed: int, staged: bool) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    pairs = np.array([(i, j) for i in range(25) for j in range(40) if rng.random() < 0.25])
    fields = rng.integers(0, 2, 25), rng.integers(0, 2, 40)
    return {
        "demand": rng.integers(1, 4, 25),
        "capacity": rng.integers(1, 3, 40),
        "learner": pairs[:, 0],
        "adviser": pairs[:, 1],
        "score": rng.integers(1, 10_000, len(pairs)),
        "stage": rng.integers(0, 3, 40) if staged else None,
        "own_field": fields[0][pairs[:, 0]] == fields[1][pairs[:, 1]],
    }


def reference(arrays: dict[str, Any]) -> int:
    """Places first, then total, by a solver that shares nothing with ours."""
    learner, adviser, own = arrays["learner"], arrays["adviser"], arrays["own_field"]
    demand, stage = arrays["demand"], arrays["stage"]
    by_learner = (learner[None, :] == np.arange(25)[:, None]).astype(float)
    by_adviser = (adviser[None, :] == np.arange(40)[:, None]).astype(float)
    most = np.where(demand > 1, demand - 1, 1)
    limits = [
        LinearConstraint(by_learner, 0, demand),
        LinearConstraint(by_adviser, 0, arrays["capacity"]),
        LinearConstraint(by_learner * own, 0, most),
    ]
    if stage is not None:
        limits += [LinearConstraint(by_learner * (stage[adviser] == s), 0, 1) for s in range(3)]
    found = milp(
        -(arrays["score"] + 1_000_000.0),
        constraints=limits,
        integrality=np.ones(len(learner)),
        bounds=Bounds(0, 1),
    )
    return round(-found.fun)


@pytest.mark.parametrize("staged", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_medium_problem_equals_mixed_integer_solver(seed: int, staged: bool) -> None:
    arrays = medium(seed, staged)
    answer = assign(**arrays, order=("places", "total"))
    assert answer.places * 1_000_000 + answer.total == reference(arrays)
    verify(answer.certificate, **arrays)


@pytest.mark.parametrize("seed", range(4))
def test_default_order_is_certified(seed: int) -> None:
    arrays = medium(seed, staged=False)
    answer = assign(**arrays)
    verify(answer.certificate, **arrays)


def test_verifier_refuses_a_sealed_answer_that_ignores_the_fields() -> None:
    arrays = medium(1, staged=False)
    honest = assign(**arrays)
    careless = assign(**(arrays | {"own_field": None}))
    body = {key: value for key, value in careless.certificate.items() if key != "digest"}
    body["input"] = honest.certificate["input"]
    with pytest.raises(InvalidCertificate, match="nobody from another field"):
        verify(body | {"digest": digest(body)}, **arrays)


def test_pins_that_are_all_of_the_own_field_are_refused() -> None:
    arrays = {"demand": [2], "capacity": [1, 1], "learner": [0, 0], "adviser": [0, 1]}
    with pytest.raises(Infeasible, match="must come from another field"):
        assign(**arrays, score=[1, 2], own_field=[True, True], pinned=[True, True])


@pytest.mark.parametrize("stage", [None, [0, 1]])
def test_minimums_that_the_fields_rule_out_name_everybody(stage: list[int] | None) -> None:
    with pytest.raises(Infeasible) as caught:
        assign(
            demand=[2],
            capacity=[1, 1],
            learner=[0, 0],
            adviser=[0, 1],
            score=[1, 2],
            stage=stage,
            own_field=[True, True],
            adviser_minimum=[1, 1],
        )
    assert (caught.value.learners, caught.value.advisers) == ((0,), (0, 1))


def fielded(**places: Any) -> Settings:
    return Settings(places=Places(one_other_field=True, **places))


def test_second_adviser_comes_from_another_field() -> None:
    people = [
        learner(demand=2, field="Law"),
        adviser("A1", field="Law"),
        adviser("A2", field="Law"),
        adviser("A3", field="Art", offers={"Short video": 2}, timezone="Europe/Athens"),
    ]
    match = match_people(people, fielded())
    assert {"A3"} < {pair.adviser_id for pair in match.pairs}
    reasons = {pair.adviser_id: pair.reason for pair in match.pairs}
    assert "another field" in reasons["A3"]


def test_unit_stands_in_where_no_field_is_known() -> None:
    people = [learner(demand=2), adviser("A1", unit="Sales"), adviser("A2", unit="Sales")]
    match = match_people(people, fielded())
    assert len(match.pairs) == 1
    people[2] = adviser("A2", unit="Design")
    assert len(match_people(people, fielded()).pairs) == 2


def test_left_out_adviser_hears_that_the_place_is_kept_for_another_field() -> None:
    people = [learner(demand=2, field="Law"), adviser(field="Law"), adviser("A2", field="Law")]
    match = match_people(people, fielded())
    ((person, role),) = match.unmatched
    found = why_unmatched(match, person, role)
    assert "kept for an adviser from another field" in found.sentence
    assert found.smallest_change is not None
    assert found.smallest_change.proved
    assert "kept for an adviser from another field" in why_not(match, "L1", person).sentence


def test_switching_the_option_off_gives_the_old_certificate() -> None:
    people = [learner(demand=2, field="Law"), adviser(field="Law")]
    plain = match_people(people, Settings()).assignment.certificate
    places = Settings(places=Places(one_other_field=False))
    assert match_people(people, places).assignment.certificate == plain


def test_own_field_on_both_sides_of_the_floor_is_split_and_proved() -> None:
    arrays: dict[str, Any] = {
        "demand": [1, 2],
        "capacity": [1, 1, 1, 1],
        "learner": [0, 1, 1, 1],
        "adviser": [0, 1, 2, 3],
        "score": [1000, 9000, 500, 400],
        "own_field": [False, True, True, False],
    }
    answer = assign(**arrays)
    assert answer.edges.tolist() == [0, 1, 3]
    assert "split" in answer.certificate["claims"][-1]["proof"]
    verify(answer.certificate, **arrays)
    for path in numbers_in(answer.certificate):
        changed = with_change(answer.certificate, path)
        body = {key: value for key, value in changed.items() if key != "digest"}
        if path[:2] == ("proof", "split"):
            with pytest.raises(InvalidCertificate):
                verify(body | {"digest": digest(body)}, **arrays)
        with pytest.raises(InvalidCertificate):
            verify(changed, **arrays)
