import math
import unicodedata
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viceversa.matching.engine.people.ragged import ragged
from viceversa.matching.engine.people.texts import FULL, RARITY, WORDS, Likeness

pytestmark = pytest.mark.pure

SPOKEN = ["film", "films", "cloud", "CLOUD", "aaaaaaa", "a", "über", "ﬁlm", "STRASSE", "straße"]
TEXTS = st.lists(st.lists(st.sampled_from(SPOKEN), max_size=9).map(" ".join), max_size=6)


def compared(learners: list[str], advisers: list[str]) -> Likeness:
    everyone = list(dict.fromkeys(learners + advisers))
    learner = np.array([everyone.index(text) for text in learners], np.int64)
    adviser = ragged([[(everyone.index(text),)] for text in advisers], 1)
    return Likeness(everyone, learner, adviser)


def words(text: str) -> list[str]:
    return unicodedata.normalize("NFKC", text).casefold().split()


def grams(word: str) -> list[str]:
    framed = f" {word} "
    return [framed[at : at + n] for n in (3, 4, 5) for at in range(len(framed) - n + 1)]


def vectors(everyone: list[str]) -> list[dict[str, int]]:
    """The definition, text by text: how often each n-gram is said, times its rarity in 64ths."""
    spread = Counter(gram for text in everyone for word in words(text) for gram in grams(word))
    people = len(everyone)
    rarity = {
        gram: round(RARITY * math.log(1 + people / min(times, people)))
        for gram, times in spread.items()
    }
    counted = [Counter(g for word in words(text) for g in grams(word)) for text in everyone]
    return [{gram: count * rarity[gram] for gram, count in each.items()} for each in counted]


def likeness(one: dict[str, int], other: dict[str, int]) -> int:
    product = sum(weight * other.get(gram, 0) for gram, weight in one.items())
    squares = [sum(weight**2 for weight in each.values()) for each in (one, other)]
    if not all(squares):
        return 0
    return min(round(product / (math.sqrt(squares[0]) * math.sqrt(squares[1])) * FULL), FULL)


@given(TEXTS, TEXTS)
def test_likeness_is_the_cosine_by_its_definition(learners: list[str], advisers: list[str]) -> None:
    by_hand = vectors(learners + advisers)
    expected = [
        [likeness(one, other) for other in by_hand[len(learners) :]]
        for one in by_hand[: len(learners)]
    ]
    assert compared(learners, advisers).block(0, len(learners)).tolist() == expected


@given(TEXTS, TEXTS)
def test_order_of_people_does_not_change_who_is_alike(
    learners: list[str], advisers: list[str]
) -> None:
    table = compared(learners, advisers).block(0, len(learners))
    turned = compared(learners[::-1], advisers[::-1]).block(0, len(learners))
    assert np.array_equal(table, turned[::-1, ::-1])


def test_equal_texts_are_as_alike_as_can_be_and_foreign_ones_not_at_all() -> None:
    alike = compared(["film and cloud", ""], ["Film and CLOUD", "budget", ""])
    assert alike.block(0, 2).tolist() == [[FULL, 0, 0], [0, 0, 0]]


def test_endings_and_typing_errors_are_forgiven() -> None:
    near, far = compared(["podcasting"], ["podcasts", "spreadsheets"]).block(0, 1)[0]
    assert near > 4 * far


def test_one_adviser_may_say_several_texts() -> None:
    learner, adviser = np.array([0]), ragged([[(0,), (1,)], [(1,)]], 1)
    together, apart = Likeness(["film", "cloud"], learner, adviser).block(0, 1)[0]
    assert FULL > together > apart


def test_only_the_first_words_of_an_endless_text_are_compared() -> None:
    endless = "film " * WORDS
    ended, cut = compared(["film"], [endless, endless + "budget " * 1000]).block(0, 1)[0]
    assert ended == cut == FULL
