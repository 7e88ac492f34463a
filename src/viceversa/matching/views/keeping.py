"""Pairs that stood before people were gathered again: the curve of what keeping them costs."""

from collections.abc import Sequence
from typing import Any

from viceversa.matching.models import Round
from viceversa.matching.rules.keeping import Choice, choices_of
from viceversa.matching.rules.words import given_up, points

WIDTH, HEIGHT, EDGE = 360, 170, 14
BASE = HEIGHT - 26
NOT_OFFERED = -1


def keeping_of(round_: Round) -> dict[str, Any]:
    """Nothing where no pair stood. The round as it is now stands among the choices."""
    found = round_.summary.get("keeping") or {}
    if not found:
        return {}
    choices = _with_now(round_, found)
    most = max(choice.total for choice in choices)
    now = (found["kept"], round_.summary["total"])
    drawn = [
        {
            "points": str(choice.points),
            "broken": choice.broken,
            "kept": choice.kept,
            "total": points(choice.total),
            "lost": given_up(most - choice.total),
            "is_now": (choice.kept, choice.total) == now,
            "x": str(x),
            "y": str(y),
        }
        for choice, (x, y) in zip(choices, _places(choices), strict=True)
    ]
    return {
        **found,
        "choices": drawn,
        "line": " ".join(f"{row['x']},{row['y']}" for row in drawn),
        "base": BASE,
        "is_choice": len(drawn) > 1,
    }


def _with_now(round_: Round, found: dict[str, Any]) -> list[Choice]:
    choices, total = choices_of(round_.summary), round_.summary["total"]
    if any((choice.kept, choice.total) == (found["kept"], total) for choice in choices):
        return choices
    now = Choice(found["admissible"] - found["kept"], found["kept"], total, NOT_OFFERED)
    return sorted([*choices, now], key=lambda choice: (choice.broken, choice.total))


def _places(choices: Sequence[Choice]) -> list[tuple[float, float]]:
    """Fewest changes on the left, the highest sum on top."""
    across = _spread([choice.broken for choice in choices], EDGE, WIDTH - EDGE)
    up = _spread([choice.total for choice in choices], BASE - EDGE, EDGE)
    return list(zip(across, up, strict=True))


def _spread(values: Sequence[int], first: int, last: int) -> list[float]:
    low = min(values)
    width = max(values) - low or 1
    return [round(first + (value - low) / width * (last - first), 1) for value in values]
