"""What a file of rows looks like once it has been read, and why it could not be."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple


class Row(NamedTuple):
    """One row: the line of the file where it begins (headers are usually on line 1), its cells.

    There are as many cells as headers; more only where the file itself has too many.
    """

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    kind: Literal["csv", "xlsx"]
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()

    def records(self) -> Iterator[dict[str, str]]:
        """Each row as header → text."""
        for row in self.rows:
            yield dict(zip(self.headers, row.cells, strict=False))


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read before a file is refused. 100,000 people fit with room to spare."""

    size: int = 40_000_000
    rows: int = 250_000
    columns: int = 200
    unpacked_size: int = 400_000_000
    packing_ratio: int = 200
    parts: int = 2_000


class UnreadableTable(ValueError):
    """The file is refused; `sentence` tells a person what to do about it."""

    def __init__(self, sentence: str, code: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code
