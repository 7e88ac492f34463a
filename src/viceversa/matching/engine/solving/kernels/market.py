"""The market: a flow problem between a tree of learner nodes and the advisers, as flat arrays.

Units flow from a root through the learner's nodes along one edge to an adviser and back to the
root. A learner is a node under the root; where a limit holds for a part of the learner's edges
only (below the floor, one career stage, the own field), those edges hang from a node of their own
below the learner's. A node lets ``room`` units through, the first of which earns ``bonus`` more.
An adviser takes up to ``capacity`` units, each below ``minimum`` earning ``lift``.

Optimality (complementary slackness) for node values u, adviser prices p and reward w:
    used edge (v, j): w − p_j ≥ u_v        unused: w − p_j ≤ u_v
    node v below q:   bonus of its last unit + u_v ≥ u_q, of its next one + u_v ≤ u_q (root: 0)
    adviser j:        p_j ≥ −(lift of its last unit), p_j ≤ −(lift of its next one)
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from viceversa.matching.engine.compiling import inlined

Array = npt.NDArray[Any]
NOBODY = -1


class Market(NamedTuple):
    """V nodes, A advisers, E edges sorted by node. The last ten arrays are work in progress."""

    start: Array  # (V+1,) where each node's edges begin
    adviser: Array  # (E,)
    node: Array  # (E,)
    reward: Array  # (E,) int64
    parent: Array  # (V,) −1 for the root
    room: Array  # (V,)
    bonus: Array  # (V,) int64
    child_start: Array  # (V+1,)
    child: Array  # nodes by parent
    capacity: Array  # (A,)
    minimum: Array  # (A,)
    lift: Array  # (1,) int64
    used: Array  # (E,) uint8
    flow: Array  # (V,) units through each node
    load: Array  # (A,) units at each adviser
    price: Array  # (A,) int64
    value: Array  # (V,) int64
    top: Array  # (A,) a used edge of each adviser, the head of a linked list
    after: Array  # (E,) next used edge of the same adviser
    before: Array  # (E,)
    heap: Heap


class Heap(NamedTuple):
    """Advisers 0…A−1 and nodes A…A+V−1, by distance from where a search began."""

    distance: Array  # int64
    came: Array  # how each was reached: edge, or E + the element before
    place: Array  # position in ``order``; UNSEEN, SETTLED
    order: Array
    seen: Array
    size: Array  # (2,) of the heap and of ``seen``


UNSEEN, SETTLED = -1, -2


def open_market(
    *,
    start: Array,
    adviser: Array,
    reward: Array,
    room: Array,
    capacity: Array,
    parent: Array | None = None,
    bonus: Array | None = None,
    minimum: Array | None = None,
    lift: int = 0,
) -> Market:
    """A market without flow, whose prices are 0 or the lift of a minimum."""
    nodes, advisers, edges = len(room), len(capacity), len(adviser)
    above = np.full(nodes, NOBODY, np.int32) if parent is None else parent.astype(np.int32)
    child = np.flatnonzero(above >= 0).astype(np.int32)
    child = child[np.argsort(above[child], kind="stable")]
    least = np.zeros(advisers, np.int32) if minimum is None else minimum.astype(np.int32)
    both = advisers + nodes
    return Market(
        start=start.astype(np.int32),
        adviser=np.ascontiguousarray(adviser, np.int32),
        node=np.repeat(np.arange(nodes, dtype=np.int32), np.diff(start)),
        reward=np.ascontiguousarray(reward, np.int64),
        parent=above,
        room=room.astype(np.int32),
        bonus=np.zeros(nodes, np.int64) if bonus is None else bonus.astype(np.int64),
        child_start=np.searchsorted(above[child], np.arange(nodes + 1)).astype(np.int32),
        child=child,
        capacity=capacity.astype(np.int32),
        minimum=least,
        lift=np.array([lift], np.int64),
        used=np.zeros(edges, np.uint8),
        flow=np.zeros(nodes, np.int32),
        load=np.zeros(advisers, np.int32),
        price=np.where(least > 0, -lift, 0).astype(np.int64),
        value=np.zeros(nodes, np.int64),
        top=np.full(advisers, NOBODY, np.int32),
        after=np.full(edges, NOBODY, np.int32),
        before=np.full(edges, NOBODY, np.int32),
        heap=Heap(
            distance=np.empty(both, np.int64),
            came=np.empty(both, np.int64),
            place=np.full(both, UNSEEN, np.int32),
            order=np.empty(both, np.int32),
            seen=np.empty(both, np.int32),
            size=np.zeros(2, np.int64),
        ),
    )


@inlined
def take(m: Market, edge: int) -> None:
    """One unit more along the edge."""
    j = m.adviser[edge]
    following = m.top[j]
    m.used[edge] = 1
    m.after[edge] = following
    m.before[edge] = NOBODY
    if following != NOBODY:
        m.before[following] = edge
    m.top[j] = edge
    m.load[j] += 1


@inlined
def drop(m: Market, edge: int) -> None:
    """The unit along the edge is taken back."""
    j = m.adviser[edge]
    earlier, later = m.before[edge], m.after[edge]
    m.used[edge] = 0
    if earlier != NOBODY:
        m.after[earlier] = later
    else:
        m.top[j] = later
    if later != NOBODY:
        m.before[later] = earlier
    m.load[j] -= 1


@inlined
def last_bonus(m: Market, node: int) -> int:
    """What the node would lose with the last of its units."""
    return m.bonus[node] if m.flow[node] == 1 else np.int64(0)


@inlined
def next_bonus(m: Market, node: int) -> int:
    """What the node would gain with one more unit."""
    return m.bonus[node] if m.flow[node] == 0 else np.int64(0)


@inlined
def lift_of(m: Market, adviser: int, unit: int) -> int:
    """What the adviser's unit number ``unit`` (from 1) earns besides its edge."""
    return m.lift[0] if unit <= m.minimum[adviser] else np.int64(0)
