"""What may be written around a half hour, by its state and the clock."""

from datetime import datetime

BOOKED, HELD, CANCELLED = "booked", "held", "cancelled"


def wrong_with_preparing(state: str) -> str | None:
    """A code, or nothing: one prepares what is still to come."""
    return state if state in (HELD, CANCELLED) else None


def wrong_with_writing(state: str) -> str | None:
    return CANCELLED if state == CANCELLED else None


def wrong_with_looking_back(state: str, starts_at: datetime, *, now: datetime) -> str | None:
    """A code, or nothing: one looks back on what has begun and was not called off."""
    if state == CANCELLED:
        return CANCELLED
    return "ahead" if now < starts_at else None


def wrong_with_holding(state: str, starts_at: datetime, *, now: datetime) -> str | None:
    return HELD if state == HELD else wrong_with_looking_back(state, starts_at, now=now)
