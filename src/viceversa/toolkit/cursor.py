"""Pages for programs: ordered by primary key, each page says where the next begins."""

from typing import Any

from django.db.models import QuerySet

from viceversa.toolkit.errors import Problem

MOST_ROWS = 200


class BadCursor(Problem):
    status = 400
    title = "This page does not exist"


def cursor_page(
    queryset: QuerySet[Any], *, after: str | None = None, limit: int = 50
) -> dict[str, Any]:
    """One query. `next` is None on the last page."""
    limit = min(max(limit, 1), MOST_ROWS)
    if after is not None:
        queryset = queryset.filter(pk__gt=_position(after))
    rows = list(queryset.order_by("pk")[: limit + 1])
    more = len(rows) > limit
    return {"items": rows[:limit], "next": str(rows[limit - 1].pk) if more else None}


def _position(after: str) -> int:
    if not after.isascii() or not after.isdigit() or len(after) > 18:
        raise BadCursor("Use the value of `next` from the page before as `after`.")
    return int(after)
