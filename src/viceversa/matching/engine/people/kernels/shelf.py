"""Advisers laid out so that a learner can be held against all of them at once.

They stand by language, hours and rank, then by the reporting tree. Everybody under a person is one
stretch of ``tree``, not of places. What a rule forbids is a set of places, one bit each, and sets
are joined word by word.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from viceversa.matching.engine.compiling import inner
from viceversa.matching.engine.people.kernels.facts import Array


class Shelf(NamedTuple):
    """A places, W = ⌈A / 64⌉ words of bits, L learners; all int64 but where said."""

    column: Array  # (A,) the adviser's column
    everybody: Array  # (W,) uint64
    idle: Array  # (W,) uint64: they take nobody
    tree: Array  # (A,) places in the order of the reporting tree
    leave: Array  # (A,) in that order: where the interval of their line ends
    above: Array  # (A,) in that order: who is next above, or −1
    rank: Array  # (A,) int32 kinds
    language: Array  # (A,) int32 kinds
    hours: Array  # (A,) int32 kinds
    unit: Array  # (A,) int32
    field: Array  # (A,) int32
    location: Array  # (A,) int32
    attribute: Array  # (K, A) int32
    text_start: Array  # (A+1,) as Facts.column_text_start
    text: Array  # int32
    text_length: Array  # (A,) float64
    skill_start: Array  # by skill × 8 + level: who offers it
    skill_place: Array  # int32
    own: Array  # (L,) the learner's own place, or −1
    under: Array  # (L, 2) the stretch of the tree in the learner's interval
    over: Array  # (L,) the last of the tree before that stretch, or −1
    row_rank: Array  # (L,) kind
    out_place: Array  # as Facts.out_column
    wish_place: Array
    adviser_wish_place: Array
    too_near: Array  # (rank kinds, rank kinds) bool: learner, adviser
    too_far: Array
    no_language: Array  # (language kinds, language kinds) bool
    no_hours: Array  # (hours kinds, hours kinds) bool


class Masks(NamedTuple):
    """Sets of places by kind, made when they are first asked for."""

    holder: Array  # (slots,) whose set it is, or −1
    words: Array  # (slots, W) uint64


LEVELS = 8  # room for the levels of one skill
ONE = np.uint64(1)


@inner
def ones(bits: int) -> int:
    """How many bits are set."""
    word = np.uint64(bits)
    word -= (word >> np.uint64(1)) & np.uint64(0x5555555555555555)
    two = np.uint64(0x3333333333333333)
    word = (word & two) + ((word >> np.uint64(2)) & two)
    word = (word + (word >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((word * np.uint64(0x0101010101010101)) >> np.uint64(56))


@inner
def strike(alive: Array, mask: Array) -> int:
    """Take a set away. How many were taken."""
    count = 0
    for w in range(len(alive)):
        hit = alive[w] & mask[w]
        alive[w] ^= hit
        count += ones(hit)
    return count


@inner
def strike_one(alive: Array, place: int) -> int:
    word, bit = place >> 6, ONE << np.uint64(place & 63)
    if not alive[word] & bit:
        return 0
    alive[word] ^= bit
    return 1


@inner
def strike_alike(alive: Array, code: Array, way: int, mine: int) -> int:
    """Take those away whose code is another (way 1) or the same (way 2); 0 is never either."""
    count = 0
    if mine == 0 or way == 0:
        return count
    for w in range(len(alive)):
        base, left = w << 6, alive[w]
        while left:
            low = left & (~left + ONE)
            left ^= low
            theirs = code[base + ones(low - ONE)]
            if theirs != 0 and (theirs == mine) == (way == 2):
                alive[w] ^= low
                count += 1
    return count


@inner
def mask_of(kind: int, code: Array, forbids: Array, holder: Array, words: Array) -> int:
    """The slot with the places whose kind is forbidden to a kind of learner."""
    slot = kind % len(holder)
    if holder[slot] == kind:
        return slot
    holder[slot] = kind
    words[slot] = np.uint64(0)
    for place in range(len(code)):
        if forbids[kind, code[place]]:
            words[slot, place >> 6] |= ONE << np.uint64(place & 63)
    return slot
