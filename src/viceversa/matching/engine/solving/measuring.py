"""What chosen edges are worth in every objective."""

from __future__ import annotations

import numpy as np

from viceversa.matching.engine.solving.instance import Instance, Ints
from viceversa.matching.engine.solving.weights import TIE_BITS


def measured(instance: Instance, chosen: Ints) -> dict[str, int]:
    """Coverage, floor, places, total, how many are covered (``anyone``) and the sum of ties."""
    best = np.full(instance.learners, -1, np.int64)
    np.maximum.at(best, instance.learner[chosen], instance.score[chosen])
    covered = np.flatnonzero(best >= 0)
    return {
        "coverage": int(instance.priority[covered].sum()),
        "floor": int(best[covered].min()) if len(covered) else 0,
        "places": len(chosen),
        "total": int(instance.worth[chosen].sum()),
        "anyone": len(covered),
        "ties": int(instance.tie(TIE_BITS, chosen).sum()),
    }
