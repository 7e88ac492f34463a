"""Everything wrong with the input, collected and told in one go."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

SHOWN = 50
ENOUGH = 1_000  # mistakes after which reading on would help nobody


class BadFiles(Exception):
    """Sentences that name file, row and column; not ``complete`` when reading was given up."""

    def __init__(self, sentences: Iterable[str], complete: bool = True) -> None:
        self.sentences = list(sentences)
        self.complete = complete
        super().__init__(" ".join(self.sentences))

    def shown(self) -> list[str]:
        """At most fifty sentences, then how many more there are."""
        more = len(self.sentences) - SHOWN
        if more <= 0:
            return self.sentences
        count = str(more) if self.complete else f"at least {more}"
        return [*self.sentences[:SHOWN], f"There are {count} more mistakes of this kind."]


class Faults:
    """Collects sentences about one file, up to ENOUGH."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.sentences: list[str] = []
        self.complete = True

    def row(self, row: int, column: str, sentence: str) -> None:
        self._add(f"{self.file}, row {row}, column {column}: {sentence}")

    def say(self, sentence: str) -> None:
        self._add(f"{self.file}: {sentence}")

    def _add(self, sentence: str) -> None:
        if len(self.sentences) < ENOUGH:
            self.sentences.append(sentence)
        else:
            self.complete = False

    def bad_files(self) -> BadFiles:
        return BadFiles(self.sentences, self.complete)


def nearest(word: str, known: Iterable[str]) -> str:
    """Did you mean "…"? With a leading space, or nothing."""
    folded = {name.casefold(): name for name in known}
    close = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return f' Did you mean "{folded[close[0]]}"?' if close else ""
