"""Thousands of seeded cases of every property; ``make prove N=20000`` runs as many as one likes."""

import pytest

from tests.matching.engine import properties
from tests.matching.engine.prove import report

pytestmark = pytest.mark.pure

CHUNK = 250
CASES = {
    "equals_trying_everything": 2_000,
    "equals_branch_and_cut": 60,
    "keeps_its_answer_when_rows_are_reordered": 1_000,
    "keeps_its_answer_when_people_are_reordered": 100,
    "is_never_worse_with_one_more_pair": 2_000,
    "has_a_certificate_that_no_single_change_survives": 2_000,
    "lets_no_forger_pass_a_worse_answer": 1_000,
}


def chunks() -> list[tuple[str, int, int]]:
    return [
        (name, start, min(start + CHUNK, cases))
        for name, cases in CASES.items()
        for start in range(0, cases, CHUNK)
    ]


@pytest.mark.parametrize(("name", "start", "end"), chunks())
def test_property_holds_of_every_seed(name: str, start: int, end: int) -> None:
    assert not list(report(properties.PROPERTIES[name], range(start, end)))


@pytest.mark.parametrize("seed", range(8))
def test_lists_give_the_answer_of_all_pairs_and_prove_it_over_all(seed: int) -> None:
    properties.lists_give_the_answer_of_all_pairs(seed)


def test_every_property_is_run_here() -> None:
    assert CASES.keys() == properties.PROPERTIES.keys()


def test_a_property_that_does_not_hold_is_reported_with_its_seed() -> None:
    def is_even(seed: int) -> None:
        if seed % 2:
            raise ValueError("odd")

    assert list(report(is_even, range(4))) == ["is_even, seed 1: odd", "is_even, seed 3: odd"]


@pytest.mark.parametrize("seed", [7, 13, 15, 31, 118])
def test_no_place_of_a_certificate_can_be_changed(seed: int) -> None:
    """Each number, word, list and part in turn: changed, and taken out."""
    properties.no_change_survives(seed)
