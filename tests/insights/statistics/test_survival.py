import csv
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viceversa.insights.statistics.survival import Curve, kaplan_meier

pytestmark = pytest.mark.pure
DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(scope="module")
def lung() -> Curve:
    rows = list(csv.DictReader((DATA / "lung.csv").open(newline="")))
    return kaplan_meier(
        [float(row["time"]) for row in rows], [row["status"] == "2" for row in rows]
    )


@pytest.fixture(scope="module")
def reference() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / "lung_reference.json").read_text())["lung"]["km"]
    return found


def test_it_agrees_with_the_survival_package_of_r(lung: Curve, reference: dict[str, Any]) -> None:
    assert (lung.base, lung.events) == (reference["n"], reference["events"])
    for at, time in enumerate(reference["time"]):
        step = lung.at(time)
        assert step.part == pytest.approx(reference["surv"][at], abs=1e-9)
        assert step.low == pytest.approx(reference["lower_loglog"][at], abs=1e-6)
        assert step.high == pytest.approx(reference["upper_loglog"][at], abs=1e-6)


def test_its_median_and_the_ends_agree_as_well(lung: Curve, reference: dict[str, Any]) -> None:
    assert lung.median == reference["median"]
    assert lung.median_low == reference["median_lcl_loglog"]
    assert lung.median_high == reference["median_ucl_loglog"]


cases = st.lists(st.tuples(st.integers(0, 90), st.booleans()), min_size=1, max_size=60)


@given(cases)
def test_a_curve_only_falls_and_stays_within_its_interval(rows: list[tuple[int, bool]]) -> None:
    curve = kaplan_meier([float(time) for time, _done in rows], [done for _time, done in rows])
    parts = [1.0, *(step.part for step in curve.steps)]
    assert all(before > after for before, after in pairwise(parts))
    assert all(0 <= step.low <= step.part <= step.high <= 1 for step in curve.steps)
    assert all(step.at_risk >= 1 for step in curve.steps)


@given(cases)
def test_where_nobody_waits_any_more_it_is_the_plain_share(rows: list[tuple[int, bool]]) -> None:
    times = [float(time) for time, _done in rows]
    curve = kaplan_meier(times, [True] * len(times))
    for step in curve.steps:
        plain = sum(time > step.time for time in times) / len(times)
        assert step.part == pytest.approx(plain)


def test_nobody_who_waits_is_counted_as_done() -> None:
    curve = kaplan_meier([3.0, 9.0], [False, False])
    assert (curve.events, curve.steps, curve.median) == (0, (), None)
    assert curve.at(100).part == 1.0


def test_leaving_out_those_who_wait_would_say_too_short_a_time() -> None:
    times, done = [2.0, 3.0, 20.0, 21.0, 22.0], [True, True, False, False, False]
    assert kaplan_meier(times, done).median is None
    assert kaplan_meier(times[:2], done[:2]).median == 2.0


@pytest.mark.parametrize(
    ("times", "done", "says"),
    [
        ([], [], "nobody"),
        ([1.0], [], "1 times, but 0 outcomes"),
        ([-1.0], [True], "zero or more"),
        ([float("nan")], [True], "finite"),
    ],
)
def test_times_that_are_none_are_refused(times: list[float], done: list[bool], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        kaplan_meier(times, done)
