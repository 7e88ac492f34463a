"""Who would have another partner."""

from collections import defaultdict
from collections.abc import Mapping, Set
from typing import TypedDict

Pairs = Set[tuple[str, str]]


class Move(TypedDict):
    """By name; nobody stands as an empty list."""

    learner: str
    before: list[str]
    after: list[str]


def moves_between(before: Pairs, after: Pairs, names: Mapping[str, str]) -> list[Move]:
    """One row per learner whose advisers differ, by name: {learner, before, after}. Those who
    would lose every adviser come first."""
    was, now = _by_learner(before), _by_learner(after)
    rows: list[Move] = [
        {
            "learner": names.get(learner, learner),
            "before": _named(was[learner], names),
            "after": _named(now[learner], names),
        }
        for learner in was.keys() | now.keys()
        if was[learner] != now[learner]
    ]
    return sorted(rows, key=lambda row: (bool(row["after"]), row["learner"]))


def _by_learner(pairs: Pairs) -> defaultdict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for learner, adviser in pairs:
        found[learner].add(adviser)
    return found


def _named(keys: set[str], names: Mapping[str, str]) -> list[str]:
    return sorted(names.get(key, key) for key in keys)
