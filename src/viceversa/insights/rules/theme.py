"""When a theme is passed on, and how many people it is said to come from."""

from datetime import datetime, timedelta

LEAST = 5
EVERY = timedelta(days=7)
MOST_WORDS = 400
BANDS = ((5, 9), (10, 19), (20, 49), (50, 99), (100, 499))


def band_of(number: int) -> str:
    """How many people, never exactly. Raises ValueError for fewer than are ever passed on."""
    if number < LEAST:
        raise ValueError("so few are never passed on")
    for low, high in BANDS:
        if number <= high:
            return f"{low}–{high}"
    return "500+"


def is_due(voices: int, last_passed: datetime | None, now: datetime) -> bool:
    """Once a week at most, so that the moment says nothing about who came last."""
    return voices >= LEAST and (last_passed is None or now - last_passed >= EVERY)
