"""A binary heap of elements by distance, with positions, so that a distance can fall.

The arrays are handed over one by one: a tuple of them costs a reference count each at every call.
"""

from __future__ import annotations

from viceversa.matching.engine.compiling import inlined
from viceversa.matching.engine.solving.kernels.market import SETTLED, UNSEEN, Array, Heap


@inlined
def offer(
    distances: Array,
    came: Array,
    places: Array,
    order: Array,
    seen: Array,
    size: Array,
    element: int,
    distance: int,
    step: int,
) -> None:
    """Put the element in, or bring it nearer; settled ones and worse offers are passed over."""
    place = places[element]
    if place == SETTLED:
        return
    if place == UNSEEN:
        seen[size[1]] = element
        size[1] += 1
        place = size[0]
        size[0] += 1
    elif distance >= distances[element]:
        return
    distances[element] = distance
    came[element] = step
    while place > 0:
        above = (place - 1) >> 1
        other = order[above]
        if distances[other] <= distance:
            break
        order[place] = other
        places[other] = place
        place = above
    order[place] = element
    places[element] = place


@inlined
def settle_nearest(distances: Array, places: Array, order: Array, size: Array) -> int:
    """Take the nearest element out."""
    nearest, last = order[0], order[size[0] - 1]
    places[nearest] = SETTLED
    size[0] -= 1
    left = size[0]
    if left == 0:
        return nearest
    distance = distances[last]
    place = 0
    below = 1
    while below < left:
        if below + 1 < left and distances[order[below + 1]] < distances[order[below]]:
            below += 1
        other = order[below]
        if distances[other] >= distance:
            break
        order[place] = other
        places[other] = place
        place = below
        below = 2 * place + 1
    order[place] = last
    places[last] = place
    return nearest


@inlined
def begin(h: Heap, element: int) -> None:
    """A new search from one element."""
    h.size[0] = 1
    h.size[1] = 1
    h.seen[0] = element
    h.order[0] = element
    h.place[element] = 0
    h.distance[element] = 0
    h.came[element] = -1
