"""The life of a learner's choices. Each has a list of up to three; one is asked at a time.

    queued → sent ⇄ question → accepted | declined | expired | full | withdrawn

What the learner reads of a choice that did not come about is always the same sentence, so that
silence, a full calendar and a no cannot be told apart.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

MOST_CHOICES = 3
MOST_QUESTIONS = 3
SHORT_LIST = 12

OPEN = frozenset({"sent", "question"})
LIVE = frozenset({"queued", "sent", "question"})
NOT_THIS_TIME = frozenset({"declined", "expired", "full"})


@dataclass(frozen=True)
class Choice:
    """One row of a learner's list. `has_place`: the adviser could take one more learner."""

    id: int
    order: int
    state: str
    has_place: bool = True


@dataclass(frozen=True)
class Next:
    """What follows for a learner's list: whom to ask now, and who is passed over as full."""

    ask: int | None
    full: tuple[int, ...] = ()


def may_answer(state: str) -> bool:
    """The adviser may say yes or no while the ask waits, also while a question is open."""
    return state in OPEN


def may_question(state: str, questions_so_far: int) -> bool:
    return state == "sent" and questions_so_far < MOST_QUESTIONS


def may_reply(state: str) -> bool:
    return state == "question"


def may_withdraw(state: str) -> bool:
    return state in LIVE


def is_expired(state: str, expires_at: datetime | None, now: datetime) -> bool:
    return state in OPEN and expires_at is not None and expires_at <= now


def expiry(now: datetime, days: int) -> datetime:
    return now + timedelta(days=max(days, 1))


def what_next(choices: Iterable[Choice]) -> Next:
    """Nothing while one is open or one was accepted; else the first in line with a place."""
    rows = sorted(choices, key=lambda choice: (choice.order, choice.id))
    if any(row.state in OPEN or row.state == "accepted" for row in rows):
        return Next(None)
    full: list[int] = []
    for row in rows:
        if row.state != "queued":
            continue
        if row.has_place:
            return Next(row.id, tuple(full))
        full.append(row.id)
    return Next(None, tuple(full))


def words_for_learner(state: str) -> str:
    """A code for the page: the learner never reads more than this."""
    if state in NOT_THIS_TIME:
        return "not_this_time"
    return state
