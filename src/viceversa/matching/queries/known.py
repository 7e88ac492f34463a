"""The rounds asked about last, kept ready in this process: see decision 20.

Nothing is kept that the round's own snapshot does not hold, and not for long after the last
question. Another attempt or another snapshot is another entry.
"""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any

from viceversa.matching.models import Round
from viceversa.matching.queries.pairs import proposed_pairs
from viceversa.matching.queries.wishes import wishes_as_ids
from viceversa.matching.rules.change import Change
from viceversa.matching.rules.known import Known, before_by
from viceversa.matching.rules.moves import Move, moves_between
from viceversa.matching.rules.solving import summary_of

MOST_ROUNDS = 4
MOST_PAIRS = 4_000_000
IDLE_SECONDS = 600.0

Key = tuple[int, int, str]


@dataclass
class _Entry:
    known: Known
    asked: float


@dataclass(frozen=True)
class Compared:
    """The figures of a round as it is and under a change, and who would have another partner."""

    before: dict[str, Any]
    summary: dict[str, Any]
    moves: list[Move]


_entries: OrderedDict[Key, _Entry] = OrderedDict()
_lock = Lock()


def compared(round_: Round, change: Change) -> Compared:
    """Works it out at once and changes nothing. Raises NoSolution."""
    known = known_of(round_)
    pins, forbidden = wishes_as_ids(round_)
    match = known.match(change, pins=pins, forbidden=forbidden)
    pairs = proposed_pairs(round_)
    return Compared(
        before={**round_.summary, **before_by(change, round_.settings, match, pairs)},
        summary=summary_of(match),
        moves=moves_between(pairs, match.pair_ids, known.names),
    )


def known_of(round_: Round) -> Known:
    """From this process, or from the round's snapshot, which only this loads."""
    key = (round_.pk, round_.attempt, round_.snapshot_hash)
    now = monotonic()
    with _lock:
        _drop(now)
        entry = _entries.get(key)
        if entry is not None:
            entry.asked = now
            _entries.move_to_end(key)
            return entry.known
    known = Known(Round.objects.values_list("snapshot", flat=True).get(pk=round_.pk))
    with _lock:
        return _entries.setdefault(key, _Entry(known, now)).known


def forget() -> None:
    with _lock:
        _entries.clear()


def _drop(now: float) -> None:
    """What nobody asked about for a while, then the oldest, until the rest is small enough."""
    for key in [key for key, entry in _entries.items() if now - entry.asked > IDLE_SECONDS]:
        del _entries[key]
    while len(_entries) >= MOST_ROUNDS or (len(_entries) > 1 and _pairs() > MOST_PAIRS):
        _entries.popitem(last=False)


def _pairs() -> int:
    return sum(entry.known.pairs for entry in _entries.values())
