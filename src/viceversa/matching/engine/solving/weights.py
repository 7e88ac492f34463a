"""Objectives as whole-number weights of one sum.

One after the other would need big weights, which slow every search down. So the last objective is
solved with moderate weights on what comes before it, and every earlier objective is then proved to
be at its best by a sum of its own; where it is not, the weights grow.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from viceversa.matching.engine.solving.instance import Instance

TIE_BITS = 16
ROOM = 1 << 57  # no single weight may reach this: distances add a few of them up
GROWTH = 8


@dataclass(frozen=True)
class Weights:
    """What one covered learner (times priority), one place, one point and one tie count for.

    ``anyone`` counts per covered learner, whatever the priority; ``ties`` is 0 or 1.
    """

    coverage: int = 0
    places: int = 0
    total: int = 0
    anyone: int = 0
    ties: int = 0

    def as_numbers(self) -> dict[str, int]:
        return {name: value for name, value in asdict(self).items() if value}

    def of(self, values: dict[str, int]) -> int:
        """The sum for given values of the objectives."""
        return sum(weight * values[name] for name, weight in asdict(self).items())


def ranges(instance: Instance) -> dict[str, int]:
    """The most that each objective can reach."""
    places = min(int(instance.demand.sum()), int(instance.capacity.sum()), len(instance.learner))
    return {
        "coverage": int(instance.priority.sum()),
        "anyone": instance.learners,
        "places": places,
        "total": places * instance.highest_worth,
    }


def strict_weights(instance: Instance, objectives: tuple[str, ...]) -> Weights:
    """Weights under which no gain in a later objective outweighs a loss in an earlier one."""
    most, weights, below = ranges(instance), {}, 0
    for name in reversed(objectives):
        weights[name] = below + 1
        below += weights[name] * most[name]
    return Weights(**weights)


def moderate_weights(instance: Instance, objectives: tuple[str, ...], growth: int) -> Weights:
    """Weights for all objectives at once, ties last: counts before the total weigh about as much
    as the highest score, times powers of ``growth``; without a total, or after it, they are strict.
    """
    scale = (ranges(instance)["places"] + 1) << TIE_BITS
    if "total" not in objectives:
        return _scaled(strict_weights(instance, objectives), scale)
    at = objectives.index("total")
    later = strict_weights(instance, objectives[at:])
    count = later.total * (instance.highest_worth + 1)
    earlier = {name: count * growth ** (at - place) for place, name in enumerate(objectives[:at])}
    return _scaled(replace(later, **earlier), scale)


def _scaled(weights: Weights, scale: int) -> Weights:
    return Weights(**{name: value * scale for name, value in asdict(weights).items()} | {"ties": 1})


def fits(weights: Weights, instance: Instance) -> bool:
    """Can rewards under these weights be added up in 64 bits?"""
    highest = int(instance.priority.max(initial=1))
    most = weights.coverage * highest + weights.anyone + weights.places
    return most + weights.total * instance.highest_worth < ROOM
