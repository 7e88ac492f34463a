"""How often two meet, in words."""

import pytest

from viceversa.programmes.templatetags.programmes import how_often


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1, "every day"),
        (7, "every week"),
        (10, "every 10 days"),
        (14, "every two weeks"),
        (21, "every 3 weeks"),
        (28, "every four weeks"),
    ],
)
def test_whole_weeks_are_said_as_weeks(days: int, words: str) -> None:
    assert how_often(days) == words
