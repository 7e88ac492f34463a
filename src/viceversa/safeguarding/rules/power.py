"""Which partnerships the power watch holds, and which it lets go again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Verdict:
    """`hold` stand in one line and were not held; `release` do so no more; `forget` are over."""

    hold: tuple[int, ...]
    release: tuple[int, ...]
    forget: tuple[int, ...]


def verdict(powerful: Mapping[int, bool], held: Iterable[int]) -> Verdict:
    """`powerful` has each running partnership, and whether one of its two has power over the
    other; `held` those that the watch holds already."""
    known = frozenset(held)
    return Verdict(
        hold=tuple(sorted(pk for pk, power in powerful.items() if power and pk not in known)),
        release=tuple(sorted(pk for pk in known if powerful.get(pk) is False)),
        forget=tuple(sorted(pk for pk in known if pk not in powerful)),
    )
