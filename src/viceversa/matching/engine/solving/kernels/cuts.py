"""Is a count at its best? Alternating paths from who wants more, or the cut that stops them."""

from __future__ import annotations

import numpy as np

from viceversa.matching.engine.compiling import entry
from viceversa.matching.engine.solving.kernels.market import Array


@entry
def cut(
    start: Array,
    adviser: Array,
    used: Array,
    capacity: Array,
    rank: Array,
    worth: Array,
) -> tuple[bool, Array]:
    """Prices (A,) that prove a count, or False when somebody could have more.

    ``rank`` (L,): what one unit more is worth to a learner who wants it, 0 for nobody. ``worth``
    (L,): what a learner would lose with a unit. Advisers reached from
    a learner cost that learner's rank, the highest first (König's theorem; for ranks, the greedy
    of a matroid).
    """
    learners, advisers = len(rank), len(capacity)
    holder_start = np.zeros(advisers + 1, np.int64)
    for v in range(learners):
        for e in range(start[v], start[v + 1]):
            if used[e]:
                holder_start[adviser[e] + 1] += 1
    for j in range(advisers):
        holder_start[j + 1] += holder_start[j]
    holder = np.empty(holder_start[advisers], np.int32)
    free = holder_start.copy()
    for v in range(learners):
        for e in range(start[v], start[v + 1]):
            if used[e]:
                holder[free[adviser[e]]] = v
                free[adviser[e]] += 1
    price = np.zeros(advisers, np.int64)
    seen = np.zeros(learners, np.uint8)
    queue = np.empty(learners, np.int32)
    for value in np.unique(rank[rank > 0])[::-1]:
        head, tail = 0, 0
        for v in range(learners):
            if rank[v] == value and not seen[v]:
                seen[v] = 1
                queue[tail] = v
                tail += 1
        while head < tail:
            v = queue[head]
            head += 1
            for e in range(start[v], start[v + 1]):
                j = adviser[e]
                if used[e] or price[j] > 0:
                    continue
                if holder_start[j + 1] - holder_start[j] < capacity[j]:
                    return False, price
                price[j] = value
                for at in range(holder_start[j], holder_start[j + 1]):
                    other = holder[at]
                    if worth[other] < value:
                        return False, price
                    if not seen[other]:
                        seen[other] = 1
                        queue[tail] = other
                        tail += 1
    return True, price
