import json
import random
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from tests.matching.engine.brute import Small, allowed, best_values, problems, values_of
from viceversa.matching.engine import (
    Assignment,
    BadInput,
    Infeasible,
    InvalidCertificate,
    assign,
    verify,
)
from viceversa.matching.engine.solving.certificate import digest
from viceversa.matching.engine.solving.instance import read_instance
from viceversa.matching.engine.solving.solver import draft, solve

pytestmark = pytest.mark.pure


def solved(problem: Small) -> Assignment:
    try:
        return assign(**problem.arrays())
    except Infeasible:
        assume(False)
        raise


@given(problems())
def test_answer_equals_trying_everything_in_every_order(problem: Small) -> None:
    best = best_values(problem)
    try:
        answer = assign(**problem.arrays())
    except Infeasible:
        assert best is None
        return
    chosen = answer.edges.tolist()
    assert allowed(problem, chosen)
    assert values_of(problem, chosen) == best
    assert tuple(getattr(answer, name) for name in problem.order) == best


@given(problems())
def test_certificate_survives_json_and_verifies(problem: Small) -> None:
    answer = solved(problem)
    verify(json.loads(json.dumps(answer.certificate)), **problem.arrays())


@given(problems(), st.randoms(use_true_random=False))
def test_order_of_edges_does_not_change_the_answer(problem: Small, rng: random.Random) -> None:
    answer = solved(problem)
    shuffled = list(range(len(problem.pairs)))
    rng.shuffle(shuffled)
    pins = None if problem.pinned is None else [problem.pinned[at] for at in shuffled]
    own = None if problem.own_field is None else [problem.own_field[at] for at in shuffled]
    other = replace(
        problem,
        own_field=own,
        pairs=[problem.pairs[at] for at in shuffled],
        score=[problem.score[at] for at in shuffled],
        pinned=pins,
    )
    again = assign(**other.arrays())
    assert {problem.pairs[at] for at in answer.edges} == {other.pairs[at] for at in again.edges}
    assert answer.certificate == again.certificate


@given(problems(plain=True))
def test_one_more_edge_never_lowers_the_objective(problem: Small) -> None:
    assume(problem.pairs)
    fewer = replace(problem, pairs=problem.pairs[:-1], score=problem.score[:-1])
    before, after = assign(**fewer.arrays()), assign(**problem.arrays())
    values = [tuple(getattr(a, name) for name in problem.order) for a in (before, after)]
    assert values[0] <= values[1]


def numbers_in(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where every number, text and switch of a certificate is."""
    if isinstance(value, dict):
        return [hit for key, inner in value.items() for hit in numbers_in(inner, (*path, key))]
    if isinstance(value, list):
        return [hit for at, inner in enumerate(value) for hit in numbers_in(inner, (*path, at))]
    return [path]


def with_change(certificate: dict[str, Any], path: tuple[Any, ...]) -> dict[str, Any]:
    changed = json.loads(json.dumps(certificate))
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    old = inner[path[-1]]
    inner[path[-1]] = old + 1 if isinstance(old, int) else f"{old}x"
    return changed


@given(problems(), st.data())
def test_any_changed_number_of_a_certificate_fails(problem: Small, data: st.DataObject) -> None:
    answer = solved(problem)
    path = data.draw(st.sampled_from(numbers_in(answer.certificate)))
    with pytest.raises(InvalidCertificate):
        verify(with_change(answer.certificate, path), **problem.arrays())


@given(problems(), st.data())
def test_any_changed_number_of_the_input_fails(problem: Small, data: st.DataObject) -> None:
    answer = solved(problem)
    arrays = {name: value for name, value in problem.arrays().items() if name != "order"}
    given_arrays = {n: np.array(v) for n, v in arrays.items() if v is not None and len(v)}
    name = data.draw(st.sampled_from(sorted(given_arrays)))
    at = data.draw(st.integers(0, len(given_arrays[name]) - 1))
    array = given_arrays[name].copy()
    array[at] = not array[at] if array.dtype == bool else array[at] + 1
    with pytest.raises(InvalidCertificate):
        verify(answer.certificate, **{**arrays, name: array})


@given(problems())
def test_a_resealed_worse_answer_does_not_verify(problem: Small) -> None:
    """Even a forger who recomputes the seal cannot pass a worse assignment off."""
    answer = solved(problem)
    pairs = answer.certificate["pairs"]
    assume(pairs)
    body = {key: value for key, value in answer.certificate.items() if key != "digest"}
    chosen = sorted(answer.edges.tolist())[1:]
    body["pairs"] = sorted([list(problem.pairs[at]) for at in chosen])
    full = replace(problem, order=("coverage", "floor", "places", "total"))
    names = ("coverage", "floor", "places", "total")
    body["values"] = dict(zip(names, values_of(full, chosen), strict=True))
    with pytest.raises(InvalidCertificate):
        verify(body | {"digest": digest(body)}, **problem.arrays())


@pytest.mark.parametrize("demand", [1, 100])
@pytest.mark.parametrize("large", [2**55, 2**57, 2**59, 2**60 - 1])
def test_no_weights_or_prices_so_large_that_sums_wrap_pass_a_worse_answer(
    large: int, demand: int
) -> None:
    """Learners trade advisers: as many are covered, the floor stays, the total falls."""
    arrays: dict[str, Any] = {
        "demand": np.full(4, demand),
        "capacity": np.ones(4, np.int64),
        "learner": np.repeat(np.arange(4), 4),
        "adviser": np.tile(np.arange(4), 4),
        "score": np.array([900, 500, 0, 0, 500, 500, 0, 0, 0, 0, 500, 500, 0, 0, 500, 500]),
    }
    best = json.loads(json.dumps(assign(**arrays).certificate))
    worse = [[0, 1], [1, 0], [2, 2], [3, 3]]
    values = {"coverage": 4, "floor": 500, "places": 4, "total": 2000}
    ties = int(sum(read_instance(**arrays).tie(16, np.array([1, 4, 10, 15]))))
    for prices in ([], [[0, large]], [[0, -large]], [[at, -large] for at in range(4)]):
        forged = json.loads(json.dumps(best)) | {"pairs": worse, "values": values}
        for weights in ({"coverage": 1, "places": 1, "total": large}, {"total": 1}):
            last = {"coverage": large, "places": large} | weights | {"ties": 1}
            most = sum(last[name] * values[name] for name in ("coverage", "places", "total"))
            forged["claims"][-1] |= {
                "weights": last,
                "most": most + ties,
                "proof": {"prices": prices},
            }
            body = {key: value for key, value in forged.items() if key != "digest"}
            with pytest.raises(InvalidCertificate):
                verify(body | {"digest": digest(body)}, **arrays)


@pytest.mark.parametrize("seed", range(4))
def test_medium_problem_with_stages_minimums_and_pins_equals_mixed_integer_solver(
    seed: int,
) -> None:
    rng = np.random.default_rng(seed)
    learners, advisers = 30, 40
    pairs = [(i, j) for i in range(learners) for j in range(advisers) if rng.random() < 0.2]
    score = rng.integers(1, 10_000, len(pairs))
    demand, capacity = rng.integers(1, 4, learners), rng.integers(1, 3, advisers)
    stage = rng.integers(0, 3, advisers)
    ends = np.array(pairs)
    minimum = (rng.random(advisers) < 0.2).astype(int) * (
        np.bincount(ends[:, 1], minlength=advisers) > 3
    )
    pinned = np.zeros(len(pairs), bool)
    pinned[rng.integers(len(pairs))] = True
    answer = assign(
        demand=demand,
        capacity=capacity,
        learner=ends[:, 0],
        adviser=ends[:, 1],
        score=score,
        order=("places", "total"),
        stage=stage,
        adviser_minimum=minimum,
        pinned=pinned,
    )

    def sums(keys: list[Any]) -> np.ndarray:
        groups = sorted(set(keys))
        return np.array([[key == group for key in keys] for group in groups], float)

    by_learner, by_adviser = sums([i for i, _ in pairs]), sums([j for _, j in pairs])
    used_i, used_j = sorted({i for i, _ in pairs}), sorted({j for _, j in pairs})
    limits = [
        LinearConstraint(by_learner, 0, demand[used_i]),
        LinearConstraint(by_adviser, minimum[used_j], capacity[used_j]),
        LinearConstraint(sums([(i, stage[j]) for i, j in pairs]), 0, 1),
    ]
    reference = milp(
        -(score + 1_000_000.0),
        constraints=limits,
        integrality=np.ones(len(pairs)),
        bounds=Bounds(pinned.astype(float), 1),
    )
    assert round(-reference.fun) == answer.places * 1_000_000 + answer.total


def test_default_order_with_stages_and_several_advisers_is_certified() -> None:
    rng = np.random.default_rng(5)
    pairs = np.array([(i, j) for i in range(60) for j in range(80) if rng.random() < 0.15])
    arrays = {
        "demand": rng.integers(1, 4, 60),
        "capacity": np.ones(80, int),
        "learner": pairs[:, 0],
        "adviser": pairs[:, 1],
        "score": rng.integers(0, 10_000, len(pairs)),
        "stage": rng.integers(0, 2, 80),
    }
    answer = assign(**arrays)
    verify(answer.certificate, **arrays)
    assert answer.covered == 60


def test_problem_too_knotted_for_prices_is_solved_again_by_the_verifier() -> None:
    rng = np.random.default_rng(3)
    learner, adviser = np.nonzero(rng.random((24, 30)) < 0.3)
    arrays = {
        "demand": np.full(24, 3),
        "capacity": np.ones(30, int),
        "learner": learner,
        "adviser": adviser,
        "score": rng.integers(0, 10_000, len(learner)),
        "stage": rng.integers(0, 2, 30),
    }
    answer = assign(**arrays)
    assert {"again": True} in [claim["proof"] for claim in answer.certificate["claims"]]
    verify(answer.certificate, **arrays)
    body = {key: value for key, value in answer.certificate.items() if key != "digest"}
    worse = assign(**arrays, order=("floor", "coverage"))
    forged = body | {name: worse.certificate[name] for name in ("pairs", "values")}
    with pytest.raises(InvalidCertificate, match="another value"):
        verify(forged | {"digest": digest(forged)}, **arrays)


def test_ten_thousand_people_are_matched_and_verified() -> None:
    rng = np.random.default_rng(1)
    learner = np.repeat(np.arange(1_000), 32)
    adviser = np.concatenate([rng.choice(9_000, 32, replace=False) for _ in range(1_000)])
    arrays = {
        "demand": rng.integers(1, 3, 1_000),
        "capacity": np.ones(9_000, int),
        "learner": learner,
        "adviser": adviser,
        "score": rng.integers(0, 10_000, len(learner)),
    }
    answer = assign(**arrays)
    verify(answer.certificate, **arrays)
    assert answer.covered == 1_000


@pytest.mark.parametrize("seed", range(30))
def test_covering_through_long_chains_and_shared_places_equals_mixed_integer_solver(
    seed: int,
) -> None:
    """Few places, so that learners are covered only when whole chains of others move on."""
    rng = np.random.default_rng(seed)
    learner, adviser = np.nonzero(rng.random((40, 14)) < 0.12)
    if not len(learner):
        return
    capacity = rng.integers(1, 4, 14)
    score = rng.integers(1, 10_000, len(learner))
    priority = rng.integers(1, 4, 40)
    arrays = {
        "demand": np.ones(40, int),
        "capacity": capacity,
        "learner": learner,
        "adviser": adviser,
        "score": score,
        "priority": priority,
    }
    answer = assign(**arrays)
    verify(answer.certificate, **arrays)

    def covered(floor: int) -> int:
        use = np.flatnonzero(score >= floor)
        rows = [(learner[use] == i).astype(float) for i in range(40)]
        columns = [(adviser[use] == j).astype(float) for j in range(14)]
        found = milp(
            -priority[learner[use]].astype(float),
            constraints=[
                LinearConstraint(np.array(rows), 0, 1),
                LinearConstraint(np.array(columns), 0, capacity),
            ],
            integrality=np.ones(len(use)),
            bounds=Bounds(0, 1),
        )
        return round(-found.fun)

    assert answer.coverage == covered(0) == covered(answer.floor)
    assert answer.refused is None or covered(answer.floor + 1) < answer.coverage


def test_no_edges_is_an_empty_answer() -> None:
    none = np.array([], int)
    arrays = {"demand": [1], "capacity": [1], "learner": none, "adviser": none, "score": none}
    answer = assign(**arrays)
    assert (answer.edges.tolist(), answer.coverage, answer.floor) == ([], 0, 0)
    verify(answer.certificate, **arrays)


def test_left_out_learner_goes_first() -> None:
    arrays = {"demand": [1, 1], "capacity": [1], "learner": [0, 1], "adviser": [0, 0]}
    assert assign(**arrays, score=[9000, 10]).edges.tolist() == [0]
    assert assign(**arrays, score=[9000, 10], priority=[1, 2]).edges.tolist() == [1]


def test_loss_of_a_pair_beyond_the_edges_counts_that_its_learner_is_covered() -> None:
    """The learner in the middle would take the place of another: one covered less, one more."""
    answer = assign(
        demand=np.array([1, 1, 1]),
        capacity=np.array([1]),
        learner=np.array([0, 2]),
        adviser=np.array([0, 0]),
        score=np.array([5000, 4990]),
        order=("coverage", "total"),
    )
    loss = answer.claims[-1].loss_beyond(answer.instance, 1, 0, 4000)
    assert 900 < loss <= 1000


def test_losses_are_lower_bounds_confirmed_by_pinning() -> None:
    rng = np.random.default_rng(3)
    pairs = np.array([(i, j) for i in range(8) for j in range(10) if rng.random() < 0.5])
    arrays = {
        "demand": [1] * 8,
        "capacity": [1] * 10,
        "learner": pairs[:, 0],
        "adviser": pairs[:, 1],
        "score": rng.integers(0, 10_000, len(pairs)),
        "order": ("places", "total"),
    }
    answer = assign(**arrays)
    for edge in range(len(pairs)):
        forced = assign(**arrays, pinned=np.arange(len(pairs)) == edge)
        lost = (answer.places - forced.places, answer.total - forced.total)
        assert lost >= (answer.losses["places"][edge], answer.losses["total"][edge])


BASE = {"demand": [1, 1], "capacity": [1], "learner": [0, 1], "adviser": [0, 0], "score": [5, 6]}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"capacity": [-1]}, "capacity must be from 0"),
        ({"demand": [1, -2]}, "entry 1 is -2"),
        ({"score": [5, 10_001]}, "A score must be from 0 to 10,000; edge 1 has 10001"),
        ({"score": [5, -1]}, "A score must be"),
        ({"adviser": [0, 3]}, "Edge 1 leads to adviser 3"),
        ({"learner": [0, -1]}, "Edge 1 leads to learner -1"),
        ({"learner": [0, 0]}, "given more than once"),
        ({"score": [5]}, "score has 1 entries"),
        ({"score": [5.5, 6.0]}, "whole numbers"),
        ({"demand": []}, "at least one learner"),
        ({"capacity": []}, "at least one learner and one adviser"),
        ({"stage": [1, 2]}, "stage has 2 entries"),
        ({"pinned": [True]}, "pinned has 1 entries"),
        ({"adviser_minimum": [-1]}, "adviser_minimum must be"),
        ({"order": ("total", "total")}, "twice"),
        ({"order": ("beauty",)}, "order must name"),
        ({"order": ()}, "order must name"),
    ],
)
def test_bad_arrays_get_a_sentence(change: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words) as caught:
        assign(**{**BASE, **change})
    assert isinstance(caught.value, BadInput)


def test_pins_beyond_a_capacity_name_the_adviser() -> None:
    with pytest.raises(Infeasible) as caught:
        assign(**BASE, pinned=[True, True])
    assert (caught.value.advisers, caught.value.needed, caught.value.available) == ((0,), 2, 1)


def test_minimums_that_cannot_be_met_together_name_everybody_concerned() -> None:
    with pytest.raises(Infeasible) as caught:
        assign(
            demand=[1, 1, 1],
            capacity=[1, 2, 2],
            learner=[0, 1, 0, 2],
            adviser=[0, 1, 1, 2],
            score=[1, 2, 3, 4],
            adviser_minimum=[1, 2, 0],
        )
    found = caught.value
    assert (found.learners, found.advisers) == ((0, 1), (0, 1))
    assert (found.needed, found.available) == (3, 2)


def test_two_pins_of_one_stage_are_refused() -> None:
    with pytest.raises(Infeasible, match="same stage"):
        assign(
            demand=[2],
            capacity=[1, 1],
            learner=[0, 0],
            adviser=[0, 1],
            score=[1, 2],
            stage=[4, 4],
            pinned=[True, True],
        )


def crowded(seed: int) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    learner, adviser = np.nonzero(rng.random((40, 30)) < 0.25)
    return {
        "demand": rng.integers(1, 3, 40),
        "capacity": rng.integers(1, 3, 30),
        "learner": learner,
        "adviser": adviser,
        "score": rng.integers(1, 10_000, len(learner)),
    }


@pytest.mark.parametrize("seed", range(10))
@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_weak_and_strong_pins_leave_a_proof_that_no_higher_floor_is_possible(
    seed: int, share: float
) -> None:
    """Pins of the weakest, the middle and the best pair of a learner."""
    arrays = crowded(seed)
    own = np.flatnonzero(arrays["learner"] == arrays["learner"][0])
    ranked = own[np.argsort(arrays["score"][own])]
    pinned = np.zeros(len(arrays["score"]), bool)
    pinned[ranked[int(share * (len(ranked) - 1))]] = True
    answer = assign(**arrays, pinned=pinned)
    verify(answer.certificate, **arrays, pinned=pinned)


def test_pin_that_takes_the_only_place_of_a_learner_is_the_floor_and_needs_no_prices() -> None:
    arrays = {**crowded(3), "demand": np.ones(40, int)}
    weakest = int(np.argmin(arrays["score"]))
    pinned = np.arange(len(arrays["score"])) == weakest
    answer = assign(**arrays, pinned=pinned)
    assert answer.floor == arrays["score"][weakest]
    assert answer.certificate["refused"]["proof"] == {"prices": []}
    verify(answer.certificate, **arrays, pinned=pinned)


def test_refusal_of_a_higher_floor_is_worked_out_for_the_certificate_only() -> None:
    answer = assign(**crowded(1))
    assert len(answer.edges)
    assert "refused" not in vars(answer)
    assert answer.certificate["refused"]["floor"] == answer.floor + 1


@pytest.mark.parametrize("seed", range(12))
def test_places_with_a_floor_are_proved_by_a_cut_in_the_network(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in large programmes; the answer is that of solving for places, and the proof holds."""
    rng = np.random.default_rng(seed)
    learner, adviser = np.nonzero(rng.random((12, 14)) < 0.4)
    arrays: dict[str, Any] = {
        "demand": rng.integers(1, 4, 12),
        "capacity": rng.integers(1, 3, 14),
        "learner": learner,
        "adviser": adviser,
        "score": rng.integers(1, 10_000, len(learner)),
    }
    solved_for = assign(**arrays)
    monkeypatch.setattr("viceversa.matching.engine.solving.claims.MANY", 0)
    cut = assign(**arrays)
    assert cut.edges.tolist() == solved_for.edges.tolist()
    verify(cut.certificate, **arrays)
    places = cut.certificate["claims"][1]
    if places["proof"]["prices"]:
        assert places["weights"] == {"places": 1}
        assert {price for _, price in places["proof"]["prices"]} == {1}


@pytest.mark.parametrize("seed", range(8))
def test_a_draft_from_the_prices_of_fewer_pairs_leads_to_the_same_answer(seed: int) -> None:
    rng = np.random.default_rng(seed)
    learner, adviser = np.nonzero(rng.random((30, 25)) < 0.4)
    score = rng.integers(1, 10_000, len(learner))
    people = {"demand": rng.integers(1, 4, 30), "capacity": rng.integers(1, 3, 25)}
    fewer = np.flatnonzero(rng.random(len(learner)) < 0.6)
    part = read_instance(
        **people, learner=learner[fewer], adviser=adviser[fewer], score=score[fewer]
    )
    whole = read_instance(**people, learner=learner, adviser=adviser, score=score)
    answer = solve(whole, draft(whole, draft(part)))
    assert answer.edges.tolist() == solve(whole).edges.tolist()
    verify(answer.certificate, **people, learner=learner, adviser=adviser, score=score)
