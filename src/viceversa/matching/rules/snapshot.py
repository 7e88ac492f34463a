"""What matching needs of each person, as plain values: its fingerprint, and what changed since.

A snapshot is {"date": ISO, "people": [person …], "managers": [[id, manager id] …],
"apart": [[id, id] …], "past": […], "taken": […], "held": [[learner id, adviser id, stage, unit
of the adviser] …]}. `apart` pairs are kept apart, `past` were partners, `taken` are partners now
or said no to each other, `held` are partners now. In a round gathered again, `standing` are
the [learner id, adviser id] that it proposed before. A person is a mapping with the keys of FIELDS
plus id, enrolment and name. Ids are the organisation's own.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

FIELDS: Mapping[str, str] = {
    "roles": "part",
    "rank": "level",
    "stage": "level",
    "unit": "unit",
    "place": "place",
    "time_zone": "time zone",
    "hours": "hours",
    "languages": "languages",
    "demand": "number of advisers wanted",
    "capacity": "number of learners taken",
    "wants": "wants",
    "offers": "offers",
    "goals": "goals",
    "left_out": "priority",
}

Snapshot = Mapping[str, Any]
Row = Mapping[str, Any]


def fingerprint(snapshot: Snapshot) -> str:
    """SHA-256 over everything that matching reads; names and the date play no part."""
    facts = {
        "people": sorted((_facts(row) for row in snapshot["people"]), key=lambda row: row["id"]),
        **{key: sorted(snapshot[key]) for key in ("managers", "apart", "past", "taken")},
        "held": _held(snapshot),
    }
    text = json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def what_changed(before: Snapshot, after: Snapshot, *, most: int = 20) -> list[str]:
    """Sentences for a coordinator. Who is kept apart from whom is never told."""
    old = {row["id"]: row for row in before["people"]}
    new = {row["id"]: row for row in after["people"]}
    said = [f"{row['name']} joined." for key, row in new.items() if key not in old]
    said += [f"{row['name']} is no longer enrolled." for key, row in old.items() if key not in new]
    for key, row in new.items():
        if key in old:
            said += _changes_of(old[key], row)
    said += _lines(before, after, new)
    if sorted(before["taken"]) != sorted(after["taken"]):
        said.append("Partnerships were proposed, answered or ended.")
    elif _held(before) != _held(after):
        said.append("The level or unit of somebody's partner changed.")
    if any(sorted(before[key]) != sorted(after[key]) for key in ("apart", "past")):
        said.append("Private limits changed.")
    left = len(said) - most
    return said if left <= 0 else [*said[:most], f"And {left} more changes."]


def counts(snapshot: Snapshot) -> dict[str, int]:
    people = snapshot["people"]
    return {
        "learners": sum("learner" in row["roles"] for row in people),
        "advisers": sum("adviser" in row["roles"] for row in people),
        "wanted": sum(row["demand"] for row in people if "learner" in row["roles"]),
        "offered": sum(row["capacity"] for row in people if "adviser" in row["roles"]),
    }


def why_empty(snapshot: Snapshot) -> str:
    """A sentence when there is nobody to match before any rule is asked; else nothing."""
    number = counts(snapshot)
    if not snapshot["people"]:
        return "Nobody is enrolled in this programme yet. Invite people first."
    if not number["learners"]:
        return "No learner is without an adviser: nobody enrolled still looks for one."
    if not number["advisers"]:
        return "No adviser has a free place. Invite advisers, or ask for one more place each."
    return ""


def _held(snapshot: Snapshot) -> list[list[str]]:
    return sorted(snapshot.get("held", ()))


def _facts(row: Row) -> dict[str, Any]:
    return {"id": row["id"], **{name: row[name] for name in FIELDS}}


def _changes_of(old: Row, new: Row) -> list[str]:
    changed = {words: None for name, words in FIELDS.items() if old[name] != new[name]}
    return [f"{new['name']}: {', '.join(changed)} changed."] if changed else []


def _lines(before: Snapshot, after: Snapshot, people: Mapping[str, Row]) -> list[str]:
    old, new = dict(before["managers"]), dict(after["managers"])
    moved = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    named = [
        f"{people[key]['name']} has another manager." for key in sorted(moved) if key in people
    ]
    if moved and not named:
        named.append("Reporting lines above some of them changed.")
    return named
