"""What of a pulse may be shown, from plain values. Attackers are in `waves.py`."""

import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.safeguarding.waves import Attacker, make_wave, remainders
from viceversa.safeguarding.rules import ballot as ballots
from viceversa.safeguarding.rules.ballot import Ballot
from viceversa.safeguarding.rules.bands import band_of, bands_of, base_band
from viceversa.safeguarding.rules.gate import Figures, forces_nothing
from viceversa.safeguarding.rules.groups import (
    AS_IT_IS,
    COARSER,
    EVERYBODY,
    NOT_SAID,
    Group,
)
from viceversa.safeguarding.rules.questions import ANSWERS
from viceversa.safeguarding.rules.release import classes_of, holds, releasable
from viceversa.safeguarding.rules.results import Results, results_of

pytestmark = pytest.mark.pure
SEEDS = st.integers(0, 2**32)


def results(wave: list[Ballot], *, k: int = 5, questions: int = 1) -> Results | None:
    return results_of(wave, questions=questions, k=k, asked=len(wave) + 9, chance=random.Random(1))


@given(st.integers(8, 5000))
def test_bands_cover_everything_once_and_are_wide_enough(n: int) -> None:
    bands = bands_of(n)
    assert [count for low, high in bands for count in range(low, high + 1)] == list(range(n + 1))
    assert all(high - low >= max(3, n * 0.15) for low, high in bands)


def test_the_lowest_band_reaches_nothing_and_the_highest_everybody() -> None:
    assert (band_of(2, 30), band_of(29, 30)) == ((0, 7), (20, 30))
    assert bands_of(8) == [(0, 4), (5, 8)]


@given(st.integers(8, 400), st.integers(0, 50))
def test_how_many_answered_is_said_in_steps_of_five_within_those_asked(n: int, silent: int) -> None:
    low, high = base_band(n, n + silent)
    assert low <= n <= high <= n + silent
    assert high - low == 4 or high == n + silent


@given(SEEDS, st.integers(5, 9))
def test_every_class_of_what_is_released_keeps_k_answers_about_k_people(seed: int, k: int) -> None:
    wave = make_wave(seed)
    published = releasable(wave, k)
    if published is not None:
        assert all(holds(members, k) for members in classes_of(wave, published).values())


def test_a_question_whose_bands_add_up_to_a_certainty_is_not_shown() -> None:
    """Six and six of twelve: two bands that begin with six leave nobody for the other answers. The
    other question is shown all the same."""
    wave = [one_about(n, answers=(ANSWERS[n % 2], ANSWERS[0])) for n in range(12)]
    shown = results(wave, questions=2)
    assert shown is not None
    assert shown.cells[0].bands == [[], [(6, 12), (0, 5), (0, 5), (0, 5)]]


@settings(max_examples=8)
@given(SEEDS)
def test_the_order_of_answers_changes_nothing(seed: int) -> None:
    wave = make_wave(seed, n=24)
    turned = random.Random(seed).sample(wave, len(wave))
    one, other = results(wave), results(turned)
    assert one is not None
    assert other is not None
    assert one.cells == other.cells
    assert Counter(one.comments) == Counter(other.comments)


def test_below_the_quorum_nothing_is_shown() -> None:
    assert results(make_wave(3, n=7)) is None
    assert results([one_about(number) for number in range(8)]) is not None


def one_about(number: int, **fields: object) -> Ballot:
    answers = fields.pop("answers", (ANSWERS[number % 3],))
    return Ballot(answers=answers, counterparts=frozenset({number}), **fields)  # type: ignore[arg-type]


def test_answers_about_fewer_than_k_people_are_not_shown() -> None:
    """Twenty learners of four advisers would tell what is thought of these four."""
    wave = [one_about(number % 4) for number in range(20)]
    assert results(wave) is None


def test_a_group_whose_remainder_would_be_too_small_is_left_out() -> None:
    wave = [one_about(n, cells=frozenset({("unit", "Sales")})) for n in range(20)]
    wave += [one_about(n, cells=frozenset({("unit", "Legal")})) for n in range(20, 23)]
    shown = results(wave)
    assert shown is not None
    assert [one.cell for one in shown.cells] == [EVERYBODY]
    assert shown.left_out == ["unit"]


def test_two_groups_that_both_hold_are_shown() -> None:
    wave = [
        one_about(
            n,
            answers=(ANSWERS[min(n // 2 % 6, 3)],),
            cells=frozenset({("unit", "Sales" if n % 2 else "Legal")}),
        )
        for n in range(24)
    ]
    shown = results(wave)
    assert shown is not None
    assert [one.cell for one in shown.cells] == [EVERYBODY, ("unit", "Legal"), ("unit", "Sales")]
    assert (shown.cells[1].base, shown.cells[0].base) == ((10, 14), (20, 24))


def test_comments_need_ten_answers_and_lose_their_order() -> None:
    told = [one_about(n, comment=f"{n:03}") for n in range(200)]
    assert results(told[:9]) is not None
    assert results(told[:9]).comments == []  # type: ignore[union-attr]
    shown = results(told)
    assert shown is not None
    assert sorted(shown.comments) == [f"{n:03}" for n in range(200)]
    assert abs(correlation([int(each) for each in shown.comments])) <= 0.25


def correlation(places: list[int]) -> float:
    n = len(places)
    mean = (n - 1) / 2
    together = sum((at - mean) * (place - mean) for at, place in enumerate(places))
    return together / sum((at - mean) ** 2 for at in range(n))


def test_the_gate_sees_what_exact_figures_give_away() -> None:
    truth = [[5, 0, 0, 0], [2, 2, 1, 0]]
    exact = [[(count, count) for count in row] for row in ([7, 2, 1, 0], [5, 0, 0, 0])]
    cells = [frozenset({0, 1}), frozenset({0})]
    assert not forces_nothing(Figures(truth, cells, exact))
    wide = [[(4, 10), (0, 3), (0, 3), (0, 3)], [(0, 5)] * 4]
    assert forces_nothing(Figures(truth, cells, wide))


def test_the_gate_sees_what_two_insiders_would_learn() -> None:
    """At most three of ten said no; the two who know each other did, so is anybody else left?"""
    truth = [[5, 1, 2, 2]]
    bands = [[(4, 10), (0, 3), (0, 2), (0, 3)]]
    assert not forces_nothing(Figures(truth, [frozenset({0})], bands))
    bands[0][2] = (0, 3)
    assert forces_nothing(Figures(truth, [frozenset({0})], bands))


def test_sixteen_waves_force_no_answer_on_any_of_three_attackers() -> None:
    shown, cells = 0, 0
    for seed in range(16):
        wave, chance = make_wave(seed), random.Random(seed)
        published = results(wave)
        if published is None or not published.cells[0].bands[0]:
            continue
        shown, cells = shown + 1, cells + len(published.cells)
        assert Attacker(wave, published, []).forced() == [], seed
        assert Attacker(wave, published, chance.sample(wave, 2)).forced() == [], seed
        assert remainders(wave, published) == [], seed
    assert shown >= 10
    assert cells > shown, "nothing but totals was attacked"


def test_the_attackers_find_what_a_threshold_alone_gives_away() -> None:
    """Every group of five or more, in exact figures: the attackers must not be blind."""
    found = 0
    for seed in range(6):
        wave = make_wave(seed, n=40)
        found += bool(Attacker(wave, published_by_threshold(wave), wave[:2]).forced())
    assert found >= 5


def published_by_threshold(wave: list[Ballot]) -> Results:
    from viceversa.safeguarding.rules.results import CellResult

    sizes = Counter(cell for one in wave for cell in one.cells)
    cells = [EVERYBODY, *sorted(cell for cell, size in sizes.items() if size >= 5)]
    shown = []
    for cell in cells:
        members = [one for one in wave if cell == EVERYBODY or cell in one.cells]
        counts = [sum(one.answers[0] == answer for one in members) for answer in ANSWERS]
        n = len(members)
        shown.append(CellResult(cell, n, (n, n), [[(count, count) for count in counts]]))
    return Results(shown, [])


def test_a_ballot_is_as_long_with_a_comment_as_without() -> None:
    told = one_about(1, comment="ä" * ballots.LONGEST_COMMENT)
    assert len(ballots.written(told)) == len(ballots.written(one_about(1))) == ballots.LENGTH
    assert ballots.read(ballots.written(told)) == told


def test_a_person_may_be_counted_more_coarsely_or_not_at_all() -> None:
    group = Group("years", "years_1_to_3", "years_under_3")
    assert group.cells(AS_IT_IS) == {("years", "years_1_to_3"), ("years", "years_under_3")}
    assert group.cells(COARSER) == {("years", "years_under_3")}
    assert group.cells(NOT_SAID) == frozenset()
    assert Group("unit", "Sales").choices == (AS_IT_IS, NOT_SAID)
