"""Shared working hours of two people, in minutes of a day in a quarter-hour grid."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

from viceversa.matching.engine.errors import BadInput
from viceversa.matching.engine.people.participant import Participant
from viceversa.matching.engine.solving.instance import Bools, Ints

QUARTERS = 96
MINUTES = 15


class WorkingHours:
    """People grouped by equal working time in UTC; shared minutes between any two groups."""

    def __init__(self, people: Sequence[Participant], day: date) -> None:
        keys = [(*person.working_hours, _offset(person, day)) for person in people]
        kinds = sorted(set(keys))
        number = {key: at for at, key in enumerate(kinds)}
        self.group: Ints = np.array([number[key] for key in keys], np.int64)
        grid = np.array([_quarters(*kind) for kind in kinds], np.int64).reshape(-1, QUARTERS)
        self.minutes: Ints = grid @ grid.T * MINUTES

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


def _offset(person: Participant, day: date) -> int:
    try:
        return offset_minutes(person.timezone, day)
    except BadInput as reason:
        raise BadInput(f"{person.called}: {reason}") from reason


def _quarters(start: float, end: float, offset: int) -> Bools:
    """Which quarter hours of the UTC day are worked."""
    begin = round((start * 60 - offset) / MINUTES)
    length = round(((end - start) % 24) * 60 / MINUTES)
    grid = np.zeros(QUARTERS, np.bool_)
    grid[(begin + np.arange(length)) % QUARTERS] = True
    return grid
