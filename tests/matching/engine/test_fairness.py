"""Fairness counted again person by person, intervals against published ones, few people hidden."""

from dataclasses import replace

import pytest

from tests.matching.engine.people import adviser, crowd, learner
from viceversa.matching.engine import Match, Participant, Rules, Settings, fairness, match_people
from viceversa.matching.engine.explaining.shares import Parity, wilson

pytestmark = pytest.mark.pure
SITES = ("North", "north ", "South", "West", "")


def sited(size: int, seed: int) -> list[Participant]:
    """A crowd that volunteers a site (some leave it blank), asks and remembers being left out."""
    return [
        replace(
            person,
            attributes={"site": SITES[at % 5]} if at % 7 else {},
            asks=(*person.asks, f"p{(at * 3 + 1) % size:03d}", "somebody else")[at % 3 :],
            priority=1 + (at % 4 == 0),
            demand=1 + at % 2,
        )
        for at, person in enumerate(crowd(size, seed))
    ]


def matched(seed: int) -> Match:
    return match_people(sited(80, seed), Settings(rules=Rules(shared_hours=3)))


def partners(match: Match, person: Participant) -> set[str]:
    return {adviser_id for learner_id, adviser_id in match.pair_ids if learner_id == person.id}


def learners(match: Match) -> list[Participant]:
    return [person for person in match.roster.people if "learner" in person.roles]


@pytest.mark.parametrize(
    ("count", "base", "low", "high"),
    [
        (7, 10, 0.3968, 0.8922),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (81, 263, 0.2553, 0.3662),
    ],
)
def test_intervals_are_those_in_print(count: int, base: int, low: float, high: float) -> None:
    assert wilson(count, base) == pytest.approx((low, high), abs=1e-4)


def test_nobody_asked_means_nothing_known() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize("seed", range(10))
def test_figures_equal_those_counted_person_by_person(seed: int) -> None:
    match = matched(seed)
    report, everybody = fairness(match), learners(match)
    asking = [person for person in everybody if person.asks]
    first = [p for p in asking if p.asks[0] in partners(match, p)]
    any_of_them = [p for p in asking if partners(match, p) & set(p.asks)]
    before = [p for p in everybody if p.priority > 1]
    covered = [p for p in everybody if partners(match, p)]
    used = {adviser_id for _, adviser_id in match.pair_ids}
    assert (report.first_wish.count, report.first_wish.base) == (len(first), len(asking))
    assert (report.any_wish.count, report.any_wish.base) == (len(any_of_them), len(asking))
    again = [p for p in before if p in covered]
    assert (report.left_out_before.count, report.left_out_before.base) == (len(again), len(before))
    assert (report.learners.count, report.advisers.count) == (len(covered), len(used))
    assert report.envy == envied(match)


def envied(match: Match) -> int:
    """Pairs that both would gain by, looked at one by one."""
    best: dict[str, int] = {}
    worst: dict[str, list[int]] = {}
    for pair in match.pairs:
        best[pair.learner_id] = max(best.get(pair.learner_id, -1), pair.score)
        worst.setdefault(pair.adviser_id, []).append(pair.score)
    count = 0
    for edge in range(len(match.problem.learner)):
        pair = match.pair_at(edge)
        if (pair.learner_id, pair.adviser_id) in match.pair_ids:
            continue
        taken = worst.get(pair.adviser_id, [])
        capacity = match.roster.capacity[match.problem.adviser[edge]]
        room = len(taken) < capacity or pair.score > min(taken)
        count += pair.score > best.get(pair.learner_id, -1) and room
    return count


@pytest.mark.parametrize("seed", range(10))
def test_parity_counts_every_value_of_five_people_or_more(seed: int) -> None:
    match = matched(seed)
    (found,) = (each for each in fairness(match).parity if each.role == "learner")
    counted = {group.value: (group.matched.count, group.matched.base) for group in found.groups}
    expected: dict[str, tuple[int, int]] = {}
    for person in learners(match):
        site = person.attributes.get("site", "").strip().capitalize()
        got, among = expected.get(site, (0, 0))
        expected[site] = (got + bool(partners(match, person)), among + 1)
    assert counted == {
        site: figures for site, figures in expected.items() if site and figures[1] >= 5
    }


def of_sites(*counts: int) -> tuple[Parity, ...]:
    """Parity of learners of sites A, B, C … with so many people each, and as many advisers."""
    sites = [chr(65 + at) for at, count in enumerate(counts) for _ in range(count)]
    people = [learner(f"L{at:02d}", attributes={"site": site}) for at, site in enumerate(sites)]
    return fairness(match_people([*people, adviser(capacity=9)], Settings())).parity


def test_value_of_few_people_is_not_shown_nor_can_it_be_worked_out() -> None:
    (shown,) = of_sites(8, 7, 6, 2)
    assert [group.value for group in shown.groups] == ["A", "B"]


def test_several_values_of_few_people_hide_each_other() -> None:
    (shown,) = of_sites(8, 7, 4, 4)
    assert [group.value for group in shown.groups] == ["A", "B"]


def test_attribute_with_one_value_to_show_says_nothing() -> None:
    assert of_sites(9) == ()
    assert of_sites(9, 2) == ()
