"""Advisers by language, hours, rank and reporting tree, as the compiled loops take them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from viceversa.matching.engine.people.ragged import Ragged, starts
from viceversa.matching.engine.people.roster import UNKNOWN
from viceversa.matching.engine.solving.instance import Bools, Ints

if TYPE_CHECKING:
    from viceversa.matching.engine.people.kernels.facts import Facts
    from viceversa.matching.engine.people.kernels.shelf import Masks, Shelf

KEPT = 1 << 23  # bytes of sets that are kept at a time for one rule
Bits = npt.NDArray[np.uint64]


def shelf_of(facts: Facts) -> Shelf:
    """Everything about advisers by their place on the shelf."""
    from viceversa.matching.engine.people.kernels.facts import GAP, MOST_GAP, OFF
    from viceversa.matching.engine.people.kernels.shelf import Shelf

    ranks, rank = np.unique(facts.rank, return_inverse=True)
    kinds = (facts.enter, rank, facts.hours, facts.language)
    column = np.lexsort([kind[facts.advisers] for kind in kinds])
    person = facts.advisers[column]
    place = np.empty(len(column), np.int64)
    place[column] = np.arange(len(column))
    tree = np.argsort(facts.enter[person], kind="stable")
    enter, leave = facts.enter[person[tree]], facts.leave[person[tree]]
    own_enter = facts.enter[facts.learners]
    begin = np.searchsorted(enter, own_enter)
    end = np.searchsorted(enter, facts.leave[facts.learners])
    unknown = (ranks[:, None] == UNKNOWN) | (ranks[None, :] == UNKNOWN)
    gap = np.where(unknown, UNKNOWN, ranks[:, None] - ranks[None, :])
    skill_start, skill_place = _by_skill(facts, place)
    texts = Ragged(facts.column_text_start, (facts.column_text,)).taken(column)
    return Shelf(
        column=column,
        everybody=_bits(np.ones(len(column), np.bool_)),
        idle=_bits(facts.capacity[column] == 0),
        tree=tree,
        leave=leave,
        above=_next_above(enter, leave),
        rank=_small(rank[person]),
        language=_small(facts.language[person]),
        hours=_small(facts.hours[person]),
        unit=_small(facts.unit[person]),
        field=_small(facts.field[person]),
        location=_small(facts.place[person]),
        attribute=_small(facts.attribute[:, person]),
        text_start=texts.start,
        text=_small(texts.parts[0]),
        text_length=facts.column_text_length[column],
        skill_start=skill_start,
        skill_place=skill_place,
        own=_own_places(facts, place),
        under=np.stack([begin, np.maximum(begin, end)], axis=1).astype(np.int64),
        over=begin.astype(np.int64) - 1,
        row_rank=rank[facts.learners].astype(np.int64),
        out_place=place[facts.out_column],
        wish_place=place[facts.wish_column],
        adviser_wish_place=place[facts.adviser_wish_column],
        too_near=gap < facts.rule[GAP],
        too_far=(gap > facts.rule[MOST_GAP]) & (facts.rule[MOST_GAP] != OFF),
        no_language=~facts.meet,
        no_hours=_no_hours(facts),
    )


def open_masks(shelf: Shelf, kinds: int) -> Masks:
    """Room for the sets of places of one rule; few at a time when there are very many advisers."""
    from viceversa.matching.engine.people.kernels.shelf import Masks

    words = len(shelf.everybody)
    slots = max(1, min(kinds, KEPT // (8 * max(words, 1))))
    return Masks(np.full(slots, -1, np.int64), np.zeros((slots, words), np.uint64))


def _small(values: Ints) -> npt.NDArray[np.int32]:
    return np.ascontiguousarray(values, np.int32)


def _bits(chosen: Bools) -> Bits:
    """A set of places, the lowest bit of the first word being the first place."""
    padded = np.zeros(-(-len(chosen) // 64) * 64, np.bool_)
    padded[: len(chosen)] = chosen
    packed = np.packbits(padded, bitorder="little").reshape(-1, 8).astype(np.uint64)
    shifts = np.arange(0, 64, 8, dtype=np.uint64)
    return np.asarray(np.bitwise_or.reduce(packed << shifts, axis=1))


def _next_above(enter: Ints, leave: Ints) -> Ints:
    """(A,) the last before each whose interval holds it, or −1."""
    above = np.full(len(enter), -1, np.int64)
    line: list[int] = []
    begins, ends = enter.tolist(), leave.tolist()
    for place, begin in enumerate(begins):
        while line and ends[line[-1]] <= begin:
            line.pop()
        if line:
            above[place] = line[-1]
        line.append(place)
    return above


def _own_places(facts: Facts, place: Ints) -> Ints:
    """(L,) the learner's own place among the advisers, or −1."""
    column = np.full(len(facts.rank), -1, np.int64)
    column[facts.advisers] = np.arange(len(facts.advisers))
    own = column[facts.learners]
    return np.where(own >= 0, place[np.maximum(own, 0)], -1)


def _by_skill(facts: Facts, place: Ints) -> tuple[Ints, npt.NDArray[np.int32]]:
    """By skill and level the places that offer it, ascending."""
    from viceversa.matching.engine.people.kernels.shelf import LEVELS

    owner = np.repeat(place, np.diff(facts.offer_start))
    shown = LEVELS * facts.offer_skill + facts.offer_level
    order = np.lexsort((owner, shown))
    skills = max(facts.offer_skill.max(initial=-1), facts.want_skill.max(initial=-1)) + 1
    return starts(np.bincount(shown, minlength=LEVELS * skills)), _small(owner[order])


def _no_hours(facts: Facts) -> Bools:
    from viceversa.matching.engine.people.kernels.facts import MINUTES

    return np.asarray(facts.minutes < facts.rule[MINUTES])
