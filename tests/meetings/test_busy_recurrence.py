"""Our reading of rules that come from outside, beside dateutil's; and that none takes for ever."""

import time
from datetime import date, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from dateutil.rrule import rrulestr
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from viceversa.meetings.rules.recurrence import Effort, TooMuch, days_of, rule_of

pytestmark = pytest.mark.pure

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def _joined(values: st.SearchStrategy[Any]) -> st.SearchStrategy[str]:
    return st.lists(values, min_size=1, max_size=3, unique=True).map(
        lambda many: ",".join(str(one) for one in many)
    )


def _nonzero(low: int, high: int) -> st.SearchStrategy[int]:
    return st.integers(low, high).filter(bool)


plain_days = _joined(st.sampled_from(DAYS))
nth_days = _joined(st.tuples(_nonzero(-5, 5).map(str), st.sampled_from(DAYS)).map("".join))
counted_days = plain_days | nth_days  # theirs reads a mixture as both at once
always = {"INTERVAL": st.integers(1, 5).map(str), "COUNT": st.integers(1, 90).map(str)}
months = {"BYMONTH": _joined(st.integers(1, 12))}
in_month = {"BYMONTHDAY": _joined(_nonzero(-31, 31))}
positions = {"BYSETPOS": _joined(_nonzero(-4, 4))}


def _rules(every: str, **parts: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, str]]:
    optional = {**always, **months, "WKST": st.sampled_from(DAYS), **parts}
    return st.fixed_dictionaries({"FREQ": st.just(every)}, optional=optional)


rules = (
    _rules("DAILY", BYDAY=plain_days, **in_month)
    | _rules("WEEKLY", BYDAY=plain_days, **positions)
    | _rules("MONTHLY", BYDAY=counted_days, **in_month, **positions)
    | _rules(
        "YEARLY",
        BYDAY=counted_days,
        BYYEARDAY=_joined(_nonzero(-366, 366)),
        **in_month,
        **positions,
    )
    | _rules("YEARLY", BYDAY=plain_days, BYWEEKNO=_joined(_nonzero(-53, 53)))
)


@settings(max_examples=200)
@given(
    parts=rules,
    first=st.dates(date(2015, 1, 1), date(2026, 12, 31)),
    begin=st.dates(date(2015, 1, 1), date(2027, 12, 31)),
    length=st.integers(0, 800),
)
@example({"FREQ": "MONTHLY", "BYDAY": "-1FR"}, date(2020, 1, 3), date(2026, 1, 1), 90)
@example(
    {"FREQ": "MONTHLY", "BYDAY": "MO,TU,WE,TH,FR", "BYSETPOS": "-1"}, *[date(2024, 2, 29)] * 2, 90
)
@example({"FREQ": "YEARLY"}, date(2024, 2, 29), date(2026, 1, 1), 800)
@example(
    {"FREQ": "WEEKLY", "INTERVAL": "2", "WKST": "SU", "BYDAY": "SU,MO"}, *[date(2026, 3, 1)] * 2, 60
)
@example(
    {"FREQ": "WEEKLY", "BYSETPOS": "1", "BYDAY": "MO,TU"}, date(2016, 1, 5), date(2016, 1, 1), 40
)
def test_the_days_are_those_of_another_reader(
    parts: dict[str, str], first: date, begin: date, length: int
) -> None:
    end = begin + timedelta(days=length)
    assume("BYSETPOS" not in parts or {"BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYMONTH"} & set(parts))
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    midnight = datetime.min.time()
    theirs = rrulestr(text, dtstart=datetime.combine(first, midnight))
    between = datetime.combine(begin, midnight), datetime.combine(end, midnight)
    with patch("datetime.MAXYEAR", 2031):  # theirs goes on to the year 9999
        expected = [at.date() for at in theirs.between(*between, inc=True)]

    found = list(days_of(rule_of(parts), first, begin=begin, end=end, effort=Effort(10**7)))

    if parts["FREQ"] == "WEEKLY" and "BYSETPOS" in parts:
        # Theirs counts positions in the first week from the first day on, not from its beginning.
        later = first + timedelta(days=7)
        found, expected = [d for d in found if d >= later], [d for d in expected if d >= later]
    assert found == expected


@pytest.mark.parametrize(
    "parts",
    [
        {"FREQ": "YEARLY", "BYMONTH": "2", "BYMONTHDAY": "30"},
        {"FREQ": "DAILY", "BYMONTH": "2", "BYMONTHDAY": "31"},
        {"FREQ": "DAILY", "INTERVAL": "999999999999"},
        {"FREQ": "MONTHLY", "INTERVAL": "999999999999"},
        {"FREQ": "WEEKLY", "BYSETPOS": "300"},
        {"FREQ": "DAILY", "INTERVAL": "7", "BYDAY": "SU"},
    ],
)
def test_a_rule_that_never_comes_true_ends_at_once(parts: dict[str, str]) -> None:
    started = time.monotonic()
    found = list(
        days_of(
            rule_of(parts),
            date(1900, 1, 1),
            begin=date(2026, 3, 2),
            end=date(2026, 5, 1),
            effort=Effort(10_000),
        )
    )

    assert found == []
    assert time.monotonic() - started < 1


def test_a_count_from_long_ago_is_more_than_is_looked_at() -> None:
    rule = rule_of({"FREQ": "DAILY", "COUNT": "9999999"})
    days = days_of(
        rule, date(1, 1, 1), begin=date(2026, 3, 2), end=date(2026, 5, 1), effort=Effort(10_000)
    )
    with pytest.raises(TooMuch):
        list(days)


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"FREQ": "SECONDLY"},
        {"FREQ": "DAILY", "INTERVAL": "x"},
        {"FREQ": "DAILY", "BYDAY": "XX"},
    ],
)
def test_what_is_no_rule_is_refused(parts: dict[str, str]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        rule_of(parts)
