"""Matching again with few changes: the curve is exact, and each of its steps is proved."""

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matching.engine.brute import Small, allowed, best_values, problems, values_of
from tests.matching.engine.people import crowd
from viceversa.matching.engine import (
    BadInput,
    Infeasible,
    InvalidCertificate,
    Match,
    Participant,
    Places,
    Problem,
    Rules,
    Settings,
    assign,
    build_problem,
    match_people,
    problem_from_pairs,
    rematch,
    solve_problem,
    trade_off,
    verify,
)
from viceversa.matching.engine.arrays import arrays_of
from viceversa.matching.engine.people import building

pytestmark = pytest.mark.pure
Curve = list[tuple[int, int]]


@st.composite
def standing(draw: st.DrawFn) -> tuple[Small, list[int]]:
    """A small programme that asks for the total, and pairs of it that stand already."""
    small = draw(problems(plain=True))
    order = tuple(name for name in small.order if name != "total")
    pairs = st.lists(st.sampled_from(range(len(small.pairs))), unique=True)
    before = draw(pairs) if small.pairs else []
    return replace(small, order=(*order, "total")), before


def as_problem(small: Small) -> Problem:
    people = [
        Participant(f"L{row}", roles=frozenset({"learner"}), demand=demand)
        for row, demand in enumerate(small.demand)
    ]
    people += [
        Participant(f"A{column}", roles=frozenset({"adviser"}), capacity=capacity)
        for column, capacity in enumerate(small.capacity)
    ]
    scored = zip(small.pairs, small.score, strict=True)
    edges = [(f"L{i}", f"A{j}", score) for (i, j), score in scored]
    return problem_from_pairs(people, Settings(order=small.order), edges)


def ids(small: Small, edges: list[int]) -> list[tuple[str, str]]:
    return [(f"L{small.pairs[at][0]}", f"A{small.pairs[at][1]}") for at in edges]


def by_trying_all(small: Small, before: list[int]) -> dict[int, int]:
    """The highest total for each number of broken pairs, with the best of what comes first."""
    best = best_values(small)
    assert best is not None
    totals: dict[int, int] = {}
    for mask in range(1 << len(small.pairs)):
        chosen = [at for at in range(len(small.pairs)) if mask >> at & 1]
        if allowed(small, chosen):
            values = values_of(small, chosen)
            broken = len(set(before) - set(chosen))
            if values[:-1] == best[:-1]:
                totals[broken] = max(totals.get(broken, 0), values[-1])
    return totals


def envelope(totals: dict[int, int]) -> Curve:
    """The corners of the upper envelope, from the fewest broken pairs to the highest total."""
    points: Curve = []
    for broken, total in sorted(totals.items()):
        if points and total <= points[-1][1]:
            continue
        while len(points) > 1 and slope(points[-2], points[-1]) <= slope(
            points[-1], (broken, total)
        ):
            points.pop()
        points.append((broken, total))
    return points


def slope(one: tuple[int, int], other: tuple[int, int]) -> Fraction:
    return Fraction(other[1] - one[1], other[0] - one[0])


@settings(max_examples=1_000)
@given(standing())
def test_curve_has_every_corner_that_trying_everything_finds(case: tuple[Small, list[int]]) -> None:
    small, before = case
    curve = trade_off(as_problem(small), ids(small, before))
    assert [(step.broken, step.total) for step in curve] == envelope(by_trying_all(small, before))


@settings(max_examples=300)
@given(standing(), st.integers(0, 8))
def test_few_changes_are_best_among_all_with_as_few(
    case: tuple[Small, list[int]], most: int
) -> None:
    small, before = case
    found = rematch(as_problem(small), ids(small, before), most_changes=most)
    totals = by_trying_all(small, before)
    possible = [total for broken, total in totals.items() if broken <= most]
    assert found.exact is bool(possible)
    if possible:
        assert (found.broken <= most, found.total) == (True, max(possible))
    else:
        assert found.broken == min(totals)
        assert "cannot be had without giving up" in found.sentence


@settings(max_examples=200)
@given(standing())
def test_steps_rise_ever_less_and_their_certificates_hold(case: tuple[Small, list[int]]) -> None:
    small, before = case
    curve = trade_off(as_problem(small), ids(small, before))
    slopes = [
        slope((one.broken, one.total), (other.broken, other.total))
        for one, other in pairwise(curve)
    ]
    assert all(each > 0 for each in slopes)
    assert slopes == sorted(set(slopes), reverse=True)
    for step in curve:
        verify(step.assignment.certificate, **step.arrays())
        assert step.kept + step.broken == len(before)
    assert curve[-1].total == assign(**small.arrays()).total


def after_a_month(seed: int, **places: bool) -> tuple[Match, Problem]:
    """A match of 60 people, and the problem after five have left and five have joined."""
    chosen = Settings(rules=Rules(shared_hours=0), places=Places(**places))
    people = crowd(66, seed)
    before = match_people(people[:60], chosen)
    return before, build_problem([*people[5:60], *people[60:]], chosen)


def every_pair(problem: Problem) -> list[tuple[str, str]]:
    rows, columns = problem.learner.tolist(), problem.adviser.tolist()
    roster = problem.roster
    return [
        (roster.learner(row).id, roster.adviser(column).id)
        for row, column in zip(rows, columns, strict=True)
    ]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("places", [{}, {"one_other_field": True}])
def test_curve_of_a_programme_goes_from_the_fewest_changes_to_the_free_optimum(
    seed: int, places: dict[str, bool]
) -> None:
    before, problem = after_a_month(seed, **places)
    standing_pairs = sorted(before.pair_ids)
    curve = trade_off(problem, standing_pairs)
    free = match_people(problem.roster.people, problem.roster.settings)
    assert curve[-1].total == free.assignment.total
    counts = ("coverage", "floor", "places")
    for step in curve:
        verify(step.assignment.certificate, **step.arrays())
        for name in counts:
            assert getattr(step.assignment, name) == getattr(free.assignment, name)
    admissible = set(standing_pairs) & set(every_pair(problem))
    assert curve[-1].broken <= len(admissible - free.pair_ids)


def test_a_pin_holds_on_every_step() -> None:
    before, problem = after_a_month(1)
    free = match_people(problem.roster.people, problem.roster.settings)
    pin = min(free.pair_ids - before.pair_ids)
    for step in trade_off(problem, sorted(before.pair_ids), pins=[pin]):
        assert pin in step.pairs


def test_nothing_changes_where_nobody_came_or_went() -> None:
    before, _ = after_a_month(2)
    (only,) = trade_off(before, sorted(before.pair_ids))
    assert (only.broken, set(only.pairs)) == (0, set(before.pair_ids))


def test_people_who_left_do_not_count_as_changes() -> None:
    before, _ = after_a_month(3)
    gone = [*sorted(before.pair_ids), ("nobody", "p001")]
    assert trade_off(before, gone)[0].broken == 0


def test_a_cut_curve_keeps_both_ends() -> None:
    before, problem = after_a_month(0)
    standing_pairs = sorted(before.pair_ids)
    whole, cut = (
        trade_off(problem, standing_pairs),
        trade_off(problem, standing_pairs, most_steps=2),
    )
    assert len(whole) > 2
    assert [step.total for step in cut] == [whole[0].total, whole[-1].total]


def test_a_negative_number_of_changes_is_refused() -> None:
    before, _ = after_a_month(0)
    with pytest.raises(BadInput, match="must not be negative"):
        rematch(before, [], most_changes=-1)


def test_another_worth_than_the_one_certified_is_found() -> None:
    before, problem = after_a_month(0)
    step = trade_off(problem, sorted(before.pair_ids))[0]
    arrays = step.arrays()
    arrays["worth"] = arrays["worth"] + (np.arange(len(arrays["worth"])) == 0)
    with pytest.raises(InvalidCertificate, match="other scores"):
        verify(step.assignment.certificate, **arrays)


def test_curve_from_lists_has_the_ends_of_the_curve_over_all_pairs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, problem = after_a_month(1)
    monkeypatch.setattr(building, "LARGE", 0)
    monkeypatch.setattr("viceversa.matching.engine.people.lists.LENGTH", 3)
    listed = build_problem(problem.roster.people, problem.roster.settings)
    assert listed.lists is not None
    standing_pairs = sorted(before.pair_ids)
    whole, found = trade_off(problem, standing_pairs), trade_off(listed, standing_pairs)
    assert found[0] == replace(whole[0], points=found[0].points)
    assert found[-1].total == whole[-1].total
    for step in found:
        verify(step.assignment.certificate, **step.arrays())


def test_a_pin_that_a_rule_forbids_is_refused_by_name() -> None:
    before, problem = after_a_month(1)
    pin = every_pair(problem)[0]
    people, chosen = problem.roster.people, problem.roster.settings
    ruled_out = build_problem(people, chosen, forbidden=[pin])
    with pytest.raises(Infeasible, match="this is not allowed: Ruled out"):
        trade_off(ruled_out, sorted(before.pair_ids), pins=[pin])


def test_between_corners_of_a_large_programme_the_corner_below_is_given_with_a_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, problem = after_a_month(0)
    standing_pairs = sorted(before.pair_ids)
    curve = trade_off(problem, standing_pairs)
    below, above = next(
        (one, other) for one, other in pairwise(curve) if other.broken - one.broken > 1
    )
    best = rematch(problem, standing_pairs, most_changes=below.broken + 1)
    monkeypatch.setattr("viceversa.matching.engine.explaining.rematch.SMALL", 0)
    given_up = rematch(problem, standing_pairs, most_changes=below.broken + 1)
    assert (given_up.exact, given_up.total) == (False, below.total)
    assert best.exact
    most = (above.total - below.total) // (above.broken - below.broken)
    assert below.total <= best.total <= below.total + most
    assert f"could bring {most:,} point" in given_up.sentence


@settings(max_examples=300)
@given(standing())
def test_a_step_in_whole_points_is_what_a_programme_set_to_these_points_gives(
    case: tuple[Small, list[int]],
) -> None:
    small, before = case
    problem, stood = as_problem(small), ids(small, before)
    totals = by_trying_all(small, before)
    for step in trade_off(problem, stood, whole=True, most_steps=3):
        points = int(step.points)
        favoured = problem.favouring(stood, points)
        match = solve_problem(favoured)
        verify(match.assignment.certificate, **arrays_of(favoured, ()))
        assert match.pair_ids == frozenset(step.pairs)
        assert step.total == totals[step.broken]
        kept = len(before) - step.broken
        most = max(total + points * (len(before) - b) for b, total in totals.items())
        assert step.total + points * kept == most
