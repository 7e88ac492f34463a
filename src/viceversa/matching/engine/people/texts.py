"""How alike two texts are: cosine of rarity-weighted counts of character n-grams (3 to 5).

Character n-grams forgive endings and typing errors, need no word lists and work in any language
with letters (W. B. Cavnar, J. M. Trenkle: N-Gram-Based Text Categorization, 1994). A text is the
sum of its words, and a word the sum of its n-grams, so that texts are kept as a few words each and
a learner's text is multiplied with every *word* once, not with every text.

Products are whole numbers; only the last division is not, and one division and one square root
round alike on every machine.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from viceversa.matching.engine.people.ragged import Numbers, Ragged, ragged, starts
from viceversa.matching.engine.solving.instance import Ints

SIZES = (3, 4, 5)
WORDS = 500  # of a text that are compared: its first ones
RARITY = 64  # a rarity is kept in steps of 1/64
FULL = 10_000
Floats = npt.NDArray[np.float64]


class Likeness:
    """What learners say against what advisers say, out of some distinct ``texts``.

    ``learner`` (L,): the text of each learner. ``adviser``: the list of texts of each adviser.

    Kept are the words of every text (``said``), of those that learners use (``wanted``, which
    ``learner`` then numbers) and of every adviser (``offered``), the lengths of both as vectors,
    by word its n-grams and their weights (``grams``), and by n-gram the advisers' words
    (``words_by_gram``).
    """

    def __init__(self, texts: Sequence[str], learner: Ints, adviser: Ragged) -> None:
        words: Numbers[str] = Numbers()
        said = self.said = ragged([[(n,) for n in words.of(_words(text))] for text in texts], 1)
        self.adviser = adviser
        used, self.learner = np.unique(learner, return_inverse=True)
        self.wanted = said.taken(used)
        each = said.taken(adviser.parts[0])
        self.offered = Ragged(each.start[adviser.start], each.parts)
        self.words = len(words)
        counts, width = _grams_of(words)
        people = len(learner) + len(adviser.start) - 1
        spoken = (said.taken(learner).parts[0], self.offered.parts[0])
        times = np.bincount(np.concatenate(spoken), minlength=self.words)
        gram, count = counts.parts
        rarity = _rarity(gram, times[counts.owner], width, people)
        self.grams = Ragged(counts.start, (gram, count * rarity[gram]))
        self.wanted_length = self._lengths(self.wanted, width)
        self.offered_length = self._lengths(self.offered, width)
        self.words_by_gram = _turned(self.grams, width, self.offered.parts[0])

    def block(self, start: int, end: int) -> Ints:
        """Likeness 0…10,000 of learners start…end with every adviser."""
        wanted, offered = self._vectors
        row = self.learner[start:end]
        product = (wanted[row] @ offered).toarray().astype(np.float64)
        length = self.wanted_length[row][:, None] * self.offered_length[None, :]
        share = np.divide(product, length, out=np.zeros_like(product), where=length > 0)
        return np.asarray(np.minimum(np.rint(share * FULL), FULL).astype(np.int64))

    @cached_property
    def _vectors(self) -> tuple[Any, Any]:
        width = int(self.grams.parts[0].max(initial=0)) + 1
        gram, weight = self.grams.parts
        grams = _matrix(self.grams.start, gram, weight, width)
        wanted, offered = (
            _matrix(side.start, side.parts[0], np.ones_like(side.parts[0]), self.words)
            for side in (self.wanted, self.offered)
        )
        return wanted @ grams, (offered @ grams).T.tocsr()

    def _lengths(self, side: Ragged, width: int) -> Floats:
        from viceversa.matching.engine.people.kernels.texts import lengths

        gram, weight = self.grams.parts
        squares = lengths(side.start, side.parts[0], self.grams.start, gram, weight, width)
        return np.asarray(np.sqrt(squares.astype(np.float64)))


def _words(text: str) -> Iterable[str]:
    plain = text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()
    return islice(plain.split(), WORDS)


def _grams_of(words: Numbers[str]) -> tuple[Ragged, int]:
    """How often each n-gram occurs in each word (once an entry), and how many n-grams there are."""
    grams: Numbers[str] = Numbers()
    found = ragged([[(n, 1) for n in grams.of(_of_word(word))] for word in words], 2)
    return found, len(grams)


def _of_word(word: str) -> list[str]:
    framed = f" {word} "
    return [framed[at : at + size] for size in SIZES for at in range(len(framed) - size + 1)]


def _rarity(gram: Ints, times: Ints, width: int, people: int) -> Ints:
    """(grams,) log(1 + people / times that words with it are said), in steps of 1/64.

    Logarithms are taken by ``math``, as those of numpy differ between machines.
    """
    spread = np.bincount(gram, times, width).astype(np.int64)
    values, which = np.unique(np.clip(spread, 1, max(people, 1)), return_inverse=True)
    steps = [round(RARITY * math.log(1 + people / value)) for value in values.tolist()]
    return np.array(steps, np.int64)[which]


def _turned(grams: Ragged, width: int, used: Ints) -> Ragged:
    """The words that are used, by their n-grams."""
    wanted = np.zeros(len(grams.start) - 1, np.bool_)
    wanted[used] = True
    kept = np.flatnonzero(wanted[grams.owner])
    gram, weight = (part[kept] for part in grams.parts)
    order = np.argsort(gram, kind="stable")
    return Ragged(
        starts(np.bincount(gram, minlength=width)), (grams.owner[kept][order], weight[order])
    )


def _matrix(start: Ints, column: Ints, value: Ints, width: int) -> Any:
    """A sparse matrix of whole numbers. scipy is loaded here, when matching really runs."""
    from scipy.sparse import csr_array

    return csr_array((value, column, start), shape=(len(start) - 1, width))
