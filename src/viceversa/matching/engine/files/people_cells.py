"""The rows of people.csv, block after block, as columns of numbers.

What a cell means becomes a whole number: a count, a number in a table of values, or the number of
a list. So a block of rows is a few arrays, and its texts are forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from viceversa.matching.engine.files.cell_numbers import Cells, EnoughMistakes, Mistake
from viceversa.matching.engine.files.people_meaning import (
    AS_ADVISER,
    AS_LEARNER,
    IN_THE_FILE,
    Meaning,
    plain_cells,
)
from viceversa.matching.engine.files.programme_toml import Programme
from viceversa.matching.engine.people.columns import CODED, WHOLE
from viceversa.matching.engine.people.gathering import Draft
from viceversa.matching.engine.people.ragged import Coded, Numbers
from viceversa.matching.engine.solving.instance import Ints


class Gathered:
    """The people read so far. ``own`` names the columns of the organisation's own."""

    def __init__(self, own: Sequence[str], programme: Programme) -> None:
        self.meaning = Meaning(programme)
        self.own: dict[str, Numbers[str]] = {name: Numbers() for name in own}
        attributes = {name: plain_cells(values) for name, values in self.own.items()}
        self.cells = self.meaning.cells() | attributes
        self.names: list[str] = []
        self.blocks: dict[str, list[Ints]] = {name: [] for name in ("row", "id", *self.cells)}
        self.gave_up = False

    def add(self, table: Mapping[str, Sequence[str]], rows: Ints, keep: bool) -> list[Mistake]:
        """Take in a block of rows unless something is wrong with them, which is returned.

        Without ``keep`` the cells are only looked at.
        """
        ids = list(map(str.strip, table["id"]))
        found = {"row": rows, "id": np.array(self.meaning.named.of(ids), np.int64)}
        try:
            for name, cells in self.cells.items():
                found[name] = _numbers(cells, table.get(name), len(rows))
        except EnoughMistakes:
            self.gave_up = True
        mistakes = self._mistakes(table, ids, rows)
        if keep and not mistakes:
            self.names += map(str.strip, table["name"]) if "name" in table else [""] * len(rows)
            for name, block in found.items():
                self.blocks[name].append(block)
        return mistakes

    def _mistakes(
        self, table: Mapping[str, Sequence[str]], ids: Sequence[str], rows: Ints
    ) -> list[Mistake]:
        """In the order of rows, and of checks within a row."""
        found = [
            Mistake(int(rows[at]), "id", "everybody needs an id.")
            for at in (np.flatnonzero([not text for text in ids]) if "" in ids else ())
        ]
        for name, cells in self.cells.items():
            if cells.bad:
                found += cells.mistakes(name, table[name], rows)
        return sorted(found, key=lambda mistake: mistake.row)

    @property
    def rows(self) -> Ints:
        """(N,) the row of each person in the file."""
        return _joined(self.blocks["row"])

    def draft(self) -> Draft:
        whole = {name: _joined(blocks) for name, blocks in self.blocks.items()}
        meaning, roles = self.meaning, whole["role"]
        return Draft(
            named=tuple(meaning.named),
            own=whole["id"],
            names=self.names,
            manager=whole["manager_id"],
            is_learner=roles & AS_LEARNER > 0,
            is_adviser=roles & AS_ADVISER > 0,
            whole={name: whole[IN_THE_FILE.get(name, name)] for name in WHOLE},
            values={
                name: _coded(whole[IN_THE_FILE.get(name, name)], meaning.values[name])
                for name in CODED
            },
            attributes={name: _coded(whole[name], self.own[name]) for name in self.own},
            spellings=tuple(meaning.skills.spellings),
            wants=meaning.skills.wants_by(whole["wants"]),
            offers=meaning.skills.offers_by(whole["offers"]),
            lists={name: each.taken(whole[name]) for name, each in meaning.lists.items()},
        )


def _numbers(cells: Cells, texts: Sequence[str] | None, rows: int) -> Ints:
    """(rows,) what each cell means; a column that is not there is empty."""
    if texts is None:
        return np.full(rows, cells[""])
    return np.fromiter(map(cells.__getitem__, texts), np.int64, rows)


def _joined(blocks: Sequence[Ints]) -> Ints:
    return np.concatenate(blocks) if blocks else np.zeros(0, np.int64)


def _coded(code: Ints, values: Numbers[Any]) -> Coded[Any]:
    return Coded(code.astype(np.int32), tuple(values))
