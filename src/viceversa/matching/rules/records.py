"""From a snapshot to the engine's records, and the short list of one learner."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from viceversa.matching.engine import Participant, Want, build_problem
from viceversa.matching.engine.words import pair_reason
from viceversa.matching.rules.settings import engine_settings
from viceversa.matching.rules.snapshot import Snapshot
from viceversa.matching.rules.spread import held_pairs


@dataclass(frozen=True)
class Candidate:
    """An adviser whom no rule forbids. `score` 0…10,000, `parts` 0…10,000 each."""

    adviser_id: str
    score: int
    parts: dict[str, int]
    reason: str


def candidates_of(
    snapshot: Snapshot, learner_id: str, settings: Mapping[str, Any]
) -> list[Candidate]:
    """All admissible advisers of one learner, the best first, ties by id.

    Whether one of them must come from another field is asked of the whole choice, not here.
    """
    if not _takes_part(snapshot, learner_id):
        return []
    problem = build_problem(
        participants(snapshot),
        engine_settings(settings, reference_date(snapshot)),
        forbidden=forbidden_pairs(snapshot, {**settings, "one_other_field": False}),
    )
    roster = problem.roster
    row = roster.row(learner_id)
    found = []
    for edge in range(len(problem.learner)):
        if problem.learner[edge] == row:
            adviser = roster.adviser(int(problem.adviser[edge]))
            parts = {name: int(values[edge]) for name, values in problem.parts.items()}
            learner = roster.people[roster.index[learner_id]]
            reason = pair_reason(roster, learner, adviser, parts)
            found.append(Candidate(adviser.id, int(problem.score[edge]), parts, reason))
    return sorted(found, key=lambda one: (-one.score, one.adviser_id))


def forbidden_pairs(snapshot: Snapshot, settings: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Not proposed again, or ruled out by the partners a learner has. [learner, adviser]."""
    return [*taken_pairs(snapshot), *held_pairs(snapshot, settings)]


def taken_pairs(snapshot: Snapshot) -> list[tuple[str, str]]:
    """Partners now, or refused by one of the two."""
    return [(learner, adviser) for learner, adviser in snapshot["taken"]]


def _takes_part(snapshot: Snapshot, learner_id: str) -> bool:
    roles = {row["id"]: row["roles"] for row in snapshot["people"]}
    others = (role for key, held in roles.items() if key != learner_id for role in held)
    return "learner" in roles.get(learner_id, ()) and "adviser" in others


def participants(snapshot: Snapshot) -> list[Participant]:
    """The engine's records: everyone enrolled, and the managers above them."""
    managers = dict(snapshot["managers"])
    apart, past = _both_ways(snapshot["apart"]), _both_ways(snapshot["past"])
    people = [
        Participant(
            id=row["id"],
            name=row["name"],
            rank=row["rank"],
            unit=row["unit"],
            place=row["place"],
            timezone=row["time_zone"],
            working_hours=(row["hours"][0], row["hours"][1]),
            languages=frozenset(row["languages"]),
            manager_id=managers.get(row["id"], ""),
            roles=frozenset(row["roles"]),
            demand=row["demand"],
            capacity=row["capacity"],
            offers=row["offers"],
            wants=tuple(Want(skill, target, priority) for skill, target, priority in row["wants"]),
            goals=row["goals"],
            keep_apart=apart[row["id"]],
            past_partners=past[row["id"]],
            stage=row["stage"],
            priority=1 + row["left_out"],
        )
        for row in snapshot["people"]
    ]
    known = {person.id for person in people}
    above = {key for pair in snapshot["managers"] for key in pair if key} - known
    return people + [Participant(id=key, manager_id=managers.get(key, "")) for key in sorted(above)]


def reference_date(snapshot: Snapshot) -> date:
    return date.fromisoformat(snapshot["date"])


def _both_ways(pairs: Sequence[Sequence[str]]) -> defaultdict[str, frozenset[str]]:
    found: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    for one, other in pairs:
        found[one] |= {other}
        found[other] |= {one}
    return found
