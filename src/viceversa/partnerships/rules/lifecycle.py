"""The life of a partnership: which state may follow which, and by whose doing.

proposed → accepted → preparing → active ⇄ paused → closing → completed; or ended without fault.
"""

from dataclasses import dataclass
from datetime import date

PROPOSED, ACCEPTED, PREPARING, ACTIVE = "proposed", "accepted", "preparing", "active"
PAUSED, CLOSING, COMPLETED = "paused", "closing", "completed"
DECLINED, WITHDRAWN, ENDED = "declined", "withdrawn", "ended"

LIVE = frozenset({ACCEPTED, PREPARING, ACTIVE, PAUSED, CLOSING})
OPEN = LIVE | {PROPOSED}
OVER = frozenset({COMPLETED, DECLINED, WITHDRAWN, ENDED})
MEETING = frozenset({ACTIVE, CLOSING})
PATH = (PROPOSED, ACCEPTED, PREPARING, ACTIVE, CLOSING, COMPLETED)


@dataclass(frozen=True)
class Move:
    """`before` are the states from which something leads to `after`."""

    before: frozenset[str]
    after: str


MOVES: dict[str, Move] = {
    "accept": Move(frozenset({PROPOSED}), ACCEPTED),
    "decline": Move(frozenset({PROPOSED}), DECLINED),
    "withdraw": Move(frozenset({PROPOSED}), WITHDRAWN),
    "prepare": Move(frozenset({ACCEPTED}), PREPARING),
    "start": Move(frozenset({ACCEPTED, PREPARING}), ACTIVE),
    "pause": Move(frozenset({ACCEPTED, PREPARING, ACTIVE}), PAUSED),
    "resume": Move(frozenset({PAUSED}), ACTIVE),
    "close": Move(frozenset({ACTIVE, PAUSED}), CLOSING),
    "go_on": Move(frozenset({CLOSING}), ACTIVE),
    "complete": Move(frozenset({CLOSING}), COMPLETED),
    "end": Move(OPEN, ENDED),
}


def may(move: str, state: str) -> bool:
    return state in MOVES[move].before


def after(move: str, state: str) -> str:
    """Raises ValueError when the move is not possible from this state."""
    if not may(move, state):
        raise ValueError(f"{move} is not possible from {state}")
    return MOVES[move].after


def after_resume(*, is_signed: bool) -> str:
    """A pause before both had signed leads back to the agreement."""
    return ACTIVE if is_signed else PREPARING


def is_due(ends_on: date | None, today: date) -> bool:
    """On the last day either of the two may begin to close."""
    return ends_on is not None and ends_on <= today


def state_of_step(state: str, step: str) -> str:
    """For the path drawn on the page: done, current or todo."""
    shown = ACTIVE if state == PAUSED else state
    if shown not in PATH:
        return "todo"
    here, there = PATH.index(shown), PATH.index(step)
    return "done" if there < here else "current" if there == here else "todo"
