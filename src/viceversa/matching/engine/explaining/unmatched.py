"""Why somebody is not matched, and the smallest single change that would help.

For a person with admissible pairs the remedy is one more place. For a person without, a remedy
relaxes one rule just far enough that pairs appear which break no other rule. Rules that protect
people (reporting line, pay, keep-apart, a coordinator's own word) are never offered for change.
Remedies are ordered by how little they change; ``proved`` ones were confirmed by solving again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from viceversa.matching.engine.errors import BadInput, Infeasible
from viceversa.matching.engine.explaining.changes import what_if
from viceversa.matching.engine.explaining.remedies import Remedy, rule_remedies
from viceversa.matching.engine.matching import Match
from viceversa.matching.engine.people.participant import Participant
from viceversa.matching.engine.people.settings import Settings
from viceversa.matching.engine.words import counted, rule_label

__all__ = ["Remedy", "WhyUnmatched", "why_unmatched"]
TRIED = 12


@dataclass(frozen=True)
class WhyUnmatched:
    """``removed`` counts the person's pairs per rule; ``admissible`` are those left."""

    person_id: str
    role: str
    sentence: str
    admissible: int
    removed: dict[str, int]
    smallest_change: Remedy | None
    remedies: tuple[Remedy, ...]


def why_unmatched(
    match: Match, person_id: str, role: str = "learner", *, prove: bool = True, seek: bool = True
) -> WhyUnmatched:
    """Rules, counts and remedies for an unmatched person; raises BadInput for anyone else.

    With ``prove`` remedies are tried by solving again, smallest first, until one matches the
    person; without, the smallest is named from the counts alone. Without ``seek`` no rule is
    relaxed in search of remedies, which takes a look at every pair of the person.
    """
    if (person_id, role) not in match.unmatched:
        raise BadInput(f"{person_id} is not an unmatched {role} in this match.")
    removed, admissible = _counts(match, person_id, role)
    found = _remedies(match, person_id, role, admissible, seek)
    remedies = sorted(found, key=lambda remedy: remedy.size)
    smallest = _proved(match, person_id, role, remedies) if prove else next(iter(remedies), None)
    return WhyUnmatched(
        person_id=person_id,
        role=role,
        sentence=_sentence(role, removed, admissible),
        admissible=admissible,
        removed=removed,
        smallest_change=smallest,
        remedies=tuple(remedies),
    )


def _counts(match: Match, person_id: str, role: str) -> tuple[dict[str, int], int]:
    problem = match.problem
    if role == "learner":
        at = match.roster.row(person_id)
        table, ends = problem.removed_of_learner, problem.learner
    else:
        at = match.roster.column(person_id)
        table, ends = problem.removed_of_adviser, problem.adviser
    counts = zip(problem.rules, table[:, at].reshape(-1), strict=True)
    removed = {rule.name: int(count) for rule, count in counts if count}
    return removed, int((ends == at).sum())


def _sentence(role: str, removed: dict[str, int], admissible: int) -> str:
    other = "adviser" if role == "learner" else "learner"
    if admissible:
        return (
            f"{counted(admissible, other)} would be possible, but every place is better used "
            "by others in the programme's order."
        )
    shown: Counter[str] = Counter()
    for name, count in removed.items():
        if name != "same_person":
            shown[rule_label(name).lower()] += count
    if not shown:
        return f"There is no {other} to be matched with."
    most = sorted(shown.items(), key=lambda item: (-item[1], item[0]))
    reasons = ", ".join(f"{label} {count:,}" for label, count in most)
    return f"The rules leave no {other}: {reasons}."


def _remedies(
    match: Match, person_id: str, role: str, admissible: int, seek: bool
) -> Iterator[Remedy]:
    if admissible:
        yield from _place_remedies(match, person_id, role)
    if seek:
        yield from rule_remedies(match, person_id, role)


def _place_remedies(match: Match, person_id: str, role: str) -> Iterator[Remedy]:
    """One more place for each possible partner, the best-scored first."""
    problem, roster = match.problem, match.roster
    if role == "learner":
        edges = np.flatnonzero(problem.learner == roster.row(person_id))
        partners = [roster.adviser(int(problem.adviser[edge])) for edge in edges]
        setting = roster.settings.places.learners_per_adviser
    else:
        edges = np.flatnonzero(problem.adviser == roster.column(person_id))
        partners = [roster.learner(int(problem.learner[edge])) for edge in edges]
        setting = roster.settings.places.advisers_per_learner
    if setting is not None:
        kind = "learners_per_adviser" if role == "learner" else "advisers_per_learner"
        yield Remedy(kind, (2, 0, ""), f"{setting + 1} places per person rather than {setting}.", 0)
        return
    for edge, partner in zip(edges.tolist(), partners, strict=True):
        size = (1, -int(problem.score[edge]), partner.id)
        text = f"One more place for {partner.called}."
        yield Remedy("one_more_place", size, text, 1, partner_id=partner.id)


def _proved(match: Match, person_id: str, role: str, remedies: list[Remedy]) -> Remedy | None:
    """The first remedy after which the person really has a partner."""
    for remedy in remedies[:TRIED]:
        people, settings = _applied(match, person_id, role, remedy)
        try:
            after = what_if(match, settings, people=people).match
        except Infeasible:
            continue
        if (person_id, role) not in after.unmatched:
            return replace(remedy, proved=True)
    return None


def _applied(
    match: Match, person_id: str, role: str, remedy: Remedy
) -> tuple[list[Participant], Settings]:
    """People and settings with the one change made."""
    settings, people = match.settings, list(match.roster.people)
    if remedy.settings is not None:
        return people, remedy.settings
    if remedy.kind in ("learners_per_adviser", "advisers_per_learner"):
        value = getattr(settings.places, remedy.kind) + 1
        return people, replace(settings, places=replace(settings.places, **{remedy.kind: value}))
    changed = remedy.partner_id or person_id
    at = match.roster.index[changed]
    if remedy.person is not None:
        people[at] = remedy.person
    elif role == "learner":
        people[at] = replace(people[at], capacity=people[at].capacity + 1)
    else:
        people[at] = replace(people[at], demand=people[at].demand + 1)
    return people, settings
