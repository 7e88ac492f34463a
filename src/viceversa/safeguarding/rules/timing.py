"""When a pulse may close, and when it reminds."""

from datetime import date, timedelta

SHORTEST, LONGEST = timedelta(days=3), timedelta(days=42)
USUAL = timedelta(days=10)
BETWEEN = timedelta(days=28)
REMINDS_BEFORE = timedelta(days=2)


def closing_problem(closes_on: date, today: date) -> str:
    """A code, or nothing."""
    if closes_on < today + SHORTEST:
        return "too_soon"
    return "too_late" if closes_on > today + LONGEST else ""


def next_possible(last_opened_on: date | None, today: date) -> date:
    """Waves that follow each other closely would tell what one person changed."""
    return today if last_opened_on is None else max(today, last_opened_on + BETWEEN)


def reminds(closes_on: date, today: date) -> bool:
    return today >= closes_on - REMINDS_BEFORE


def is_over(closes_on: date, today: date) -> bool:
    """The last day counts wholly."""
    return today > closes_on
