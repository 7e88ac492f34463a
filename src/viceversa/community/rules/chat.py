"""When a live chat begins and ends, and what can be written when."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DRAFT, CALLED_OFF, BEFORE, LIVE, OVER = "draft", "called_off", "before", "live", "over"
FURTHEST = timedelta(days=366)
REMINDED_BEFORE = timedelta(hours=1)
MOST_QUESTIONS, MOST_HOSTS = 12, 6


def phase(
    *, state: str, starts_at: datetime, ends_at: datetime, ended_at: datetime | None, now: datetime
) -> str:
    if state != "published":
        return state
    if now < starts_at:
        return BEFORE
    return LIVE if ended_at is None and now < ends_at else OVER


def moment(day: date, at: time, zone: str) -> datetime | None:
    """What the clock of a zone shows, in UTC; nothing when the clocks jump over that time."""
    here = datetime.combine(day, at, ZoneInfo(zone))
    there = here.astimezone(UTC)
    shown = there.astimezone(here.tzinfo).replace(tzinfo=None)
    return there if shown == here.replace(tzinfo=None) else None


def wrong_with_start(starts_at: datetime, *, now: datetime) -> str:
    if starts_at <= now:
        return "past"
    return "far" if starts_at > now + FURTHEST else ""


def questions_in(text: str) -> list[str]:
    """One a line; numbers that people type in front are left out, as we count ourselves."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return [_without_number(line) for line in lines if line]


def _without_number(line: str) -> str:
    head, _space, rest = line.partition(" ")
    plain = head.upper().removeprefix("Q").rstrip(".:)")
    return rest.strip() if rest and plain.isdecimal() and len(plain) < 3 else line


def too_long(questions: Sequence[str], *, most: int) -> list[int]:
    return [place for place, text in enumerate(questions, start=1) if len(text) > most]
