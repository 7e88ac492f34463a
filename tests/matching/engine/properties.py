"""What must hold of every problem, one seed at a time: for the suite, and for ``make prove``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import numpy as np

from tests.matching.engine.brute import OBJECTIVES, Small, allowed, values_of
from tests.matching.engine.integer_programme import best_by_programme
from tests.matching.engine.people import crowd
from tests.matching.engine.small_problems import best_of_all, small_problem
from viceversa.matching.engine import (
    Assignment,
    Infeasible,
    InvalidCertificate,
    Settings,
    assign,
    match_people,
    verify,
)
from viceversa.matching.engine.arrays import arrays_of
from viceversa.matching.engine.people import building, lists
from viceversa.matching.engine.solving.certificate import digest

MUTATIONS = 4


def equals_trying_everything(seed: int) -> None:
    """In every order, the answer has the values of the best of all subsets."""
    problem = small_problem(seed)
    best, answer = best_of_all(problem), _solved(problem.arrays())
    assert (answer is None) == (best is None)
    if answer is not None:
        chosen = answer.edges.tolist()
        assert allowed(problem, chosen)
        assert values_of(problem, chosen) == best
        assert tuple(getattr(answer, name) for name in problem.order) == best


def equals_branch_and_cut(seed: int) -> None:
    """Medium problems with stages, minimums, pins, fields and priorities."""
    arrays = medium_arrays(seed)
    best, answer = best_by_programme(arrays), _solved(arrays)
    assert (answer is None) == (best is None)
    if answer is not None:
        assert tuple(getattr(answer, name) for name in arrays["order"]) == best
        verify(answer.certificate, **arrays)


def keeps_its_answer_when_rows_are_reordered(seed: int) -> None:
    problem = small_problem(seed)
    shuffled = np.random.default_rng(seed).permutation(len(problem.pairs)).tolist()
    other = replace(
        problem,
        pairs=[problem.pairs[at] for at in shuffled],
        score=[problem.score[at] for at in shuffled],
        pinned=problem.pinned and [problem.pinned[at] for at in shuffled],
        own_field=problem.own_field and [problem.own_field[at] for at in shuffled],
    )
    answer, again = _solved(problem.arrays()), _solved(other.arrays())
    assert (answer is None) == (again is None)
    if answer is not None and again is not None:
        assert answer.certificate == again.certificate
        mine = {problem.pairs[at] for at in answer.edges}
        assert mine == {other.pairs[at] for at in again.edges}


def keeps_its_answer_when_people_are_reordered(seed: int) -> None:
    people = crowd(30, seed)
    shuffled = [people[at] for at in np.random.default_rng(seed).permutation(30)]
    assert match_people(people, Settings()).pairs == match_people(shuffled, Settings()).pairs


def is_never_worse_with_one_more_pair(seed: int) -> None:
    problem = small_problem(seed)
    if not problem.pairs:
        return
    fewer = replace(
        problem,
        pairs=problem.pairs[:-1],
        score=problem.score[:-1],
        pinned=problem.pinned and problem.pinned[:-1],
        own_field=problem.own_field and problem.own_field[:-1],
    )
    if problem.pinned and problem.pinned[-1]:
        problem = replace(problem, pinned=[*problem.pinned[:-1], False])
    before, after = _solved(fewer.arrays()), _solved(problem.arrays())
    if before is not None:
        assert after is not None
        assert _values(before, problem) <= _values(after, problem)


def has_a_certificate_that_no_single_change_survives(seed: int) -> None:
    """It verifies; then one change of it, or of one number of the input, does not."""
    problem, rng = small_problem(seed), np.random.default_rng(seed)
    arrays, answer = problem.arrays(), _solved(problem.arrays())
    if answer is None:
        return
    certificate = json.loads(json.dumps(answer.certificate))
    verify(certificate, **arrays)
    places = list(_places_in(certificate))
    for at in rng.integers(0, len(places), MUTATIONS).tolist():
        _must_fail(_changed(certificate, places[at], rng), arrays)
    _must_fail(certificate, _with_one_other_number(arrays, rng))


def no_change_survives(seed: int) -> None:
    """The same for every place of one certificate, not for some."""
    problem, rng = small_problem(seed), np.random.default_rng(seed)
    answer = assign(**problem.arrays())
    certificate = json.loads(json.dumps(answer.certificate))
    assert certificate["pairs"]
    for place in _places_in(certificate):
        for _ in range(4):
            _must_fail(_changed(certificate, place, rng), problem.arrays())


def lets_no_forger_pass_a_worse_answer(seed: int) -> None:
    """Somebody changes numbers, or puts other allowed pairs in with their true values, and seals
    the certificate anew: what is accepted is as good as the best of all."""
    problem, rng = small_problem(seed), np.random.default_rng(seed)
    arrays, answer = problem.arrays(), _solved(problem.arrays())
    if answer is None:
        return
    certificate = json.loads(json.dumps(answer.certificate))
    best = best_of_all(problem)
    for forged in _forgeries(problem, certificate, answer, rng):
        body = {key: value for key, value in forged.items() if key != "digest"}
        try:
            verify(body | {"digest": digest(body)}, **arrays)
        except InvalidCertificate:
            continue
        chosen = [problem.pairs.index((i, j)) for i, j in forged["pairs"]]
        assert allowed(problem, chosen)
        assert values_of(problem, chosen) == best


def lists_give_the_answer_of_all_pairs(seed: int, size: int = 200) -> None:
    """Lists of 8 instead of every pair, and their proof holds over every pair."""
    people = crowd(size, seed)
    whole = match_people(people, Settings())
    with short_lists(8):
        listed = match_people(people, Settings())
    assert listed.problem.lists is not None
    assert listed.pair_ids == whole.pair_ids
    assert len(listed.problem.learner) < len(whole.problem.learner)
    verify(listed.assignment.certificate, **arrays_of(whole.problem, ()), sealed=False)


PROPERTIES: dict[str, Callable[[int], None]] = {
    check.__name__: check
    for check in (
        equals_trying_everything,
        equals_branch_and_cut,
        keeps_its_answer_when_rows_are_reordered,
        keeps_its_answer_when_people_are_reordered,
        is_never_worse_with_one_more_pair,
        has_a_certificate_that_no_single_change_survives,
        lets_no_forger_pass_a_worse_answer,
    )
}


def medium_arrays(seed: int) -> dict[str, Any]:
    rng = np.random.default_rng(seed)
    learners, advisers = int(rng.integers(8, 16)), int(rng.integers(8, 20))
    learner, adviser = np.nonzero(rng.random((learners, advisers)) < rng.uniform(0.15, 0.4))
    demand = rng.integers(1, int(rng.integers(2, 5)), learners)
    arrays = {
        "demand": demand,
        "capacity": rng.integers(0, 3, advisers),
        "learner": learner,
        "adviser": adviser,
        "score": rng.integers(0, int(rng.choice((20, 1_000, 10_001))), len(learner)),
        "order": tuple(rng.permutation(OBJECTIVES)[: rng.integers(1, 5)].tolist()),
    }
    if rng.random() < 0.4:
        arrays["stage"] = rng.integers(0, 3, advisers)
    if rng.random() < 0.4:
        arrays["adviser_minimum"] = (rng.random(advisers) < 0.15).astype(int)
    if rng.random() < 0.4 and len(learner):
        arrays["pinned"] = np.arange(len(learner)) == rng.integers(len(learner))
    if rng.random() < 0.3:
        arrays["own_field"] = rng.random(len(learner)) < 0.5
    if rng.random() < 0.4:
        arrays["priority"] = rng.integers(0, 4, learners)
    return arrays


@contextmanager
def short_lists(length: int) -> Iterator[None]:
    """As if every programme were large."""
    before = building.LARGE, lists.LENGTH
    building.LARGE, lists.LENGTH = 0, length
    try:
        yield
    finally:
        building.LARGE, lists.LENGTH = before


def _solved(arrays: dict[str, Any]) -> Assignment | None:
    try:
        return assign(**arrays)
    except Infeasible:
        return None


def _values(answer: Assignment, problem: Small) -> tuple[int, ...]:
    return tuple(getattr(answer, name) for name in problem.order)


def _must_fail(certificate: dict[str, Any], arrays: dict[str, Any]) -> None:
    try:
        verify(certificate, **arrays)
    except InvalidCertificate:
        return
    raise AssertionError("A changed certificate, or one with another input, was accepted.")


def _places_in(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where everything is: numbers, words, lists and their parts."""
    if path:
        yield path
    if not isinstance(value, (dict, list)):
        return
    for key, each in value.items() if isinstance(value, dict) else enumerate(value):
        yield from _places_in(each, (*path, key))


def _changed(certificate: dict[str, Any], path: tuple[Any, ...], rng: Any) -> dict[str, Any]:
    """One number, word, list or part changed, doubled or gone."""
    changed = json.loads(json.dumps(certificate))
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    old = inner[path[-1]]
    if rng.random() < 0.3:
        del inner[path[-1]]
    elif isinstance(old, int):
        inner[path[-1]] = old + int(rng.choice((-1, 1, 1 << 40)))
    elif isinstance(old, str):
        inner[path[-1]] = old[::-1] if old[::-1] != old else f"{old}x"
    elif isinstance(old, list):
        inner[path[-1]] = [*old, old[0]] if old else [[0, 0]]
    else:
        inner[path[-1]] = None if old else {}
    return changed


def _with_one_other_number(arrays: dict[str, Any], rng: Any) -> dict[str, Any]:
    filled = {
        name: np.array(value)
        for name, value in arrays.items()
        if name != "order" and value is not None and len(value)
    }
    name = sorted(filled)[int(rng.integers(len(filled)))]
    array = filled[name].copy()
    at = int(rng.integers(len(array)))
    array[at] = not array[at] if array.dtype == bool else array[at] + 1
    return {**arrays, name: array}


def _forgeries(
    problem: Small, certificate: dict[str, Any], answer: Assignment, rng: Any
) -> Iterator[dict[str, Any]]:
    numbers = [path for path in _places_in(certificate["claims"]) if _is_number(certificate, path)]
    for at in rng.integers(0, len(numbers), MUTATIONS if numbers else 0).tolist():
        forged = json.loads(json.dumps(certificate))
        inner = forged["claims"]
        for step in numbers[at][:-1]:
            inner = inner[step]
        inner[numbers[at][-1]] += int(rng.choice((-1, 1)))
        yield _with_pairs(problem, forged, rng)
    yield _with_pairs(problem, certificate, rng)


def _is_number(certificate: dict[str, Any], path: tuple[Any, ...]) -> bool:
    inner: Any = certificate["claims"]
    for step in path:
        inner = inner[step]
    return type(inner) is int


def _with_pairs(problem: Small, certificate: dict[str, Any], rng: Any) -> dict[str, Any]:
    """Any allowed pairs in place of the chosen ones, with their true values."""
    for _ in range(20):
        chosen = np.flatnonzero(rng.random(len(problem.pairs)) < 0.5).tolist()
        if allowed(problem, chosen):
            values = values_of(replace(problem, order=OBJECTIVES), chosen)
            return certificate | {
                "pairs": sorted([list(problem.pairs[at]) for at in chosen]),
                "values": dict(zip(OBJECTIVES, values, strict=True)),
            }
    return certificate
