"""The answer: which edges, how good, at what prices, and the certificate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from viceversa.matching.engine.solving.certificate import write_certificate
from viceversa.matching.engine.solving.claims import Claim
from viceversa.matching.engine.solving.instance import Instance, Ints


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
    ``refuse`` shows that no higher floor is possible. That can take longer than all the rest, and
    a question about the pairs does not need it, so it is worked out when somebody asks.
    """

    edges: Ints
    coverage: int
    covered: int
    floor: int
    places: int
    total: int
    instance: Instance = field(repr=False)
    claims: tuple[Claim, ...] = field(repr=False)
    refuse: Callable[[], Claim | None] = field(repr=False, compare=False)

    @cached_property
    def refused(self) -> Claim | None:
        return self.refuse()

    @cached_property
    def certificate(self) -> dict[str, Any]:
        """Plain numbers, lists and words, ready for JSON; see ``solving.certificate``."""
        values = {name: getattr(self, name) for name in ("coverage", "floor", "places", "total")}
        return write_certificate(self.instance, self._chosen, values, self.claims, self.refused)

    @cached_property
    def prices(self) -> dict[str, Prices]:
        """Per objective, in its own units: what a place more of each person would bring."""
        return {
            claim.objective: Prices(*claim.place_prices(self.instance)) for claim in self.claims
        }

    @cached_property
    def losses(self) -> dict[str, Ints]:
        """Per objective and edge, as given, what taking the edge would cost at least.

        Read them in the programme's order: a loss in one objective holds unless an earlier one
        suffers. An edge without any loss is in the assignment or could be without harm.
        """
        losses = {}
        for claim in self.claims:
            loss = np.zeros(len(self.instance.given), np.int64)
            loss[self.instance.given] = claim.losses(self.instance)
            losses[claim.objective] = loss
        return losses

    @cached_property
    def _chosen(self) -> Ints:
        """Positions of the chosen edges in canonical order."""
        place = np.empty(len(self.instance.given), np.int64)
        place[self.instance.given] = np.arange(len(place))
        return np.sort(place[self.edges])
