"""What was planned and what was kept, and how soon answers came: facts, without a word of anybody.

A pause and the holidays of a programme count for nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from viceversa.meetings.rules.booking import other
from viceversa.meetings.rules.help import Span, Turn, passed

WINDOW = timedelta(weeks=8)
FEWEST_PAIRS = 5
WITHIN = ((timedelta(days=1), "day"), (timedelta(days=3), "days"), (timedelta(days=7), "week"))


@dataclass(frozen=True)
class Cadence:
    """Half hours in the last weeks: as many as the rhythm gives, and those that took place."""

    every_days: int
    planned: int
    met: int
    last_at: datetime | None = None

    @property
    def is_kept(self) -> bool:
        return self.met >= self.planned


@dataclass(frozen=True)
class Answers:
    """Half of `number` answers came within `half`."""

    number: int
    half: timedelta

    @property
    def days(self) -> int:
        """0 when hours say it better."""
        return 0 if self.half < timedelta(days=2) else round(self.half / timedelta(days=1))

    @property
    def hours(self) -> int:
        return max(1, round(self.half / timedelta(hours=1)))


def begins(started_at: datetime, now: datetime) -> datetime:
    return max(started_at, now - WINDOW)


def planned(every_days: int, since: datetime, now: datetime, stops: Sequence[Span]) -> int:
    """Whole rounds of the rhythm since then."""
    return int(passed(since, now, stops) / timedelta(days=every_days))


def waits(
    turns: Iterable[Turn], *, since: datetime, stops: Sequence[Span]
) -> dict[str, list[timedelta]]:
    """Side → how long the other waited for each of its answers. Whoever writes twice waits from the
    first on; a half hour held leaves nothing to answer."""
    found: dict[str, list[timedelta]] = {"learner": [], "adviser": []}
    waiting: Turn | None = None
    for turn in sorted(turns, key=lambda turn: turn.at):
        if turn.side == "both":
            waiting = None
        elif waiting is None or waiting.side == other(turn.side):
            if waiting is not None and turn.at >= since:
                found[turn.side].append(passed(waiting.at, turn.at, stops))
            waiting = turn
    return found


def answers(lasted: Sequence[timedelta]) -> Answers | None:
    return Answers(len(lasted), _half(lasted)) if lasted else None


def within(halves: Sequence[timedelta]) -> str | None:
    """For a whole programme, from five pairs on: half of them within a day, days, a week, or more.
    None for fewer."""
    if len(halves) < FEWEST_PAIRS:
        return None
    half = _half(halves)
    return next((word for most, word in WITHIN if half <= most), "longer")


def _half(lasted: Sequence[timedelta]) -> timedelta:
    return timedelta(seconds=median(one.total_seconds() for one in lasted))
