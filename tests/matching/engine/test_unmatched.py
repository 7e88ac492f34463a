"""Everybody left out hears why, within a budget that counts work and never asks a clock."""

from dataclasses import replace

import numpy as np
import pytest

from tests.matching.engine.people import adviser, crowd, learner, lenient
from viceversa.matching.engine import (
    Match,
    Problem,
    Rules,
    Settings,
    Want,
    build_problem,
    match_people,
    why_all_unmatched,
    why_unmatched,
)
from viceversa.matching.engine.explaining.proving import LEAST, Budget
from viceversa.matching.engine.people.altered import with_settings, with_wants

pytestmark = pytest.mark.pure


def short_of_advisers(seed: int = 3) -> Match:
    people = [replace(p, capacity=1) for p in crowd(60, seed)]
    return match_people(people, Settings(rules=Rules(shared_hours=0, min_rank_gap=0)))


def same(found: Problem, expected: Problem) -> bool:
    arrays = [(found.learner, expected.learner), (found.adviser, expected.adviser)]
    arrays += [(found.score, expected.score)]
    arrays += [(found.removed_of_learner, expected.removed_of_learner)]
    arrays += [(found.removed_of_adviser, expected.removed_of_adviser)]
    arrays += [(found.parts[name], expected.parts[name]) for name in expected.parts]
    equal = all(np.array_equal(one, other) for one, other in arrays)
    return equal and found.removed == expected.removed


def test_spare_adviser_hears_that_every_learner_is_served() -> None:
    match = match_people([learner(), adviser(), adviser("A2")], Settings())
    ((spare, role),) = match.unmatched
    found = why_unmatched(match, spare, role, budget=Budget(left=0))
    assert found.sentence == "Every learner has the advisers asked for."
    assert found.smallest_change is not None
    assert found.smallest_change.sentence == (
        "One more learner whom the rules allow, or one more place for such a learner."
    )
    assert not found.smallest_change.proved


def test_spare_adviser_without_any_pair_hears_the_rules_too() -> None:
    people = [learner(), adviser(), adviser("A2", offers={"Chess": 2})]
    (found,) = why_all_unmatched(match_people(people, Settings()))
    assert found.sentence.endswith(
        "The rules leave no learner: no wanted skill at the target level 1."
    )


def test_adviser_is_offered_a_place_while_a_learner_lacks_one() -> None:
    people = [learner("L1"), learner("L2", wants=(Want("Chess", 2),)), adviser(), adviser("A2")]
    match = match_people(people, Settings())
    by_person = {why.person_id: why for why in why_all_unmatched(match)}
    spare = next(person for person, role in match.unmatched if role == "adviser")
    change = by_person[spare].smallest_change
    assert change is not None
    assert change.sentence == "One more place for Learner L1."


def test_nothing_is_proved_once_the_budget_is_used_up() -> None:
    match = match_people([learner("L1"), learner("L2"), adviser()], Settings())
    ((person, _),) = match.unmatched
    budget = Budget(left=LEAST)
    first = why_unmatched(match, person, budget=budget).smallest_change
    second = why_unmatched(match, person, budget=budget).smallest_change
    assert first is not None
    assert second is not None
    assert (first.proved, second.proved, budget.left) == (True, False, 0)
    assert first.sentence == second.sentence


def test_all_reasons_together_are_the_same_every_time() -> None:
    assert why_all_unmatched(short_of_advisers()) == why_all_unmatched(short_of_advisers())


@pytest.mark.parametrize("seed", range(3))
def test_problem_with_other_rules_equals_one_made_afresh(seed: int) -> None:
    people = crowd(40, seed)
    before = build_problem(people, lenient(shared_hours=3), forbidden=[("p001", "p030")])
    for rules in (Rules(min_rank_gap=0), Rules(wanted_skill=False, same_unit=True)):
        settings = Settings(rules=rules)
        fresh = build_problem(people, settings, forbidden=[("p001", "p030")])
        assert same(with_settings(before, settings, [("p001", "p030")]), fresh)


@pytest.mark.parametrize("seed", range(3))
def test_problem_with_other_wants_of_one_learner_equals_one_made_afresh(seed: int) -> None:
    people = crowd(40, seed)
    before = build_problem(people, Settings())
    at = next(at for at, person in enumerate(people) if "learner" in person.roles)
    people[at] = replace(people[at], wants=(Want("Skill 3", 1, 1), Want("Skill 5", 2, 2)))
    assert same(with_wants(before, people[at], ()), build_problem(people, Settings()))
