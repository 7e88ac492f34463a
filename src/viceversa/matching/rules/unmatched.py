"""Who is left without a partner, for which rules, and the smallest change that would help."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from viceversa.matching.engine import Match, Remedy, Settings, WhyUnmatched, why_unmatched
from viceversa.matching.rules.words import RULES, masked

PROVED = 25
PROVED_PAIRS = 60_000
EXPLAINED = 400
REMEDIES = 3


@dataclass(frozen=True)
class Left:
    person_id: str
    role: str
    reason: str
    removed_by: dict[str, int]
    smallest_change: str
    remedies: list[dict[str, Any]] = field(default_factory=list)


def left_out(match: Match) -> list[Left]:
    """Learners with a remedy each, as long as they are few enough to work it out; advisers with
    the rules that left them without a learner."""
    learners = [key for key, role in match.unmatched if role == "learner"]
    advisers = [key for key, role in match.unmatched if role == "adviser"]
    prove = len(learners) <= PROVED and len(match.problem.learner) <= PROVED_PAIRS
    explained = [_explained(match, key, prove=prove) for key in learners[:EXPLAINED]]
    return (
        explained
        + [_counted(match, key, "learner") for key in learners[EXPLAINED:]]
        + [_counted(match, key, "adviser") for key in advisers]
    )


def removed_in_words(counts: Mapping[str, int]) -> str:
    """Least rank gap 30, too few shared hours 4."""
    shown = [(name, count) for name, count in counts.items() if count and name != "same_person"]
    most = sorted(shown, key=lambda item: (-item[1], item[0]))
    text = ", ".join(f"{RULES.get(name, name).lower()} {count:,}" for name, count in most)
    return f"Pairs removed: {text}." if text else ""


def _explained(match: Match, key: str, *, prove: bool) -> Left:
    why = why_unmatched(match, key, "learner", prove=prove)
    change = why.smallest_change
    removed = masked(why.removed)
    reason = why.sentence if why.admissible else _no_pairs("adviser", removed)
    said = change.sentence if change else ""
    if change and not change.proved and prove:
        said = ""
    return Left(key, "learner", reason, removed, said, remedies_of(match, why))


def remedies_of(match: Match, why: WhyUnmatched) -> list[dict[str, Any]]:
    """Changes that a coordinator can try: of a rule, or one more place. The proved one first; one
    of each kind. What a learner wants is the learner's own word, so it is not among them."""
    first = [why.smallest_change] if why.smallest_change else []
    kinds: dict[str, dict[str, Any]] = {}
    for remedy in (*first, *why.remedies):
        values = _values_of(remedy, match.settings)
        if values and len(kinds) < REMEDIES:
            kinds.setdefault(remedy.kind, {"sentence": remedy.sentence, **values})
    return list(kinds.values())


def _values_of(remedy: Remedy, before: Settings) -> dict[str, Any]:
    if remedy.kind == "one_more_place":
        return {"more_for": remedy.partner_id}
    if remedy.settings is None:
        return {}
    old = asdict(before.rules)
    new = asdict(remedy.settings.rules).items()
    rules = {name: value for name, value in new if value != old[name]}
    return {"rules": rules} if rules else {}


def _counted(match: Match, key: str, role: str) -> Left:
    problem = match.problem
    if role == "learner":
        at, table, ends = match.roster.row(key), problem.removed_of_learner, problem.learner
    else:
        at, table, ends = match.roster.column(key), problem.removed_of_adviser, problem.adviser
    counts = zip(problem.rules, table[:, at].reshape(-1).tolist(), strict=True)
    removed = masked({rule.name: int(count) for rule, count in counts if count})
    possible = int(np.count_nonzero(ends == at))
    other = "adviser" if role == "learner" else "learner"
    if not possible:
        return Left(key, role, _no_pairs(other, removed), removed, "")
    many = f"{possible:,} {other}{'' if possible == 1 else 's'}"
    reason = f"{many} would be possible, but the places are better used otherwise."
    return Left(key, role, reason, removed, "")


def _no_pairs(other: str, removed: Mapping[str, int]) -> str:
    return f"The rules leave no {other}. {removed_in_words(removed)}".strip()
