"""Large programmes are solved on every learner's best few, and the answer is the same."""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.matching.engine.people import crowd
from viceversa.matching.engine import (
    InvalidCertificate,
    Participant,
    Rules,
    Settings,
    confirm,
    match_people,
    why_not,
)
from viceversa.matching.engine.arrays import arrays_of
from viceversa.matching.engine.files.replies import best_replies
from viceversa.matching.engine.people import building
from viceversa.matching.engine.people.facts import facts_of, rule_names
from viceversa.matching.engine.people.listing import Question, list_advisers, parts_of
from viceversa.matching.engine.people.lists import with_pairs
from viceversa.matching.engine.people.problem import Problem, collect
from viceversa.matching.engine.people.roster import call_the_roll
from viceversa.matching.engine.people.rules import hard_rules
from viceversa.matching.engine.people.scoring import score_parts
from viceversa.matching.engine.people.settings import AttributeRule, Places
from viceversa.matching.engine.people.shelf import shelf_of
from viceversa.matching.engine.solving.certificate import digest
from viceversa.matching.engine.verifier import verify

pytestmark = pytest.mark.pure

PROGRAMMES = (
    Settings(),
    Settings(places=Places(advisers_per_learner=2, learners_per_adviser=2)),
    Settings(rules=Rules(min_rank_gap=None, wanted_skill=False), order=("places", "total")),
    Settings(
        reference_date=date(2026, 7, 1),
        rules=Rules(max_rank_gap=3, same_unit=True, shared_hours=4.0),
        attributes={"site": AttributeRule(weight=10, prefer="different", insist="")},
    ),
    Settings(attributes={"site": AttributeRule(weight=5, prefer="same", insist="different")}),
)


def sited(size: int, seed: int) -> list[Participant]:
    """A crowd with an attribute, wishes of advisers, people kept apart and former partners."""
    found = []
    for at, person in enumerate(crowd(size, seed)):
        changes: dict[str, Any] = {"attributes": {"site": ("north", "south", "")[at % 3]}}
        if at % 5 == 0:
            changes["keep_apart"] = frozenset({f"p{(at * 7 + 3) % size:03d}"})
            changes["past_partners"] = frozenset({f"p{(at * 3 + 1) % size:03d}"})
        if at % 4 == 1:
            changes["adviser_wishes"] = (f"p{(at * 5 + 2) % size:03d}",)
            changes["decides_pay_of"] = frozenset({f"p{(at + 9) % size:03d}"})
        if at % 17 == 0:
            changes["rank"] = None
        found.append(replace(person, **changes))
    return found


@given(st.integers(0, 10_000), st.sampled_from(PROGRAMMES))
def test_compiled_rules_and_scores_equal_the_tables(seed: int, settings: Settings) -> None:
    forbidden = [("p001", "p002"), ("p003", "p040")]
    roster = call_the_roll(sited(60, seed), settings)
    whole = collect(roster, hard_rules(roster, forbidden), score_parts(roster))
    facts = facts_of(roster, forbidden)
    rows = np.arange(len(roster.learners))
    everybody = [Question(len(roster.advisers))]
    (listed,) = list_advisers(facts, shelf_of(facts), roster, rows, everybody)
    row, column, score = listed.pairs()
    order = np.lexsort((column, row))
    assert np.array_equal(row[order], whole.learner)
    assert np.array_equal(column[order], whole.adviser)
    assert np.array_equal(score[order], whole.score)
    counted = dict(zip(rule_names(roster), listed.removed.sum(axis=0).tolist(), strict=True))
    assert {name: counted[name] for name in whole.removed} == whole.removed
    compiled = collect(roster, whole.rules, whole.made, facts=facts)
    assert np.array_equal(compiled.removed_of_adviser, whole.removed_of_adviser)
    assert np.array_equal(compiled.removed_of_learner, whole.removed_of_learner)
    parts, fine = parts_of(facts, roster, whole.learner, whole.adviser)
    assert fine.all()
    assert {n: p.tolist() for n, p in parts.items()} == {
        n: p.tolist() for n, p in whole.parts.items()
    }


@pytest.mark.parametrize("settings", PROGRAMMES)
@pytest.mark.parametrize("seed", range(8))
def test_lists_give_the_same_answer_as_all_pairs(
    seed: int, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = sited(300, seed)
    whole = match_people(people, settings)
    monkeypatch.setattr(building, "LARGE", 0)
    monkeypatch.setattr("viceversa.matching.engine.people.lists.LENGTH", 3)
    monkeypatch.setattr("viceversa.matching.engine.people.lists.MORE", 2)
    listed = match_people(people, settings)
    assert listed.problem.lists is not None
    assert listed.pair_ids == whole.pair_ids
    assert len(listed.problem.learner) < len(whole.problem.learner)


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("settings", PROGRAMMES[:3])
def test_pins_that_fill_advisers_hide_no_pair(
    seed: int, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody else can have those advisers, whatever their price."""
    people = sited(120, seed)
    problem = building.build_problem(people, settings)
    pins = pins_of(problem, seed)
    whole = match_people(people, settings, pins=pins)
    monkeypatch.setattr(building, "LARGE", 0)
    monkeypatch.setattr("viceversa.matching.engine.people.lists.LENGTH", 3)
    monkeypatch.setattr("viceversa.matching.engine.people.lists.MORE", 2)
    listed = match_people(people, settings, pins=pins)
    assert listed.pair_ids == whole.pair_ids
    certificate = listed.assignment.certificate
    fresh = building.build_problem(people, settings)
    proved = with_pairs(fresh, best_replies(fresh, certificate, pins))
    verify(certificate, **arrays_of(proved, pins), sealed=False)


def pins_of(problem: Problem, seed: int) -> list[tuple[str, str]]:
    """About ten pairs at random, of learners and advisers of their own."""
    roster, rng = problem.roster, np.random.default_rng(seed)
    pins: dict[str, str] = {}
    for edge in rng.permutation(len(problem.learner)).tolist():
        learner = roster.learner(int(problem.learner[edge])).id
        adviser = roster.adviser(int(problem.adviser[edge])).id
        if len(pins) < 10 and learner not in pins and adviser not in pins.values():
            pins[learner] = adviser
    return list(pins.items())


@pytest.mark.parametrize("seed", range(12))
def test_many_places_of_one_learner_are_looked_for_behind_what_is_known(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More known pairs may gain than are asked for at a time."""
    people = sited(100, seed)
    settings = Settings(
        places=Places(advisers_per_learner=6), rules=Rules(wanted_skill=False, min_rank_gap=None)
    )
    whole = match_people(people, settings)
    monkeypatch.setattr(building, "LARGE", 0)
    monkeypatch.setattr("viceversa.matching.engine.people.lists.LENGTH", 1)
    monkeypatch.setattr("viceversa.matching.engine.people.lists.MORE", 1)
    assert match_people(people, settings).pair_ids == whole.pair_ids


def test_replies_show_a_higher_floor_that_a_forger_is_silent_about(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where points count for nothing, everybody's best reply could be a poor one."""
    people, settings = sited(100, 3), Settings(order=("floor",))
    whole = building.build_problem(people, settings)
    monkeypatch.setattr(building, "LARGE", 0)
    certificate = match_people(people, settings).assignment.certificate
    forged = {**certificate, "refused": None, "pairs": []}
    fresh = building.build_problem(people, settings)
    shown = with_pairs(fresh, best_replies(fresh, forged, ()))
    highest, seen = (np.zeros(len(whole.roster.learners), np.int64) for _ in range(2))
    np.maximum.at(highest, whole.learner, whole.score)
    np.maximum.at(seen, shown.learner, shown.score)
    assert np.array_equal(seen, highest)


@pytest.mark.parametrize("seed", range(4))
def test_one_text_of_many_learners_gives_the_same_lists(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then everybody's text is compared once, and says how much a text can matter."""
    people = [
        replace(p, goals="film cloud") if "learner" in p.roles else p for p in sited(300, seed)
    ]
    whole = match_people(people, Settings())
    monkeypatch.setattr(building, "LARGE", 0)
    monkeypatch.setattr("viceversa.matching.engine.people.listing.CHUNKS", 1)
    monkeypatch.setattr("viceversa.matching.engine.people.lists.LENGTH", 3)
    assert match_people(people, Settings()).pair_ids == whole.pair_ids


def test_proof_on_lists_holds_for_all_pairs_and_fails_for_a_worse_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    people = sited(300, 1)
    monkeypatch.setattr(building, "LARGE", 0)
    monkeypatch.setattr("viceversa.matching.engine.people.lists.LENGTH", 3)
    match = match_people(people, Settings())
    certificate = match.assignment.certificate
    fresh = building.build_problem(people, Settings())
    proved = with_pairs(fresh, best_replies(fresh, certificate, ()))
    verify(certificate, **arrays_of(proved, ()), sealed=False)
    forged = match_people(people, Settings(order=("places",))).assignment.certificate
    body = {key: value for key, value in certificate.items() if key != "digest"}
    body |= {"pairs": forged["pairs"], "values": forged["values"]}
    other = with_pairs(fresh, best_replies(fresh, body, ()))
    with pytest.raises(InvalidCertificate):
        verify(body | {"digest": digest(body)}, **arrays_of(other, ()), sealed=False)


def test_one_far_better_adviser_outside_every_list_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Everybody's first choices are the same few, so lists must be lengthened at the prices."""
    people = sited(200, 4)
    same = [
        replace(p, wants=people[0].wants, goals="", asks=()) if "learner" in p.roles else p
        for p in people
    ]
    whole = match_people(same, Settings(rules=Rules(min_rank_gap=None)))
    monkeypatch.setattr(building, "LARGE", 0)
    monkeypatch.setattr("viceversa.matching.engine.people.lists.LENGTH", 2)
    listed = match_people(same, Settings(rules=Rules(min_rank_gap=None)))
    assert listed.pair_ids == whole.pair_ids


@pytest.mark.parametrize("first", ["places", "coverage"])
def test_pair_beyond_every_list_has_a_price_that_solving_again_confirms(
    first: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = sited(200, 2)
    settings = Settings(order=(first, "total"))
    monkeypatch.setattr(building, "LARGE", 10**12)
    whole = match_people(people, settings)
    monkeypatch.setattr(building, "LARGE", 0)
    monkeypatch.setattr("viceversa.matching.engine.people.lists.LENGTH", 2)
    match = match_people(people, settings)
    ids = [
        (whole.roster.learner(int(i)).id, whole.roster.adviser(int(j)).id)
        for i, j in zip(whole.problem.learner, whole.problem.adviser, strict=True)
        if match.problem.edge(int(i), int(j)) is None
    ]
    asked = ids[:: max(1, len(ids) // 10)]
    assert len(asked) >= 10
    for pair in asked:
        said = why_not(match, *pair)
        assert said.kind == "possible"
        after = confirm(match, *pair).difference
        assert after is not None
        (before_count, count), (before, total) = after.figures[first], after.figures["total"]
        assert count < before_count or before - total >= said.at_least
    forbidden = next(
        (a.id, b.id)
        for a in people
        for b in people
        if "learner" in a.roles and "adviser" in b.roles and a.manager_id == b.id
    )
    assert why_not(match, *forbidden).kind == "forbidden"
