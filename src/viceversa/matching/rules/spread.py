"""A learner's advisers together: different career stages, one of them from another field.

The engine sees the places that are still free. Partners a learner has already count as well, so
their stages, and the last place when nobody is from another field yet, are ruled out here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from viceversa.matching.rules.snapshot import Row, Snapshot

Ids = tuple[str, str]
Held = Mapping[str, list[tuple[str, str]]]

STAGE_HELD = (
    "The learner already has an adviser at this career stage; this programme gives each learner "
    "advisers at different stages."
)
FIELD_NEEDED = (
    "All advisers the learner has come from the learner's own field; the last place is for "
    "somebody from another field."
)


def held_pairs(snapshot: Snapshot, settings: Mapping[str, Any]) -> list[Ids]:
    """(learner id, adviser id) that the partners of today rule out."""
    return [*of_a_stage_held(snapshot, settings), *of_the_own_field(snapshot, settings)]


def of_a_stage_held(snapshot: Snapshot, settings: Mapping[str, Any]) -> list[Ids]:
    """Advisers at the stage of somebody who advises the learner now."""
    if not settings["different_stages"]:
        return []
    held, advisers = _held(snapshot), _advisers_by(snapshot, "stage")
    return [
        (row["id"], adviser)
        for row in _learners_among(snapshot, held)
        for stage in {stage for stage, _field in held[row["id"]]}
        for adviser in advisers.get(stage, ())
    ]


def of_the_own_field(snapshot: Snapshot, settings: Mapping[str, Any]) -> list[Ids]:
    """Advisers of the own field, for the last place of a learner who has nobody from another."""
    if not settings.get("one_other_field", False):
        return []
    held, advisers = _held(snapshot), _advisers_by(snapshot, "unit")
    return [
        (row["id"], adviser)
        for row in _learners_among(snapshot, held)
        if row["demand"] == 1 and {field for _stage, field in held[row["id"]]} == {row["unit"]}
        for adviser in advisers.get(row["unit"], ())
    ]


def _held(snapshot: Snapshot) -> Held:
    """(stage, field) of the advisers each learner has now."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for learner, _adviser, stage, field in snapshot.get("held", ()):
        found[learner].append((stage, field))
    return found


def _learners_among(snapshot: Snapshot, held: Held) -> Iterable[Row]:
    return (row for row in snapshot["people"] if row["id"] in held and "learner" in row["roles"])


def _advisers_by(snapshot: Snapshot, fact: str) -> Mapping[str, list[str]]:
    """Ids by stage or unit; what is not known is like nobody's."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in snapshot["people"]:
        if "adviser" in row["roles"] and row[fact]:
            found[row[fact]].append(row["id"])
    return found
