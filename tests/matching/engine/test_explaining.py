from dataclasses import replace

import pytest

from tests.matching.engine.people import adviser, crowd, learner, lenient
from viceversa.matching.engine import (
    BadInput,
    Infeasible,
    Match,
    Rules,
    Settings,
    Want,
    Weights,
    build_problem,
    confirm,
    fairness,
    match_people,
    solve_problem,
    what_if,
    why_not,
    why_pair,
    why_unmatched,
)
from viceversa.matching.engine.arrays import arrays_of

pytestmark = pytest.mark.pure


def crowded(seed: int) -> Match:
    return match_people(crowd(40, seed), Settings(rules=Rules(shared_hours=3)))


def values(match: Match) -> tuple[int, ...]:
    return tuple(getattr(match.assignment, name) for name in match.settings.order)


def test_reason_names_the_want_the_unit_and_the_hours() -> None:
    match = match_people([learner(), adviser()], Settings())
    assert match.pairs[0].reason == (
        "Teaches Short video, the learner's first want; other unit; 8 shared hours a day."
    )


def test_points_of_the_parts_add_up_to_the_score() -> None:
    match = crowded(1)
    for pair in match.pairs:
        reasons = why_pair(match, pair.learner_id, pair.adviser_id)
        points = sum(part.points for part in reasons.parts)
        assert reasons.score - len(reasons.parts) <= points <= reasons.score


def test_alternatives_are_admissible_and_ranked() -> None:
    match = crowded(1)
    pair = match.pairs[0]
    found = why_pair(match, pair.learner_id, pair.adviser_id).learner_alternatives
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    assert all(one.difference == one.score - pair.score for one in found)


def test_forbidden_pair_lists_every_rule_with_its_values() -> None:
    people = [learner(rank=2), adviser(), adviser("A2", rank=2, manager_id="L1")]
    found = why_not(match_people(people, lenient(min_rank_gap=1)), "L1", "A2")
    assert [rule.name for rule in found.rules] == ["reporting_line", "min_rank_gap"]
    assert "The rank gap is 0; the programme asks for 1 or more." in found.sentence


def test_keep_apart_never_says_who_asked() -> None:
    people = [learner(keep_apart=frozenset({"A2"})), adviser(), adviser("A2")]
    found = why_not(match_people(people, Settings()), "L1", "A2")
    by_coordinator = match_people(
        [learner(), adviser(), adviser("A2")], Settings(), forbidden=[("L1", "A2")]
    )
    assert found.sentence == why_not(by_coordinator, "L1", "A2").sentence
    assert [(rule.name, rule.label) for rule in found.rules] == [("ruled_out", "Ruled out")]


def test_keep_apart_and_a_coordinators_word_are_told_once_and_counted_together() -> None:
    people = [learner(keep_apart=frozenset({"A1"})), adviser(), adviser("A2")]
    match = match_people(people, Settings(), forbidden=[("L1", "A1"), ("L1", "A2")])
    assert [rule.name for rule in why_not(match, "L1", "A1").rules] == ["ruled_out"]
    why = why_unmatched(match, "L1")
    assert why.removed == {"ruled_out": 2}
    assert why.sentence == "The rules leave no adviser: ruled out 2."
    with pytest.raises(Infeasible) as caught:
        solve_problem(match.problem, pins=[("L1", "A1")])
    assert caught.value.sentence.count("cannot be in one partnership") == 1


@pytest.mark.parametrize("seed", range(3))
def test_least_loss_is_confirmed_by_solving_again_with_the_pair_pinned(seed: int) -> None:
    match = crowded(seed)
    roster = match.roster
    asked = 0
    for row in range(0, len(roster.learners), 3):
        for column in range(0, len(roster.advisers), 2):
            ids = roster.learner(row).id, roster.adviser(column).id
            found = why_not(match, *ids)
            if found.kind != "possible":
                continue
            asked += 1
            confirmed = confirm(match, *ids)
            assert confirmed.difference is not None
            after = confirmed.difference.match
            assert ids in after.pair_ids
            assert values(after) <= values(match)
            if found.objective:
                lost = [a - b for a, b in zip(values(match), values(after), strict=True)]
                at = match.settings.order.index(found.objective)
                assert any(lost[:at]) or lost[at] >= found.at_least
    assert asked


def test_unmatched_learner_hears_which_rule_and_the_smallest_change() -> None:
    people = [learner(rank=2), adviser(rank=1), adviser("A2", rank=1)]
    found = why_unmatched(match_people(people, lenient(min_rank_gap=2)), "L1")
    assert found.removed == {"min_rank_gap": 2}
    assert found.smallest_change is not None
    assert found.smallest_change.sentence == "Rank gap 2 → 1: 2 candidates."
    assert found.smallest_change.proved


def test_one_more_place_is_offered_when_places_are_short() -> None:
    people = [learner("L1"), learner("L2"), adviser()]
    match = match_people(people, Settings())
    (left_out, role) = next(one for one in match.unmatched if one[1] == "learner")
    found = why_unmatched(match, left_out, role)
    assert found.smallest_change is not None
    assert found.smallest_change.sentence == "One more place for Adviser A1."


def test_lower_target_level_is_offered_before_a_rule_of_the_programme() -> None:
    people = [
        learner(rank=2, wants=(Want("Short video", 4),)),
        adviser(rank=1, offers={"Short video": 3}),
        adviser("A2", rank=2, offers={"Short video": 4}),
    ]
    found = why_unmatched(match_people(people, Settings()), "L1")
    assert [remedy.kind for remedy in found.remedies] == ["target_level", "min_rank_gap"]
    assert found.smallest_change is not None
    assert found.smallest_change.kind == "target_level"


def test_protecting_rules_are_never_offered_for_change() -> None:
    people = [learner(keep_apart=frozenset({"A2"})), adviser(manager_id="L1"), adviser("A2")]
    found = why_unmatched(match_people(people, Settings()), "L1")
    assert found.remedies == ()


@pytest.mark.parametrize("seed", range(3))
def test_proved_remedies_match_the_person_when_applied(seed: int) -> None:
    match = crowded(seed + 10)
    for person, role in match.unmatched[:6]:
        remedy = why_unmatched(match, person, role).smallest_change
        if remedy is None or remedy.settings is None:
            continue
        after = match_people(match.roster.people, remedy.settings)
        assert (person, role) not in after.unmatched


def test_matched_person_cannot_be_explained_as_unmatched() -> None:
    match = match_people([learner(), adviser()], Settings())
    with pytest.raises(BadInput, match="not an unmatched learner"):
        why_unmatched(match, "L1")


def test_what_if_equals_a_fresh_match_and_names_who_moves() -> None:
    match = crowded(4)
    changed = replace(match.settings, weights=Weights(skills=5, goals=60))
    difference = what_if(match, changed)
    fresh = match_people(match.roster.people, changed)
    assert difference.match.pairs == fresh.pairs
    assert difference.match.assignment.certificate == fresh.assignment.certificate
    moved = {move.person_id for move in difference.moves if move.role == "learner"}
    pairs = set(difference.dropped) | set(difference.added)
    assert moved == {learner_id for learner_id, _ in pairs}
    assert difference.kept + len(difference.dropped) == len(match.pairs)


def test_what_if_with_a_pin_keeps_the_pair() -> None:
    match = crowded(5)
    pair = match.pairs[0]
    forbidden = what_if(match, forbidden=[(pair.learner_id, pair.adviser_id)])
    assert (pair.learner_id, pair.adviser_id) in forbidden.dropped
    back = what_if(forbidden.match, forbidden=(), pins=[(pair.learner_id, pair.adviser_id)])
    assert (pair.learner_id, pair.adviser_id) in back.match.pair_ids


def test_pin_against_a_rule_is_refused_with_names() -> None:
    with pytest.raises(Infeasible, match=r"Learner L1 is pinned to Adviser A1, .*rank gap is -3"):
        match_people([learner(rank=-2), adviser()], Settings(), pins=[("L1", "A1")])


def test_pin_against_a_rule_names_the_people_and_the_rule_wherever_it_is_found() -> None:
    problem = build_problem([learner(rank=1), adviser()], Settings())
    with pytest.raises(Infeasible) as caught:
        arrays_of(problem, [("L1", "A1")])
    assert caught.value.sentence == (
        "Learner L1 is pinned to Adviser A1, but this is not allowed: "
        "Least rank gap: The rank gap is 0; the programme asks for 1 or more."
    )


def test_minimums_that_cannot_be_met_name_people() -> None:
    people = [learner(), adviser(minimum=1), adviser("A2", minimum=1)]
    with pytest.raises(Infeasible, match="Adviser A1 and Adviser A2 must have at least 2 learners"):
        match_people(people, Settings())


def test_fairness_counts_wishes_envy_and_those_left_out_before() -> None:
    people = [
        learner("L1", asks=("A1",), priority=2),
        learner("L2", asks=("A1",)),
        adviser(),
        adviser("A2"),
    ]
    report = fairness(match_people(people, Settings()))
    assert (report.learners.count, report.learners.base) == (2, 2)
    assert (report.first_wish.count, report.first_wish.base) == (1, 2)
    assert (report.left_out_before.count, report.left_out_before.base) == (1, 1)
    assert sum(report.histogram) == 2
    assert report.envy == 0


def test_warm_start_gives_the_same_match() -> None:
    people = crowd(40, 8)
    cold = match_people(people, Settings())
    assert match_people(people, Settings(), warm=cold).pairs == cold.pairs


def test_progress_is_told_for_each_phase() -> None:
    seen: list[str] = []
    match_people(crowd(20, 1), Settings(), progress=lambda phase, share: seen.append(phase))
    assert list(dict.fromkeys(seen)) == ["candidates", "assignment"]
