"""Another tool's data and rules, through our engine: 35 pairs, 750 points, proved."""

import csv
from pathlib import Path

import numpy as np
import pytest

from tests.matching.engine.integer_programme import best_by_programme
from viceversa.matching.engine import assign, verify

pytestmark = pytest.mark.pure

DATA = Path(__file__).parent / "data"
GRADES = ["AA", "AO", "EO", "HEO", "SEO", "Grade 7", "Grade 6", "SCS1", "SCS2", "SCS3", "SCS4"]


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"civil_service_small-{name}.csv").open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def points(mentee: dict[str, str], mentor: dict[str, str], *, reverse: bool = False) -> int:
    """That tool's rules; 0 when the pair is not allowed. In reverse the mentee is above."""
    steps = GRADES.index(mentor["grade"]) - GRADES.index(mentee["grade"])
    steps = -steps if reverse else steps
    if mentee["organisation"] == mentor["organisation"] or steps not in (1, 2):
        return 0
    same_profession = mentee["profession"] == mentor["profession"]
    asked = mentee["identity to match"]
    alike = bool(asked) and asked in mentor["characteristics"].split(", ")
    return {1: 9, 2: 12}[steps] + 10 * same_profession + 6 * alike


def table(*, reverse: bool = False) -> list[tuple[int, int, int]]:
    return [
        (i, j, points(mentee, mentor, reverse=reverse))
        for i, mentee in enumerate(rows("mentees"))
        for j, mentor in enumerate(rows("mentors"))
        if points(mentee, mentor, reverse=reverse)
    ]


def best_of(pairs: list[tuple[int, int, int]]) -> tuple[int, int]:
    """Places and total, certified, and as high as another solver's."""
    edges = np.array(pairs)
    arrays = {
        "demand": [1] * len(rows("mentees")),
        "capacity": [1] * len(rows("mentors")),
        "learner": edges[:, 0],
        "adviser": edges[:, 1],
        "score": edges[:, 2],
        "order": ("total",),
    }
    answer = assign(**arrays)
    verify(answer.certificate, **arrays)
    assert (answer.total,) == best_by_programme(arrays)
    return answer.places, answer.total


def test_thirty_five_pairs_and_750_points() -> None:
    assert best_of(table()) == (35, 750)


def test_in_reverse_where_the_junior_of_the_two_teaches_it_is_best_and_proved_too() -> None:
    assert best_of(table(reverse=True)) == (20, 409)


def test_with_the_files_changed_over_the_same_pairs_are_best() -> None:
    assert best_of([(j, i, score) for i, j, score in table()]) == (35, 750)
