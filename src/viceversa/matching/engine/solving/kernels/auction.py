"""A sloppy auction: near-optimal prices in a few passes. Exactness is ``paths``' business.

Learners without an adviser bid for the one they gain most from, up to what the second best would
give them plus a step (Bertsekas, Annals of Operations Research 14, 1988). The step falls from pass
to pass; each pass starts anew from prices a little below the last ones, which saves the long price
wars of small steps. After each pass advisers who stayed empty at a price lower it to where somebody
would come (the reverse auction of Bertsekas and Castañon, Computational Optimization and
Applications 1, 1992).
"""

from __future__ import annotations

import numpy as np

from viceversa.matching.engine.compiling import entry, inlined, inner
from viceversa.matching.engine.solving.kernels.market import NOBODY, Array

NONE = np.int32(-(1 << 30))
PATIENCE = 60  # bids per place and pass; what is still open then is left to the paths


@entry
def sloppy_prices(
    start: Array,
    adviser: Array,
    worth: Array,
    room: Array,
    capacity: Array,
    in_start: Array,
    in_edge: Array,
    steps: Array,
) -> tuple[Array, Array]:
    """Prices (A,) int32 and who would hold what (E,) uint8 for worths (E,) int32.

    ``in_start``, ``in_edge``: the edges by adviser. ``steps``: the step of each pass, falling.
    """
    price = np.zeros(len(capacity), np.int32)
    held = np.zeros(len(adviser), np.uint8)
    owner = np.empty(len(adviser), np.int32)
    for v in range(len(room)):
        owner[start[v] : start[v + 1]] = v
    in_worth, in_owner = worth[in_edge], owner[in_edge]
    offer = _side_by_side(adviser, worth)
    for at in range(len(steps)):
        if at > 0:
            held[:] = 0
            for j in range(len(price)):
                price[j] = max(np.int32(0), price[j] - 2 * steps[at - 1])
        flow, load = _bid(start, offer, room, capacity, price, held, steps[at])
        _fall(
            start,
            adviser,
            worth,
            room,
            capacity,
            price,
            held,
            flow,
            load,
            in_start,
            in_edge,
            in_worth,
            in_owner,
            steps[at],
        )
    return price, held


@inner
def _side_by_side(adviser: Array, worth: Array) -> Array:
    """(E, 2) who and how good: what is read together lies together."""
    offer = np.empty((len(adviser), 2), np.int32)
    for e in range(len(adviser)):
        offer[e, 0], offer[e, 1] = adviser[e], worth[e]
    return offer


@inner
def _bid(
    start: Array,
    offer: Array,
    room: Array,
    capacity: Array,
    price: Array,
    held: Array,
    step: int,
) -> tuple[Array, Array]:
    """One pass from empty places; units per learner and adviser at its end."""
    learners = len(room)
    flow = np.zeros(learners, np.int32)
    load = np.zeros(len(capacity), np.int32)
    seats = np.zeros(len(capacity) + 1, np.int32)
    seats[1:] = np.cumsum(capacity)
    taken = np.empty((seats[-1], 3), np.int32)  # of each place: the edge, the learner, the bid
    queue = np.empty(learners, np.int32)
    waiting = np.zeros(learners, np.uint8)
    count, left = 0, np.int64(0)
    for v in range(learners):
        if room[v] > 0 and start[v + 1] > start[v]:
            queue[count] = v
            waiting[v] = 1
            count += 1
            left += PATIENCE * room[v]
    at = 0
    while count > 0 and left > 0:
        v = queue[at]
        at = 0 if at + 1 == learners else at + 1
        count -= 1
        waiting[v] = 0
        while flow[v] < room[v]:
            left -= 1
            first, second, edge = NONE, np.int32(0), NOBODY
            for e in range(start[v], start[v + 1]):
                gain = offer[e, 1] - price[offer[e, 0]]
                if gain > second and not held[e]:
                    if gain > first:
                        second = max(first, np.int32(0))
                        first, edge = gain, e
                    else:
                        second = gain
            if first <= 0:
                break
            j = offer[edge, 0]
            seat = seats[j] + load[j]
            if load[j] < capacity[j]:
                load[j] += 1
            else:
                seat = _lowest(taken, seats[j], seat)
                loser = taken[seat, 1]
                held[taken[seat, 0]] = 0
                flow[loser] -= 1
                if not waiting[loser] and loser != v:
                    to = at + count
                    queue[to if to < learners else to - learners] = loser
                    waiting[loser] = 1
                    count += 1
            held[edge] = 1
            flow[v] += 1
            taken[seat, 0], taken[seat, 1] = edge, v
            taken[seat, 2] = price[j] + first - second + step
            if load[j] == capacity[j]:
                price[j] = taken[_lowest(taken, seats[j], seats[j + 1]), 2]
    return flow, load


@inlined
def _lowest(taken: Array, first: int, end: int) -> int:
    """The place of a full adviser whose bid is the lowest."""
    lowest = first
    for seat in range(first + 1, end):
        if taken[seat, 2] < taken[lowest, 2]:
            lowest = seat
    return lowest


@inner
def _fall(
    start: Array,
    adviser: Array,
    worth: Array,
    room: Array,
    capacity: Array,
    price: Array,
    held: Array,
    flow: Array,
    load: Array,
    in_start: Array,
    in_edge: Array,
    in_worth: Array,
    in_owner: Array,
    step: int,
) -> None:
    """Advisers with an empty place at a price: lower it to where somebody would come."""
    advisers = len(capacity)
    stack = np.empty(advisers, np.int32)
    waiting = np.zeros(advisers, np.uint8)
    count = 0
    for j in range(advisers):
        if price[j] > 0 and load[j] < capacity[j]:
            stack[count] = j
            waiting[j] = 1
            count += 1
    left = np.int64(PATIENCE) * count
    least = np.empty(len(room), np.int32)
    for v in range(len(room)):
        least[v] = _weakest(v, start, adviser, worth, room, price, held, flow)[1]
    while count > 0:
        count -= 1
        j = stack[count]
        waiting[j] = 0
        while price[j] > 0 and load[j] < capacity[j] and left > 0:
            left -= 1
            first, second, best = np.int32(0), np.int32(0), NOBODY
            for at in range(in_start[j], in_start[j + 1]):
                offered = in_worth[at] - least[in_owner[at]]
                if offered > second and not held[in_edge[at]]:
                    if offered > first:
                        second = first
                        first, best = offered, in_edge[at]
                        owner = in_owner[at]
                    else:
                        second = offered
            price[j] = min(price[j], max(np.int32(0), second - step))
            for at in range(in_start[j], in_start[j + 1]):
                if held[in_edge[at]]:
                    v = in_owner[at]
                    least[v] = _weakest(v, start, adviser, worth, room, price, held, flow)[1]
            if best == NOBODY or first < price[j] + step:
                price[j] = min(price[j], max(np.int32(0), first - step))
                break
            given = _weakest(owner, start, adviser, worth, room, price, held, flow)[0]
            if given == NOBODY:
                flow[owner] += 1
            else:
                held[given] = 0
                other = adviser[given]
                load[other] -= 1
                if price[other] > 0 and not waiting[other]:
                    stack[count] = other
                    waiting[other] = 1
                    count += 1
            held[best] = 1
            load[j] += 1
            least[owner] = _weakest(owner, start, adviser, worth, room, price, held, flow)[1]


@inlined
def _weakest(
    v: int,
    start: Array,
    adviser: Array,
    worth: Array,
    room: Array,
    price: Array,
    held: Array,
    flow: Array,
) -> tuple[int, int]:
    """What a learner would give up for another adviser: an edge and its gain, or a free place."""
    weakest, least = NOBODY, np.int32(0)
    if flow[v] < room[v]:
        return weakest, least
    for edge in range(start[v], start[v + 1]):
        if held[edge]:
            gain = worth[edge] - price[adviser[edge]]
            if weakest == NOBODY or gain < least:
                weakest, least = edge, gain
    return weakest, least
