"""The life of a partnership up to the moment both have accepted, and its next half hour."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MOST_LINES = 3
LONGEST_AGENDA = 600
LONGEST_PLACE = 200
FURTHEST = timedelta(days=366)

OPEN = frozenset({"proposed", "accepted"})
OVER = frozenset({"declined", "withdrawn", "ended"})


def state_after_accept(*, learner_accepted: bool, adviser_accepted: bool) -> str:
    return "accepted" if learner_accepted and adviser_accepted else "proposed"


def may_answer(state: str) -> bool:
    return state == "proposed"


def has_answer(state: str, *, learner_accepted: bool, adviser_accepted: bool) -> bool:
    """Once one of the two has said anything, a publication can no longer be taken back."""
    return state != "proposed" or learner_accepted or adviser_accepted


def what_the_other_gives(
    wants: list[tuple[int, int]], offers: dict[int, int], *, most: int = 4
) -> list[int]:
    """Skills that one wants and the other offers. `wants` holds (skill, priority), 1 first;
    `offers` maps a skill to the mastery offered. The most wanted come first."""
    shared = [(priority, -offers[skill], skill) for skill, priority in wants if skill in offers]
    return [skill for _priority, _mastery, skill in sorted(shared)][:most]


def said_to(side: str, reason: str) -> str:
    """The reason as the learner reads it: your first want, not the learner's."""
    return reason.replace("the learner's ", "your ") if side == "learner" else reason


class SkippedTime(ValueError):
    """On that day the clocks there jump over that time."""


def moment(day: date, at: time, zone: str) -> datetime:
    """What the clock of a place shows, in UTC. A time that comes twice is the first of the two;
    raises SkippedTime for one that does not come at all."""
    here = datetime.combine(day, at, ZoneInfo(zone))
    there = here.astimezone(UTC)
    if there.astimezone(here.tzinfo).replace(tzinfo=None) != here.replace(tzinfo=None):
        raise SkippedTime(f"{day} {at} in {zone}")
    return there


def agenda_lines(text: str) -> list[str]:
    """Without the empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def wrong_with_moment(at: datetime, *, now: datetime) -> str | None:
    """A code, or nothing: a half hour lies ahead, and within a year."""
    if at <= now:
        return "past"
    return "far" if at > now + FURTHEST else None


def wrong_with_texts(*, place: str, agenda: str) -> str | None:
    """A code, or nothing."""
    lines = agenda_lines(agenda)
    if len(place) > LONGEST_PLACE:
        return "long_place"
    if len(lines) > MOST_LINES:
        return "many_lines"
    return "long_agenda" if len("\n".join(lines)) > LONGEST_AGENDA else None
