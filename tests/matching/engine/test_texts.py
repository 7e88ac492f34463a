import math
import unicodedata
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viceversa.matching.engine.people import texts
from viceversa.matching.engine.people.texts import UNIT, Likeness

pytestmark = pytest.mark.pure

WORDS = ["film", "films", "cloud", "CLOUD", "aaaaaaa", "a", "über", "ﬁlm", "STRASSE", "straße"]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join), max_size=6)


def grams(text: str) -> Counter[str]:
    words = unicodedata.normalize("NFKC", text).casefold().split()
    framed = [f" {word} " for word in words]
    return Counter(
        word[at : at + size]
        for word in framed
        for size in (3, 4, 5)
        for at in range(len(word) - size + 1)
    )


def vectors(everyone: list[str]) -> list[dict[str, int]]:
    """The definition, text by text: TF-IDF of n-grams, scaled to one length and rounded."""
    counted = [grams(text) for text in everyone]
    spread = Counter(gram for each in counted for gram in each)
    found = []
    for each in counted:
        raw = {
            gram: (1 + math.log(count)) * math.log(1 + len(everyone) / spread[gram])
            for gram, count in each.items()
        }
        length = math.sqrt(math.fsum(weight * weight for weight in raw.values()))
        found.append({gram: round(UNIT * weight / length) for gram, weight in raw.items()})
    return found


def likeness(one: dict[str, int], other: dict[str, int]) -> int:
    product = sum(weight * other.get(gram, 0) for gram, weight in one.items())
    return min(product * 10_000 // UNIT**2, 10_000)


@given(TEXTS, TEXTS)
def test_likeness_is_the_cosine_by_its_definition(learners: list[str], advisers: list[str]) -> None:
    by_hand = vectors(learners + advisers)
    expected = [
        [likeness(one, other) for other in by_hand[len(learners) :]]
        for one in by_hand[: len(learners)]
    ]
    found = Likeness(learners, advisers).block(0, len(learners))
    assert found.tolist() == expected


@given(TEXTS, TEXTS)
def test_weights_of_distinct_texts_give_every_pair(
    learners: list[str], advisers: list[str]
) -> None:
    alike = Likeness(learners, advisers)
    table = alike.block(0, len(learners))
    for row in range(len(learners)):
        for column in range(len(advisers)):
            wanted, offered = (
                dict(zip(side.gram[here].tolist(), side.weight[here].tolist(), strict=True))
                for side, text in (
                    (alike.learner_texts, alike.learner_code[row]),
                    (alike.adviser_texts, alike.adviser_code[column]),
                )
                for here in [slice(side.start[text], side.start[text + 1])]
            )
            product = sum(weight * offered.get(gram, 0) for gram, weight in wanted.items())
            assert table[row, column] == min(product * 10_000 // UNIT**2, 10_000)


def test_grams_ascend_and_are_met_on_both_sides() -> None:
    alike = Likeness(["film and cloud", "voice"], ["cloud film", "budget"])
    for side in (alike.learner_texts, alike.adviser_texts):
        assert set(side.gram.tolist()) == set(range(alike.grams))
        for one, other in zip(side.start[:-1], side.start[1:], strict=True):
            assert (np.diff(side.gram[one:other]) > 0).all()


def test_blocks_of_texts_do_not_change_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    learners = [f"film {number} cloud" for number in range(40)]
    whole = Likeness(learners, learners).block(0, 40)
    monkeypatch.setattr(texts, "BLOCK", 7)
    assert np.array_equal(Likeness(learners, learners).block(0, 40), whole)


def test_equal_texts_are_weighed_once() -> None:
    alike = Likeness(["film"] * 1000, ["", "film", ""])
    assert alike.learner_code.tolist() == [0] * 1000
    assert alike.adviser_code.tolist() == [0, 1, 0]
    assert len(alike.learner_texts.start) == 2
    assert alike.block(0, 1)[0, 1] > 9_990
