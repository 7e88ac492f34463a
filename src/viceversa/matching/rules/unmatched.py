"""Who is left without a partner, for which rules, and the smallest change that would help."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from viceversa.matching.engine import Match, why_unmatched
from viceversa.matching.rules.words import RULES, masked

PROVED = 25
PROVED_PAIRS = 60_000
EXPLAINED = 400


@dataclass(frozen=True)
class Left:
    person_id: str
    role: str
    reason: str
    removed_by: dict[str, int]
    smallest_change: str


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
    return Left(key, "learner", reason, removed, said)


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
