"""One learner against all advisers at once: who is left, and how many each rule removed first.

The rules stand in the order of ``rules.hard_rules``; their numbers are those of
``facts.rule_names``, as in ``pairs``. A test holds the two alike.
"""

from __future__ import annotations

import numpy as np

from viceversa.matching.engine.compiling import inner
from viceversa.matching.engine.people.kernels.facts import (
    GAP,
    LANGUAGE,
    LINE,
    MINUTES,
    MOST_GAP,
    OFF,
    PAST,
    SHARE,
    SKILL,
    UNIT,
    Array,
    Facts,
)
from viceversa.matching.engine.people.kernels.shelf import (
    LEVELS,
    ONE,
    Masks,
    Shelf,
    mask_of,
    ones,
    strike,
    strike_alike,
    strike_one,
)


@inner
def sift(
    f: Facts,
    s: Shelf,
    too_near: Masks,
    too_far: Masks,
    no_language: Masks,
    no_hours: Masks,
    row: int,
    alive: Array,
    taught: Array,
    removed: Array,
) -> int:
    """Leave in ``alive`` (W,) the places no rule forbids; count in ``removed``. How many are left.

    ``taught`` (W,): those who offer a wanted skill at the target level or above.
    """
    one = f.learners[row]
    alive[:] = s.everybody
    if s.own[row] >= 0:
        removed[0] += strike_one(alive, s.own[row])
    if f.demand[row] == 0:
        removed[1] += strike(alive, s.everybody)
        return 0
    removed[1] += strike(alive, s.idle)
    _by_name(f, s, row, alive, removed, False)
    if f.rule[LINE]:
        removed[5] += _in_line(s, row, f.enter[one], alive)
    if f.rule[GAP] != OFF:
        slot = mask_of(s.row_rank[row], s.rank, s.too_near, too_near.holder, too_near.words)
        removed[6] += strike(alive, too_near.words[slot])
    if f.rule[MOST_GAP] != OFF:
        slot = mask_of(s.row_rank[row], s.rank, s.too_far, too_far.holder, too_far.words)
        removed[7] += strike(alive, too_far.words[slot])
    if f.rule[UNIT]:
        removed[8] += strike_alike(alive, s.unit, 2, f.unit[one])
    _by_name(f, s, row, alive, removed, True)
    for k in range(len(f.attribute_insist)):
        way, mine = f.attribute_insist[k], f.attribute[k, one]
        removed[13 + k] += strike_alike(alive, s.attribute[k], way, mine)
    if f.rule[LANGUAGE]:
        kind = f.language[one]
        slot = mask_of(kind, s.language, s.no_language, no_language.holder, no_language.words)
        removed[10] += strike(alive, no_language.words[slot])
    if f.rule[MINUTES]:
        slot = mask_of(f.hours[one], s.hours, s.no_hours, no_hours.holder, no_hours.words)
        removed[11] += strike(alive, no_hours.words[slot])
    if f.rule[SKILL] and f.want_start[row] != f.want_start[row + 1]:
        teach(f, s, row, alive, taught)
        removed[12] += _keep(alive, taught)
    left = 0
    for w in range(len(alive)):
        left += ones(alive[w])
    return left


@inner
def _by_name(f: Facts, s: Shelf, row: int, alive: Array, removed: Array, past: bool) -> None:
    """Pairs ruled out by name: all but past partners, or (``past``) only those, who count after
    the ranks."""
    for at in range(f.out_start[row], f.out_start[row + 1]):
        if (f.out_rule[at] == PAST) == past:
            removed[f.out_rule[at]] += strike_one(alive, s.out_place[at])


@inner
def _in_line(s: Shelf, row: int, enter: int, alive: Array) -> int:
    """Everybody under the learner is one stretch; those above are found one by one."""
    count, at = 0, s.over[row]
    for under in range(s.under[row, 0], s.under[row, 1]):
        count += strike_one(alive, s.tree[under])
    while at >= 0:
        if s.leave[at] > enter:
            count += strike_one(alive, s.tree[at])
        at = s.above[at]
    return count


@inner
def _keep(alive: Array, mask: Array) -> int:
    count = 0
    for w in range(len(alive)):
        hit = alive[w] & ~mask[w]
        alive[w] ^= hit
        count += ones(hit)
    return count


@inner
def teach(f: Facts, s: Shelf, row: int, alive: Array, taught: Array) -> None:
    """Of those who are left all who offer a wanted skill at the target level or above."""
    taught[:] = np.uint64(0)
    for w in range(f.want_start[row], f.want_start[row + 1]):
        first = LEVELS * f.want_skill[w]
        for at in range(s.skill_start[first + f.want_target[w]], s.skill_start[first + LEVELS]):
            place = s.skill_place[at]
            if alive[place >> 6]:
                taught[place >> 6] |= ONE << np.uint64(place & 63)


@inner
def gather(f: Facts, s: Shelf, row: int, alive: Array, before: Array, got: Array) -> int:
    """What each of those who are left could teach of the wants; what all of it would be."""
    full = 0
    for w in range(f.want_start[row], f.want_start[row + 1]):
        target, worth = f.want_target[w], f.want_worth[w]
        full += SHARE * worth
        for level in range(1, LEVELS):
            gain = worth * (SHARE * min(level, target) // target)
            shown = LEVELS * f.want_skill[w] + level
            for at in range(s.skill_start[shown], s.skill_start[shown + 1]):
                place = s.skill_place[at]
                word, at_bit = alive[place >> 6], np.uint64(place & 63)
                if not word:
                    continue
                there = before[place >> 6] + ones(word & ((ONE << at_bit) - ONE))
                got[there] += gain * np.int64((word >> at_bit) & ONE)
    return max(full, 1)


@inner
def standing(alive: Array, place: Array, before: Array) -> int:
    """Write the places of a set, ascending, and how many stand before each word."""
    count = 0
    for w in range(len(alive)):
        left = alive[w]
        before[w] = count
        while left:
            low = left & (~left + ONE)
            left ^= low
            place[count] = (w << 6) + ones(low - ONE)
            count += 1
    return count
