"""How far a programme has come: the people it is for, those in it, those who have somebody."""

from dataclasses import dataclass
from math import ceil

HAVE_NOBODY = frozenset({"proposed", "declined", "withdrawn", "ended"})


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """`fit` counts everyone the learner levels describe, or the learners where there are none."""

    fit: int
    enrolled: int
    proposed: int
    covered: int
    target_percent: int

    @property
    def base(self) -> int:
        return max(self.fit, self.enrolled)

    @property
    def target(self) -> int:
        return ceil(self.base * self.target_percent / 100)

    @property
    def missing(self) -> int:
        return max(self.target - self.covered, 0)

    @property
    def is_reached(self) -> bool:
        return self.base > 0 and self.covered >= self.target
