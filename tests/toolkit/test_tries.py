"""Tries are counted for each place that somebody calls from, and for no longer than was said."""

from datetime import datetime, timedelta

import pytest

from viceversa.toolkit.tries import Tries

pytestmark = pytest.mark.pure
SPAN = timedelta(minutes=10)


@pytest.mark.parametrize(
    ("one", "other", "is_one_place"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("", "unix:", False),
    ],
)
def test_one_place_is_one_address_or_one_half_of_a_long_one(
    one: str, other: str, is_one_place: bool, now: datetime
) -> None:
    tries = Tries(1, SPAN)
    tries.count(one, now=now)
    assert tries.are_left(other, now=now) is not is_one_place


def test_after_the_span_there_are_tries_again(now: datetime) -> None:
    tries = Tries(2, SPAN)
    for minutes in (0, 4):
        tries.count("192.0.2.1", now=now + timedelta(minutes=minutes))
    assert not tries.are_left("192.0.2.1", now=now + timedelta(minutes=9))
    assert tries.are_left("192.0.2.1", now=now + timedelta(minutes=10))
