"""When somebody is reminded of what waits for them: once for each turn, after some days, and of the
last day before it comes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

ANSWER, AGREE, LOOK_BACK = "answer", "agree", "look_back"
ENDS_SOON, ENDS_NOW = "ends_soon", "ends_now"
PATIENCE = timedelta(days=3)
NOTICE = timedelta(days=7)
STALE = timedelta(days=14)


@dataclass(frozen=True)
class Turn:
    """`side` has something to do since then."""

    what: str
    side: str
    since: datetime

    @property
    def code(self) -> str:
        """It is said once of one and the same turn."""
        return f"{self.what} {self.side} {self.since.timestamp():.0f}"


def is_due(turn: Turn, now: datetime) -> bool:
    """A notice of the end is due as soon as there is one."""
    return turn.what in (ENDS_SOON, ENDS_NOW) or now - turn.since >= PATIENCE


def notice_of(ends_on: date | None, today: date) -> str | None:
    """A week before the last day, and on it; nothing about a day that is long past."""
    if ends_on is None or not today - STALE <= ends_on <= today + NOTICE:
        return None
    return ENDS_NOW if ends_on <= today else ENDS_SOON


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
