"""Waves of invented answers, and attackers who see only what is published. They share no code with
the gate."""

import random
from collections.abc import Iterator
from itertools import product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from viceversa.safeguarding.rules.ballot import Ballot
from viceversa.safeguarding.rules.groups import EVERYBODY, Cell
from viceversa.safeguarding.rules.questions import ANSWERS
from viceversa.safeguarding.rules.results import Results

GROUPS = {"role": 2, "unit": 4, "years": 3}


def make_wave(seed: int, *, n: int | None = None, questions: int = 1) -> list[Ballot]:
    """Some waves agree almost wholly, which is what an attacker hopes for."""
    chance = random.Random(seed)
    n = n or chance.randint(8, 70)
    lean = chance.choice([(1, 1, 1, 1), (8, 1, 1, 0), (30, 1, 0, 0), (1, 0, 0, 0), (3, 3, 1, 1)])
    return [
        Ballot(
            answers=tuple(chance.choices(ANSWERS, lean)[0] for _question in range(questions)),
            cells=frozenset(
                (name, f"{name} {min(chance.randrange(many), chance.randrange(many))}")
                for name, many in GROUPS.items()
                if chance.random() < 0.95
            ),
            counterparts=frozenset({chance.randrange(n)}),
            comment=f"comment {number}" if chance.random() < 0.3 else "",
        )
        for number in range(n)
    ]


class Attacker:
    """Knows who is in which group, all that is published, and what `insiders` people answered."""

    def __init__(self, ballots: list[Ballot], results: Results, insiders: list[Ballot]) -> None:
        self.shown = frozenset(one.cell for one in results.cells)
        self.classes = sorted({self._class(one) for one in ballots}, key=sorted)
        self.sizes = [sum(self._class(one) == c for one in ballots) for c in self.classes]
        self.known = np.zeros((len(self.classes), len(ANSWERS)))
        for one in insiders:
            self.known[self.classes.index(self._class(one)), ANSWERS.index(one.answers[0])] += 1
        self.results = results

    def _class(self, ballot: Ballot) -> frozenset[Cell]:
        return ballot.cells & self.shown

    def forced(self) -> list[tuple[int, str, str]]:
        """Classes in which everybody unknown must have given an answer, or nobody can have."""
        found = []
        for c, a in product(range(len(self.classes)), range(len(ANSWERS))):
            unknown = self.sizes[c] - int(self.known[c].sum())
            if not unknown:
                continue
            least = self._extreme(c, a, 1) - self.known[c, a]
            most = self._extreme(c, a, -1) - self.known[c, a]
            if least >= unknown:
                found.append((c, ANSWERS[a], "everybody"))
            if most <= 0:
                found.append((c, ANSWERS[a], "nobody"))
        return found

    def _extreme(self, c: int, a: int, sign: int) -> float:
        shape = self.known.shape
        goal = np.zeros(shape)
        goal[c, a] = sign
        rows, low, high = map(list, zip(*self._knowledge(shape), strict=True))
        upper = np.repeat(np.array(self.sizes, float)[:, None], len(ANSWERS), 1)
        answer = milp(
            goal.ravel(),
            constraints=LinearConstraint(np.array(rows), low, high),
            integrality=np.ones(goal.size),
            bounds=Bounds(self.known.ravel(), upper.ravel()),
        )
        assert answer.x is not None, "what is published contradicts itself"
        return float(round(answer.x.reshape(shape)[c, a]))

    def _knowledge(self, shape: tuple[int, ...]) -> Iterator[tuple[np.ndarray, float, float]]:
        for c, size in enumerate(self.sizes):
            row = np.zeros(shape)
            row[c] = 1
            yield row.ravel(), size, size
        for shown in self.results.cells:
            inside = [
                c
                for c, cells in enumerate(self.classes)
                if shown.cell == EVERYBODY or shown.cell in cells
            ]
            for a, (least, most) in enumerate(shown.bands[0]):
                row = np.zeros(shape)
                row[inside, a] = 1
                yield row.ravel(), least, most


def remainders(ballots: list[Ballot], results: Results) -> list[tuple[str, str]]:
    """The attacker who subtracts: everybody, less all groups of one kind, leaves a few. Found are
    those remainders, or groups, whose figures come down to one answer for fewer than five."""
    by_cell = {one.cell: one.bands[0] for one in results.cells}
    total, found = by_cell[EVERYBODY], []
    for breakdown in {cell[0] for cell in by_cell if cell != EVERYBODY}:
        shown = [cell for cell in by_cell if cell[0] == breakdown]
        rest = [one for one in ballots if not one.cells & set(shown)]
        for a, answer in enumerate(ANSWERS):
            most = total[a][1] - sum(by_cell[cell][a][0] for cell in shown)
            least = total[a][0] - sum(by_cell[cell][a][1] for cell in shown)
            if rest and (least >= len(rest) or most <= 0):
                found.append((breakdown, answer))
    return found
