"""One cell each: from text to a value, or a sentence about what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable

from viceversa.matching.engine.files.faults import nearest
from viceversa.matching.engine.people.participant import ADVISER, LEARNER, LEVEL_NAMES, Want

Wrong = Callable[[str, str], None]
LEVELS = {name: level for level, name in LEVEL_NAMES.items()}
ROLES = {
    "": frozenset[str](),
    "none": frozenset[str](),
    "adviser": frozenset({ADVISER}),
    "learner": frozenset({LEARNER}),
    "both": frozenset({ADVISER, LEARNER}),
}
MOST = 1_000
HOURS = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*[-–]\s*(\d{1,2})(?::(\d{2}))?")


def listed_cell(text: str) -> tuple[str, ...]:
    """Entries split by ";", without blanks and repetitions, in their order."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(";") if part.strip()))


def number_of(text: str, column: str, default: int, wrong: Wrong) -> int:
    if not text:
        return default
    if _whole(text) and int(text) <= MOST:
        return int(text)
    wrong(column, f'"{text}" is not a whole number from 0 to {MOST:,}.')
    return default


def roles_of(text: str, wrong: Wrong) -> frozenset[str]:
    if text.casefold() in ROLES:
        return ROLES[text.casefold()]
    near = nearest(text, filter(None, ROLES))
    wrong("role", f'"{text}" is not a role; use adviser, learner, both or leave it empty.{near}')
    return frozenset()


def rank_of(text: str, ladder: tuple[str, ...], wrong: Wrong) -> int | None:
    """A number is a rank (higher is more senior); a name is its place on the ladder."""
    if not text:
        return None
    places = {name.casefold(): place for place, name in enumerate(ladder, start=1)}
    if text.casefold() in places:
        return places[text.casefold()]
    if _whole(text.removeprefix("-")) and len(text) < 7:
        return int(text)
    if not ladder:
        wrong("level", f'"{text}" is not a number, and [levels] ladder names no levels.')
    else:
        wrong("level", f'"{text}" is not on the ladder.{nearest(text, ladder)}')
    return None


def hours_of(text: str, wrong: Wrong) -> tuple[float, float]:
    """Local working hours such as 9-17 or 8:30-16:45."""
    if not text:
        return (9.0, 17.0)
    found = HOURS.fullmatch(text)
    if found:
        start, start_minutes, end, end_minutes = (int(part or 0) for part in found.groups())
        if max(start, end) <= 24 and max(start_minutes, end_minutes) < 60:
            return (start + start_minutes / 60, end + end_minutes / 60)
    wrong("working_hours", f'"{text}" is not a span such as 9-17 or 8:30-16:45.')
    return (9.0, 17.0)


def offers_of(text: str, wrong: Wrong) -> dict[str, int]:
    """ "Short video:strong; AI assistants:working"; a skill without a level is working."""
    offers: dict[str, int] = {}
    for entry in listed_cell(text):
        skill, level = offer_of(entry, wrong)
        if skill and level:
            offers[skill] = level
    return offers


def offer_of(entry: str, wrong: Wrong) -> tuple[str, int]:
    """The skill and its level; level 0 when it is none."""
    skill, colon, level = (part.strip() for part in entry.rpartition(":"))
    if not colon:
        return entry, LEVELS["working"]
    return skill, _level(level, "offers", wrong)


def wants_of(text: str, target: int, wrong: Wrong) -> tuple[Want, ...]:
    """ "AI assistants:1; Accessibility:2:working": priority (1 = most wanted), target level."""
    entries = enumerate(listed_cell(text), start=1)
    wants = (want_of(entry, target, place, wrong) for place, entry in entries)
    return tuple(want for want in wants if want.skill)


def want_of(entry: str, target: int, place: int, wrong: Wrong) -> Want:
    """One of them; without a priority its place in the list counts."""
    parts = [part.strip() for part in entry.split(":")]
    level, priority = target, place
    if len(parts) > 2 and not parts[-1].isdigit():
        level = _level(parts.pop(), "wants", wrong) or target
    if len(parts) > 1:
        priority = _priority(parts.pop(), wrong)
    return Want(":".join(parts), level, priority)


def _whole(text: str) -> bool:
    """Is this a number short enough to be read at all?"""
    return text.isascii() and text.isdigit() and len(text) < 10


def _priority(text: str, wrong: Wrong) -> int:
    if _whole(text) and 1 <= int(text) <= MOST:
        return int(text)
    wrong("wants", f'"{text}" is not a priority; 1 is the most wanted.')
    return 1


def _level(text: str, column: str, wrong: Wrong) -> int:
    """1 to 4, or 0 with a sentence."""
    if text.casefold() in LEVELS:
        return LEVELS[text.casefold()]
    if text in ("1", "2", "3", "4"):
        return int(text)
    wrong(column, f'"{text}" is not a level; use {", ".join(LEVELS)}.')
    return 0
