"""Silence clocks: who owes a sign of life since when, and what is to be done about it.

A clock runs from a moment on, and stands still while the partnership is paused and on holidays.
First the person is reminded, then the coordinators are told, then the place goes to the waiting
list if somebody waits.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from viceversa.meetings.rules.booking import LEARNER, other

NO_CONTACT, SILENCE, CANCELLATIONS = "no_contact", "silence", "cancellations"
REMINDED, COORDINATORS, PLACE = 1, 2, 3
DAY = timedelta(days=1)
STEPS = {
    NO_CONTACT: (5 * DAY, 8 * DAY, 14 * DAY),
    SILENCE: (2 * DAY, 5 * DAY, 14 * DAY),
}

Span = tuple[datetime, datetime]


@dataclass(frozen=True)
class Clock:
    """`side` owes something since then: a word, or its part of the agreement."""

    kind: str
    side: str
    since: datetime
    of_agreement: bool = False


@dataclass(frozen=True)
class Turn:
    """Something one side said or did that the other can see: "both" for a half hour held."""

    side: str
    at: datetime
    of_agreement: bool = False


@dataclass(frozen=True)
class Story:
    """What is known of a partnership, without a word of it."""

    accepted_at: datetime
    contact_at: datetime | None
    turns: tuple[Turn, ...] = ()
    agreeing: tuple[Turn, ...] = ()
    proposal: Turn | None = None
    meets_ahead: bool = False


def clock_of(story: Story) -> Clock | None:
    """The one that runs: for a first word of the learner, and from then on for answers. A message
    needs none while a half hour lies ahead; an open proposal of another time always does."""
    if story.contact_at is None:
        return Clock(NO_CONTACT, LEARNER, story.accepted_at)
    return _owed_answer(story)


def _owed_answer(story: Story) -> Clock | None:
    waiting = None if story.meets_ahead else _unanswered((*story.turns, *story.agreeing))
    both = [turn for turn in (waiting, story.proposal) if turn is not None]
    if not both:
        return None
    first = min(both, key=lambda turn: turn.at)
    return Clock(SILENCE, other(first.side), first.at, first.of_agreement)


def _unanswered(turns: Iterable[Turn]) -> Turn | None:
    """The first of the latest turns of one side."""
    waiting: Turn | None = None
    for turn in sorted(turns, key=lambda turn: turn.at):
        if turn.side == "both":
            waiting = None
        elif waiting is None or waiting.side != turn.side:
            waiting = turn
    return waiting


def passed(since: datetime, now: datetime, stops: Iterable[Span]) -> timedelta:
    """How long the clock ran: stops that lie over each other are left out once."""
    standing = timedelta(0)
    reached = since
    for first, last in sorted(stops):
        begin, end = max(first, reached), min(last, now)
        if end > begin:
            standing += end - begin
            reached = end
    return max(now - since - standing, timedelta(0))


def holiday(first: date, last: date) -> Span:
    """Both days count, from midnight to midnight UTC."""
    begin = datetime.combine(first, time(), UTC)
    return begin, datetime.combine(last, time(), UTC) + DAY


def step_due(kind: str, ran: timedelta) -> int:
    """0 before the first step."""
    return sum(ran >= after for after in STEPS[kind])


def next_step(done: int, due: int, *, stepped_at: datetime | None, now: datetime) -> int | None:
    """One step at a time and a day apart, also after the product stood still for weeks: nobody
    loses a place before having been reminded."""
    if due <= done:
        return None
    if stepped_at is not None and now - stepped_at < DAY:
        return None
    return done + 1


def stands_still(now: datetime, stops: Sequence[Span]) -> bool:
    return any(first <= now < last for first, last in stops)
