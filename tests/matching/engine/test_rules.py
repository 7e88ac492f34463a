from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.matching.engine.people import adviser, crowd, learner, lenient
from viceversa.matching.engine import (
    AttributeRule,
    BadInput,
    Participant,
    Rules,
    Settings,
    Want,
    build_problem,
    match_people,
)
from viceversa.matching.engine.people.lines import ReportingLines
from viceversa.matching.engine.people.rules import rules_against

pytestmark = pytest.mark.pure


def broken(*people: Participant, settings: Settings | None = None) -> tuple[str, ...]:
    """All rules that forbid the pair of L1 and A1."""
    problem = build_problem(people, settings or Settings())
    row, column = problem.roster.row("L1"), problem.roster.column("A1")
    assert row is not None
    assert column is not None
    names = rules_against(problem.rules, row, column)
    assert (problem.edge(row, column) is None) == bool(names)
    return names


def test_people_who_fit_are_admissible() -> None:
    assert broken(learner(), adviser()) == ()


@pytest.mark.parametrize(
    ("senior", "junior", "rules", "expected"),
    [
        ({"rank": 1}, {}, {}, "min_rank_gap"),
        ({"rank": None}, {}, {}, "min_rank_gap"),
        ({"rank": 2}, {}, {"min_rank_gap": 2}, "min_rank_gap"),
        ({}, {}, {"max_rank_gap": 3}, "max_rank_gap"),
        ({"keep_apart": frozenset({"A1"})}, {}, {}, "keep_apart"),
        ({}, {"keep_apart": frozenset({"L1"})}, {}, "keep_apart"),
        ({"decides_pay_of": frozenset({"A1"})}, {}, {}, "pay_or_promotion"),
        ({"past_partners": frozenset({"A1"})}, {}, {}, "past_partners"),
        ({"unit": "design "}, {}, {"same_unit": True}, "same_unit"),
        ({"timezone": "Asia/Tokyo"}, {}, {}, "shared_hours"),
        ({"languages": frozenset({"en"})}, {"languages": frozenset({"de"})}, {}, "shared_language"),
        ({}, {"offers": {"Short video": 1}}, {}, "wanted_skill"),
        ({"demand": 0}, {}, {}, "capacity"),
        ({}, {"capacity": 0}, {}, "capacity"),
        ({}, {"manager_id": "L1"}, {}, "reporting_line"),
    ],
)
def test_each_rule_forbids_and_is_named(
    senior: dict[str, Any], junior: dict[str, Any], rules: dict[str, Any], expected: str
) -> None:
    assert broken(learner(**senior), adviser(**junior), settings=lenient(**rules)) == (expected,)


def test_learners_who_have_not_said_what_they_want_are_not_held_to_it() -> None:
    assert broken(learner(wants=()), adviser(offers={})) == ()


def test_line_through_people_who_take_no_part_counts() -> None:
    between = Participant(id="M", manager_id="L1")
    assert broken(learner(), between, adviser(manager_id="M")) == ("reporting_line",)


def test_unknown_manager_and_cycles_do_no_harm() -> None:
    loop = [Participant(id="X", manager_id="Y"), Participant(id="Y", manager_id="X")]
    assert broken(learner(manager_id="nobody"), adviser(manager_id="X"), *loop) == ()


def test_members_of_a_cycle_are_in_each_others_line() -> None:
    assert broken(learner(manager_id="A1"), adviser(manager_id="L1")) == ("reporting_line",)


def test_past_partners_may_go_on_when_one_asks() -> None:
    past = frozenset({"A1"})
    assert broken(learner(past_partners=past, asks=("A1",)), adviser()) == ()


def test_all_rules_against_one_pair_are_listed() -> None:
    names = broken(learner(rank=0, wants=(Want("Podcasts"),)), adviser(manager_id="L1"))
    assert names == ("reporting_line", "min_rank_gap", "wanted_skill")


def test_nobody_advises_themselves() -> None:
    both = learner(roles=frozenset({"learner", "adviser"}), offers={"Short video": 4})
    problem = build_problem([both], Settings(rules=Rules(min_rank_gap=None, reporting_line=False)))
    assert problem.removed["same_person"] == 1


def test_forbidden_pair_is_counted_under_its_own_name() -> None:
    problem = build_problem([learner(), adviser()], Settings(), forbidden=[("L1", "A1")])
    assert problem.removed["forbidden"] == 1


def test_summer_time_counts_at_the_reference_date() -> None:
    """London and New York are 4 hours apart for two weeks in March, else 5."""
    people = [learner(timezone="America/New_York"), adviser(timezone="Europe/London")]
    near = Settings(reference_date=date(2026, 3, 16), rules=Rules(shared_hours=4))
    far = Settings(reference_date=date(2026, 1, 15), rules=Rules(shared_hours=4))
    assert broken(*people, settings=near) == ()
    assert broken(*people, settings=far) == ("shared_hours",)


def test_night_work_wraps_past_midnight() -> None:
    night = adviser(working_hours=(22.0, 6.0))
    early = learner(working_hours=(4.0, 12.0))
    assert broken(early, night) == ()


def test_own_attribute_can_be_insisted_on() -> None:
    people = [learner(attributes={"guild": "red"}), adviser(attributes={"guild": "blue"})]
    strict = Settings(attributes={"guild": AttributeRule(insist="same")})
    assert broken(*people, settings=strict) == ("attribute guild",)


def test_every_pair_is_either_admissible_or_counted_once() -> None:
    problem = build_problem(crowd(60, 1), Settings())
    pairs = len(problem.roster.learners) * len(problem.roster.advisers)
    assert sum(problem.removed.values()) + len(problem.learner) == pairs


def test_order_of_rows_never_matters() -> None:
    people = crowd(50, 2)
    first, second = match_people(people, Settings()), match_people(people[::-1], Settings())
    assert first.pairs == second.pairs
    assert first.assignment.certificate == second.assignment.certificate


def test_score_is_the_weighted_mean_of_its_parts() -> None:
    match = match_people(crowd(50, 3), Settings())
    weights = match.settings.part_weights()
    for pair in match.pairs:
        assert all(0 <= share <= 10_000 for share in pair.parts.values())
        mixed = sum(weights[name] * share for name, share in pair.parts.items())
        assert pair.score == mixed // sum(weights.values())


def test_two_people_with_one_id_are_refused() -> None:
    with pytest.raises(BadInput, match='Two people have the id "L1"'):
        build_problem([learner(), learner(), adviser()], Settings())


def test_unknown_time_zone_is_named() -> None:
    with pytest.raises(BadInput, match='Learner L1: There is no time zone "Mars/Base"'):
        build_problem([learner(timezone="Mars/Base"), adviser()], Settings())


@given(st.lists(st.integers(-1, 11), min_size=1, max_size=12))
def test_reporting_lines_equal_walking_up_step_by_step(manager: list[int]) -> None:
    manager = [boss if boss < len(manager) else -1 for boss in manager]
    lines = ReportingLines(np.array(manager))

    def above(person: int) -> set[int]:
        found: set[int] = set()
        boss = manager[person]
        while boss >= 0 and boss not in found:
            found.add(boss)
            boss = manager[boss]
        return found

    for a in range(len(manager)):
        for b in range(len(manager)):
            expected = a == b or a in above(b) or b in above(a)
            assert bool(lines.related(np.array([a]), np.array([b]))[0]) == expected
