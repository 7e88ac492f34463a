"""Which counts may be shown so that nobody finds a small group by adding and subtracting them.

A published count is a known sum over people. Whoever has several of them can form any sum of
multiples. If one of these is the count of a set of people, that set has become known. So a choice
of
counts is safe when no such set is smaller than `least`, and that can be decided exactly: cases that
lie in the same published cells stand together, and a set of cases is found if and only if its
row of ones lies in the span of the cells' rows. What is too small is hidden first; then, as long
as a small set could still be found, the smallest cell that takes part in finding it (complementary
suppression; L. Willenborg and T. de Waal, Elements of Statistical Disclosure Control, 2001).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, TypeVar

import numpy as np

Key = TypeVar("Key", bound=Hashable)
Case = TypeVar("Case", bound=Hashable)
People = tuple[Hashable, ...]

PRIME = (1 << 31) - 1  # products stay within 64 bits
MOST_TRIES = 2_000  # sets of classes looked at; beyond it the choice is held to be unsafe
Matrix = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True)
class _Class:
    """Cases in the same cells: which cells these are, and who stands behind them, by side."""

    cells: tuple[int, ...]
    sides: tuple[frozenset[Hashable], ...]

    @property
    def size(self) -> int:
        return min(len(side) for side in self.sides)


def releasable(
    cells: Mapping[Key, frozenset[Case]],
    *,
    people: Mapping[Case, People] | None = None,
    known: Iterable[Key] = (),
    least: int,
) -> set[Key]:
    """The cells whose counts may be shown together.

    `cells` says which cases each counts. `people` says for each case who stands behind it, one for
    each side, such as the learner and the adviser of a pair; a set is as small as its smaller side.
    Without it each case is one person. `known` are cells that readers know from elsewhere: they
    stay,
    and others are hidden for them. Cells of nobody may always be shown. The same input gives the
    same answer. Raises ValueError for a `least` below 1 and for a known cell that is not there."""
    stays = set(known)
    if least < 1:
        raise ValueError(f"a group has at least one member, not {least}")
    if not stays <= set(cells):
        raise ValueError("a cell that is known is one of the cells")
    behind = people or {case: (case,) for cell in cells.values() for case in cell}
    sizes = {key: _people_in(cell, behind) for key, cell in cells.items()}
    empty = {key for key, cell in cells.items() if not cell}
    shown = [key for key in cells if cells[key] and (sizes[key] >= least or key in stays)]
    while True:
        may_go = [at for at, key in enumerate(shown) if key not in stays]
        way = _way_to_a_small_set([cells[key] for key in shown], may_go, behind, least)
        if not way:
            return {*shown, *empty}
        shown.remove(min((shown[at] for at in way), key=lambda key: sizes[key]))


def _people_in(cases: Iterable[Case], behind: Mapping[Case, People]) -> int:
    sides = [set(side) for side in zip(*(behind[case] for case in cases), strict=True)]
    return min((len(side) for side in sides), default=0)


def _way_to_a_small_set(
    cells: Sequence[frozenset[Case]],
    may_go: Sequence[int],
    behind: Mapping[Case, People],
    least: int,
) -> list[int]:
    """Cells by which a set below `least` is found and that may go; none where nothing is found."""
    classes = _classes(cells, behind)
    span = _Span(cells=len(cells), classes=classes)
    small = [at for at, one in enumerate(classes) if one.size < least]
    for tries, chosen in enumerate(_sets(small, classes, least)):
        if tries >= MOST_TRIES:
            return list(may_go)
        if chosen and span.finds(chosen):
            way = [cell for cell in span.cells_that_find(chosen) if cell in may_go]
            if way:
                return way
    return []


def _classes(cells: Sequence[frozenset[Case]], behind: Mapping[Case, People]) -> list[_Class]:
    members: dict[Case, list[int]] = {}
    for at, cell in enumerate(cells):
        for case in cell:
            members.setdefault(case, []).append(at)
    together: dict[tuple[int, ...], list[People]] = {}
    for case, found in members.items():
        together.setdefault(tuple(found), []).append(behind[case])
    return [
        _Class(found, tuple(frozenset(side) for side in zip(*who, strict=True)))
        for found, who in sorted(together.items())
    ]


def _sets(small: Sequence[int], classes: Sequence[_Class], least: int) -> Iterator[tuple[int, ...]]:
    """Sets of classes, the fewest classes first, as long as some have fewer than `least` people
    behind them. Empty ones stand for those looked at that have more."""
    for number in range(1, len(small) + 1):
        some = False
        for chosen in combinations(small, number):
            sides = zip(*(classes[at].sides for at in chosen), strict=True)
            fits = min(len(frozenset().union(*side)) for side in sides) < least
            some = some or fits
            yield chosen if fits else ()
        if not some:
            return


class _Span:
    """The rows of the cells over the classes, solved: which sets of classes are sums of them.

    Counted modulo a prime, with random marks: a set that can be found is not missed but for a
    chance of one in two billions, and the same chance hides a cell too many."""

    def __init__(self, *, cells: int, classes: Sequence[_Class]) -> None:
        self._width = len(classes)
        rows = np.zeros((cells, self._width + cells), dtype=np.int64)
        for at, one in enumerate(classes):
            rows[list(one.cells), at] = 1
        rows[:, self._width :] = np.eye(cells, dtype=np.int64)
        self._solved, leading = _solved(rows, self._width)
        self._row_of = {column: row for row, column in enumerate(leading)}
        self._marks = self._marked(leading)

    def _marked(self, leading: Sequence[int]) -> list[int]:
        """One number for each class; they sum to nothing over a set exactly when it is found."""
        marks = np.random.default_rng(2026).integers(1, PRIME, self._width, dtype=np.int64)
        marks[list(leading)] = 0
        for column, row in self._row_of.items():
            products = self._solved[row, : self._width] * marks % PRIME
            products[list(leading)] = 0
            marks[column] = -int(products.sum()) % PRIME
        return [int(mark) for mark in marks]

    def finds(self, chosen: Iterable[int]) -> bool:
        return sum(self._marks[at] for at in chosen) % PRIME == 0

    def cells_that_find(self, chosen: Iterable[int]) -> list[int]:
        """Those that take part in the sum."""
        rows = [self._row_of[at] for at in chosen if at in self._row_of]
        sums = self._solved[rows, self._width :].sum(axis=0) % PRIME
        return [int(cell) for cell in np.flatnonzero(sums)]


def _solved(rows: Matrix, width: int) -> tuple[Matrix, list[int]]:
    """Reduced row echelon form modulo the prime, and the leading column of each row with one."""
    leading: list[int] = []
    for column in range(width):
        row = len(leading)
        filled = np.flatnonzero(rows[row:, column])
        if not len(filled):
            continue
        rows[[row, row + filled[0]]] = rows[[row + filled[0], row]]
        rows[row] = rows[row] * pow(int(rows[row, column]), -1, PRIME) % PRIME
        factors = rows[:, column].copy()
        factors[row] = 0
        rows = (rows - factors[:, None] * rows[row] % PRIME) % PRIME
        leading.append(column)
        if len(leading) == len(rows):
            break
    return rows, leading
