"""What may be written around a half hour, by its state."""

BOOKED, HELD, CANCELLED = "booked", "held", "cancelled"


def wrong_with_preparing(state: str) -> str | None:
    """A code, or nothing: one prepares what is still to come."""
    return state if state in (HELD, CANCELLED) else None


def wrong_with_writing(state: str) -> str | None:
    return CANCELLED if state == CANCELLED else None
