"""Session plans: their steps, their levels, and when a pack may be published."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

LENGTH = 30
LEVELS = (1, 2, 3, 4)
MOST_STEPS = 8
DRAFT, IN_REVIEW, CHECKED, PUBLISHED, RETIRED = "draft", "review", "checked", "published", "retired"
OPEN = frozenset({DRAFT, IN_REVIEW, CHECKED})
STEP = re.compile(r"^\s*(\d{1,2})\s+(\S.*)$")


@dataclass(frozen=True)
class Step:
    minutes: int
    what: str


class BadStep(ValueError):
    """A line of a plan that does not begin with minutes."""


def read_steps(text: str) -> list[Step]:
    """One step a line: minutes, then what happens. Raises BadStep with the line."""
    steps = []
    for line in filter(str.strip, text.splitlines()):
        found = STEP.match(line)
        if found is None:
            raise BadStep(line.strip())
        steps.append(Step(int(found[1]), " ".join(found[2].split())))
    return steps


def as_lines(steps: Iterable[Step]) -> str:
    return "\n".join(f"{step.minutes} {step.what}" for step in steps)


def wrong_with_steps(steps: Iterable[Step]) -> str | None:
    """A code, or nothing: a plan fills the half hour exactly."""
    minutes = [step.minutes for step in steps]
    if not minutes or len(minutes) > MOST_STEPS or min(minutes) < 1:
        return "steps"
    return None if sum(minutes) == LENGTH else "sum"


def levels_on_the_way(there: Iterable[int], wanted: int) -> list[int]:
    """From the easiest to the level wanted; where all are harder, the easiest alone."""
    levels = sorted(there)
    return [level for level in levels if level <= wanted] or levels[:1]


def nearest_level(there: Iterable[int], wanted: int) -> int | None:
    """The level itself, else the nearest; the easier one when two are as near."""
    return min(there, key=lambda level: (abs(level - wanted), level), default=None)


def why_not_published(
    state: str, *, is_risky: bool, plans: int, is_expired: bool, has_credit: bool
) -> str | None:
    """A code, or nothing."""
    if state not in OPEN:
        return "state"
    if not plans:
        return "plans"
    if not has_credit:
        return "credit"
    if is_expired:
        return "expired"
    return "expert" if is_risky and state != CHECKED else None


def state_after_change(state: str, *, is_risky: bool) -> str:
    """Other words than those that were checked are checked again where the subject is risky."""
    if is_risky and state in (IN_REVIEW, CHECKED, PUBLISHED):
        return DRAFT
    return DRAFT if state in (IN_REVIEW, CHECKED) else state
