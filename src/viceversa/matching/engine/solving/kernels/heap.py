"""A binary heap of elements by distance, with positions, so that a distance can fall."""

from __future__ import annotations

from numba import njit

from viceversa.matching.engine.solving.kernels.market import SETTLED, UNSEEN, Heap


@njit(cache=True, forceinline=True)
def offer(h: Heap, element: int, distance: int, came: int) -> None:
    """Put the element in, or bring it nearer; settled ones and worse offers are passed over."""
    place = h.place[element]
    if place == SETTLED:
        return
    if place == UNSEEN:
        h.seen[h.size[1]] = element
        h.size[1] += 1
        place = h.size[0]
        h.size[0] += 1
    elif distance >= h.distance[element]:
        return
    h.distance[element] = distance
    h.came[element] = came
    _rise(h, place, element)


@njit(cache=True, forceinline=True)
def _rise(h: Heap, place: int, element: int) -> None:
    distance = h.distance[element]
    while place > 0:
        above = (place - 1) >> 1
        other = h.order[above]
        if h.distance[other] <= distance:
            break
        h.order[place] = other
        h.place[other] = place
        place = above
    h.order[place] = element
    h.place[element] = place


@njit(cache=True, forceinline=True)
def settle_nearest(h: Heap) -> int:
    """Take the nearest element out."""
    nearest, last = h.order[0], h.order[h.size[0] - 1]
    h.place[nearest] = SETTLED
    h.size[0] -= 1
    size = h.size[0]
    if size == 0:
        return nearest
    distance = h.distance[last]
    place = 0
    below = 1
    while below < size:
        if below + 1 < size and h.distance[h.order[below + 1]] < h.distance[h.order[below]]:
            below += 1
        other = h.order[below]
        if h.distance[other] >= distance:
            break
        h.order[place] = other
        h.place[other] = place
        place = below
        below = 2 * place + 1
    h.order[place] = last
    h.place[last] = place
    return nearest


@njit(cache=True, forceinline=True)
def begin(h: Heap, element: int) -> None:
    """A new search from one element."""
    h.size[0] = 0
    h.size[1] = 0
    offer(h, element, 0, -1)
