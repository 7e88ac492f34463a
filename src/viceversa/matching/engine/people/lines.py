"""Reporting lines as intervals: is one person above the other, in constant time.

An Euler tour numbers everybody so that those under a person are exactly the numbers in the
person's interval. Members of a cycle share one interval: each is in the other's line. A manager
who is nobody in the list ends the line.

Nothing here walks the lines step by step: paths are doubled, so that a chain of a million people
takes twenty rounds over the arrays.
"""

from __future__ import annotations

import numpy as np

from viceversa.matching.engine.solving.instance import Bools, Ints


class ReportingLines:
    """``manager`` (N,): index of each person's manager, −1 for none or unknown."""

    def __init__(self, manager: Ints) -> None:
        head = _cycle_heads(manager)
        above = np.where(head == np.arange(len(manager)), manager, -1)
        on_cycle = (above >= 0) & (head[np.maximum(above, 0)] == head)
        above[on_cycle] = -1
        above = np.where(above >= 0, head[np.maximum(above, 0)], -1)
        enter, leave = _tour(above, head)
        self.enter: Ints = enter[head]
        self.leave: Ints = leave[head]

    def related(self, first: Ints, second: Ints) -> Bools:
        """Is either above the other, at any distance? Broadcasts over the two index arrays."""
        start_a, start_b = self.enter[first], self.enter[second]
        a_above = (start_a <= start_b) & (start_b < self.leave[first])
        b_above = (start_b <= start_a) & (start_a < self.leave[second])
        return np.asarray(a_above | b_above)


def _cycle_heads(manager: Ints) -> Ints:
    """For members of a cycle its smallest member, for everyone else themselves."""
    head = np.arange(len(manager), dtype=np.int64)
    far, distance = manager, 1
    while distance < len(manager) and (far >= 0).any():
        far, distance = _onward(far, far), 2 * distance
    # Whoever is reached after so many steps is on a cycle, and all of a cycle are reached.
    for person in np.unique(far[far >= 0]).tolist():
        if head[person] == person:
            _mark(head, manager, person)
    return head


def _mark(head: Ints, manager: Ints, first: int) -> None:
    member = int(manager[first])
    while member != first:
        head[member] = first
        member = int(manager[member])


def _onward(far: Ints, step: Ints) -> Ints:
    """``step`` taken from where ``far`` leads; −1 stays the end of the line."""
    return np.asarray(np.where(far >= 0, step[np.maximum(far, 0)], -1))


def _tour(above: Ints, head: Ints) -> tuple[Ints, Ints]:
    """Numbers on entering and after leaving each person, over the forest of ``above``; reports
    of one person, and those without a manager, in their order."""
    size = _sizes(above, head)
    enter = _after_siblings(above, size)
    far = above
    while (far >= 0).any():
        enter = enter + np.where(far >= 0, enter[np.maximum(far, 0)], 0)
        far = _onward(far, far)
    return enter, np.asarray(enter + size)


def _sizes(above: Ints, head: Ints) -> Ints:
    """How many people each has below, with oneself; none for those whom a head stands for."""
    size = (head == np.arange(len(head))).astype(np.int64)
    far = above
    while (far >= 0).any():
        below = far >= 0
        size = size + np.bincount(far[below], size[below], len(far)).astype(np.int64)
        far = _onward(far, far)
    return np.asarray(size)


def _after_siblings(above: Ints, size: Ints) -> Ints:
    """How far after the manager's number each begins: oneself after all earlier siblings."""
    order = np.argsort(above, kind="stable")
    before = np.cumsum(size[order]) - size[order]
    boss = above[order]
    new = np.ones(len(order), np.bool_)
    new[1:] = boss[1:] != boss[:-1]
    begins = np.maximum.accumulate(np.where(new, np.arange(len(order)), 0))
    after = np.empty(len(order), np.int64)
    after[order] = before - before[begins] + (boss >= 0)
    return after
