"""An attacker of its own make: tries sums of multiples and knows not how cells are hidden."""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viceversa.insights.statistics import suppression
from viceversa.insights.statistics.suppression import releasable

pytestmark = pytest.mark.pure
Cells = dict[str, frozenset[int]]


def smallest_found(cells: Cells, shown: set[str]) -> int:
    """The smallest set of cases whose count is a sum of multiples of the counts shown: for each set
    of cases that the cells cannot tell apart, is its row of ones one of the sums?"""
    rows = [cells[key] for key in sorted(shown) if cells[key]]
    cases = sorted(frozenset().union(*rows)) if rows else []
    classes: dict[tuple[bool, ...], int] = {}
    for case in cases:
        seen = tuple(case in row for row in rows)
        classes[seen] = classes.get(seen, 0) + 1
    signatures = list(classes)
    matrix = np.array(signatures, dtype=float)
    found = [len(cases)] if cases else []
    for size in range(1, min(len(signatures), 5) + 1):
        for chosen in combinations(range(len(signatures)), size):
            ones = np.zeros(len(signatures))
            ones[list(chosen)] = 1
            parts, *_rest = np.linalg.lstsq(matrix, ones, rcond=None)
            if np.allclose(matrix @ parts, ones, atol=1e-7):
                found.append(sum(classes[signatures[at]] for at in chosen))
    return min(found, default=0)


tables = st.dictionaries(
    st.sampled_from("abcdefgh"),
    st.frozensets(st.integers(0, 24), max_size=25),
    max_size=7,
)


@given(tables, st.integers(1, 6))
def test_adding_and_subtracting_finds_nothing_below_the_least(cells: Cells, least: int) -> None:
    shown = releasable(cells, least=least)
    found = smallest_found(cells, shown)
    assert found == 0 or found >= least


@given(tables)
def test_sums_of_small_multiples_find_nothing_either(cells: Cells) -> None:
    shown = sorted(releasable(cells, least=5))[:5]
    everybody = range(25)
    rows = np.array([[case in cells[key] for case in everybody] for key in shown], dtype=int)
    for parts in product((-2, -1, 0, 1, 2), repeat=len(shown)):
        sums = np.array(parts) @ rows if shown else np.zeros(25, dtype=int)
        if set(sums.tolist()) <= {0, 1} and sums.any():
            assert sums.sum() >= 5


def people(first: int, number: int) -> frozenset[int]:
    return frozenset(range(first, first + number))


def test_hiding_the_small_cell_only_would_give_it_away() -> None:
    cells = {"all": people(0, 31), "a": people(0, 3), "b": people(3, 20), "c": people(23, 8)}
    assert smallest_found(cells, {"all", "b", "c"}) == 3
    assert releasable(cells, least=5) == {"all", "b"}


def test_two_small_cells_that_are_too_small_together_take_a_third_with_them() -> None:
    cells = {"all": people(0, 24), "a": people(0, 2), "b": people(2, 2), "c": people(4, 20)}
    assert releasable(cells, least=5) == {"all"}


def test_a_base_that_lies_within_another_is_not_shown_beside_it() -> None:
    cells = {"asked": people(0, 14), "answered": people(0, 12)}
    assert releasable(cells, least=5) == {"asked"}


def test_both_sides_of_yes_and_no_need_enough_people() -> None:
    cells = {"all": people(0, 12), "yes": people(0, 9)}
    assert releasable(cells, least=5) == {"all"}
    assert releasable({"all": people(0, 14), "yes": people(0, 9)}, least=5) == {"all", "yes"}


def test_nobody_is_a_count_that_may_be_shown() -> None:
    assert releasable({"all": people(0, 9), "none": frozenset()}, least=5) == {"all", "none"}


def test_a_table_with_enough_people_everywhere_is_shown_whole() -> None:
    cells = {
        "all": people(0, 40),
        **{f"row {row}": people(row * 20, 20) for row in range(2)},
        **{f"cell {at}": people(at * 10, 10) for at in range(4)},
    }
    assert releasable(cells, least=5) == set(cells)


def test_many_pairs_of_one_adviser_are_one_person() -> None:
    pairs = people(0, 8)
    behind = {pair: (f"learner {pair}", f"adviser {pair // 4}") for pair in pairs}
    assert releasable({"pairs": pairs}, people=behind, least=5) == set()
    assert releasable({"pairs": pairs}, people=behind, least=2) == {"pairs"}


def test_pairs_found_together_are_counted_by_their_smaller_side() -> None:
    cells = {"all": people(0, 12), "kept": people(0, 6)}
    behind = {pair: (f"learner {pair}", f"adviser {pair % 6}") for pair in people(0, 12)}
    assert releasable(cells, people=behind, least=5) == {"all", "kept"}
    shared = {pair: (f"learner {pair}", f"adviser {min(pair, 7)}") for pair in people(0, 12)}
    assert releasable(cells, people=shared, least=5) == {"all"}


def test_the_order_of_cells_changes_nothing_that_is_safe() -> None:
    cells = {"c": people(23, 8), "b": people(3, 20), "a": people(0, 3), "all": people(0, 31)}
    assert releasable(cells, least=5) == {"all", "b"}


def test_what_would_take_too_long_to_look_at_is_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    cells = {str(at): frozenset({at, *range(20, 30)}) for at in range(12)}
    monkeypatch.setattr(suppression, "MOST_TRIES", 3)
    assert len(releasable(cells, least=5)) < len(cells)


def test_others_are_hidden_for_what_readers_know_from_elsewhere() -> None:
    cells = {"all": people(0, 20), "active": people(0, 12), "paused": people(12, 3)}
    cells |= {"over": people(15, 5)}
    assert releasable(cells, least=5) == {"all", "active"}
    with_known = {**cells, "begun": people(0, 15)}
    assert releasable(with_known, known=["begun"], least=5) == {"begun", "all"}


@given(tables, st.sampled_from("abcdefgh"))
def test_what_is_known_stays_and_nothing_is_found_beyond_it(cells: Cells, known: str) -> None:
    stays = [known] if known in cells else []
    shown = releasable(cells, known=stays, least=5)
    assert set(stays) <= shown
    found = smallest_found(cells, shown)
    assert found == 0 or found >= min([5, *(len(cells[key]) for key in stays)])


def test_a_known_cell_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="one of the cells"):
        releasable({}, known=["all"], least=5)


def test_a_least_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        releasable({}, least=0)
