"""Finding a skill by what people type: its name, another name for it, or something close."""

import heapq
import unicodedata
from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import log, sqrt

GRAM_SIZES = (2, 3, 4)
LEAST_SCORE = 0.15
KEPT_SIGNS = frozenset("+#")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A skill that might be meant: its key, the label that came closest, 0…1 how close."""

    key: str
    label: str
    score: float


def normalise(text: str) -> str:
    """Fold case, accents, punctuation and spacing away, so that "E‑mail" and "e mail" agree.

    "+" and "#" stay, because C, C++ and C# are three different things.
    """
    plain = unicodedata.normalize("NFKD", text.replace("&", " and ")).casefold()
    kept = "".join(_folded(sign) for sign in plain)
    return " ".join(kept.split())


def _folded(sign: str) -> str:
    if unicodedata.combining(sign) or sign in "'’":
        return ""
    return sign if sign.isalnum() or sign in KEPT_SIGNS else " "


@lru_cache(maxsize=20_000)
def _grams_of_word(word: str) -> tuple[str, ...]:
    edged = f" {word} "
    return tuple(
        edged[start : start + size] for size in GRAM_SIZES for start in range(len(edged) - size + 1)
    )


def _grams(text: str) -> Counter[str]:
    """Count the character n-grams of each word of a normalised text, word edges marked."""
    return Counter(chain.from_iterable(map(_grams_of_word, text.split())))


class SkillIndex:
    """Exact, alias and near matches over skills given as key → name and aliases.

    The near match is the cosine of TF-IDF weighted character n-grams (Salton and Buckley, 1988:
    logarithmic term weight, smoothed inverse document frequency). Its table is worked out at the
    first near search only: exact matches cost nothing to prepare.
    """

    def __init__(self, names_and_aliases: Mapping[str, Sequence[str]]) -> None:
        self._labels = [
            (key, label, normalise(label))
            for key, labels in names_and_aliases.items()
            for label in labels
        ]
        self._exact: dict[str, str] = {}
        for key, _, plain in self._labels:
            self._exact.setdefault(plain, key)
        self._table: _GramTable | None = None

    def find(self, text: str) -> str | None:
        """Return the key whose name or alias this is, disregarding case and punctuation."""
        return self._exact.get(normalise(text))

    def suggest(self, text: str, limit: int = 5) -> list[Suggestion]:
        """Return the nearest skills, best first, each once; an exact match leads with score 1."""
        if self._table is None:
            self._table = _GramTable([plain for _, _, plain in self._labels])
        best: dict[str, Suggestion] = {}
        for position, score in self._table.nearest(normalise(text)):
            key, label, _ = self._labels[position]
            if len(best) == limit:
                break
            if key not in best:
                best[key] = Suggestion(key, label, min(1.0, round(score, 4)))
        return list(best.values())


class _GramTable:
    """For each n-gram the texts that hold it and its weight there, texts scaled to length 1."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [_grams(text) for text in texts]
        holders = Counter(gram for count in counts for gram in count)
        self._size = len(texts)
        self._rarity = {gram: 1 + log((1 + self._size) / (1 + n)) for gram, n in holders.items()}
        self._positions = {gram: array("L") for gram in holders}
        self._weights = {gram: array("f") for gram in holders}
        for position, count in enumerate(counts):
            for gram, weight in self._scaled(count).items():
                self._positions[gram].append(position)
                self._weights[gram].append(weight)

    def nearest(self, text: str) -> Iterator[tuple[int, float]]:
        """Yield positions of texts and their cosine, best first, ties by position."""
        scores = [0.0] * self._size
        for gram, weight in self._scaled(_grams(text)).items():
            held = zip(self._positions.get(gram, ()), self._weights.get(gram, ()), strict=True)
            for position, share in held:
                scores[position] += weight * share
        heap = [(-score, place) for place, score in enumerate(scores) if score >= LEAST_SCORE]
        heapq.heapify(heap)
        while heap:
            negative, position = heapq.heappop(heap)
            yield position, -negative

    def _scaled(self, count: Counter[str]) -> dict[str, float]:
        unseen = 1 + log(1 + self._size)
        weights = {gram: (1 + log(n)) * self._rarity.get(gram, unseen) for gram, n in count.items()}
        length = sqrt(sum(weight * weight for weight in weights.values()))
        return {gram: weight / length for gram, weight in weights.items()}
