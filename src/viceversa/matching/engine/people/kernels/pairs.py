"""Rules and scores of pairs, one learner at a time.

The same rules and the same whole-number arithmetic as ``rules`` and ``scoring``, which work on
tables and serve small programmes and explanations; a test holds the two to the same answers.
"""

from __future__ import annotations

import numpy as np
from numba import njit

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


@njit(cache=True, nogil=True)
def in_line(enter_one: int, leave_one: int, enter_other: int, leave_other: int) -> bool:
    """Is one of two people above the other?"""
    if enter_one <= enter_other:
        return enter_other < leave_one
    return enter_one < leave_other


@njit(cache=True, nogil=True)
def kept_out(way: int, mine: int, theirs: int) -> bool:
    """Does an attribute that must be the same (1) or different (2) forbid the pair?"""
    if mine == 0 or theirs == 0:
        return False
    return mine != theirs if way == 1 else mine == theirs


@njit(cache=True, nogil=True)
def fits(way: int, mine: int, theirs: int) -> bool:
    """Is an attribute the same (1) or different (2), as the programme prefers?"""
    if mine == 0 or theirs == 0:
        return False
    return mine == theirs if way == 1 else mine != theirs


@njit(cache=True, nogil=True)
def apart(units: bool, fields: bool, fields_known: bool) -> int:
    """Another unit counts half, another field the other half; without fields, unit is all."""
    if not fields_known:
        return FULL if units else 0
    return (FULL // 2 if units else 0) + (FULL // 2 if fields else 0)


@njit(cache=True, nogil=True)
def differ(one: int, other: int) -> bool:
    return one != other and one != 0 and other != 0


@njit(cache=True, nogil=True)
def lay_out(f: Facts, desk: Desk, row: int, clear: bool) -> None:
    """Put what concerns one learner on the desk, or take it off again."""
    for w in range(f.want_start[row + 1] - 1, f.want_start[row] - 1, -1):
        desk.wanted[f.want_skill[w]] = 0 if clear else w + 1
    for at in range(f.out_start[row], f.out_start[row + 1]):
        desk.ruled_out[f.out_column[at]] = 0 if clear else f.out_rule[at]
    for at in range(f.wish_start[row], f.wish_start[row + 1]):
        desk.wish[f.wish_column[at]] = 0 if clear else f.wish_worth[at]
    for at in range(f.adviser_wish_start[row], f.adviser_wish_start[row + 1]):
        desk.adviser_wish[f.adviser_wish_column[at]] = 0 if clear else f.adviser_wish_worth[at]


@njit(cache=True, nogil=True)
def look_at(
    f: Facts, desk: Desk, row: int, columns: Array, fields_known: bool, part: Array, rule: Array
) -> None:
    """For some columns of one learner: the first rule that forbids the pair, by its number
    (``facts.RULES``), or −1; and for pairs that none forbids every part but the goals."""
    one, wants = f.learners[row], f.want_start[row + 1]
    said_nothing = f.want_start[row] == wants
    rank, unit, field, place = f.rank[one], f.unit[one], f.field[one], f.place[one]
    enter, leave, hours, language = f.enter[one], f.leave[one], f.hours[one], f.language[one]
    full = 0
    for w in range(f.want_start[row], wants):
        full += SHARE * f.want_worth[w]
    for at in range(len(columns)):
        column = columns[at]
        other = f.advisers[column]
        rule[at] = -1
        gap = rank - f.rank[other]
        if rank == UNKNOWN or f.rank[other] == UNKNOWN:
            gap = UNKNOWN
        if one == other:
            rule[at] = 0
        elif f.demand[row] == 0 or f.capacity[column] == 0:
            rule[at] = 1
        elif 0 < desk.ruled_out[column] < PAST:
            rule[at] = desk.ruled_out[column]
        elif f.rule[LINE] and in_line(enter, leave, f.enter[other], f.leave[other]):
            rule[at] = 5
        elif f.rule[GAP] != OFF and gap < f.rule[GAP]:
            rule[at] = 6
        elif f.rule[MOST_GAP] != OFF and gap > f.rule[MOST_GAP]:
            rule[at] = 7
        elif f.rule[UNIT] and unit == f.unit[other] and unit != 0:
            rule[at] = 8
        elif desk.ruled_out[column]:
            rule[at] = PAST
        if rule[at] >= 0:
            continue
        for k in range(len(f.attribute_insist)):
            way = f.attribute_insist[k]
            if way and kept_out(way, f.attribute[k, one], f.attribute[k, other]):
                rule[at] = 13 + k
                break
        if rule[at] >= 0:
            continue
        shared = f.minutes[hours, f.hours[other]]
        if f.rule[LANGUAGE] and not f.meet[language, f.language[other]]:
            rule[at] = 10
            continue
        if f.rule[MINUTES] and shared < f.rule[MINUTES]:
            rule[at] = 11
            continue
        got, taught = 0, False
        for o in range(f.offer_start[column], f.offer_start[column + 1]):
            first = desk.wanted[f.offer_skill[o]]
            if first:
                level = f.offer_level[o]
                for w in range(first - 1, wants):
                    if f.want_skill[w] == f.offer_skill[o]:
                        target = f.want_target[w]
                        taught |= level >= target
                        got += f.want_worth[w] * (SHARE * min(level, target) // target)
        if f.rule[SKILL] and not taught and not said_nothing:
            rule[at] = 12
            continue
        part[at, SKILLS] = got * FULL // max(full, 1)
        part[at, GOALS] = 0
        part[at, WISHES] = desk.wish[column]
        part[at, ADVISER_WISHES] = desk.adviser_wish[column]
        part[at, OTHER_UNIT] = apart(
            differ(unit, f.unit[other]), differ(field, f.field[other]), fields_known
        )
        part[at, PLACE] = FULL if place == f.place[other] and place != 0 else 0
        part[at, HOURS] = min(shared, FULL_DAY) * FULL // FULL_DAY
        for k in range(len(f.attribute_prefer)):
            good = fits(f.attribute_prefer[k], f.attribute[k, one], f.attribute[k, other])
            part[at, ATTRIBUTES + k] = FULL if good else 0


@njit(cache=True, nogil=True)
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
        desk.heard[0] = text
    return text


@njit(cache=True, nogil=True)
def parts_of_pairs(
    f: Facts, desk: Desk, row: Array, column: Array, fields_known: bool, part: Array, rule: Array
) -> None:
    """Parts (E, 7 + K) of pairs sorted by row, and the first rule against each, or −1."""
    begin = 0
    while begin < len(row):
        end = begin
        while end < len(row) and row[end] == row[begin]:
            end += 1
        lay_out(f, desk, row[begin], False)
        look_at(
            f, desk, row[begin], column[begin:end], fields_known, part[begin:end], rule[begin:end]
        )
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
        lay_out(f, desk, row[begin], True)
        begin = end


@njit(cache=True, nogil=True)
def judge(f: Facts, desk: Desk, rows: Array, fields_known: bool, verdict: Array) -> None:
    """Write the first rule against every pair of some rows, or −1, into (rows, A) int16."""
    columns = np.arange(len(f.advisers))
    part = np.zeros((len(columns), len(f.weight)), np.int64)
    rule = np.empty(len(columns), np.int64)
    for at in range(len(rows)):
        lay_out(f, desk, rows[at], False)
        look_at(f, desk, rows[at], columns, fields_known, part, rule)
        verdict[at, :] = rule
        lay_out(f, desk, rows[at], True)
