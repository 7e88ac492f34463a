"""Shared working hours of two people, in minutes of a day in a quarter-hour grid."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

from viceversa.matching.engine.errors import BadInput
from viceversa.matching.engine.people.columns import Columns
from viceversa.matching.engine.solving.instance import Bools, Ints

QUARTERS = 96
MINUTES = 15


class WorkingHours:
    """People grouped by equal working time in UTC; shared minutes between any two groups."""

    def __init__(self, people: Columns, day: date) -> None:
        zones, hours = people.timezone, people.working_hours
        both = zones.code.astype(np.int64) * len(hours.values) + hours.code
        pairs, first, pair = np.unique(both, return_index=True, return_inverse=True)
        keys: list[tuple[float, float, int]] = [(0.0, 0.0, 0)] * len(pairs)
        for at in np.argsort(first).tolist():
            person = int(first[at])
            keys[at] = (*hours.of(person), _offset(people, person, day))
        kinds = sorted(set(keys))
        number = {key: at for at, key in enumerate(kinds)}
        self.group: Ints = np.array([number[key] for key in keys], np.int64)[pair]
        grid = np.array([_quarters(*kind) for kind in kinds], np.float32).reshape(-1, QUARTERS)
        self.minutes: Ints = (grid @ grid.T).astype(np.int64) * MINUTES

    def shared(self, first: Ints, second: Ints) -> Ints:
        """Minutes a day in which both work; broadcasts over the two index arrays."""
        return np.asarray(self.minutes[self.group[first], self.group[second]])


@lru_cache(maxsize=4096)
def offset_minutes(timezone: str, day: date) -> int:
    """Minutes ahead of UTC at noon of the day; raises BadInput for a zone that does not exist."""
    try:
        zone = ZoneInfo(timezone)
    except (KeyError, ValueError, OSError) as reason:
        raise BadInput(f'There is no time zone "{timezone}".') from reason
    offset = datetime.combine(day, time(12), zone).utcoffset()
    return round(offset.total_seconds() / 60) if offset is not None else 0


def _offset(people: Columns, person: int, day: date) -> int:
    try:
        return offset_minutes(people.timezone.of(person), day)
    except BadInput as reason:
        raise BadInput(f"{people.called(person)}: {reason}") from reason


def _quarters(start: float, end: float, offset: int) -> Bools:
    """Which quarter hours of the UTC day are worked."""
    begin = round((start * 60 - offset) / MINUTES)
    length = round(((end - start) % 24) * 60 / MINUTES)
    grid = np.zeros(QUARTERS, np.bool_)
    grid[(begin + np.arange(length)) % QUARTERS] = True
    return grid
