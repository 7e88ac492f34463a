"""The answer: which edges, how good, at what prices, and the certificate."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from viceversa.matching.engine.solving.instance import Ints


@dataclass(frozen=True)
class Prices:
    """What one more place of a learner or an adviser is worth in one objective."""

    learner: Ints
    adviser: Ints


@dataclass(frozen=True)
class Assignment:
    """The one best assignment.

    ``edges`` are positions in the arrays given, sorted. ``coverage`` is the summed priority of
    the learners with at least one adviser (their number when no priorities are given, and always
    ``covered``). ``floor`` is the worst covered learner's best score, 0 when nobody is covered.
    ``losses[objective]`` says per edge, as given, what taking it would cost at least; an edge
    with no loss in any objective is in the assignment or could be without harm.
    """

    edges: Ints
    coverage: int
    covered: int
    floor: int
    places: int
    total: int
    prices: dict[str, Prices]
    losses: dict[str, Ints] = field(repr=False)
    certificate: dict[str, Any] = field(repr=False)
