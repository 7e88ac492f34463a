"""Reporting lines as intervals: is one person above the other, in constant time.

An Euler tour numbers everybody so that those under a person are exactly the numbers in the
person's interval. Members of a cycle share one interval: each is in the other's line. A manager
who is nobody in the list ends the line.
"""

from __future__ import annotations

from collections import deque

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
    reports = np.bincount(manager[manager >= 0], minlength=len(manager))
    waiting = deque(np.flatnonzero(reports == 0).tolist())
    in_cycle = np.ones(len(manager), np.bool_)
    while waiting:
        person = waiting.popleft()
        in_cycle[person] = False
        boss = int(manager[person])
        if boss >= 0:
            reports[boss] -= 1
            if reports[boss] == 0:
                waiting.append(boss)
    head = np.arange(len(manager), dtype=np.int64)
    for person in np.flatnonzero(in_cycle).tolist():
        member = int(manager[person])
        while head[person] == person and member > person:
            member = int(manager[member])
        if member == person:
            _mark(head, manager, person)
    return head


def _mark(head: Ints, manager: Ints, first: int) -> None:
    member = int(manager[first])
    while member != first:
        head[member] = first
        member = int(manager[member])


def _tour(above: Ints, head: Ints) -> tuple[Ints, Ints]:
    """Numbers on entering and after leaving each person, over the forest of ``above``."""
    below: list[list[int]] = [[] for _ in range(len(above))]
    for person in np.flatnonzero(above >= 0).tolist():
        below[int(above[person])].append(person)
    enter = np.zeros(len(above), np.int64)
    leave = np.zeros(len(above), np.int64)
    clock = 0
    everyone = np.arange(len(above))
    for root in np.flatnonzero((above < 0) & (head == everyone)).tolist():
        stack = [(root, False)]
        while stack:
            person, done = stack.pop()
            if done:
                leave[person] = clock
                continue
            enter[person] = clock
            clock += 1
            stack.append((person, True))
            stack.extend((report, False) for report in reversed(below[person]))
    return enter, leave
