"""How long something stays open, and how many took part, said in bands."""

from datetime import date

LONGEST_DAYS = 365
BAND = 5


def is_open(*, ends_on: date, is_closed: bool, today: date) -> bool:
    return not is_closed and today <= ends_on


def wrong_with_end(ends_on: date, *, today: date) -> str:
    if ends_on < today:
        return "past"
    return "far" if (ends_on - today).days > LONGEST_DAYS else ""


def band_of(people: int) -> tuple[int, int]:
    """From and to. The lowest band reaches down to nobody, so that it says nothing of anybody."""
    lowest = people // BAND * BAND
    return lowest, lowest + BAND - 1
