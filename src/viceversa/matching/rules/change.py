"""What a coordinator may try on a round: other settings, one more pin, one more place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from viceversa.matching.rules.snapshot import Snapshot

Ids = tuple[str, str]
LIVE_PAIRS = 6_000_000


@dataclass(frozen=True)
class Change:
    """`pin` is (learner id, adviser id), `more_for` the id of an adviser with one more place."""

    settings: Mapping[str, Any]
    pin: Ids | None = None
    more_for: str = ""


def is_live(looked_at: int) -> bool:
    """May the answer be worked out while the coordinator waits, or is it put in line?"""
    return looked_at <= LIVE_PAIRS


def wishes_under(
    change: Change, pins: Sequence[Ids], forbidden: Sequence[Ids]
) -> tuple[list[Ids], list[Ids]]:
    """Pins and forbidden pairs with the pin to try among them."""
    tried = change.pin
    if tried is None:
        return list(pins), list(forbidden)
    return list(dict.fromkeys([*pins, tried])), [pair for pair in forbidden if pair != tried]


def with_place(snapshot: Snapshot, adviser_id: str) -> dict[str, Any]:
    """The snapshot as if this adviser took one learner more; as it is for nobody."""
    people = [_more(row) if row["id"] == adviser_id else row for row in snapshot["people"]]
    return {**snapshot, "people": people}


def _more(row: Mapping[str, Any]) -> dict[str, Any]:
    roles = row["roles"] if "adviser" in row["roles"] else [*row["roles"], "adviser"]
    return {**row, "roles": roles, "capacity": row["capacity"] + 1}
