"""Pairs that stood before people were gathered again: how many change, and what keeping costs.

Nothing here is about partnerships that run: no round ever touches those.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from viceversa.matching.engine import Match, Problem, trade_off
from viceversa.matching.engine.arrays import standing_edges
from viceversa.matching.rules.snapshot import Snapshot

FAVOUR = "keep_points"
MOST_STEPS, MOST_STEPS_LARGE = 10, 5

Ids = tuple[str, str]


@dataclass(frozen=True)
class Choice:
    """One corner of the curve. `points`: what a pair kept counts for beside its score."""

    broken: int
    kept: int
    total: int
    points: int


def standing_pairs(snapshot: Snapshot) -> list[Ids]:
    return [(learner, adviser) for learner, adviser in snapshot.get("standing", ())]


def favoured(problem: Problem, snapshot: Snapshot, settings: Mapping[str, Any]) -> Problem:
    """With the pairs that stood, each counting for as much more as the settings say."""
    return problem.favouring(standing_pairs(snapshot), int(settings.get(FAVOUR, 0)))


def kept_in(match: Match) -> int:
    edges = standing_edges(match.problem)
    return int(edges[match.assignment.edges].sum())


def keeping_of(match: Match, *, is_large: bool) -> dict[str, Any]:
    """For the round's summary: the curve, as far as anything can be chosen; {} without pairs that
    stood. `gone`: their people have left, or a rule or a wish is against them now."""
    standing = match.problem.standing
    if not standing:
        return {}
    most_steps = MOST_STEPS_LARGE if is_large else MOST_STEPS
    curve = trade_off(match, standing, most_steps=most_steps, whole=True)
    admissible = curve[0].kept + curve[0].broken
    return {
        "gone": len(standing) - admissible,
        "admissible": admissible,
        "kept": kept_in(match),
        "steps": [
            {
                "broken": step.broken,
                "kept": step.kept,
                "total": step.total,
                "points": int(step.points),
            }
            for step in curve
        ],
    }


def choices_of(summary: Mapping[str, Any]) -> list[Choice]:
    """From the fewest changes to the highest sum."""
    return [Choice(**step) for step in summary.get("keeping", {}).get("steps", ())]


def may_favour(summary: Mapping[str, Any], points: int) -> bool:
    """Only what the curve offers is asked of the engine, and no favour at all."""
    return points == 0 or points in {choice.points for choice in choices_of(summary)}
