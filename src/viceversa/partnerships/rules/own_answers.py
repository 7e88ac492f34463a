"""What people say about themselves before and after: the steps, and the bands that may leave."""

from dataclasses import dataclass

from viceversa.partnerships.rules import goals
from viceversa.partnerships.rules.lifecycle import CLOSING, LIVE

BEFORE, AFTER = "before", "after"


@dataclass(frozen=True)
class Scale:
    """`steps` are number, name and a sentence; `bands` the last step of each band, and its code."""

    steps: tuple[tuple[int, str, str], ...]
    bands: tuple[tuple[int, str], ...]

    def band_of(self, step: int) -> str:
        """All that may leave, if its author lets it."""
        return next(band for last, band in self.bands if step <= last)


KNOWING = Scale(goals.STEPS, goals.BANDS)
USE = Scale(
    (
        (1, "Never", "I have not used it myself."),
        (2, "Tried", "I have tried it once or twice."),
        (3, "Monthly", "I use it about once a month."),
        (4, "Weekly", "I use it in most weeks."),
        (5, "Daily", "It is part of my day."),
    ),
    ((2, "hardly"), (3, "monthly"), (5, "weekly")),
)
CONFIDENCE = Scale(
    (
        (1, "I hold back", "I would rather say nothing than say something wrong."),
        (2, "When asked", "I say what I know if somebody asks me twice."),
        (3, "With a run-up", "I say it, and it costs me something."),
        (4, "Mostly", "I say what I know, also to people far above me."),
        (5, "At ease", "I explain, disagree and ask back without a second thought."),
    ),
    ((2, "unsure"), (3, "growing"), (5, "sure")),
)


def asks_for_use(*, kind: str, stream: str) -> bool:
    """Of the learner, where the goal is to understand a skill."""
    return kind == "literacy" and stream == goals.LEARNING


def may_say_confidence(state: str, moment: str, *, has_before: bool, has_after: bool) -> bool:
    """At the start, as long as one likes; and once the two begin to close."""
    if moment == BEFORE:
        return state in LIVE and state != CLOSING and not has_after
    return has_before and state == CLOSING
