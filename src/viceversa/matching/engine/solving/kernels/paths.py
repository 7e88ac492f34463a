"""Exact repair by shortest augmenting paths, from whatever prices it is given.

Every learner first takes what is best for them at the prices. Then ``forward`` sends each unit too
many at an adviser along the cheapest way to a free place (or out), and ``backward`` fetches a unit
for each place that is dear but empty, or lowers its price. Both keep every optimality condition of
``market`` true, so that the end is optimal: the successive shortest path method for minimum-cost
flows with potentials (Ahuja, Magnanti and Orlin, Network Flows, 1993, section 9.7), from a dual
solution rather than from zero, as in Jonker and Volgenant (Computing 38, 1987).
"""

from __future__ import annotations

import numpy as np
from numba import njit

from viceversa.matching.engine.solving.kernels.heap import begin, offer, settle_nearest
from viceversa.matching.engine.solving.kernels.market import (
    NOBODY,
    SETTLED,
    UNSEEN,
    Array,
    Market,
    drop,
    last_bonus,
    lift_of,
    next_bonus,
    take,
)

FAR = np.int64(1) << np.int64(61)


@njit(cache=True)
def forward(m: Market, source: int, open_to_all: bool) -> None:
    """Send one unit from an element to the nearest free place, or back out of the market.

    ``open_to_all``: every adviser has a free place (to find what a learner would take).
    """
    h, advisers = m.heap, len(m.capacity)
    begin(h, source)
    nearest, end = FAR, -1
    while h.size[0] > 0 and h.distance[h.order[0]] < nearest:
        x = settle_nearest(h)
        if x < advisers:
            way_out = np.int64(0) if open_to_all else _way_out(m, x)
            if h.distance[x] + way_out < nearest:
                nearest, end = h.distance[x] + way_out, x
            if not open_to_all:
                _ask_holders(m, x, nearest)
        else:
            if m.parent[x - advisers] == NOBODY and m.flow[x - advisers] > 0:
                given_up = h.distance[x] + last_bonus(m, x - advisers) + m.value[x - advisers]
                if given_up < nearest:
                    nearest, end = given_up, x
            _ask_around(m, x - advisers, nearest)
    _shift(m, nearest, 1)
    _send(m, source, end)


@njit(cache=True, forceinline=True)
def _way_out(m: Market, j: int) -> int:
    """What one more unit at the adviser costs beyond the price paid; FAR when full."""
    most = m.capacity[j] if m.price[j] >= 0 else m.minimum[j]
    out = min(m.load[j], most)
    if out >= m.capacity[j]:
        return FAR
    return max(np.int64(0), -lift_of(m, j, out + 1) - m.price[j])


@njit(cache=True, forceinline=True)
def _ask_holders(m: Market, j: int, nearest: int) -> None:
    """Which of those who use the adviser would move on?"""
    h, advisers = m.heap, len(m.capacity)
    base = h.distance[j] - m.price[j]
    edge = m.top[j]
    while edge != NOBODY:
        v = m.node[edge]
        distance = base + m.reward[edge] - m.value[v]
        if distance < nearest:
            offer(h, advisers + v, distance, edge)
        edge = m.after[edge]


@njit(cache=True, forceinline=True)
def _ask_around(m: Market, v: int, nearest: int) -> None:
    """Where could the node's unit go: along an edge, up to its parent, down to a child?"""
    h, advisers, edges = m.heap, len(m.capacity), len(m.adviser)
    base = h.distance[advisers + v] + m.value[v]
    for edge in range(m.start[v], m.start[v + 1]):
        j = m.adviser[edge]
        distance = base - m.reward[edge] + m.price[j]
        if distance < nearest and not m.used[edge]:
            offer(h, j, distance, edge)
    q = m.parent[v]
    if q != NOBODY and m.flow[v] > 0:
        distance = base + last_bonus(m, v) - m.value[q]
        if distance < nearest:
            offer(h, advisers + q, distance, edges + advisers + v)
    for at in range(m.child_start[v], m.child_start[v + 1]):
        c = m.child[at]
        if m.flow[c] < m.room[c]:
            distance = base - next_bonus(m, c) - m.value[c]
            if distance < nearest:
                offer(h, advisers + c, distance, edges + advisers + v)


@njit(cache=True, forceinline=True)
def _shift(m: Market, nearest: int, sign: int) -> None:
    """New prices and values: everything settled moves by what it is nearer than the end."""
    h, advisers = m.heap, len(m.capacity)
    for at in range(h.size[1]):
        x = h.seen[at]
        if h.place[x] == SETTLED and h.distance[x] < nearest:
            by = sign * (nearest - h.distance[x])
            if x < advisers:
                m.price[x] += by
            else:
                m.value[x - advisers] -= by
        h.place[x] = UNSEEN


@njit(cache=True, forceinline=True)
def _send(m: Market, source: int, end: int) -> None:
    """Change the flow along the way found, from its end back to the source."""
    came, advisers, edges = m.heap.came, len(m.capacity), len(m.adviser)
    x = end
    if x >= advisers:
        m.flow[x - advisers] -= 1
    while x != source:
        step = came[x]
        if step >= edges:
            y = step - edges
            if m.parent[x - advisers] == y - advisers:
                m.flow[x - advisers] += 1
            else:
                m.flow[y - advisers] -= 1
            x = y
        elif x < advisers:
            take(m, step)
            x = advisers + m.node[step]
        else:
            drop(m, step)
            x = m.adviser[step]


@njit(cache=True)
def backward(m: Market, source: int, in_start: Array, in_edge: Array) -> None:
    """Fetch a unit for a dear but empty place from the nearest giver, or lower its price.

    ``in_start``, ``in_edge``: the edges by adviser.
    """
    h, advisers = m.heap, len(m.capacity)
    begin(h, source)
    nearest, end = FAR, -1
    while h.size[0] > 0 and h.distance[h.order[0]] < nearest:
        x = settle_nearest(h)
        if x < advisers:
            unit = m.load[x] + (1 if x == source else 0)
            cheaper = h.distance[x] + lift_of(m, x, unit) + m.price[x]
            if cheaper < nearest:
                nearest, end = cheaper, x
            _ask_wishers(m, x, nearest, in_start, in_edge)
        else:
            v = x - advisers
            if m.parent[v] == NOBODY and m.flow[v] < m.room[v]:
                begun = h.distance[x] - next_bonus(m, v) - m.value[v]
                if begun < nearest:
                    nearest, end = begun, x
            _ask_givers(m, v, nearest)
    _shift(m, nearest, -1)
    _fetch(m, source, end)


@njit(cache=True, forceinline=True)
def _ask_wishers(m: Market, j: int, nearest: int, in_start: Array, in_edge: Array) -> None:
    h, advisers = m.heap, len(m.capacity)
    base = h.distance[j] + m.price[j]
    for at in range(in_start[j], in_start[j + 1]):
        edge = in_edge[at]
        v = m.node[edge]
        distance = base + m.value[v] - m.reward[edge]
        if distance < nearest and not m.used[edge]:
            offer(h, advisers + v, distance, edge)


@njit(cache=True, forceinline=True)
def _ask_givers(m: Market, v: int, nearest: int) -> None:
    """Whence could the node have a unit: from an adviser it uses, its parent, a child?"""
    h, advisers, edges = m.heap, len(m.capacity), len(m.adviser)
    base = h.distance[advisers + v] - m.value[v]
    left, edge = m.flow[v], m.start[v]
    while left > 0 and edge < m.start[v + 1]:
        if m.used[edge]:
            left -= 1
            j = m.adviser[edge]
            distance = base + m.reward[edge] - m.price[j]
            if distance < nearest:
                offer(h, j, distance, edge)
        edge += 1
    q = m.parent[v]
    if q != NOBODY and m.flow[v] < m.room[v]:
        distance = base - next_bonus(m, v) + m.value[q]
        if distance < nearest:
            offer(h, advisers + q, distance, edges + advisers + v)
    for at in range(m.child_start[v], m.child_start[v + 1]):
        c = m.child[at]
        if m.flow[c] > 0:
            distance = base + last_bonus(m, c) + m.value[c]
            if distance < nearest:
                offer(h, advisers + c, distance, edges + advisers + v)


@njit(cache=True, forceinline=True)
def _fetch(m: Market, source: int, end: int) -> None:
    came, advisers, edges = m.heap.came, len(m.capacity), len(m.adviser)
    x = end
    if x >= advisers:
        m.flow[x - advisers] += 1
    while x != source:
        step = came[x]
        if step >= edges:
            y = step - edges
            if m.parent[x - advisers] == y - advisers:
                m.flow[x - advisers] -= 1
            else:
                m.flow[y - advisers] += 1
            x = y
        elif x < advisers:
            drop(m, step)
            x = advisers + m.node[step]
        else:
            take(m, step)
            x = m.adviser[step]


@njit(cache=True)
def respond(m: Market, held: Array) -> None:
    """Everybody takes what is best for them at the prices, whether there is room or not.

    ``held`` (E,) uint8: among equals these are preferred.
    """
    m.used[:] = 0
    m.flow[:] = 0
    m.load[:] = 0
    m.top[:] = NOBODY
    most = 1
    for v in range(len(m.room)):
        most = max(most, m.room[v])
    best = np.empty(most + 1, np.int32)
    gain = np.empty(most + 1, np.int64)
    for v in range(len(m.room)):
        if m.parent[v] == NOBODY:
            if m.child_start[v + 1] == m.child_start[v]:
                _take_best(m, v, held, best, gain)
            else:
                _take_through_gates(m, v)


@njit(cache=True, forceinline=True)
def _take_best(m: Market, v: int, held: Array, best: Array, gain: Array) -> None:
    """A node without children: its best edges, as many as there is room for and worth it."""
    room, count = m.room[v], 0
    for edge in range(m.start[v], m.start[v + 1]):
        g = m.reward[edge] - m.price[m.adviser[edge]]
        if count <= room:
            at = count
            count += 1
        elif g > gain[room] or (g == gain[room] and held[edge]):
            at = room
        else:
            continue
        while at > 0 and (gain[at - 1] < g or (gain[at - 1] == g and held[edge])):
            gain[at] = gain[at - 1]
            best[at] = best[at - 1]
            at -= 1
        gain[at] = g
        best[at] = edge
    units = 0
    while units < room and units < count and gain[units] + next_bonus(m, v) > 0:
        take(m, best[units])
        m.flow[v] += 1
        units += 1
    value = gain[units] if units < count else -FAR
    if units > 0:
        value = max(value, -last_bonus(m, v))
    m.value[v] = value


@njit(cache=True)
def _take_through_gates(m: Market, v: int) -> None:
    """A learner with nodes below: unit after unit along the best way that is left."""
    _value_below(m, v)
    while m.flow[v] < m.room[v] and next_bonus(m, v) + m.value[v] > 0:
        m.flow[v] += 1
        forward(m, len(m.capacity) + v, True)


@njit(cache=True)
def _value_below(m: Market, v: int) -> None:
    """The values of a learner's nodes while nothing flows. Children follow their parents."""
    last = v
    for x in range(v, len(m.room)):
        if x > v and m.parent[x] < v:
            break
        last = x
    for x in range(last, v - 1, -1):
        m.value[x] = -FAR // 4
        for edge in range(m.start[x], m.start[x + 1]):
            m.value[x] = max(m.value[x], m.reward[edge] - m.price[m.adviser[edge]])
        for at in range(m.child_start[x], m.child_start[x + 1]):
            c = m.child[at]
            if m.room[c] > 0:
                m.value[x] = max(m.value[x], m.bonus[c] + m.value[c])


@njit(cache=True)
def repair(m: Market, in_start: Array, in_edge: Array) -> None:
    """From what everybody would take at the prices to the optimum."""
    for j in range(len(m.capacity)):
        while m.load[j] > (m.capacity[j] if m.price[j] >= 0 else m.minimum[j]):
            forward(m, j, False)
    for j in range(len(m.capacity)):
        while m.load[j] < m.capacity[j] and m.price[j] > -lift_of(m, j, m.load[j] + 1):
            backward(m, j, in_start, in_edge)


@njit(cache=True)
def by_adviser(adviser: Array, advisers: int) -> tuple[Array, Array]:
    """Edges in the order of their advisers, and where each adviser's begin."""
    start = np.zeros(advisers + 1, np.int32)
    for edge in range(len(adviser)):
        start[adviser[edge] + 1] += 1
    for j in range(advisers):
        start[j + 1] += start[j]
    free = start.copy()
    edges = np.empty(len(adviser), np.int32)
    for edge in range(len(adviser)):
        j = adviser[edge]
        edges[free[j]] = edge
        free[j] += 1
    return start, edges
