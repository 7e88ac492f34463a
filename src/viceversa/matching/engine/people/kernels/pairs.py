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
    NO_LEVEL,
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
from viceversa.matching.engine.people.kernels.texts import hear, likeness

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
        skill, before = f.want_skill[w], desk.level[f.want_skill[w]]
        desk.wanted[skill] = 0 if clear else w + 1
        desk.level[skill] = NO_LEVEL if clear else min(before, f.want_target[w])
    for at in range(f.out_start[row], f.out_start[row + 1]):
        desk.ruled_out[f.out_column[at]] = 0 if clear else f.out_rule[at]
    for at in range(f.wish_start[row], f.wish_start[row + 1]):
        desk.wish[f.wish_column[at]] = 0 if clear else f.wish_worth[at]
    for at in range(f.adviser_wish_start[row], f.adviser_wish_start[row + 1]):
        desk.adviser_wish[f.adviser_wish_column[at]] = 0 if clear else f.adviser_wish_worth[at]


@inner
def rules_against(f: Facts, desk: Desk, row: int, columns: Array, rule: Array) -> None:
    """The first rule that forbids each pair, by its number (``facts.rule_names``), or −1."""
    one, mine = f.learners[row], f.rank[f.learners[row]]
    asked = f.rule[SKILL] and f.want_start[row] < f.want_start[row + 1]
    for at in range(len(columns)):
        column = columns[at]
        other = f.advisers[column]
        if one == other:
            rule[at] = 0
        elif f.demand[row] == 0 or f.capacity[column] == 0:
            rule[at] = 1
        elif 0 < desk.ruled_out[column] < PAST:
            rule[at] = desk.ruled_out[column]
        elif f.rule[LINE] and in_line(f.enter[one], f.leave[one], f.enter[other], f.leave[other]):
            rule[at] = 5
        elif f.rule[GAP] != OFF and _gap(mine, f.rank[other]) < f.rule[GAP]:
            rule[at] = 6
        elif f.rule[MOST_GAP] != OFF and _gap(mine, f.rank[other]) > f.rule[MOST_GAP]:
            rule[at] = 7
        elif f.rule[UNIT] and f.unit[one] == f.unit[other] and f.unit[one] != 0:
            rule[at] = 8
        elif desk.ruled_out[column]:
            rule[at] = PAST
        else:
            rule[at] = -1
            for k in range(len(f.attribute_insist)):
                way = f.attribute_insist[k]
                if way and kept_out(way, f.attribute[k, one], f.attribute[k, other]):
                    rule[at] = 13 + k
                    break
            if rule[at] >= 0:
                continue
            if f.rule[LANGUAGE] and not f.meet[f.language[one], f.language[other]]:
                rule[at] = 10
            elif f.rule[MINUTES] and f.minutes[f.hours[one], f.hours[other]] < f.rule[MINUTES]:
                rule[at] = 11
            elif asked:
                rule[at] = 12
                for o in range(f.offer_start[column], f.offer_start[column + 1]):
                    if desk.level[f.offer_skill[o]] <= f.offer_level[o]:
                        rule[at] = -1
                        break


@inner
def _gap(mine: int, theirs: int) -> int:
    return UNKNOWN if mine == UNKNOWN or theirs == UNKNOWN else mine - theirs


@inner
def taught(f: Facts, desk: Desk, row: int, columns: Array, rule: Array, got: Array) -> None:
    """How much of what the learner wants each adviser offers whom no rule forbids."""
    wants = f.want_start[row + 1]
    for at in range(len(columns)):
        got[at] = 0
        if rule[at] >= 0:
            continue
        for o in range(f.offer_start[columns[at]], f.offer_start[columns[at] + 1]):
            first = desk.wanted[f.offer_skill[o]]
            if not first:
                continue
            level = f.offer_level[o]
            for w in range(first - 1, wants):
                if f.want_skill[w] == f.offer_skill[o]:
                    target = f.want_target[w]
                    got[at] += f.want_worth[w] * (SHARE * min(level, target) // target)


@inner
def all_wanted(f: Facts, row: int) -> int:
    """What an adviser would have to offer to be taken for the whole of it."""
    full = 0
    for w in range(f.want_start[row], f.want_start[row + 1]):
        full += SHARE * f.want_worth[w]
    return max(full, 1)


@inner
def weigh(
    f: Facts,
    desk: Desk,
    row: int,
    columns: Array,
    rule: Array,
    got: Array,
    fields_known: bool,
    part: Array,
) -> None:
    """Every part (7 + K) of each pair that no rule forbids, but the goals, which are left at 0."""
    one, full = f.learners[row], all_wanted(f, row)
    for at in range(len(columns)):
        if rule[at] >= 0:
            continue
        column = columns[at]
        other = f.advisers[column]
        part[at, SKILLS] = got[at] * FULL // full
        part[at, WISHES] = desk.wish[column]
        part[at, ADVISER_WISHES] = desk.adviser_wish[column]
        part[at, OTHER_UNIT] = apart(
            differ(f.unit[one], f.unit[other]), differ(f.field[one], f.field[other]), fields_known
        )
        near = f.place[one] == f.place[other] and f.place[one] != 0
        part[at, PLACE] = FULL if near else 0
        minutes = min(f.minutes[f.hours[one], f.hours[other]], FULL_DAY)
        part[at, HOURS] = minutes * FULL // FULL_DAY
        for k in range(len(f.attribute_prefer)):
            good = fits(f.attribute_prefer[k], f.attribute[k, one], f.attribute[k, other])
            part[at, ATTRIBUTES + k] = FULL if good else 0


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
    begin, got = 0, np.empty(len(row), np.int64)
    while begin < len(row):
        end = begin
        while end < len(row) and row[end] == row[begin]:
            end += 1
        columns, rules, mine = column[begin:end], rule[begin:end], got[begin:end]
        lay_out(f, desk, row[begin], LAY)
        rules_against(f, desk, row[begin], columns, rules)
        taught(f, desk, row[begin], columns, rules, mine)
        weigh(f, desk, row[begin], columns, rules, mine, fields_known, part[begin:end])
        if f.weight[GOALS]:
            text = listen(f, desk, row[begin])
            _compare(f, desk, text, columns, rules, part[begin:end])
        lay_out(f, desk, row[begin], CLEAR)
        begin = end


@inner
def _compare(f: Facts, desk: Desk, text: int, columns: Array, rule: Array, part: Array) -> None:
    mine = f.row_text_length[text]
    for at in range(len(columns)):
        if rule[at] >= 0:
            continue
        there = columns[at]
        part[at, GOALS] = likeness(
            there, f.column_text_start, f.column_text, desk.spoken, desk.said,
            f.text_start, f.text_word, mine * f.column_text_length[there],
        )  # fmt: skip


@entry
def judge(f: Facts, desk: Desk, rows: Array, verdict: Array) -> None:
    """Write the first rule against every pair of some rows, or −1, into (rows, A) int16."""
    everyone = np.arange(len(f.advisers))
    for at in range(len(rows)):
        lay_out(f, desk, rows[at], LAY)
        rules_against(f, desk, rows[at], everyone, verdict[at])
        lay_out(f, desk, rows[at], CLEAR)
