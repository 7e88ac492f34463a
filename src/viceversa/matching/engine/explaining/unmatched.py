"""Why somebody is not matched, and the smallest single change that would help.

For a person with admissible pairs the remedy is one more place. For a person without, a remedy
relaxes one rule just far enough that pairs appear which break no other rule. Rules that protect
people (reporting line, pay, keep-apart, a coordinator's own word) are never offered for change.
Remedies are ordered by how little they change; ``proved`` ones were confirmed by solving again.
When every learner has the advisers asked for, an adviser lacks no rule and no place but a learner,
and nothing needs to be tried.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from viceversa.matching.engine.errors import BadInput
from viceversa.matching.engine.explaining.indirect import indirect_remedies
from viceversa.matching.engine.explaining.proving import Budget, smallest_proved
from viceversa.matching.engine.explaining.remedies import Remedy, rule_remedies
from viceversa.matching.engine.matching import Match
from viceversa.matching.engine.solving.instance import Ints
from viceversa.matching.engine.words import counted, public_counts, rule_label

__all__ = ["Remedy", "WhyUnmatched", "why_each_unmatched", "why_unmatched"]
FIELD_STEP = 5  # how much opening the kept places asks of the programme, as other rules do
SEEK_WORK = 10_000_000  # pairs looked at in search of remedies for all unmatched of one match


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
    match: Match,
    person_id: str,
    role: str = "learner",
    *,
    prove: bool = True,
    seek: bool = True,
    budget: Budget | None = None,
) -> WhyUnmatched:
    """Rules, counts and remedies for an unmatched person; raises BadInput for anyone else.

    With ``prove`` remedies are tried by solving again, smallest first, until one matches the
    person or the ``budget`` ends; without, the smallest is named from the counts alone. Without
    ``seek`` no rule is relaxed in search of remedies, which takes a look at every pair.
    """
    if (person_id, role) not in match.unmatched_set:
        raise BadInput(f"{person_id} is not an unmatched {role} in this match.")
    removed, admissible = _counts(match, person_id, role)
    if role == "adviser" and match.all_met:
        return _nobody_left(person_id, removed, admissible)
    found = _remedies(match, person_id, role, admissible, seek)
    direct = list(found)
    more = _for_others(match, direct, admissible) if prove and seek else []
    remedies = sorted((*direct, *more), key=lambda remedy: remedy.size)
    smallest = next(iter(remedies), None)
    if prove:
        smallest = smallest_proved(match, person_id, role, remedies, budget or Budget.of(match))
    return WhyUnmatched(
        person_id=person_id,
        role=role,
        sentence=_sentence(role, removed, admissible, _kept(match, person_id, role)),
        admissible=admissible,
        removed=removed,
        smallest_change=smallest,
        remedies=tuple(remedies),
    )


def why_each_unmatched(match: Match) -> list[WhyUnmatched]:
    """Everybody without a partner: learners with remedies proved, advisers by counts alone.

    All together stay within one budget, so that the time grows no faster than the match itself.
    """
    budget, pairs, reasons = Budget.of(match), SEEK_WORK, []
    for person, role in match.unmatched:
        learners, advisers = match.problem.shape
        pairs -= advisers if role == "learner" else learners * advisers
        proving = role == "learner" and budget.left > 0
        why = why_unmatched(match, person, role, prove=proving, seek=pairs >= 0, budget=budget)
        reasons.append(why)
    return reasons


def _nobody_left(person_id: str, removed: dict[str, int], admissible: int) -> WhyUnmatched:
    """An adviser whom nobody is left to be matched with."""
    said = "Every learner has the advisers asked for."
    if not admissible:
        said = f"{said} {_sentence('adviser', removed, 0)}"
    text = "One more learner whom the rules allow, or one more place for such a learner."
    remedy = Remedy("one_more_learner", (0, 0, ""), text, 0)
    return WhyUnmatched(person_id, "adviser", said, admissible, removed, remedy, (remedy,))


def _counts(match: Match, person_id: str, role: str) -> tuple[dict[str, int], int]:
    problem = match.problem
    if role == "learner":
        at = match.roster.row(person_id)
        table = problem.removed_of_learner
    else:
        at = match.roster.column(person_id)
        table = problem.removed_of_adviser
    counts = zip(problem.rules, table[:, at].reshape(-1), strict=True)
    removed = public_counts({rule.name: int(count) for rule, count in counts if count})
    if problem.lists is not None and role == "learner":
        return removed, int(problem.lists.listed.found[at])
    return removed, len(_edges(match, person_id, role))


def _edges(match: Match, person_id: str, role: str) -> Ints:
    """Positions of the person's admissible pairs."""
    if role == "learner":
        return match.problem.edges_of_learner(int(match.roster.row(person_id) or 0))
    return match.problem.edges_of_adviser(int(match.roster.column(person_id) or 0))


def _kept(match: Match, person_id: str, role: str) -> int:
    """How many of an adviser's pairs lack nothing but another field."""
    if role == "learner" or not match.settings.places.one_other_field:
        return 0
    return int(match.kept_places[_edges(match, person_id, role)].sum())


def _sentence(role: str, removed: dict[str, int], admissible: int, kept: int = 0) -> str:
    other = "adviser" if role == "learner" else "learner"
    if admissible and kept == admissible:
        places = "the last place is" if kept == 1 else "their last places are"
        return (
            f"{counted(kept, other)} would be possible, but {places} kept for an adviser from "
            "another field."
        )
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
        yield from _field_remedies(match, _kept(match, person_id, role))
    if seek:
        yield from rule_remedies(match, person_id, role)


def _for_others(match: Match, direct: list[Remedy], admissible: int) -> list[Remedy]:
    """Changes that are not among the direct ones and could free a place: one that is possible
    already, or one that the same rule opens to the person on the way."""
    known = [(remedy.kind, remedy.settings) for remedy in direct]
    opened = {remedy.kind for remedy in direct}
    found = indirect_remedies(match) if admissible or opened else ()
    return [
        remedy
        for remedy in found
        if (admissible or remedy.kind in opened) and (remedy.kind, remedy.settings) not in known
    ]


def _field_remedies(match: Match, kept: int) -> Iterator[Remedy]:
    """All places open to the learner's own field."""
    if kept:
        settings = match.settings
        open_to_all = replace(settings, places=replace(settings.places, one_other_field=False))
        text = f"No place kept for another field: {counted(kept, 'candidate')}."
        size = (FIELD_STEP, -kept, "one_other_field")
        yield Remedy("one_other_field", size, text, kept, settings=open_to_all)


def _place_remedies(match: Match, person_id: str, role: str) -> Iterator[Remedy]:
    """One more place for each possible partner, the best-scored first."""
    problem, roster = match.problem, match.roster
    edges, places = _edges(match, person_id, role), roster.settings.places
    if role == "learner":
        partners = roster.advisers[problem.adviser[edges]]
        kind, setting = "learners_per_adviser", places.learners_per_adviser
    else:
        partners = roster.learners[problem.learner[edges]]
        kind, setting = "advisers_per_learner", places.advisers_per_learner
    if setting is not None:
        yield Remedy(kind, (2, 0, ""), f"{setting + 1} places per person rather than {setting}.", 0)
        return
    people = roster.columns
    for score, partner in zip(problem.score[edges].tolist(), partners.tolist(), strict=True):
        known = people.ids[partner]
        text = f"One more place for {people.called(partner)}."
        yield Remedy("one_more_place", (1, -score, known), text, 1, partner_id=known)
