"""You said → I will: when a promise is overdue, and what may be done with it."""

from datetime import date, timedelta

OPEN, KEPT, DROPPED = "open", "kept", "dropped"
OUTCOMES = (KEPT, DROPPED)
FURTHEST = timedelta(days=366)


def is_overdue(state: str, due_on: date | None, *, today: date) -> bool:
    return state == OPEN and due_on is not None and due_on < today


def wrong_with_due(due_on: date | None, *, today: date) -> str | None:
    """A code, or nothing. A promise may have no day."""
    if due_on is None:
        return None
    if due_on < today:
        return "past"
    return "far" if due_on > today + FURTHEST else None


def may_close(state: str, outcome: str) -> bool:
    return state == OPEN and outcome in OUTCOMES


def may_publish(state: str) -> bool:
    """What was dropped is nobody's example."""
    return state != DROPPED
