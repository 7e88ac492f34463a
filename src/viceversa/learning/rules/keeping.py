"""How long a text may stand before somebody looks at it again."""

from datetime import date, timedelta

AHEAD = timedelta(days=14)
USUAL = timedelta(days=183)
LONGEST = timedelta(days=731)

FRESH, DUE, EXPIRED = "fresh", "due", "expired"


def freshness(review_by: date, today: date) -> str:
    """Expired from the day after the one it was to be reviewed by."""
    if review_by < today:
        return EXPIRED
    return DUE if review_by - today <= AHEAD else FRESH


def wrong_with_review(review_by: date, today: date) -> str | None:
    """A code, or nothing."""
    if review_by <= today:
        return "past"
    return "far" if review_by - today > LONGEST else None


def missing_credit(*, needs_sources: bool, sources: str, gains: bool, interests: str) -> str | None:
    """Whoever writes from others says so, and whoever gains from it says so."""
    if needs_sources and not sources.strip():
        return "sources"
    return "interests" if gains and not interests.strip() else None


def nowhere_to_go(address: str, ask: str) -> bool:
    """Something that has neither an address nor anybody to ask helps nobody."""
    return not address.strip() and not ask.strip()
