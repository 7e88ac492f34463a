"""Weak duality, recomputed: under prices, no assignment is worth more than this.

Every learner is given the best set of advisers they could have at the prices, whatever the others
take; every adviser's places are paid for. The sum bounds every assignment, because an assignment
gives each learner some such set and uses each place at most once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from viceversa.matching.engine.verifier_input import Given, Ints, must, tie

HIGHEST = 2**60  # of a price, and of what one pair can bring: a few of them add up in 64 bits
NEVER = -(2**62)
Item = tuple[int, bool, int, bool, bool]  # gain, at the floor, stage, own field, kept
WEIGHTS = ("coverage", "places", "total", "anyone", "ties")


@dataclass(frozen=True)
class Claimed:
    """What a claim is about: the floor, the weights by name, edges kept and shut out."""

    given: Given
    floor: int
    weights: dict[str, int]
    kept: Ints
    shut: Ints


def exceeds(proof: dict[str, Any], claimed: Claimed, most: int) -> bool:
    """Does the proof fail to show that no assignment is worth more than ``most``?"""
    if "split" in proof:
        must(set(proof) == {"split", "cases"} and len(proof["cases"]) == 2, "a split is wrong")
        edge = position(claimed.given, proof["split"])
        without = replace(claimed, shut=np.append(claimed.shut, edge))
        with_it = replace(claimed, kept=np.append(claimed.kept, edge))
        pairs = zip(proof["cases"], (without, with_it), strict=True)
        return any(exceeds(case, half, most) for case, half in pairs)
    must(set(proof) == {"prices"}, "a proof is not readable")
    bound = upper_bound(claimed, _prices(claimed.given, proof["prices"]))
    return bound is not None and bound > most


def upper_bound(claimed: Claimed, price: Ints) -> int | None:
    """The most any assignment can be worth by these prices; None when none is possible."""
    given = claimed.given
    kept = given.pinned.astype(np.bool_)
    kept[claimed.kept] = True
    taken = np.bincount(given.adviser[kept], minlength=len(given.capacity))
    if (taken > given.capacity).any():
        return None
    gain = _gains(claimed) - price[given.adviser]
    usable = (given.demand[given.learner] > 0) & (taken < given.capacity)[given.adviser]
    usable[claimed.shut] = False
    learners = _all_learners(claimed, gain, usable, kept)
    if learners is None:
        return None
    places = np.where(price > 0, given.capacity, given.minimum)
    at = np.flatnonzero(price)
    advisers = sum(int(p) * int(n) for p, n in zip(price[at], places[at], strict=True))
    return learners + advisers


def most_gain(weights: dict[str, int], given: Given) -> int:
    """The most that one pair can bring, with all that covering its learner brings."""
    priority, worth = (int(values.max(initial=0)) for values in (given.priority, given.worth))
    at_most = {"coverage": priority, "total": worth, "ties": 2**16}
    return sum(weight * at_most.get(name, 1) for name, weight in weights.items())


def _gains(claimed: Claimed) -> Ints:
    """(E,) what each edge brings by itself."""
    weights, given = claimed.weights, claimed.given
    gain = np.full(len(given.score), weights.get("places", 0), np.int64)
    gain += weights.get("total", 0) * given.worth
    if weights.get("ties", 0):
        gain += weights["ties"] * tie(given, np.arange(len(given.score)))
    return gain


def _all_learners(claimed: Claimed, gain: Ints, usable: Any, kept: Any) -> int | None:
    given = claimed.given
    covered = claimed.weights.get("coverage", 0) * given.priority
    covered = covered + claimed.weights.get("anyone", 0)
    special = np.zeros(len(given.demand), np.bool_)
    special[given.learner[kept]] = True
    if len(given.stage) or len(given.own_field):
        special |= given.demand > 1
    rest = usable & ~special[given.learner]
    total = _simple_learners(claimed, gain, rest, covered)
    start = np.searchsorted(given.learner, np.arange(len(given.demand) + 1))
    for learner in np.flatnonzero(special).tolist():
        edges = np.arange(start[learner], start[learner + 1])
        edges = edges[usable[edges] | kept[edges]]
        best = _best_set(claimed, learner, edges, gain, kept, int(covered[learner]))
        if best is None:
            return None
        total += best
    return total


def _simple_learners(claimed: Claimed, gain: Ints, usable: Any, covered: Ints) -> int:
    """Learners bound by their number of places and the floor only: the best edge at the floor,
    then the best others that bring anything."""
    given = claimed.given
    at = np.flatnonzero(
        usable & ((given.score >= claimed.floor) | (given.demand > 1)[given.learner])
    )
    high = at[given.score[at] >= claimed.floor]
    if not len(high):
        return 0
    order = high[np.lexsort((-gain[high], given.learner[high]))]
    first = order[np.diff(given.learner[order], prepend=-1) > 0]
    has_first = np.zeros(len(given.demand), np.bool_)
    has_first[given.learner[first]] = True
    others = np.setdiff1d(at, first, assume_unique=True)
    more = (given.demand > 1) & has_first
    others = others[more[given.learner[others]] & (gain[others] > 0)]
    others = others[np.lexsort((-gain[others], given.learner[others]))]
    begin = np.searchsorted(given.learner[others], given.learner[others])
    counted = others[np.arange(len(others)) - begin < given.demand[given.learner[others]] - 1]
    worth = np.concatenate((gain[first] + covered[given.learner[first]], gain[counted]))
    return sum_above_zero(worth, given.learner[np.concatenate((first, counted))])


def sum_above_zero(values: Ints, group: Ints) -> int:
    """Of the sums of each group those above 0, added up, however large: in halves of 32 bits."""
    size = int(group.max(initial=-1)) + 1
    high, low = np.zeros(size, np.int64), np.zeros(size, np.int64)
    np.add.at(high, group, values >> 32)
    np.add.at(low, group, values & 0xFFFFFFFF)
    high += low >> 32
    above = high >= 0
    return (int(high[above].sum()) << 32) + int((low[above] & 0xFFFFFFFF).sum())


def _best_set(
    claimed: Claimed, learner: int, edges: Ints, gain: Ints, kept: Any, covered: int
) -> int | None:
    """The best set of edges the learner could have by all rules of their own, or None."""
    given, most = claimed.given, int(claimed.given.demand[learner])
    limited = len(given.own_field) > 0 and most > 1
    items = [
        (
            int(gain[edge]),
            bool(given.score[edge] >= claimed.floor),
            int(given.stage[given.adviser[edge]]) if len(given.stage) else int(edge),
            bool(limited and given.own_field[edge]),
            bool(kept[edge]),
        )
        for edge in edges.tolist()
    ]
    states: dict[tuple[int, int, bool], int] = {(0, 0, False): 0}
    for group in _groups(items, most, alone=not len(given.stage)):
        states = _extended(states, group, most, most - 1 if limited else most)
    ends = [
        worth + covered if count else worth
        for (count, _, high), worth in states.items()
        if high or not count
    ]
    return max(ends, default=None)


def _groups(items: Sequence[Item], most: int, *, alone: bool) -> list[list[Item]]:
    """Items that exclude each other, together. Of items alone, the best few of a kind will do."""
    groups: dict[int, list[Item]] = {}
    for item in items:
        groups.setdefault(item[2], []).append(item)
    if not alone:
        return list(groups.values())
    kinds: dict[tuple[bool, bool, bool], list[Item]] = {}
    for item in sorted(items, reverse=True):
        kinds.setdefault((item[1], item[3], item[4]), []).append(item)
    return [
        [item]
        for (_, _, is_kept), same in kinds.items()
        for item in (same if is_kept else same[:most])
    ]


def _extended(
    states: dict[tuple[int, int, bool], int], group: Sequence[Item], most: int, own_most: int
) -> dict[tuple[int, int, bool], int]:
    """The states after at most one item of the group, and exactly the kept one where there is."""
    kept = [item for item in group if item[4]]
    if len(kept) > 1:
        return {}
    found = {} if kept else dict(states)
    for (count, own, high), worth in states.items():
        for gain, at_floor, _, is_own, _ in kept or group:
            state = (count + 1, own + is_own, high or at_floor)
            if state[0] <= most and state[1] <= own_most:
                found[state] = max(found.get(state, NEVER), worth + gain)
    return found


def _prices(given: Given, named: list[list[int]]) -> Ints:
    price = np.zeros(len(given.capacity), np.int64)
    for adviser, value in named:
        known = isinstance(adviser, int) and 0 <= adviser < len(price) and price[adviser] == 0
        must(known and isinstance(value, int) and value != 0, "a price is wrong")
        must(abs(value) < HIGHEST, "a price is wrong")
        price[adviser] = value
    return price


def position(given: Given, pair: list[int]) -> int:
    """The canonical position of one [learner, adviser]."""
    return int(positions(given, [pair])[0])


def positions(given: Given, pairs: list[list[int]]) -> Ints:
    """Canonical positions of [learner, adviser] pairs, which must be sorted edges."""
    if not pairs:
        return np.empty(0, np.int64)
    wanted = np.asarray(pairs, np.int64)
    width = len(given.capacity) + 1
    keys = given.learner * width + given.adviser
    must((np.diff(keys) > 0).all(), "an edge is given twice")
    must(len(keys), "it names a pair that is not admissible")
    asked = wanted[:, 0] * width + wanted[:, 1]
    found = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
    must((keys[found] == asked).all(), "it names a pair that is not admissible")
    must((np.diff(found) > 0).all(), "its pairs are not in order")
    return found.astype(np.int64)
