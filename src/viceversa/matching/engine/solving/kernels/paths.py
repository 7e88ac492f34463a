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

from viceversa.matching.engine.compiling import entry, inlined, inner
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
# No literals, for each of which numba would compile anew.
CLOSED, OPEN = np.uint8(0), np.uint8(1)
UP, DOWN = np.int64(1), np.int64(-1)


@inner
def forward(m: Market, source: int, open_to_all: int) -> None:
    """Send one unit from an element to the nearest free place, or back out of the market.

    ``open_to_all``: every adviser has a free place (to find what a learner would take).
    """
    advisers, edges, lift = len(m.capacity), len(m.adviser), m.lift[0]
    start, adviser, node, reward, used = m.start, m.adviser, m.node, m.reward, m.used
    parent, room, bonus, flow, value = m.parent, m.room, m.bonus, m.flow, m.value
    capacity, minimum, load, price = m.capacity, m.minimum, m.load, m.price
    top, after, child_start, child = m.top, m.after, m.child_start, m.child
    distances, came, places = m.heap.distance, m.heap.came, m.heap.place
    order, seen, size = m.heap.order, m.heap.seen, m.heap.size
    begin(m.heap, source)
    nearest, end = FAR, -1
    while size[0] > 0 and distances[order[0]] < nearest:
        x = settle_nearest(distances, places, order, size)
        if x < advisers:
            # The adviser takes one more, where a place is free, or one of those there moves on.
            out = min(load[x], capacity[x] if price[x] >= 0 else minimum[x])
            if open_to_all:
                nearest, end = distances[x], x
                continue
            if out < capacity[x]:
                earned = lift if out < minimum[x] else np.int64(0)
                way_out = distances[x] + max(np.int64(0), -earned - price[x])
                if way_out < nearest:
                    nearest, end = way_out, x
            base = distances[x] - price[x]
            edge = top[x]
            while edge != NOBODY:
                v = node[edge]
                distance = base + reward[edge] - value[v]
                if distance < nearest:
                    offer(distances, came, places, order, seen, size, advisers + v, distance, edge)
                edge = after[edge]
            continue
        # A node places its unit along an edge, or hands it up, out of the market, or down.
        v = x - advisers
        base = distances[x] + value[v]
        for edge in range(start[v], start[v + 1]):
            j = adviser[edge]
            distance = base - reward[edge] + price[j]
            if distance < nearest and not used[edge]:
                offer(distances, came, places, order, seen, size, j, distance, edge)
        if flow[v] > 0:
            lost = bonus[v] if flow[v] == 1 else np.int64(0)
            q = parent[v]
            if q == NOBODY:
                if base + lost < nearest:
                    nearest, end = base + lost, x
            elif base + lost - value[q] < nearest:
                distance = base + lost - value[q]
                offer(distances, came, places, order, seen, size, advisers + q, distance, edges + x)
        for at in range(child_start[v], child_start[v + 1]):
            c = child[at]
            if flow[c] < room[c]:
                won = bonus[c] if flow[c] == 0 else np.int64(0)
                distance = base - won - value[c]
                if distance < nearest:
                    offer(
                        distances,
                        came,
                        places,
                        order,
                        seen,
                        size,
                        advisers + c,
                        distance,
                        edges + x,
                    )
    _shift(m, nearest, UP)
    _send(m, source, end)


@inlined
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


@inlined
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


@inner
def backward(m: Market, source: int, in_start: Array, in_edge: Array) -> None:
    """Fetch a unit for a dear but empty place from the nearest giver, or lower its price.

    ``in_start``, ``in_edge``: the edges by adviser.
    """
    advisers, edges, lift = len(m.capacity), len(m.adviser), m.lift[0]
    start, adviser, node, reward, used = m.start, m.adviser, m.node, m.reward, m.used
    parent, room, bonus, flow, value = m.parent, m.room, m.bonus, m.flow, m.value
    minimum, load, price, child_start, child = m.minimum, m.load, m.price, m.child_start, m.child
    distances, came, places = m.heap.distance, m.heap.came, m.heap.place
    order, seen, size = m.heap.order, m.heap.seen, m.heap.size
    begin(m.heap, source)
    nearest, end = FAR, -1
    while size[0] > 0 and distances[order[0]] < nearest:
        x = settle_nearest(distances, places, order, size)
        if x < advisers:
            # The place stays empty at a lower price, or somebody comes who is not here yet.
            unit = load[x] + (1 if x == source else 0)
            cheaper = distances[x] + price[x] + (lift if unit <= minimum[x] else np.int64(0))
            if cheaper < nearest:
                nearest, end = cheaper, x
            base = distances[x] + price[x]
            for at in range(in_start[x], in_start[x + 1]):
                edge = in_edge[at]
                v = node[edge]
                distance = base + value[v] - reward[edge]
                if distance < nearest and not used[edge]:
                    offer(distances, came, places, order, seen, size, advisers + v, distance, edge)
            continue
        # A node has the unit from an adviser it leaves, from above, new, or from below.
        v = x - advisers
        base = distances[x] - value[v]
        left, edge = flow[v], start[v]
        while left > 0 and edge < start[v + 1]:
            if used[edge]:
                left -= 1
                j = adviser[edge]
                distance = base + reward[edge] - price[j]
                if distance < nearest:
                    offer(distances, came, places, order, seen, size, j, distance, edge)
            edge += 1
        if flow[v] < room[v]:
            won = bonus[v] if flow[v] == 0 else np.int64(0)
            q = parent[v]
            if q == NOBODY:
                if base - won < nearest:
                    nearest, end = base - won, x
            elif base - won + value[q] < nearest:
                distance = base - won + value[q]
                offer(distances, came, places, order, seen, size, advisers + q, distance, edges + x)
        for at in range(child_start[v], child_start[v + 1]):
            c = child[at]
            if flow[c] > 0:
                lost = bonus[c] if flow[c] == 1 else np.int64(0)
                distance = base + lost + value[c]
                if distance < nearest:
                    offer(
                        distances,
                        came,
                        places,
                        order,
                        seen,
                        size,
                        advisers + c,
                        distance,
                        edges + x,
                    )
    _shift(m, nearest, DOWN)
    _fetch(m, source, end)


@inlined
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


@entry
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


@inlined
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


@inner
def _take_through_gates(m: Market, v: int) -> None:
    """A learner with nodes below: unit after unit along the best way that is left."""
    _value_below(m, v)
    while m.flow[v] < m.room[v] and next_bonus(m, v) + m.value[v] > 0:
        m.flow[v] += 1
        forward(m, len(m.capacity) + v, OPEN)


@inner
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


@entry
def repair(m: Market, in_start: Array, in_edge: Array) -> None:
    """From what everybody would take at the prices to the optimum."""
    for j in range(len(m.capacity)):
        while m.load[j] > (m.capacity[j] if m.price[j] >= 0 else m.minimum[j]):
            forward(m, j, CLOSED)
    for j in range(len(m.capacity)):
        while m.load[j] < m.capacity[j] and m.price[j] > -lift_of(m, j, m.load[j] + 1):
            backward(m, j, in_start, in_edge)


@entry
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
