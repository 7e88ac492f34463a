"""Rules and scores of pairs, one learner at a time.

The same rules and the same whole-number arithmetic as ``rules`` and ``scoring``, which work on
tables and serve small programmes and explanations; a test holds the two to the same answers.
"""

from __future__ import annotations

import numpy as np

from viceversa.matching.engine.compiling import entry, inner
from viceversa.matching.engine.people.kernels.facts import (
    ADVISER_WISHES,
    ATTRIBUTES,
    FULL,
    FULL_DAY,
    GAP,
    GOALS,
    HOURS,
    LANGUAGE,
    LINE,
    MINUTES,
    MOST_GAP,
    OFF,
    OTHER_UNIT,
    PAST,
    PLACE,
    SHARE,
    SKILL,
    SKILLS,
    UNIT,
    UNKNOWN,
    WISHES,
    Array,
    Desk,
    Facts,
)
from viceversa.matching.engine.people.kernels.texts import hear, product_with, share_of

LAY, CLEAR = np.uint8(0), np.uint8(1)  # no literals, for each of which numba would compile anew


@inner
def in_line(enter_one: int, leave_one: int, enter_other: int, leave_other: int) -> bool:
    """Is one of two people above the other?"""
    if enter_one <= enter_other:
        return enter_other < leave_one
    return enter_one < leave_other


@inner
def kept_out(way: int, mine: int, theirs: int) -> bool:
    """Does an attribute that must be the same (1) or different (2) forbid the pair?"""
    if mine == 0 or theirs == 0:
        return False
    return mine != theirs if way == 1 else mine == theirs


@inner
def fits(way: int, mine: int, theirs: int) -> bool:
    """Is an attribute the same (1) or different (2), as the programme prefers?"""
    if mine == 0 or theirs == 0:
        return False
    return mine == theirs if way == 1 else mine != theirs


@inner
def apart(units: bool, fields: bool, fields_known: bool) -> int:
    """Another unit counts half, another field the other half; without fields, unit is all."""
    if not fields_known:
        return FULL if units else 0
    return (FULL // 2 if units else 0) + (FULL // 2 if fields else 0)


@inner
def differ(one: int, other: int) -> bool:
    return one != other and one != 0 and other != 0


@inner
def lay_out(f: Facts, desk: Desk, row: int, clear: int) -> None:
    """Put what concerns one learner on the desk, or take it off again."""
    for w in range(f.want_start[row + 1] - 1, f.want_start[row] - 1, -1):
        desk.wanted[f.want_skill[w]] = 0 if clear else w + 1
    for at in range(f.out_start[row], f.out_start[row + 1]):
        desk.ruled_out[f.out_column[at]] = 0 if clear else f.out_rule[at]
    for at in range(f.wish_start[row], f.wish_start[row + 1]):
        desk.wish[f.wish_column[at]] = 0 if clear else f.wish_worth[at]
    for at in range(f.adviser_wish_start[row], f.adviser_wish_start[row + 1]):
        desk.adviser_wish[f.adviser_wish_column[at]] = 0 if clear else f.adviser_wish_worth[at]


@inner
def rule_against(f: Facts, desk: Desk, row: int, column: int) -> int:
    """The first rule that forbids a pair, by its number (``facts.RULES``), or −1."""
    one, other = f.learners[row], f.advisers[column]
    if one == other:
        return 0
    if f.demand[row] == 0 or f.capacity[column] == 0:
        return 1
    if 0 < desk.ruled_out[column] < PAST:
        return desk.ruled_out[column]
    if f.rule[LINE] and in_line(f.enter[one], f.leave[one], f.enter[other], f.leave[other]):
        return 5
    gap = f.rank[one] - f.rank[other]
    if f.rank[one] == UNKNOWN or f.rank[other] == UNKNOWN:
        gap = UNKNOWN
    if f.rule[GAP] != OFF and gap < f.rule[GAP]:
        return 6
    if f.rule[MOST_GAP] != OFF and gap > f.rule[MOST_GAP]:
        return 7
    if f.rule[UNIT] and f.unit[one] == f.unit[other] and f.unit[one] != 0:
        return 8
    if desk.ruled_out[column]:
        return PAST
    for k in range(len(f.attribute_insist)):
        way = f.attribute_insist[k]
        if way and kept_out(way, f.attribute[k, one], f.attribute[k, other]):
            return 13 + k
    if f.rule[LANGUAGE] and not f.meet[f.language[one], f.language[other]]:
        return 10
    if f.rule[MINUTES] and f.minutes[f.hours[one], f.hours[other]] < f.rule[MINUTES]:
        return 11
    asked = f.rule[SKILL] and f.want_start[row] < f.want_start[row + 1]
    if asked and not taught(f, desk, row, column)[1]:
        return 12
    return -1


@inner
def taught(f: Facts, desk: Desk, row: int, column: int) -> tuple[int, bool]:
    """How much of what the learner wants the adviser offers, and is any of it enough?"""
    got, wholly = 0, False
    wants = f.want_start[row + 1]
    for o in range(f.offer_start[column], f.offer_start[column + 1]):
        first = desk.wanted[f.offer_skill[o]]
        if first:
            level = f.offer_level[o]
            for w in range(first - 1, wants):
                if f.want_skill[w] == f.offer_skill[o]:
                    target = f.want_target[w]
                    wholly |= level >= target
                    got += f.want_worth[w] * (SHARE * min(level, target) // target)
    return got, wholly


@inner
def all_wanted(f: Facts, row: int) -> int:
    """What an adviser would have to offer to be taken for the whole of it."""
    full = 0
    for w in range(f.want_start[row], f.want_start[row + 1]):
        full += SHARE * f.want_worth[w]
    return max(full, 1)


@inner
def weigh(
    f: Facts, desk: Desk, row: int, column: int, full: int, fields_known: bool, part: Array
) -> None:
    """Every part (7 + K) of one pair but the goals, which are left at 0."""
    one, other = f.learners[row], f.advisers[column]
    part[SKILLS] = taught(f, desk, row, column)[0] * FULL // full
    part[GOALS] = 0
    part[WISHES] = desk.wish[column]
    part[ADVISER_WISHES] = desk.adviser_wish[column]
    part[OTHER_UNIT] = apart(
        differ(f.unit[one], f.unit[other]), differ(f.field[one], f.field[other]), fields_known
    )
    part[PLACE] = FULL if f.place[one] == f.place[other] and f.place[one] != 0 else 0
    part[HOURS] = min(f.minutes[f.hours[one], f.hours[other]], FULL_DAY) * FULL // FULL_DAY
    for k in range(len(f.attribute_prefer)):
        good = fits(f.attribute_prefer[k], f.attribute[k, one], f.attribute[k, other])
        part[ATTRIBUTES + k] = FULL if good else 0


@inner
def listen(f: Facts, desk: Desk, row: int) -> int:
    """Put the learner's text on the desk, unless it lies there already. The text."""
    text = f.text_row[row]
    if f.weight[GOALS] and desk.heard[0] != text:
        hear(
            text,
            f.row_text_start,
            f.row_text_word,
            f.word_start,
            f.word_gram,
            f.word_weight,
            f.gram_start,
            f.gram_word,
            f.gram_weight,
            desk.said,
            desk.spoken,
        )
        desk.alike[:] = -1
        desk.heard[0] = text
    return text


@entry
def parts_of_pairs(
    f: Facts, desk: Desk, row: Array, column: Array, fields_known: bool, part: Array, rule: Array
) -> None:
    """Parts (E, 7 + K) of pairs sorted by row, and the first rule against each, or −1."""
    begin = 0
    while begin < len(row):
        end = begin
        while end < len(row) and row[end] == row[begin]:
            end += 1
        lay_out(f, desk, row[begin], LAY)
        full = all_wanted(f, row[begin])
        for at in range(begin, end):
            rule[at] = rule_against(f, desk, row[at], column[at])
            if rule[at] < 0:
                weigh(f, desk, row[at], column[at], full, fields_known, part[at])
        if f.weight[GOALS]:
            length = f.row_text_length[listen(f, desk, row[begin])]
            for at in range(begin, end):
                if rule[at] < 0:
                    there, product = column[at], 0
                    for t in range(f.column_text_start[there], f.column_text_start[there + 1]):
                        product += product_with(
                            f.column_text[t], f.text_start, f.text_word, desk.said
                        )
                    part[at, GOALS] = share_of(product, length * f.column_text_length[there])
        lay_out(f, desk, row[begin], CLEAR)
        begin = end


@entry
def judge(f: Facts, desk: Desk, rows: Array, verdict: Array) -> None:
    """Write the first rule against every pair of some rows, or −1, into (rows, A) int16."""
    for at in range(len(rows)):
        lay_out(f, desk, rows[at], LAY)
        for column in range(len(f.advisers)):
            verdict[at, column] = rule_against(f, desk, rows[at], column)
        lay_out(f, desk, rows[at], CLEAR)
