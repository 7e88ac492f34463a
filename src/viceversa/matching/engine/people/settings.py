"""What the programme decides: rules, weights, places and the order of objectives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from viceversa.matching.engine.errors import BadInput
from viceversa.matching.engine.solving.instance import OBJECTIVES, read_order


@dataclass(frozen=True)
class Rules:
    """The hard rules. None or False switches a rule off.

    The learner's rank must exceed the adviser's by ``min_rank_gap`` to ``max_rank_gap`` steps.
    ``same_unit`` on means: never two people of one unit.
    """

    min_rank_gap: int | None = 1
    max_rank_gap: int | None = None
    reporting_line: bool = True
    past_partners: bool = True
    same_unit: bool = False
    shared_hours: float = 2.0
    shared_language: bool = True
    wanted_skill: bool = True


@dataclass(frozen=True)
class Weights:
    """How much each part of the score counts; only the ratios matter."""

    skills: float = 40
    goals: float = 15
    wishes: float = 20
    adviser_wishes: float = 5
    other_unit: float = 10
    place: float = 5
    hours: float = 5


@dataclass(frozen=True)
class AttributeRule:
    """One attribute of the organisation: prefer or insist on "same" or "different" values.

    People without a value are neither preferred nor excluded.
    """

    weight: float = 0
    prefer: str = "same"
    insist: str = ""


@dataclass(frozen=True)
class Places:
    """``advisers_per_learner`` and ``learners_per_adviser`` replace each person's own number.

    ``different_stages``: the advisers of one learner must be at different career stages.
    ``one_other_field``: of several advisers of one learner one must be from another field (where
    no field is known, another unit) than the learner.
    """

    advisers_per_learner: int | None = None
    learners_per_adviser: int | None = None
    different_stages: bool = False
    one_other_field: bool = False


@dataclass(frozen=True)
class Settings:
    """A programme's settings. ``reference_date`` fixes the time zones' offsets (summer time)."""

    reference_date: date = date(2026, 1, 15)
    rules: Rules = field(default_factory=Rules)
    weights: Weights = field(default_factory=Weights)
    places: Places = field(default_factory=Places)
    attributes: Mapping[str, AttributeRule] = field(default_factory=dict)
    order: tuple[str, ...] = OBJECTIVES

    def __post_init__(self) -> None:
        read_order(self.order)
        self._check_weights()
        for name, rule in self.attributes.items():
            if {rule.prefer, rule.insist} - {"same", "different", ""}:
                raise BadInput(f'The attribute "{name}" can be "same" or "different" only.')

    def _check_weights(self) -> None:
        weights = self.part_weights()
        negative = [name for name, weight in weights.items() if weight < 0]
        if negative:
            raise BadInput(f"The weight of {negative[0]} must not be negative.")
        if not any(weights.values()):
            raise BadInput("At least one weight must be above 0.")

    def part_weights(self) -> dict[str, int]:
        """Every part's weight in thousandths, so that scores are computed in whole numbers."""
        weights = {name: round(weight * 1000) for name, weight in vars(self.weights).items()}
        own = {f"attribute {name}": rule.weight for name, rule in self.attributes.items()}
        return weights | {name: round(weight * 1000) for name, weight in own.items()}
