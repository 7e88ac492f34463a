"""Everything wrong with the input, collected and told in one go."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

SHOWN = 50


class BadFiles(Exception):
    """Sentences that name file, row and column."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = list(sentences)
        super().__init__(" ".join(self.sentences))

    def shown(self) -> list[str]:
        """At most fifty sentences, then how many more there are."""
        more = len(self.sentences) - SHOWN
        if more <= 0:
            return self.sentences
        return [*self.sentences[:SHOWN], f"There are {more} more mistakes of this kind."]


class Faults:
    """Collects sentences about one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.sentences: list[str] = []

    def row(self, row: int, column: str, sentence: str) -> None:
        self.sentences.append(f"{self.file}, row {row}, column {column}: {sentence}")

    def say(self, sentence: str) -> None:
        self.sentences.append(f"{self.file}: {sentence}")


def nearest(word: str, known: Iterable[str]) -> str:
    """Did you mean "…"? With a leading space, or nothing."""
    folded = {name.casefold(): name for name in known}
    close = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return f' Did you mean "{folded[close[0]]}"?' if close else ""
