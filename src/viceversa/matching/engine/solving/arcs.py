"""A circulation problem as arrays."""

from __future__ import annotations

from dataclasses import dataclass

from viceversa.matching.engine.solving.instance import Ints


@dataclass(frozen=True)
class Arcs:
    """A circulation problem: Σ flow into a node = Σ flow out of it, lower ≤ flow ≤ upper."""

    nodes: int
    tail: Ints
    head: Ints
    lower: Ints
    upper: Ints
