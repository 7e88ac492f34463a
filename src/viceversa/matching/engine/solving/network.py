"""The assignment as a circulation: every feasible assignment is a flow, and the reverse.

    root ──first(1)──▶ high_i ──────────────▶ adviser_j ──(minimum…capacity)──▶ root
      │                  ▲   (edges at or above the floor)      ▲
      └─extra(d−1)─▶ extra_i ──▶ low_i ─────────────────────────┘
                             (edges below the floor)

A learner's first unit must take an edge at or above the floor; further units may take any edge.
With stages, a node per learner, stage and side of the floor lets one unit through. When one
adviser must come from another field, a node per learner and side of the floor lets all units but
one through to the learner's own field.

What does not fit into a flow is seen to by ``search``: a low edge needs the first unit, one stage
may not be used on both sides of the floor, nor the own field for all units on both sides together.
Without a floor these hold anyway. With stages the own field has no nodes and is only checked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from viceversa.matching.engine.solving.instance import Bools, Instance, Ints

ROOT = 0


@dataclass(frozen=True)
class Case:
    """One branch of the search: edges left out, learners whose first unit is compulsory.

    ``own_most`` holds (learner, 1 for at the floor or 0 for below, units to the own field).
    """

    left_out: frozenset[int] = frozenset()
    compulsory: frozenset[int] = frozenset()
    own_most: frozenset[tuple[int, int, int]] = frozenset()


@dataclass(frozen=True)
class Network:
    """Arcs as arrays, in blocks: first, extra, raised, lowered, stage, edge, adviser."""

    instance: Instance
    threshold: int
    tail: Ints
    head: Ints
    lower: Ints
    upper: Ints
    nodes: int
    high: Bools  # (E,) edge is at or above the threshold
    blocks: dict[str, slice] = field(repr=False)

    def cost(self, objective: str) -> Ints:
        """What one unit on each arc adds to the objective."""
        cost = np.zeros(len(self.tail), np.int64)
        instance, blocks = self.instance, self.blocks
        if objective == "coverage":
            cost[blocks["first"]] = instance.priority
        elif objective == "anyone":
            cost[blocks["first"]] = 1
        elif objective == "places":
            cost[blocks["first"]] = cost[blocks["extra"]] = 1
        elif objective == "total":
            cost[blocks["edge"]] = instance.score
        else:
            cost[blocks["edge"]] = instance.tie(0 if objective == "ties" else 1)
        return cost

    def chosen(self, flow: Ints) -> Ints:
        """Canonical indices of the edges that carry a unit."""
        return np.flatnonzero(flow[self.blocks["edge"]])


def build_network(instance: Instance, threshold: int, case: Case) -> Network:
    """The circulation for one floor and one case of the search."""
    learners, advisers, edges = instance.learners, instance.advisers, len(instance.learner)
    high = instance.score >= threshold
    people = np.arange(learners, dtype=np.int64)
    high_node, extra_node, low_node = 1 + people, 1 + learners + people, 1 + 2 * learners + people
    adviser_node = 1 + 3 * learners + np.arange(advisers, dtype=np.int64)
    own = np.where(high, high_node[instance.learner], low_node[instance.learner])
    nodes = 1 + 3 * learners + advisers
    gate_tail, gate_head, gate_upper, leaves = _gates(instance, high, own, nodes, case)
    root, further = np.zeros(learners, np.int64), np.maximum(instance.demand - 1, 0)
    open_edge = np.ones(edges, np.int64)
    open_edge[list(case.left_out)] = 0
    first_lower = np.zeros(learners, np.int64)
    first_lower[list(case.compulsory)] = 1
    none = np.zeros(learners, np.int64)
    parts: list[tuple[str, Ints, Ints, Ints, Ints]] = [
        ("first", root, high_node, first_lower, np.minimum(instance.demand, 1)),
        ("extra", root, extra_node, none, further),
        ("raised", extra_node, high_node, none, further),
        ("lowered", extra_node, low_node, none, further),
        ("stage", gate_tail, gate_head, gate_upper * 0, gate_upper),
        (
            "edge",
            leaves,
            adviser_node[instance.adviser],
            instance.pinned.astype(np.int64),
            open_edge,
        ),
        (
            "adviser",
            adviser_node,
            np.zeros(advisers, np.int64),
            instance.minimum,
            instance.capacity,
        ),
    ]
    return _joined(instance, threshold, parts, nodes + len(gate_tail), high)


def _gates(
    instance: Instance, high: Bools, own: Ints, nodes: int, case: Case
) -> tuple[Ints, Ints, Ints, Ints]:
    """Tails, heads and upper bounds of the arcs that gather edges, and where each edge starts."""
    gated = np.ones(len(own), np.bool_) if instance.staged else instance.limited
    at = np.flatnonzero(gated)
    kind = instance.stage[instance.adviser[at]] if instance.staged else at * 0
    keys = np.stack((instance.learner[at], kind, high[at].astype(np.int64)))
    found, first, group = np.unique(keys, axis=1, return_index=True, return_inverse=True)
    heads = nodes + np.arange(len(first), dtype=np.int64)
    leaves = own.copy()
    leaves[at] = heads[group.reshape(-1)]
    upper = np.ones(len(first), np.int64)
    if not instance.staged:
        upper = instance.demand[found[0]] - 1
        for learner, side, most in case.own_most:
            there = (found[0] == learner) & (found[2] == side)
            upper[there] = np.minimum(upper[there], most)
    return own[at][first], heads, upper, leaves


def _joined(
    instance: Instance,
    threshold: int,
    parts: Sequence[tuple[str, Ints, Ints, Ints, Ints]],
    nodes: int,
    high: Bools,
) -> Network:
    blocks, start = {}, 0
    for name, tail, *_ in parts:
        blocks[name] = slice(start, start + len(tail))
        start += len(tail)
    return Network(
        instance=instance,
        threshold=threshold,
        tail=np.concatenate([part[1] for part in parts]),
        head=np.concatenate([part[2] for part in parts]),
        lower=np.concatenate([part[3] for part in parts]),
        upper=np.concatenate([part[4] for part in parts]),
        nodes=nodes,
        high=high,
        blocks=blocks,
    )
