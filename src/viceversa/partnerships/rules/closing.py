"""How a partnership closes: both look back apart, then they go on or finish."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

SIDES = frozenset({"learner", "adviser"})
PATIENCE = timedelta(days=14)
LONGEST_EXTENSION = timedelta(days=366)
LONGEST_STORY = 2000


@dataclass(frozen=True)
class Look:
    """One side's plain answers."""

    gained: bool
    wants_more: bool
    more_until: date | None
    story_consent: bool
    handed_in_at: datetime


def goes_on_until(looks: list[Look], *, today: date) -> date | None:
    """Only when both gained and both want more, and then no longer than either said."""
    if len(looks) < 2 or not all(look.gained and look.wants_more for look in looks):
        return None
    dates = [look.more_until for look in looks if look.more_until is not None]
    return min(dates) if len(dates) == len(looks) and min(dates) > today else None


def may_tell_story(looks: list[Look], confidentiality: str | None) -> bool:
    return confidentiality == "story" and len(looks) == 2 and all(x.story_consent for x in looks)


def may_complete(looks: list[Look], *, now: datetime) -> bool:
    """Once both have looked back, or one has and the other has been silent for two weeks."""
    if not looks:
        return False
    return len(looks) == 2 or now - looks[0].handed_in_at >= PATIENCE


def fits_extension(until: date, *, today: date) -> bool:
    return today < until <= today + LONGEST_EXTENSION


def turn_of(looked_back: frozenset[str]) -> frozenset[str]:
    """Whoever has not looked back; once both have, either of them finishes or goes on."""
    return SIDES - looked_back or SIDES
