"""Texts of a column as whole numbers: every distinct text is understood once."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from viceversa.matching.engine.files.cells import Wrong
from viceversa.matching.engine.files.faults import ENOUGH
from viceversa.matching.engine.people.ragged import Ragged
from viceversa.matching.engine.solving.instance import Ints

MOST_TEXTS = 1 << 17  # texts remembered per column, so that memory stays with the arrays


@dataclass(frozen=True)
class Mistake:
    """What is wrong with one cell of the file."""

    row: int
    column: str
    sentence: str


class EnoughMistakes(Exception):
    """One column has more different mistakes than anybody will read."""


class Cells(dict[str, int]):
    """The number of each cell of one column; ``bad`` has the sentences about wrong cells."""

    def __init__(self, parse: Callable[[str, Wrong], int]) -> None:
        self.parse = parse
        self.bad: dict[str, list[str]] = {}
        self._said: list[str] = []

    def __missing__(self, text: str) -> int:
        if len(self) >= MOST_TEXTS:
            self.clear()
        self[text] = number = self.parse(text.strip(), self._wrong)
        if self._said:
            self.bad[text], self._said = self._said, []
            if len(self.bad) > ENOUGH:
                raise EnoughMistakes
        return number

    def _wrong(self, _: str, sentence: str) -> None:
        self._said.append(sentence)

    def mistakes(self, column: str, texts: Sequence[str], rows: Ints) -> list[Mistake]:
        """What is wrong with these cells, which is forgotten then."""
        bad, self.bad = self.bad, {}
        for text in bad:
            self.pop(text, None)
        return [
            Mistake(int(rows[at]), column, sentence)
            for at, text in enumerate(texts if bad else ())
            for sentence in bad.get(text, ())
        ]


class Lists:
    """Lists of whole numbers, each list known by its own number."""

    def __init__(self) -> None:
        self.ends = array("q", [0])
        self.entries = array("q")

    def add(self, entries: Iterable[int]) -> int:
        self.entries.extend(entries)
        self.ends.append(len(self.entries))
        return len(self.ends) - 2

    def taken(self, numbers: Ints) -> Ragged:
        """The lists with these numbers, in this order."""
        whole = Ragged(np.array(self.ends, np.int64), (np.array(self.entries, np.int64),))
        return whole.taken(numbers)
