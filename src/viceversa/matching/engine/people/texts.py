"""How alike two texts are: cosine of TF-IDF weights over character n-grams (3 to 5).

Character n-grams forgive endings and typing errors, need no word lists and work in any language
with letters. Weights are rounded to whole numbers so that every machine gives the same scores.

Every distinct text is weighed once, from the counts of its words and the n-grams of each distinct
word, a block of texts at a time. Only n-grams found on both sides are kept: no other can meet.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from viceversa.matching.engine.people.ragged import Numbers, starts
from viceversa.matching.engine.solving.instance import Bools, Ints

SIZES = (3, 4, 5)
UNIT = 4096  # length of a text's vector after rounding
BLOCK = 1 << 14  # texts weighed at a time
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Weighed:
    """Text t has the n-grams ``gram[start[t]:start[t + 1]]``, ascending, with these weights."""

    start: Ints
    gram: npt.NDArray[np.int32]
    weight: npt.NDArray[np.int16]


class Likeness:
    """Texts of learners against texts of advisers.

    ``learner_code`` (L,) and ``adviser_code`` (A,) number the distinct texts of their side,
    ``learner_texts`` and ``adviser_texts`` have the weights of those; both number ``grams``
    n-grams alike.
    """

    def __init__(self, learners: Sequence[str], advisers: Sequence[str]) -> None:
        words: Numbers[str] = Numbers()
        wanted, offered = _Side(learners, words), _Side(advisers, words)
        table = _grams_of(words)
        both = wanted.has(table) & offered.has(table)
        self.grams = int(both.sum())
        self.learner_code, self.adviser_code = wanted.code, offered.code
        rarity = np.zeros(len(both))
        if self.grams:
            spread = wanted.spread(table) + offered.spread(table)
            rarity = _rarity(spread, len(learners) + len(advisers))
        self.learner_texts = wanted.weighed(table, rarity, both)
        self.adviser_texts = offered.weighed(table, rarity, both)

    def block(self, start: int, end: int) -> Ints:
        """Likeness 0…10,000 of learners start…end with every adviser."""
        wanted, offered = self._matrices
        product = (wanted[self.learner_code[start:end]] @ offered).toarray()[:, self.adviser_code]
        return np.asarray(np.minimum(product * 10_000 // (UNIT * UNIT), 10_000))

    @cached_property
    def _matrices(self) -> tuple[Any, Any]:
        texts = (self.learner_texts, self.adviser_texts)
        wanted, offered = (_matrix(t.start, t.gram, t.weight, self.grams) for t in texts)
        return wanted, offered.T.tocsr()


class _Side:
    """The distinct texts of learners or of advisers as numbers of words."""

    def __init__(self, texts: Sequence[str], words: Numbers[str]) -> None:
        numbers: Numbers[str] = Numbers()
        self.code: Ints = np.array(numbers.of(texts), np.int64)
        self.times: Ints = np.bincount(self.code, minlength=len(numbers))
        lists = [words.of(_plain(text).split()) for text in numbers]
        self.start = starts([len(each) for each in lists])
        self.word = np.fromiter(chain.from_iterable(lists), np.int32, int(self.start[-1]))

    def has(self, table: Any) -> Bools:
        """(grams,) which occur in any of the texts."""
        found = np.zeros(table.shape[1], np.bool_)
        found[table[np.unique(self.word)].indices] = True
        return found

    def counts(self, table: Any) -> Iterator[tuple[int, Any]]:
        """Block after block of texts: where it begins, and how often each has each n-gram."""
        for begin in range(0, len(self.times), BLOCK):
            start = self.start[begin : begin + BLOCK + 1]
            word = self.word[start[0] : start[-1]]
            ones = np.ones(len(word), np.int32)
            yield begin, _matrix(start - start[0], word, ones, table.shape[0]) @ table

    def spread(self, table: Any) -> Ints:
        """(grams,) how many texts have each n-gram, equal texts counted each."""
        found = np.zeros(table.shape[1], np.int64)
        for begin, counts in self.counts(table):
            times = self.times[begin : begin + BLOCK]
            each = np.repeat(times, np.diff(counts.indptr))
            found += np.bincount(counts.indices, each, len(found)).astype(np.int64)
        return found

    def weighed(self, table: Any, rarity: Floats, keep: Bools) -> Weighed:
        """The weights of the n-grams to be kept, which are numbered anew."""
        number = np.cumsum(keep, dtype=np.int32) - 1
        lengths = np.zeros(len(self.times), np.int64)
        grams, weights = [np.zeros(0, np.int32)], [np.zeros(0, np.int16)]
        for begin, counts in self.counts(table) if keep.any() else ():
            weight = _weights(counts, rarity)
            kept = keep[counts.indices]
            found = starts(kept)[counts.indptr]
            chosen = _matrix(found, number[counts.indices[kept]], weight[kept], int(keep.sum()))
            chosen.sort_indices()
            lengths[begin : begin + BLOCK] = np.diff(found)
            grams.append(chosen.indices.astype(np.int32))
            weights.append(chosen.data.astype(np.int16))
        return Weighed(starts(lengths), np.concatenate(grams), np.concatenate(weights))


def _plain(text: str) -> str:
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text).casefold()


def _grams_of(words: Iterable[str]) -> Any:
    """A sparse table (words, grams) of how often each n-gram occurs in each word."""
    grams: Numbers[str] = Numbers()
    found = [Counter(grams.of(_of_word(word))) for word in words]
    gram = np.fromiter(chain.from_iterable(found), np.int32)
    count = np.fromiter(chain.from_iterable(each.values() for each in found), np.int32)
    return _matrix(starts([len(each) for each in found]), gram, count, len(grams))


def _of_word(word: str) -> list[str]:
    framed = f" {word} "
    return [framed[at : at + size] for size in SIZES for at in range(len(framed) - size + 1)]


def _rarity(spread: Ints, texts: int) -> Floats:
    """Logarithms are taken by ``math``, as those of numpy differ between machines."""
    values, which = np.unique(spread, return_inverse=True)
    return np.array([math.log(1 + texts / value) for value in values.tolist()])[which]


def _weights(counts: Any, rarity: Floats) -> Ints:
    """The weight of every entry, rounded; the weights of one text have the length UNIT."""
    often = np.array(
        [0.0, *(1 + math.log(n) for n in range(1, int(counts.data.max(initial=1)) + 1))]
    )
    raw = often[counts.data] * rarity[counts.indices]
    length = np.sqrt(_exact_sums(raw * raw, counts.indptr))
    whole = np.rint(UNIT * raw / np.repeat(length, np.diff(counts.indptr)))
    return np.asarray(whole.astype(np.int64))


def _exact_sums(squares: Floats, start: npt.NDArray[np.integer]) -> Floats:
    """Sums of the values of each text, as if added without any rounding but the last.

    No value is below 1/4 (a rarity is at least log 2), so each is a whole number of 2⁻⁵⁴, and
    two whole numbers hold it: the multiples of 2⁻²⁴, and the rest.
    """
    high = np.floor(squares * 2.0**24)
    low = (squares * 2.0**24 - high) * 2.0**30
    highs, lows = (starts(part.astype(np.int64))[start] for part in (high, low))
    upper, lower = np.diff(highs), np.diff(lows)
    upper, lower = upper + (lower >> 30), lower & (2**30 - 1)
    return np.asarray((upper + lower * 2.0**-30) * 2.0**-24)


def _matrix(
    start: npt.NDArray[np.integer],
    column: npt.NDArray[np.integer],
    value: npt.NDArray[np.integer],
    width: int,
) -> Any:
    """A sparse matrix of whole numbers. scipy is loaded here, when matching really runs."""
    from scipy.sparse import csr_array

    return csr_array((value.astype(np.int64), column, start), shape=(len(start) - 1, width))
