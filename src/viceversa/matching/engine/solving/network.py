"""The assignment as a circulation: every feasible assignment is a flow, and the reverse.

    root ──first(1)──▶ high_i ──────────────▶ adviser_j ──(minimum…capacity)──▶ root
      │                  ▲   (edges at or above the floor)      ▲
      └─extra(d−1)─▶ extra_i ──▶ low_i ─────────────────────────┘
                             (edges below the floor)

A learner's first unit must take an edge at or above the floor; further units may take any edge.
With stages, a node per learner, stage and side of the floor lets one unit through.

Two conditions do not fit into a flow and are seen to by ``search``: a low edge needs the first
unit, and one stage may not be used on both sides of the floor. Without a floor both hold anyway.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from viceversa.matching.engine.solving.instance import Bools, Instance, Ints

ROOT = 0


@dataclass(frozen=True)
class Case:
    """One branch of the search: edges left out, learners whose first unit is compulsory."""

    left_out: frozenset[int] = frozenset()
    compulsory: frozenset[int] = frozenset()


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
    group: Ints | None  # (E,) stage node of each edge, counted from 0
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
    group, stage_tail, stage_head, leaves = _stage_nodes(instance, high, own, nodes)
    root, further = np.zeros(learners, np.int64), np.maximum(instance.demand - 1, 0)
    open_edge = np.ones(edges, np.int64)
    open_edge[list(case.left_out)] = 0
    first_lower = np.zeros(learners, np.int64)
    first_lower[list(case.compulsory)] = 1
    none = np.zeros(learners, np.int64)
    stages = np.ones(len(stage_tail), np.int64)
    parts: list[tuple[str, Ints, Ints, Ints, Ints]] = [
        ("first", root, high_node, first_lower, np.minimum(instance.demand, 1)),
        ("extra", root, extra_node, none, further),
        ("raised", extra_node, high_node, none, further),
        ("lowered", extra_node, low_node, none, further),
        ("stage", stage_tail, stage_head, stages * 0, stages),
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
    return _joined(instance, threshold, parts, nodes + len(stage_tail), high, group)


def _stage_nodes(
    instance: Instance, high: Bools, own: Ints, nodes: int
) -> tuple[Ints | None, Ints, Ints, Ints]:
    """Group of each edge, tails and heads of the stage arcs, and where each edge starts."""
    nothing = np.empty(0, np.int64)
    if not instance.staged:
        return None, nothing, nothing, own
    keys = np.stack((instance.learner, instance.stage[instance.adviser], high.astype(np.int64)))
    _, first, group = np.unique(keys, axis=1, return_index=True, return_inverse=True)
    group = group.reshape(-1).astype(np.int64)
    heads = nodes + np.arange(len(first), dtype=np.int64)
    return group, own[first], heads, heads[group]


def _joined(
    instance: Instance,
    threshold: int,
    parts: Sequence[tuple[str, Ints, Ints, Ints, Ints]],
    nodes: int,
    high: Bools,
    group: Ints | None,
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
        group=group,
        blocks=blocks,
    )
