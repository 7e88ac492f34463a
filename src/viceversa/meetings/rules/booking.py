"""Half hours: who may do what with one, and what was called off how often."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import takewhile

LEARNER, ADVISER = "learner", "adviser"
SIDES = (LEARNER, ADVISER)
BOOKED, HELD, CANCELLED = "booked", "held", "cancelled"
IN_A_ROW = 2
SHORTEST, LONGEST = 15, 120


def other(side: str) -> str:
    return ADVISER if side == LEARNER else LEARNER


def may_book(side: str) -> bool:
    """The learner drives."""
    return side == LEARNER


def may_take(side: str, *, proposed_by: str) -> bool:
    """Whoever proposed waits for the other side's answer."""
    return side != proposed_by


def hours_before(starts_at: datetime, now: datetime) -> Decimal:
    """How long before its begin something happened; below zero when it was too late."""
    seconds = Decimal(int((starts_at - now).total_seconds()))
    return (seconds / 3600).quantize(Decimal("0.1"))


@dataclass(frozen=True)
class Outcome:
    """One half hour, by its time: its state, and which side called it off."""

    state: str
    side: str = ""


def in_a_row(outcomes: Sequence[Outcome], at: int) -> int:
    """How many half hours in a row, the one at this place among them, its side called off: with
    none held or still to come between. `outcomes` are ordered by time; what the other side called
    off neither counts nor ends the row."""
    side = outcomes[at].side
    before = _run(outcomes[at - 1 :: -1] if at else (), side)
    return before + 1 + _run(outcomes[at + 1 :], side)


def _run(outcomes: Sequence[Outcome], side: str) -> int:
    row = list(takewhile(lambda outcome: outcome.state == CANCELLED, outcomes))
    return sum(outcome.side == side for outcome in row)


def needs_help(outcomes: Sequence[Outcome], at: int) -> bool:
    return in_a_row(outcomes, at) >= IN_A_ROW
