"""Hopcroft–Karp with places: the most learners that can be covered (SIAM J. Computing 2, 1973).

Adapted to advisers with several places and to learners of several ranks, taken from the highest
down: a learner once covered stays covered, so that no lower rank can take anything from it.
"""

from __future__ import annotations

import numpy as np

from viceversa.matching.engine.compiling import entry, inlined, inner
from viceversa.matching.engine.solving.kernels.market import NOBODY, Array

UNREACHED = np.int32(1 << 30)


@entry
def cover(
    start: Array,
    adviser: Array,
    score: Array,
    free: Array,
    threshold: int,
    capacity: Array,
    rank: Array,
    ranks: Array,
    mate: Array,
) -> None:
    """Improve ``mate`` (L,), the adviser who covers each learner, until no more can be covered.

    Only free edges scored at or above the threshold count. ``rank`` below 0: not to be covered;
    ``ranks``: those from 0 that occur, the highest first.
    What ``mate`` holds on entry is kept where it still can be.
    """
    learners, advisers = len(rank), len(capacity)
    load = np.zeros(advisers, np.int64)
    top = np.full(advisers, NOBODY, np.int32)
    after = np.full(learners, NOBODY, np.int32)
    before = np.full(learners, NOBODY, np.int32)
    edges = np.empty(len(adviser), np.int32)
    ends = np.empty(learners + 1, np.int64)
    count = 0
    for v in range(learners):
        ends[v] = count
        held = mate[v]
        mate[v] = NOBODY
        for e in range(start[v], start[v + 1]):
            if free[e] and score[e] >= threshold and rank[v] >= 0:
                edges[count] = adviser[e]
                count += 1
                if adviser[e] == held and load[held] < capacity[held]:
                    _join(v, held, mate, load, top, after, before)
    ends[learners] = count
    for v in range(learners):
        at = ends[v]
        while mate[v] == NOBODY and at < ends[v + 1]:
            if load[edges[at]] < capacity[edges[at]]:
                _join(v, edges[at], mate, load, top, after, before)
            at += 1
    level = np.empty(learners, np.int32)
    queue = np.empty(learners, np.int32)
    at = np.empty(learners, np.int64)
    stack = np.empty(learners, np.int32)
    _release_lower(rank, mate, load, top, after, before, ends, edges)
    for value in ranks:
        while _levels(value, rank, mate, load, capacity, top, after, ends, edges, level, queue):
            for v in range(learners):
                at[v] = ends[v]
            for v in range(learners):
                if mate[v] == NOBODY and rank[v] == value:
                    _augment(
                        v, mate, load, capacity, top, after, before, ends, edges, level, at, stack
                    )


@inner
def _release_lower(
    rank: Array,
    mate: Array,
    load: Array,
    top: Array,
    after: Array,
    before: Array,
    ends: Array,
    edges: Array,
) -> None:
    """When ranks differ, begin with the highest alone, so that lower ones take nothing from it."""
    highest = np.int64(-1)
    for v in range(len(rank)):
        highest = max(highest, rank[v])
    for v in range(len(rank)):
        if rank[v] < highest and mate[v] != NOBODY:
            _leave(v, mate, load, top, after, before)


@inlined
def _join(
    v: int, j: int, mate: Array, load: Array, top: Array, after: Array, before: Array
) -> None:
    mate[v] = j
    load[j] += 1
    after[v] = top[j]
    before[v] = NOBODY
    if top[j] != NOBODY:
        before[top[j]] = v
    top[j] = v


@inlined
def _leave(v: int, mate: Array, load: Array, top: Array, after: Array, before: Array) -> None:
    j = mate[v]
    mate[v] = NOBODY
    load[j] -= 1
    if before[v] != NOBODY:
        after[before[v]] = after[v]
    else:
        top[j] = after[v]
    if after[v] != NOBODY:
        before[after[v]] = before[v]


@inner
def _levels(
    value: int,
    rank: Array,
    mate: Array,
    load: Array,
    capacity: Array,
    top: Array,
    after: Array,
    ends: Array,
    edges: Array,
    level: Array,
    queue: Array,
) -> bool:
    """Distances from the uncovered learners of a rank; is any free place reached?"""
    level[:] = UNREACHED
    seen = np.zeros(len(capacity), np.uint8)
    head, tail, found = 0, 0, UNREACHED
    for v in range(len(rank)):
        if mate[v] == NOBODY and rank[v] == value:
            level[v] = 0
            queue[tail] = v
            tail += 1
    while head < tail and level[queue[head]] < found:
        v = queue[head]
        head += 1
        for at in range(ends[v], ends[v + 1]):
            j = edges[at]
            if seen[j]:
                continue
            seen[j] = 1
            if load[j] < capacity[j]:
                found = level[v] + 1
            other = top[j]
            while other != NOBODY:
                if level[other] == UNREACHED:
                    level[other] = level[v] + 1
                    queue[tail] = other
                    tail += 1
                other = after[other]
    return found < UNREACHED


@inner
def _augment(
    source: int,
    mate: Array,
    load: Array,
    capacity: Array,
    top: Array,
    after: Array,
    before: Array,
    ends: Array,
    edges: Array,
    level: Array,
    at: Array,
    stack: Array,
) -> bool:
    """Depth first along rising levels to a free place; everybody on the way moves one on."""
    depth = 0
    stack[0] = source
    while depth >= 0:
        v = stack[depth]
        if at[v] >= ends[v + 1]:
            level[v] = UNREACHED
            depth -= 1
            continue
        j = edges[at[v]]
        if load[j] < capacity[j]:
            while depth >= 0:
                w = stack[depth]
                level[w] = UNREACHED
                if mate[w] != NOBODY:
                    _leave(w, mate, load, top, after, before)
                _join(w, edges[at[w]], mate, load, top, after, before)
                depth -= 1
            return True
        other = top[j]
        while other != NOBODY and level[other] != level[v] + 1:
            other = after[other]
        if other == NOBODY:
            at[v] += 1
        else:
            depth += 1
            stack[depth] = other
    return False
