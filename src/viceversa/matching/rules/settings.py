"""What a programme decides about matching, as JSON for a round and as the engine's settings."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from viceversa.matching.engine import Places, Rules, Settings, Weights

WEIGHTS = {"learner_wishes": "wishes", "shared_hours": "hours"}
STANDARD = {"skills": 5, "goals": 2, "other_unit": 1, "place": 1, "hours": 1}
NO_WISHES = {"wishes": 0.0, "adviser_wishes": 0.0}
ORDERS: Mapping[str, tuple[str, ...]] = {
    "fair": ("coverage", "floor", "places", "total"),
    "coverage": ("coverage", "places", "total"),
    "total": ("places", "total"),
}

Values = dict[str, Any]


def settings_json(
    *,
    rules: Mapping[str, Any],
    weights: Mapping[str, float],
    different_stages: bool,
    one_other_field: bool = False,
    order: str = "fair",
) -> Values:
    """`weights` may use the names of the set-up pages, 0 to 10 each; none gives the standard.

    Nobody is asked for ranked wishes before a round, so these parts would lower every score alike.
    """
    known = {field.name for field in fields(Weights)}
    named = {WEIGHTS.get(name, name): float(value) for name, value in weights.items()}
    kept = {name: named.get(name, 0.0) for name in known} if named else {}
    return {
        "rules": asdict(Rules(**rules)),
        "weights": _usable(kept | NO_WISHES),
        "different_stages": different_stages,
        "one_other_field": one_other_field,
        "order": order,
    }


def least_gap(levels: int, *, outside_guests: bool) -> int | None:
    """None switches the rule off: guests have no level, so a gap of 0 must not shut them out."""
    return None if outside_guests and not levels else levels


def _usable(weights: dict[str, float]) -> dict[str, float]:
    """All at nothing would make every pair alike; then the standard counts."""
    return weights if any(weights.values()) else NO_WISHES | STANDARD


def engine_settings(values: Mapping[str, Any], on: date) -> Settings:
    return Settings(
        reference_date=on,
        rules=Rules(**values["rules"]),
        weights=Weights(**values["weights"]),
        places=Places(
            different_stages=values["different_stages"],
            one_other_field=values.get("one_other_field", False),
        ),
        order=ORDERS[values["order"]],
    )


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """(name, before, after) for every rule, weight and order that is not the same."""
    found = []
    for group in ("rules", "weights"):
        for name, value in after[group].items():
            if before[group].get(name) != value:
                found.append((name, before[group].get(name), value))
    for name in ("different_stages", "one_other_field", "order", "keep_points"):
        old, new = before.get(name, False), after.get(name, False)
        if old != new:
            found.append((name, old, new))
    return found
