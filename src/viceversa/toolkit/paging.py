"""Pages of a list, with a count that stops at a limit so that it costs the same for every size."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

PAGE_SIZE = 25
COUNT_LIMIT = 1000


@dataclass(frozen=True)
class Page:
    rows: list[Any]
    number: int
    size: int
    total: int
    total_is_exact: bool
    has_next: bool

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def first(self) -> int:
        return (self.number - 1) * self.size + 1 if self.rows else 0

    @property
    def last(self) -> int:
        return (self.number - 1) * self.size + len(self.rows)


def page_number(raw: str | None) -> int:
    if raw is None or not raw.isdecimal():
        return 1
    return min(max(int(raw[:6]), 1), 4000)


def page_of(queryset: QuerySet[Any], *, number: int = 1, size: int = PAGE_SIZE) -> Page:
    """Two queries: the rows of one page and a count that stops after COUNT_LIMIT."""
    start = (number - 1) * size
    rows = list(queryset[start : start + size + 1])
    if number == 1 and len(rows) <= size:
        return Page(rows, 1, size, len(rows), True, False)
    counted = queryset.order_by().values("pk")[: COUNT_LIMIT + 1].count()
    exact = counted <= COUNT_LIMIT
    total = counted if exact else COUNT_LIMIT
    return Page(rows[:size], number, size, total, exact, len(rows) > size)


def page_of_ids(ids: QuerySet[Any, Any], *, number: int = 1, size: int = PAGE_SIZE) -> Page:
    """One query for bare ids: reading as far as COUNT_LIMIT is cheaper than searching twice."""
    if number * size > COUNT_LIMIT:
        return page_of(ids, number=number, size=size)
    return page_of_found(list(ids[: COUNT_LIMIT + 1]), number=number, size=size)


def page_of_found(found: list[Any], *, number: int = 1, size: int = PAGE_SIZE) -> Page:
    """A page of what was read as far as one beyond COUNT_LIMIT."""
    start = (number - 1) * size
    exact = len(found) <= COUNT_LIMIT
    total = len(found) if exact else COUNT_LIMIT
    return Page(found[start : start + size], number, size, total, exact, len(found) > start + size)
