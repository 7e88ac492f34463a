"""The attacker that is built in. From all bands together, knowing who is in which class and what
any two people answered, it looks for an answer that somebody must, or cannot, have given.

One solution of the published figures that differs is enough to leave the attacker in doubt.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations_with_replacement
from typing import Any

from viceversa.safeguarding.rules.bands import Band

INSIDERS = 2
MOST_TYPES = 16

Place = tuple[int, int]
Solution = list[list[int]]


@dataclass(frozen=True)
class Figures:
    """One question. `truth[c][a]` people of class c gave answer a; `cells` are the classes that
    each published cell is made of, `bands` what is published of it, answer by answer."""

    truth: Sequence[Sequence[int]]
    cells: Sequence[frozenset[int]]
    bands: Sequence[Sequence[Band]]

    @property
    def sizes(self) -> list[int]:
        return [sum(row) for row in self.truth]

    @property
    def places(self) -> list[Place]:
        return [(c, a) for c, row in enumerate(self.truth) for a in range(len(row))]


def forces_nothing(figures: Figures) -> bool:
    return all(_stays_open(_Search(figures), place) for place in figures.places)


@dataclass
class _Search:
    """Keeps the solutions found: one often answers several questions."""

    figures: Figures
    found: list[tuple[Solution, Solution]] = field(default_factory=list)

    def differs(self, floors: Solution, place: Place, *, more: bool) -> bool:
        """Whether somebody whom the attacker does not know can have given the answer (`more`), or
        another one."""
        if any(self._shows(one, floors, place, more) for one, of in self.found if of == floors):
            return True
        solution = _extreme(self.figures, floors, place, more=more)
        if solution is None:
            return False
        self.found.append((solution, floors))
        return self._shows(solution, floors, place, more)

    def _shows(self, solution: Solution, floors: Solution, place: Place, more: bool) -> bool:
        c, a = place
        known, others = floors[c][a], min(INSIDERS, sum(floors[c]) - floors[c][a])
        gave = solution[c][a]
        return gave > known if more else sum(solution[c]) - gave > others


def _stays_open(search: _Search, place: Place) -> bool:
    return all(_is_in_doubt(search, place, more=more) for more in (True, False))


def _is_in_doubt(search: _Search, place: Place, *, more: bool) -> bool:
    """First against more insiders than there are; where that is too much to ask, pair by pair."""
    figures = search.figures
    most = [[min(INSIDERS, count) for count in row] for row in figures.truth]
    if search.differs(most, place, more=more):
        return True
    if len(figures.places) > MOST_TYPES:
        return False
    return all(search.differs(floors, place, more=more) for floors in _pairs(figures))


def _pairs(figures: Figures) -> Iterator[Solution]:
    """What two insiders can have answered, each time as the least that is known."""
    for pair in combinations_with_replacement(figures.places, INSIDERS):
        floors = [[0] * len(row) for row in figures.truth]
        for c, a in pair:
            floors[c][a] += 1
        if all(floors[c][a] <= figures.truth[c][a] for c, a in pair):
            yield floors


def _extreme(figures: Figures, floors: Solution, place: Place, *, more: bool) -> Solution | None:
    """Whole numbers that fit everything known, with one of them as large or small as can be."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp  # slow to import: for the job only

    places = figures.places
    number = {each: at for at, each in enumerate(places)}
    goal = np.zeros(len(places))
    goal[number[place]] = -1.0 if more else 1.0
    rows, low, high = _constraints(figures, number)
    sizes = figures.sizes
    answer: Any = milp(
        goal,
        constraints=LinearConstraint(np.array(rows), low, high),
        integrality=np.ones(len(places)),
        bounds=Bounds([floors[c][a] for c, a in places], [sizes[c] for c, _a in places]),
    )
    if answer.x is None:
        return None
    return [
        [round(answer.x[number[c, a]]) for a in range(len(row))]
        for c, row in enumerate(figures.truth)
    ]


def _constraints(
    figures: Figures, number: dict[Place, int]
) -> tuple[list[list[float]], list[int], list[int]]:
    rows: list[list[float]] = []
    low: list[int] = []
    high: list[int] = []

    def add(places: list[Place], band: Band) -> None:
        row = [0.0] * len(number)
        for each in places:
            row[number[each]] = 1.0
        rows.append(row)
        low.append(band[0])
        high.append(band[1])

    for c, size in enumerate(figures.sizes):
        add([(c, a) for a in range(len(figures.truth[c]))], (size, size))
    for cell, bands in zip(figures.cells, figures.bands, strict=True):
        for a, band in enumerate(bands):
            add([(c, a) for c in cell], band)
    return rows, low, high
