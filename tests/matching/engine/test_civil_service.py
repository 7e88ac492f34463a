"""Another tool's data and rules, through our engine: 35 pairs, 750 points, proved."""

import csv
from pathlib import Path

import numpy as np
import pytest

from viceversa.matching.engine import assign, verify

pytestmark = pytest.mark.pure

DATA = Path(__file__).parent / "data"
GRADES = ["AA", "AO", "EO", "HEO", "SEO", "Grade 7", "Grade 6", "SCS1", "SCS2", "SCS3", "SCS4"]


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"civil_service_small-{name}.csv").open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def points(mentee: dict[str, str], mentor: dict[str, str]) -> int:
    """That tool's rules; 0 when the pair is not allowed."""
    steps = GRADES.index(mentor["grade"]) - GRADES.index(mentee["grade"])
    if mentee["organisation"] == mentor["organisation"] or steps not in (1, 2):
        return 0
    same_profession = mentee["profession"] == mentor["profession"]
    asked = mentee["identity to match"]
    alike = bool(asked) and asked in mentor["characteristics"].split(", ")
    return {1: 9, 2: 12}[steps] + 10 * same_profession + 6 * alike


def test_thirty_five_pairs_and_750_points() -> None:
    mentees, mentors = rows("mentees"), rows("mentors")
    table = [
        (i, j, points(mentee, mentor))
        for i, mentee in enumerate(mentees)
        for j, mentor in enumerate(mentors)
        if points(mentee, mentor)
    ]
    edges = np.array(table)
    arrays = {
        "demand": [1] * len(mentees),
        "capacity": [1] * len(mentors),
        "learner": edges[:, 0],
        "adviser": edges[:, 1],
        "score": edges[:, 2],
        "order": ("total",),
    }
    answer = assign(**arrays)
    verify(answer.certificate, **arrays)
    assert (answer.places, answer.total) == (35, 750)
