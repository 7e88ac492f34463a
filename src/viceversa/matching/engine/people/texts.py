"""How alike two texts are: cosine of TF-IDF weights over character n-grams (3 to 5).

Character n-grams forgive endings and typing errors, need no word lists and work in any language
with letters. Weights are rounded to whole numbers so that every machine gives the same scores.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from viceversa.matching.engine.solving.instance import Ints

SIZES = (3, 4, 5)
UNIT = 4096  # length of a text's vector after rounding


class Likeness:
    """Texts of learners against texts of advisers."""

    def __init__(self, learners: Sequence[str], advisers: Sequence[str]) -> None:
        counted = [_grams(text) for text in (*learners, *advisers)]
        spread = Counter(gram for grams in counted for gram in grams)
        shared = sorted(gram for gram, texts in spread.items() if texts > 1)
        number = {gram: at for at, gram in enumerate(shared)}
        rarity = {gram: math.log(1 + len(counted) / spread[gram]) for gram in spread}
        rows = [_weights(grams, rarity, number) for grams in counted]
        self._learners = _matrix(rows[: len(learners)], len(shared))
        self._advisers = _matrix(rows[len(learners) :], len(shared)).T.tocsr()

    def block(self, start: int, end: int) -> Ints:
        """Likeness 0…10,000 of learners start…end with every adviser."""
        product = (self._learners[start:end] @ self._advisers).toarray()
        return np.asarray(np.minimum(product * 10_000 // (UNIT * UNIT), 10_000))


def _grams(text: str) -> Counter[str]:
    plain = unicodedata.normalize("NFKC", text).casefold()
    found: Counter[str] = Counter()
    for word in plain.split():
        found.update(_of_word(word))
    return found


@lru_cache(maxsize=1 << 14)
def _of_word(word: str) -> tuple[str, ...]:
    framed = f" {word} "
    return tuple(framed[at : at + size] for size in SIZES for at in range(len(framed) - size + 1))


def _weights(
    grams: Counter[str], rarity: dict[str, float], number: dict[str, int]
) -> list[tuple[int, int]]:
    raw = {gram: (1 + math.log(count)) * rarity[gram] for gram, count in grams.items()}
    length = math.sqrt(math.fsum(weight * weight for weight in raw.values()))
    return [
        (number[gram], round(UNIT * weight / length))
        for gram, weight in raw.items()
        if gram in number
    ]


def _matrix(rows: list[list[tuple[int, int]]], width: int) -> Any:
    """A sparse matrix of whole numbers. scipy is loaded here, when matching really runs."""
    from scipy.sparse import csr_array

    lengths = np.cumsum([0, *(len(row) for row in rows)])
    columns = np.array([column for row in rows for column, _ in row], np.int64)
    values = np.array([value for row in rows for _, value in row], np.int64)
    return csr_array((values, columns, lengths), shape=(len(rows), width))
