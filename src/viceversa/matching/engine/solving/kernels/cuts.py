"""Is a count at its best? Alternating paths from who wants more, or the cut that stops them."""

from __future__ import annotations

import numpy as np

from viceversa.matching.engine.compiling import entry
from viceversa.matching.engine.solving.kernels.market import NOBODY, Array


@entry
def cut(
    start: Array,
    adviser: Array,
    used: Array,
    capacity: Array,
    rank: Array,
    ranks: Array,
    worth: Array,
) -> tuple[bool, Array]:
    """Prices (A,) that prove a count, or False when somebody could have more.

    ``rank`` (L,): what one unit more is worth to a learner who wants it, 0 for nobody; ``ranks``:
    those above 0 that occur, the highest first. ``worth`` (L,): what a learner would lose with a
    unit. Advisers reached from a learner cost that learner's rank, the highest first (König's
    theorem; for ranks, the greedy of a matroid).
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
    for value in ranks:
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


@entry
def cut_in_tree(
    start: Array,
    adviser: Array,
    used: Array,
    capacity: Array,
    parent: Array,
    room: Array,
) -> tuple[bool, Array]:
    """Prices (A,) of 0 and 1 that prove the number of places, or False when one more may flow.

    Learners are trees of V nodes as in ``market``: ``start`` (V+1,), ``parent`` and ``room`` (V,),
    ``adviser`` and ``used`` by edge. Whatever one unit more from the root can reach stands on one
    side of a smallest cut (Ford and Fulkerson 1962); advisers there cost 1.
    """
    nodes, advisers = len(room), len(capacity)
    flow, load = np.zeros(nodes, np.int32), np.zeros(advisers, np.int32)
    top = np.full(advisers, NOBODY, np.int32)
    after, node = np.full(len(adviser), NOBODY, np.int32), np.empty(len(adviser), np.int32)
    for v in range(nodes):
        for e in range(start[v], start[v + 1]):
            node[e] = v
            if used[e]:
                j = adviser[e]
                after[e], top[j] = top[j], e
                load[j] += 1
                flow[v] += 1
    child_start = np.zeros(nodes + 1, np.int32)
    for v in range(nodes - 1, -1, -1):
        if parent[v] != NOBODY:
            flow[parent[v]] += flow[v]
            child_start[parent[v] + 1] += 1
    child_start = np.cumsum(child_start)
    child, filled = np.empty(child_start[nodes], np.int32), child_start.copy()
    price = np.zeros(advisers, np.int64)
    seen, stack, count = np.zeros(nodes, np.uint8), np.empty(nodes, np.int32), 0
    for v in range(nodes):
        if flow[v] > room[v]:
            return False, price
        if parent[v] != NOBODY:
            child[filled[parent[v]]] = v
            filled[parent[v]] += 1
        elif flow[v] < room[v]:
            seen[v], stack[count] = 1, v
            count += 1
    while count > 0:
        count -= 1
        v = stack[count]
        for e in range(start[v], start[v + 1]):
            j = adviser[e]
            if used[e] or price[j] > 0:
                continue
            if load[j] < capacity[j]:
                return False, price
            price[j] = 1
            other = top[j]
            while other != NOBODY:
                if not seen[node[other]]:
                    seen[node[other]], stack[count] = 1, node[other]
                    count += 1
                other = after[other]
        q = parent[v]
        if q != NOBODY and flow[v] > 0 and not seen[q]:
            seen[q], stack[count] = 1, q
            count += 1
        for at in range(child_start[v], child_start[v + 1]):
            c = child[at]
            if flow[c] < room[c] and not seen[c]:
                seen[c], stack[count] = 1, c
                count += 1
    return True, price
