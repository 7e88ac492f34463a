"""The waiting list: who comes first when a place is free."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Waiting:
    id: int
    times_left_out: int
    since: datetime


def in_order(waiting: Iterable[Waiting]) -> list[int]:
    """Those left out most often first, then those who have waited longest."""
    return [row.id for row in sorted(waiting, key=lambda w: (-w.times_left_out, w.since, w.id))]


def free_places(*, limit: int | None, taken: int) -> int | None:
    """None means without limit."""
    return None if limit is None else max(limit - taken, 0)
