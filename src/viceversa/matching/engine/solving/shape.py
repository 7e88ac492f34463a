"""One case of the problem as nodes and edges of a market, before any weights.

A case keeps the pinned edges and shuts others out; what is left is a flow from learners to
advisers. A learner's first unit must take an edge at or above the floor (a high one), further
units may take low ones; one stage may be used once; the own field may not be used for all places.
Each such part of a learner's edges hangs from a node of its own (see ``kernels.market``):

    learner ──┬── high (demand) ──── [stage or field] ──── edges at or above the floor
              └── low (demand − 1) ─ [stage or field] ──── edges below it

What does not fit into a flow is seen to by ``search``: low edges without a high one, one stage on
both sides of the floor, the own field on both sides for all places, stages and fields at once.
Without a floor, or with one place, there are no sides; without stages and fields, no gates.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from viceversa.matching.engine.solving.instance import Bools, Instance, Ints

Edges = frozenset[int]


@dataclass(frozen=True)
class Case:
    """Edges (canonical positions) that this branch keeps or shuts out besides the pins given."""

    kept: Edges = frozenset()
    shut: Edges = frozenset()


@dataclass(frozen=True)
class Shape:
    """V nodes and F free edges sorted by node; ``edge`` (F,) are their canonical positions."""

    instance: Instance
    high: Bools  # (E,) at or above the floor
    kept: Ints  # positions of the edges that are kept anyhow
    edge: Ints
    start: Ints  # (V+1,)
    parent: Ints | None  # (V,), None when every learner is one node
    room: Ints  # (V,)
    owner: Ints  # (V,) the learner whose coverage the node's first unit brings, or −1
    compulsory: Bools  # (L,) must get a high edge still
    capacity: Ints  # (A,) places left
    minimum: Ints  # (A,) of which so many must be taken
    learner_start: Ints = field(repr=False)  # (L+1,) free edges by learner


def shape_case(instance: Instance, threshold: int, case: Case) -> Shape | None:
    """The nodes of a case, or None when its kept edges contradict each other."""
    pinned = _with(instance.pinned, case.kept)
    kept = np.flatnonzero(pinned)
    high = instance.score >= threshold
    room = instance.demand - np.bincount(instance.learner[kept], minlength=instance.learners)
    capacity = instance.capacity - np.bincount(instance.adviser[kept], minlength=instance.advisers)
    if len(kept) and not _consistent(instance, kept, room, capacity):
        return None
    free = ~_with(pinned, case.shut)
    free &= (room[instance.learner] > 0) & (capacity[instance.adviser] > 0)
    if len(kept):
        free &= ~_used_up(instance, kept)
    secured = _marked(instance, kept[high[kept]])
    if not high.all():
        free &= high | secured[instance.learner] | (room[instance.learner] > 1)
    edge = np.flatnonzero(free)
    taken = np.bincount(instance.adviser[kept], minlength=instance.advisers)
    nodes = _Nodes(instance, edge, high, room, secured, kept)
    return Shape(
        instance=instance,
        high=high,
        kept=kept,
        edge=edge[nodes.sort] if nodes.sort is not None else edge,
        start=nodes.start,
        parent=nodes.parent,
        room=nodes.room,
        owner=nodes.owner,
        compulsory=_marked(instance, kept) & ~secured,
        capacity=capacity,
        minimum=np.maximum(instance.minimum - taken, 0),
        learner_start=np.searchsorted(instance.learner[edge], np.arange(instance.learners + 1)),
    )


def _with(marks: Bools, positions: Edges) -> Bools:
    if not positions:
        return marks
    marks = marks.copy()
    marks[list(positions)] = True
    return marks


def _marked(instance: Instance, edges: Ints) -> Bools:
    marks = np.zeros(instance.learners, np.bool_)
    marks[instance.learner[edges]] = True
    return marks


def _consistent(instance: Instance, kept: Ints, room: Ints, capacity: Ints) -> bool:
    if (room < 0).any() or (capacity < 0).any():
        return False
    if instance.staged and len(np.unique(_stage_keys(instance)[kept])) < len(kept):
        return False
    return not (own_count(instance, kept) > own_most(instance)).any()


def own_count(instance: Instance, edges: Ints) -> Ints:
    """(L,) how many of the edges are inside the own field and count there."""
    near = edges[instance.limited[edges]]
    return np.bincount(instance.learner[near], minlength=instance.learners)


def own_most(instance: Instance) -> Ints:
    """(L,) how many edges inside the own field a learner may have: all places but one."""
    return np.maximum(instance.demand - 1, 1)


def _stage_keys(instance: Instance) -> Ints:
    """(E,) one number per learner and stage."""
    stages, number = np.unique(instance.stage, return_inverse=True)
    return instance.learner * max(len(stages), 1) + number.reshape(-1)[instance.adviser]


def _used_up(instance: Instance, kept: Ints) -> Bools:
    """(E,) edges whose stage, or whose share of the own field, the kept edges use up."""
    gone = np.zeros(len(instance.learner), np.bool_)
    if instance.staged:
        keys = _stage_keys(instance)
        gone |= np.isin(keys, keys[kept])
    if len(instance.own_field):
        full = own_count(instance, kept) >= own_most(instance)
        gone |= instance.limited & full[instance.learner]
    return gone


class _Nodes:
    """Numbers the nodes: each learner's own first, then its sides, each before its gates."""

    def __init__(
        self,
        instance: Instance,
        edge: Ints,
        high: Bools,
        room: Ints,
        secured: Bools,
        kept: Ints,
    ) -> None:
        self.sort: Ints | None = None
        self.parent: Ints | None = None
        learner = instance.learner[edge]
        split = np.zeros(instance.learners, np.bool_)
        split[learner[~high[edge]]] = True
        split &= ~secured
        side = np.where(split[learner], np.where(high[edge], 1, 2), 0)
        gate, most = _gates(instance, edge, side, room, kept)
        if not split.any() and gate is None:
            self.start = np.searchsorted(learner, np.arange(instance.learners + 1))
            self.room = room
            self.owner = np.where(secured, -1, np.arange(instance.learners))
            return
        self._number(instance.learners, learner, side, gate, most, room, split, secured)

    def _number(
        self,
        learners: int,
        learner: Ints,
        side: Ints,
        gate: Ints | None,
        most: Ints,
        room: Ints,
        split: Bools,
        secured: Bools,
    ) -> None:
        gates = np.zeros(len(learner), np.int64) if gate is None else gate
        width = int(gates.max(initial=0)) + 1
        leaf = (learner * 3 + side) * width + gates
        beside = (learner * 3 + side) * width
        own = np.arange(learners) * 3 * width
        keys = np.unique(np.concatenate((own, beside, leaf)))
        node_of = np.searchsorted(keys, leaf)
        who, which, through = keys // width // 3, keys // width % 3, keys % width
        above = np.where(through > 0, keys - through, np.where(which > 0, who * 3 * width, -1))
        self.parent = np.where(above < 0, -1, np.searchsorted(keys, above))
        self.room = np.where(which == 2, room[who] - 1, room[who])
        inner = through > 0
        self.room[inner] = np.minimum(self.room[inner], most[through[inner]])
        at_top = (which == 0) & ~split[who] & ~inner & ~secured[who]
        at_high = (which == 1) & ~inner
        self.owner = np.where(at_top | at_high, who, -1)
        self.sort = np.argsort(node_of, kind="stable")
        self.start = np.searchsorted(node_of[self.sort], np.arange(len(keys) + 1))


def _gates(
    instance: Instance, edge: Ints, side: Ints, room: Ints, kept: Ints
) -> tuple[Ints | None, Ints]:
    """(F,) number of each edge's gate from 1, or 0, and what each gate lets through."""
    learner = instance.learner[edge]
    if instance.staged:
        keys = _stage_keys(instance)[edge] * 3 + side
        most_of = np.ones(len(edge), np.int64)
        inside = np.ones(len(edge), np.bool_)
    elif len(instance.own_field):
        left = own_most(instance) - own_count(instance, kept)
        keys = learner * 3 + side
        most_of = left[learner]
        inside = instance.limited[edge] & (left < room)[learner]
    else:
        return None, np.empty(0, np.int64)
    _, number, count = np.unique(keys[inside], return_inverse=True, return_counts=True)
    number = number.reshape(-1)
    binding = count[number] > most_of[inside]
    if not binding.any():
        return None, np.empty(0, np.int64)
    gate = np.zeros(len(edge), np.int64)
    at = np.flatnonzero(inside)[binding]
    _, again = np.unique(number[binding], return_inverse=True)
    gate[at] = again.reshape(-1) + 1
    most = np.zeros(int(gate.max()) + 1, np.int64)
    most[gate[at]] = most_of[at]
    return gate, most
