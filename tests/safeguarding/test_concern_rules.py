"""Receipts, weeks, quarters and who is outside."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viceversa.safeguarding.rules import concern as rules
from viceversa.safeguarding.rules import receipt

pytestmark = pytest.mark.pure
SALT = b"sixteen bytes ok"
WORDS = st.lists(st.sampled_from(receipt.KNOWN), min_size=8, max_size=8)


def test_eight_words_are_88_bits() -> None:
    assert len(set(receipt.KNOWN)) == len(receipt.KNOWN) == 2**11
    assert receipt.NUMBER * 11 >= 88
    assert len({receipt.new_words() for _time in range(50)}) == 50


@given(WORDS)
def test_words_are_read_however_they_are_typed(words: list[str]) -> None:
    kept = " ".join(words)
    assert receipt.read(kept) == kept
    assert receipt.read(f"  1. {words[0].upper()}, " + "\n".join(words[1:]) + " ") == kept
    assert receipt.read(" ".join(word[:4] for word in words)) == kept


@pytest.mark.parametrize(
    "typed",
    ["", "abandon", "abandon " * 7, "abandon " * 9, "zzzz " * 8, "ab " * 8, "абвг " * 8, "1 " * 8],
)
def test_what_cannot_be_a_receipt_is_none(typed: str) -> None:
    assert receipt.read(typed) is None


def test_other_words_find_and_open_something_else() -> None:
    one, same = (receipt.opener("abandon " * 7 + "able", salt=SALT) for _time in range(2))
    other = receipt.opener("abandon " * 7 + "about", salt=SALT)
    assert one == same
    assert one.lookup != other.lookup
    assert one.key != other.key
    assert one.key.hex() not in one.lookup
    assert "key" not in repr(one)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_a_week_is_its_monday(day: date) -> None:
    monday = rules.week_of(day)
    assert monday.weekday() == 0
    assert 0 <= (day - monday).days < 7


def test_the_present_quarter_is_not_shown_and_the_bands_reach_zero() -> None:
    counts = {date(2026, 1, 1): 9, date(2025, 10, 1): 4, date(2025, 7, 1): 25}
    shown = rules.quarters(counts, date(2026, 3, 2))
    assert [one.first for one in shown] == [
        date(2025, 10, 1),
        date(2025, 7, 1),
        date(2025, 4, 1),
        date(2025, 1, 1),
    ]
    assert [(one.least, one.most) for one in shown] == [(0, 4), (20, None), (0, 4), (0, 4)]


def test_bands_touch_and_none_is_narrower_than_five() -> None:
    found = [rules.band(number) for number in range(40)]
    assert all(least <= n and (most is None or n <= most) for n, (least, most) in enumerate(found))
    assert all(most - least >= 4 for least, most in found if most is not None)


def test_nobody_marks_spoken_before_leave_is_given() -> None:
    for leave in (rules.NOT_ASKED, rules.ASKED, rules.REFUSED):
        assert not rules.may_mark_spoken(leave, has_spoken=False)
    assert rules.may_mark_spoken(rules.GIVEN, has_spoken=False)
    assert not rules.may_answer_leave(rules.GIVEN, has_spoken=True)


def test_who_is_named_or_above_or_below_is_not_outside() -> None:
    named = {7: frozenset({3, 1})}
    assert not rules.is_outside(7, [3, 1], named)
    assert not rules.is_outside(3, [1], named)
    assert not rules.is_outside(9, [7, 3, 1], named)
    assert rules.is_outside(5, [3, 1], named)
