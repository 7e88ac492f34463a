"""When the two meet next, kept on the partnership so that lists need not look further."""

from datetime import datetime

from viceversa.partnerships.models import Partnership


def note_next(partnership: Partnership, at: datetime | None) -> None:
    """Part of an action that books, moves, calls off or ends a half hour."""
    if partnership.next_at != at:
        partnership.next_at = at
        partnership.save(update_fields=["next_at"])
