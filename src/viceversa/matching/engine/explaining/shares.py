"""Shares of people with what chance alone could make of them, and shares by group."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np

from viceversa.matching.engine.people.ragged import Coded
from viceversa.matching.engine.people.roster import Roster, numbered
from viceversa.matching.engine.solving.instance import Bools, Ints

FEWEST = 5  # people of one value, below whom a figure would speak of persons
NORMAL = 1.959963984540054  # 95 % of a normal distribution lie within so many deviations


@dataclass(frozen=True)
class Share:
    """``count`` of ``base`` people; ``low`` and ``high`` bound the share with 95 % confidence."""

    count: int
    base: int
    low: float
    high: float

    @classmethod
    def of(cls, count: int, base: int) -> Share:
        return cls(count, base, *wilson(count, base))

    @property
    def part(self) -> float:
        return self.count / self.base if self.base else 0.0


@dataclass(frozen=True)
class Group:
    """The people with one value of an attribute."""

    value: str
    matched: Share


@dataclass(frozen=True)
class Parity:
    """Who has a partner, by the values of one attribute; those of few people are not shown."""

    attribute: str
    role: str
    groups: tuple[Group, ...]


def wilson(count: int, base: int) -> tuple[float, float]:
    """The score interval for a share, to four places (E. B. Wilson, Probable inference, the law of
    succession, and statistical inference, Journal of the American Statistical Association 22,
    1927). Unlike share ± error it stays within 0 and 1 and holds for few people."""
    if not base:
        return 0.0, 1.0
    share, square = count / base, NORMAL**2
    middle = share + square / (2 * base)
    reach = NORMAL * sqrt(share * (1 - share) / base + square / (4 * base * base))
    low, high = ((middle + side * reach) / (1 + square / base) for side in (-1, 1))
    return round(max(low, 0.0), 4), round(min(high, 1.0), 4)


def parity(roster: Roster, covered: Bools, used: Bools) -> tuple[Parity, ...]:
    """For each attribute with several values to show: the share matched, by value and role.

    ``covered`` (L,) and ``used`` (A,): who has a partner. People who want or offer no place do
    not count, nor do those who left the attribute blank.
    """
    roles = (
        ("learner", roster.learners, roster.demand > 0, covered),
        ("adviser", roster.advisers, roster.capacity > 0, used),
    )
    found = [
        Parity(name, role, _groups(column, who[part], matched[part]))
        for name, column in sorted(roster.columns.attributes.items())
        for role, who, part, matched in roles
    ]
    return tuple(each for each in found if len(each.groups) > 1)


def _groups(column: Coded[str | None], who: Ints, matched: Bools) -> tuple[Group, ...]:
    number = numbered(column)
    people = np.bincount(number[who], minlength=int(number.max(initial=0)) + 1)
    with_partner = np.bincount(number[who[matched]], minlength=len(people))
    spelling = _spellings(column, number)
    return tuple(
        Group(spelling[at], Share.of(int(with_partner[at]), int(people[at])))
        for at in _shown(people)
    )


def _shown(people: Ints) -> list[int]:
    """Values of enough people. Where those not shown could be worked out from the sum because
    they are too few even with the people who said nothing, the next smallest stays hidden too."""
    shown = [at for at in range(1, len(people)) if people[at] >= FEWEST]
    hidden = int(people.sum()) - sum(int(people[at]) for at in shown)
    if shown and 0 < hidden < FEWEST and people[0] < hidden:
        shown.remove(min(shown, key=lambda at: (people[at], at)))
    return shown


def _spellings(column: Coded[str | None], number: Ints) -> dict[int, str]:
    """How each value is written: of several ways the first in the alphabet."""
    codes, first = np.unique(column.code, return_index=True)
    written: dict[int, str] = {}
    for code, at in zip(codes.tolist(), number[first].tolist(), strict=True):
        value = " ".join((column.values[code] or "").split())
        written[at] = min(written.get(at, value), value)
    return written
