"""Ten explanations of each kind, checked by solving again from the arrays or the people."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from tests.matching.engine.people import crowd
from viceversa.matching.engine import (
    Assignment,
    Match,
    Participant,
    Rules,
    Settings,
    Weights,
    assign,
    build_problem,
    confirm,
    match_people,
    what_if,
    why_not,
    why_pair,
    why_unmatched,
)
from viceversa.matching.engine.arrays import arrays_of
from viceversa.matching.engine.explaining.remedies import STEP
from viceversa.matching.engine.people.rules import rules_against

pytestmark = pytest.mark.pure
Ids = tuple[str, str]
SEEDS = range(10)
SWITCHED_OFF = {
    "reporting_line": {"reporting_line": False},
    "min_rank_gap": {"min_rank_gap": None},
    "shared_hours": {"shared_hours": 0},
    "wanted_skill": {"wanted_skill": False},
}


def crowded(seed: int, size: int = 40) -> Match:
    return match_people(crowd(size, seed), Settings(rules=Rules(shared_hours=3)))


def in_order(match: Match, answer: Assignment) -> tuple[int, ...]:
    return tuple(getattr(answer, name) for name in match.settings.order)


def solved(match: Match, *, pinned: Ids | None = None, without: Ids | None = None) -> Assignment:
    """``assign`` on the arrays of the match, one pair kept or one pair taken out."""
    arrays = arrays_of(match.problem, [pinned] if pinned else [])
    if without:
        gone = edge_of(match, without)
        for name in ("learner", "adviser", "score", "pinned"):
            arrays[name] = np.delete(arrays[name], gone)
    return assign(**arrays)


def edge_of(match: Match, ids: Ids) -> int:
    row, column = match.roster.row(ids[0]), match.roster.column(ids[1])
    assert row is not None
    assert column is not None
    edge = match.problem.edge(row, column)
    assert edge is not None
    return edge


def every_pair(match: Match) -> Iterator[Ids]:
    for row in range(len(match.roster.learners)):
        for column in range(len(match.roster.advisers)):
            yield match.roster.learner(row).id, match.roster.adviser(column).id


@pytest.mark.parametrize("seed", SEEDS)
def test_without_a_proposed_pair_the_programme_is_no_better_off(seed: int) -> None:
    match = crowded(seed)
    pair = match.pairs[seed % len(match.pairs)]
    ids = pair.learner_id, pair.adviser_id
    reasons = why_pair(match, *ids)
    assert reasons.chosen
    best = in_order(match, match.assignment)
    assert in_order(match, solved(match, pinned=ids)) == best
    assert in_order(match, solved(match, without=ids)) <= best
    for other in reasons.learner_alternatives:
        edge = edge_of(match, (ids[0], other.person_id))
        assert other.score == match.problem.score[edge] == reasons.score + other.difference
        assert in_order(match, solved(match, pinned=(ids[0], other.person_id))) <= best


@pytest.mark.parametrize("seed", SEEDS)
def test_a_rule_named_is_what_forbids_the_pair(seed: int) -> None:
    """With the only rule named switched off the pair is possible; with one of several it is not."""
    match = crowded(seed)
    without = {
        name: build_problem(
            match.roster.people, Settings(rules=replace(match.settings.rules, **off))
        )
        for name, off in SWITCHED_OFF.items()
    }
    asked = 0
    for ids in every_pair(match):
        found = why_not(match, *ids)
        if found.kind != "forbidden":
            continue
        names = [rule.name for rule in found.rules]
        row, column = match.roster.row(ids[0]), match.roster.column(ids[1])
        assert row is not None
        assert column is not None
        for name in names:
            if name in without:
                asked += 1
                assert (without[name].edge(row, column) is not None) is (names == [name])
    assert asked >= 10


@pytest.mark.parametrize("seed", SEEDS)
def test_what_a_pair_costs_is_confirmed_and_never_less_than_said(seed: int) -> None:
    match = crowded(seed)
    possible = (ids for ids in every_pair(match) if why_not(match, *ids).kind == "possible")
    asked = list(islice(possible, seed, seed + 10))
    assert asked
    best = in_order(match, match.assignment)
    for ids in asked:
        said, answer = why_not(match, *ids), solved(match, pinned=ids)
        after, confirmed = in_order(match, answer), confirm(match, *ids).difference
        assert confirmed is not None
        assert in_order(match, confirmed.match.assignment) == after <= best
        first = next((at for at, each in enumerate(best) if after[at] != each), None)
        if said.objective:
            assert first is not None
            at = match.settings.order.index(said.objective)
            assert first < at or best[at] - after[at] >= said.at_least > 0


@pytest.mark.parametrize("seed", SEEDS)
def test_counts_of_rules_are_those_of_asking_every_pair(seed: int) -> None:
    match = crowded(seed)
    rules = match.problem.rules
    for person, role in match.unmatched:
        first: dict[str, int] = {}
        for learner_id, adviser_id in every_pair(match):
            if person != (learner_id if role == "learner" else adviser_id):
                continue
            row, column = match.roster.row(learner_id), match.roster.column(adviser_id)
            assert row is not None
            assert column is not None
            name = next(iter(rules_against(rules, row, column)), "")
            first[name] = first.get(name, 0) + 1
        found = why_unmatched(match, person, role, prove=False)
        assert found.admissible == first.pop("", 0)
        assert found.removed == first


@pytest.mark.parametrize("seed", SEEDS)
def test_nobody_unmatched_could_be_matched_without_loss(seed: int) -> None:
    match = crowded(seed)
    best = in_order(match, match.assignment)
    for person, role in match.unmatched:
        own = [ids for ids in every_pair(match) if person == ids[role == "adviser"]]
        for ids in own:
            if why_not(match, *ids).kind == "possible":
                assert in_order(match, solved(match, pinned=ids)) <= best


def small(seed: int) -> Match:
    """Ten people with little in common, few places and one rule or the other too many."""
    people = [
        replace(
            person,
            capacity=1,
            rank=(seed + at * 5) % 4 + (2 if "learner" in person.roles else 0),
            timezone=("Europe/London", "America/New_York", "Asia/Tokyo")[(seed + at) % 3],
            offers=dict(list(person.offers.items())[:2]),
            wants=person.wants[:2],
        )
        for at, person in enumerate(crowd(10, seed))
    ]
    rules = Rules(
        min_rank_gap=2 if seed % 2 else 1,
        shared_hours=4,
        same_unit=seed % 4 == 0,
        wanted_skill=seed % 3 == 0,
    )
    return match_people(people, Settings(rules=rules, order=("coverage", "places", "total")))


def single_changes(
    match: Match, person: Participant, role: str
) -> Iterator[tuple[int, list[Participant], Settings]]:
    """Every single change there is: its size, and the people and settings after it."""
    people, settings = list(match.roster.people), match.settings
    rules = settings.rules
    for at, other in enumerate(people):
        more = "capacity" if role == "learner" else "demand"
        if more.replace("demand", "learner").replace("capacity", "adviser") in other.roles:
            changed = replace(other, **{more: getattr(other, more) + 1})
            yield 1, [*people[:at], changed, *people[at + 1 :]], settings
    assert rules.min_rank_gap is not None
    for gap in range(-8, rules.min_rank_gap):
        size = STEP["min_rank_gap"] * (rules.min_rank_gap - gap)
        yield size, people, with_rules(settings, min_rank_gap=gap)
    for half in range(round(rules.shared_hours * 2)):
        steps = -(-(rules.shared_hours * 2 - half) // 2)
        yield int(STEP["shared_hours"] * steps), people, with_rules(settings, shared_hours=half / 2)
    for name in ("past_partners", "same_unit", "shared_language"):
        if getattr(rules, name):
            yield STEP[name], people, with_rules(settings, **{name: False})
    if role == "learner":
        yield from lower_targets(people, person, settings)


def with_rules(settings: Settings, **changes: float | bool) -> Settings:
    return replace(settings, rules=replace(settings.rules, **changes))


def lower_targets(
    people: list[Participant], person: Participant, settings: Settings
) -> Iterator[tuple[int, list[Participant], Settings]]:
    at = people.index(person)
    for want in person.wants:
        for target in range(1, want.target):
            wants = tuple(replace(w, target=target) if w == want else w for w in person.wants)
            changed = [*people[:at], replace(person, wants=wants), *people[at + 1 :]]
            yield STEP["target_level"] * (want.target - target), changed, settings


@pytest.mark.parametrize("seed", range(24))
def test_the_smallest_change_is_the_smallest_of_all_single_changes(seed: int) -> None:
    match = small(seed)
    for person_id, role in match.unmatched:
        if role == "adviser" and match.all_met:
            continue
        person = match.roster.people[match.roster.index[person_id]]
        sizes = [
            size
            for size, people, settings in single_changes(match, person, role)
            if (person_id, role) not in match_people(people, settings).unmatched
        ]
        found = why_unmatched(match, person_id, role).smallest_change
        if found is None:
            assert sizes == []
        else:
            assert found.proved
            assert found.size[0] == min(sizes)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_if_is_the_answer_of_a_match_made_afresh(seed: int) -> None:
    match = crowded(seed)
    changed = replace(match.settings, weights=Weights(skills=5 + seed, goals=60, wishes=1 + seed))
    relaxed = replace(changed, rules=Rules(min_rank_gap=0, shared_hours=seed / 2))
    for settings in (changed, relaxed):
        difference = what_if(match, settings)
        fresh = match_people(crowd(40, seed), settings)
        assert difference.match.pairs == fresh.pairs
        before, after = partners(match), partners(fresh)
        moved = {
            person
            for person in before.keys() | after.keys()
            if before.get(person) != after.get(person)
        }
        assert {move.person_id for move in difference.moves} == moved
        for name, (was, now) in difference.figures.items():
            assert (was, now) == (getattr(match.assignment, name), getattr(fresh.assignment, name))


def partners(match: Match) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for learner_id, adviser_id in match.pair_ids:
        found.setdefault(learner_id, set()).add(adviser_id)
        found.setdefault(adviser_id, set()).add(learner_id)
    return found
