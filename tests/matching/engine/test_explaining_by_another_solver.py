"""Ten explanations of each kind on people nobody has looked at, checked by scipy's branch and cut.

Nothing here asks our own solver a second time: its answers are compared with those of an integer
programme over the same pairs and scores.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from tests.matching.engine.integer_programme import (
    Programme,
    best_by_programme,
    chosen_by_programme,
)
from tests.matching.engine.people import crowd
from tests.matching.engine.test_explaining_again import single_changes, small
from viceversa.matching.engine import (
    Match,
    Participant,
    Problem,
    Rules,
    Settings,
    Weights,
    build_problem,
    confirm,
    match_people,
    rematch,
    trade_off,
    what_if,
    why_not,
    why_pair,
    why_unmatched,
)
from viceversa.matching.engine.arrays import arrays_of

pytestmark = pytest.mark.pure
Ids = tuple[str, str]
SEEDS = range(4_000, 4_010)
RULES = Rules(shared_hours=3)


def matched(seed: int) -> Match:
    return match_people(crowd(30, seed), Settings(rules=RULES))


def best(match: Match, *, pinned: Ids | None = None, without: Ids | None = None) -> tuple[int, ...]:
    """In the programme's order, one pair kept or one pair taken out."""
    arrays = arrays_of(match.problem, [pinned] if pinned else [])
    if without:
        ends = [ids_at(match, at) for at in range(len(match.problem.learner))]
        for name in ("learner", "adviser", "score", "pinned"):
            arrays[name] = np.delete(arrays[name], ends.index(without))
    found = best_by_programme(arrays)
    assert found is not None
    return found


def ids_at(match: Match, edge: int) -> Ids:
    row, column = int(match.problem.learner[edge]), int(match.problem.adviser[edge])
    return match.roster.learner(row).id, match.roster.adviser(column).id


def own_values(match: Match) -> tuple[int, ...]:
    return tuple(getattr(match.assignment, name) for name in match.settings.order)


def possible(match: Match) -> list[Ids]:
    every = [ids_at(match, at) for at in range(len(match.problem.learner))]
    return [ids for ids in every if ids not in match.pair_ids]


@pytest.mark.parametrize("seed", SEEDS)
def test_why_this_pair_with_it_all_is_best_and_without_it_or_with_another_never_better(
    seed: int,
) -> None:
    match = matched(seed)
    ids = sorted(match.pair_ids)[seed % len(match.pair_ids)]
    reasons = why_pair(match, *ids)
    whole = own_values(match)
    assert whole == best(match) == best(match, pinned=ids)
    assert best(match, without=ids) <= whole
    for other in reasons.learner_alternatives[:2]:
        other_ids = ids[0], other.person_id
        assert best(match, pinned=other_ids) <= whole
        edge = [ids_at(match, at) for at in range(len(match.problem.learner))].index(other_ids)
        assert other.score == match.problem.score[edge]


@pytest.mark.parametrize("seed", SEEDS)
def test_why_not_that_pair_costs_what_the_other_solver_says(seed: int) -> None:
    match = matched(seed)
    whole, order = own_values(match), match.settings.order
    for ids in possible(match)[seed % 7 :: 29][:3]:
        said, after = why_not(match, *ids), best(match, pinned=ids)
        difference = confirm(match, *ids).difference
        assert said.kind == "possible"
        assert difference is not None
        assert own_values(difference.match) == after <= whole
        if said.objective:
            at = order.index(said.objective)
            assert after[:at] < whole[:at] or whole[at] - after[at] >= said.at_least > 0


@pytest.mark.parametrize("seed", SEEDS)
def test_why_not_that_pair_names_the_rules_that_reading_the_two_people_shows(seed: int) -> None:
    match, asked = matched(seed), 0
    people = {person.id: person for person in crowd(30, seed)}
    for learner in people.values():
        for adviser in people.values():
            if "learner" not in learner.roles or "adviser" not in adviser.roles:
                continue
            named = {rule.name for rule in why_not(match, learner.id, adviser.id).rules}
            asked += 1
            assert named & READ == read_from(learner, adviser)
    assert asked >= 10


READ = frozenset({"min_rank_gap", "wanted_skill", "same_unit", "shared_language"})


def read_from(learner: Participant, adviser: Participant) -> set[str]:
    """Of the rules that two people alone decide, those broken."""
    assert learner.rank is not None
    assert adviser.rank is not None
    assert RULES.min_rank_gap is not None
    offered = any(adviser.offers.get(want.skill, 0) >= want.target for want in learner.wants)
    close = learner.rank - adviser.rank < RULES.min_rank_gap
    return {
        name for name, broken in (("min_rank_gap", close), ("wanted_skill", not offered)) if broken
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_why_unmatched_nobody_of_them_could_be_matched_without_loss(seed: int) -> None:
    match = matched(seed)
    whole = own_values(match)
    for person, role in match.unmatched[:2]:
        own = [ids for ids in possible(match) if person == ids[role == "adviser"]]
        assert why_unmatched(match, person, role, prove=False).admissible == len(own)
        for ids in own[:4]:
            assert best(match, pinned=ids) <= whole


@pytest.mark.parametrize("seed", [100, 101, 108, 109, 110])
def test_smallest_change_is_the_smallest_of_all_by_the_other_solver(seed: int) -> None:
    match = small(seed)
    for person_id, role in match.unmatched:
        if role == "adviser" and match.all_met:
            continue
        person = match.roster.people[match.roster.index[person_id]]
        found = why_unmatched(match, person_id, role).smallest_change
        most = found.size[0] if found else np.inf
        sizes = {
            size
            for size, people, settings in single_changes(match, person, role)
            if size <= most and is_matched(build_problem(people, settings), person_id, role)
        }
        assert sizes == ({most} if found else set())


def is_matched(problem: Problem, person_id: str, role: str) -> bool:
    if not len(problem.learner):
        return False
    chosen = sorted(chosen_by_programme(arrays_of(problem, [])))
    roster = problem.roster
    if role == "learner":
        return person_id in {roster.learner(int(row)).id for row in problem.learner[chosen]}
    return person_id in {roster.adviser(int(at)).id for at in problem.adviser[chosen]}


@pytest.mark.parametrize("seed", SEEDS)
def test_what_if_gives_the_pairs_and_figures_of_the_other_solver(seed: int) -> None:
    match = matched(seed)
    rules = Rules(min_rank_gap=seed % 2, shared_hours=seed % 5)
    settings = Settings(rules=rules, weights=Weights(skills=3 + seed % 4, goals=50))
    difference = what_if(match, settings)
    problem = build_problem(crowd(30, seed), settings)
    arrays = arrays_of(problem, [])
    after = dict(zip(arrays["order"], best_by_programme(arrays) or (), strict=True))
    figures = {name: now for name, (_, now) in difference.figures.items()}
    assert after
    assert after.items() <= figures.items()
    fresh = replace(match, problem=problem)
    chosen = {ids_at(fresh, at) for at in chosen_by_programme(arrays)}
    assert difference.match.pair_ids == chosen


def people_after(seed: int) -> list[Participant]:
    """Three have left and five have joined."""
    joined = [replace(one, id=f"n{one.id}") for one in crowd(60, seed + 1)[5:10]]
    return [*crowd(30, seed)[3:], *[replace(one, manager_id="", asks=()) for one in joined]]


def totals_by_changes(problem: Problem, before: set[Ids]) -> Iterator[tuple[int, int | None]]:
    """For each number of changes allowed, the highest total, with the best of what comes first."""
    arrays: dict[str, Any] = arrays_of(problem, [])
    roster = problem.roster
    ends = zip(problem.learner, problem.adviser, strict=True)
    stood = np.array(
        [(roster.learner(int(i)).id, roster.adviser(int(j)).id) in before for i, j in ends]
    )
    for most in range(int(stood.sum()) + 1):
        programme = Programme(arrays)
        for name in arrays["order"][:-1]:
            programme.settle(name)
        programme.keep_at_least(stood, int(stood.sum()) - most)
        yield most, programme.solve(arrays["order"][-1])


@pytest.mark.parametrize("seed", SEEDS)
def test_rematch_has_the_highest_total_for_every_number_of_changes(seed: int) -> None:
    before = set(matched(seed).pair_ids)
    problem = build_problem(people_after(seed), Settings(rules=RULES))
    curve = {step.broken: step.total for step in trade_off(problem, sorted(before))}
    asked = 0
    for most, total in totals_by_changes(problem, before):
        found = rematch(problem, sorted(before), most_changes=most)
        assert found.exact is (total is not None)
        if total is not None:
            assert (found.total, found.broken <= most) == (total, True)
            assert curve.get(most, total) == total
        asked += 1
    assert asked >= 3
