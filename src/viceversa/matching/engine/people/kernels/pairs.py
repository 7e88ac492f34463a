"""Rules and scores of pairs, learner by learner against everybody, keeping the best few.

The same rules and the same whole-number arithmetic as ``rules`` and ``scoring``, which work on
tables and serve small programmes and explanations; a test holds the two to the same answers.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

from viceversa.matching.engine.solving.kernels.rewards import mixed

Array = npt.NDArray[Any]
FULL = 10_000
LEAST = -(1 << 61)
FULL_DAY = 8 * 60
SHARE = 12
UNKNOWN = -(10**6)  # a rank that is not known, as in the roster


class Facts(NamedTuple):
    """A roster as flat arrays; N people, L learners, A advisers, all int64 but where said."""

    learners: Array  # (L,) positions among the people
    advisers: Array  # (A,)
    demand: Array
    capacity: Array
    rank: Array  # (N,)
    unit: Array
    field: Array
    place: Array
    enter: Array
    leave: Array
    hours: Array
    minutes: Array  # (kinds, kinds)
    language: Array
    meet: Array  # (kinds, kinds) bool
    want_start: Array  # by row
    want_skill: Array
    want_target: Array
    want_worth: Array
    offer_start: Array  # by column
    offer_skill: Array
    offer_level: Array
    out_start: Array  # (L+1,) columns ruled out by name
    out_column: Array
    out_rule: Array
    wish_start: Array
    wish_column: Array
    wish_worth: Array
    adviser_wish_start: Array
    adviser_wish_column: Array
    adviser_wish_worth: Array
    text_row: Array  # (L,) distinct texts
    text_column: Array
    row_text_start: Array
    row_text_gram: Array
    row_text_weight: Array
    column_text_start: Array
    column_text_gram: Array
    column_text_weight: Array
    attribute: Array  # (K, N)
    attribute_insist: Array  # (K,) 0 no, 1 same, 2 different
    attribute_prefer: Array  # (K,) 1 same, 2 different
    rule: Array  # (7,) GAP … SKILL
    weight: Array  # (7 + K,) of the parts


GAP, MOST_GAP, LINE, UNIT, LANGUAGE, MINUTES, SKILL = 0, 1, 2, 3, 4, 5, 6
(
    SKILLS,
    GOALS,
    WISHES,
    ADVISER_WISHES,
    OTHER_UNIT,
    PLACE,
    HOURS,
    ATTRIBUTES,
) = range(8)
OFF = -(1 << 40)
TILE = 1 << 10  # advisers looked at at a time
PAST = 9  # number of the rule on past partners


class Desk(NamedTuple):
    """Scratch arrays for one learner at a time: what is wanted, ruled out, wished for, said."""

    wanted: Array  # (S,) first want of each skill + 1, else 0
    ruled_out: Array  # (A,) number of the rule that rules the adviser out by name, else 0
    wish: Array  # (A,)
    adviser_wish: Array  # (A,)
    said: Array  # (G,) weights of the learner's n-grams


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
    if f.weight[GOALS]:
        text = f.text_row[row]
        for at in range(f.row_text_start[text], f.row_text_start[text + 1]):
            desk.said[f.row_text_gram[at]] = 0 if clear else f.row_text_weight[at]


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
def alike(f: Facts, desk: Desk, column: int) -> int:
    """How alike the learner's text on the desk and the adviser's are, 0…10,000."""
    text = f.text_column[column]
    product = np.int64(0)
    for at in range(f.column_text_start[text], f.column_text_start[text + 1]):
        product += desk.said[f.column_text_gram[at]] * f.column_text_weight[at]
    return min(product * FULL // (4096 * 4096), FULL)


@njit(cache=True, nogil=True)
def list_best(
    f: Facts,
    desk: Desk,
    rows: Array,
    price: Array,
    place: int,
    point: int,
    tie: int,
    floor: int,
    length: int,
    column_out: Array,
    score_out: Array,
    gain_out: Array,
    found: Array,
    removed: Array,
    fields_known: bool,
) -> None:
    """For each row the ``length`` admissible advisers of the highest gain at the prices.

    gain = place + point × score + tie × hash of the pair − price; only scores from ``floor`` on.
    ``column_out``, ``score_out``, ``gain_out`` (rows, length), best first; ``found`` (rows,): how
    many there are in all, of which the best ``length`` are written (scores leave the text out where
    nothing depends on it); ``removed`` (rows, rules): how
    many each rule removed first.
    """
    advisers = len(f.advisers)
    total = max(f.weight.sum(), 1)
    columns = np.arange(TILE)
    part = np.zeros((TILE, len(f.weight)), np.int64)
    rule = np.empty(TILE, np.int64)
    open_column = np.empty(advisers, np.int64)
    open_points = np.empty(advisers, np.int64)
    order = np.empty(advisers, np.int64)
    for at in range(len(rows)):
        row = rows[at]
        lay_out(f, desk, row, False)
        candidates = 0
        for begin in range(0, advisers, TILE):
            size = min(TILE, advisers - begin)
            for k in range(size):
                columns[k] = begin + k
            look_at(f, desk, row, columns[:size], fields_known, part, rule)
            for k in range(size):
                if rule[k] >= 0:
                    removed[at, rule[k]] += 1
                    continue
                points = 0
                for p in range(len(f.weight)):
                    points += f.weight[p] * part[k, p]
                open_column[candidates] = begin + k
                open_points[candidates] = points
                candidates += 1
        found[at] = _keep_best(
            f,
            desk,
            row,
            open_column[:candidates],
            open_points[:candidates],
            order,
            total,
            price,
            place,
            point,
            tie,
            floor,
            column_out[at],
            score_out[at],
            gain_out[at],
        )
        lay_out(f, desk, row, True)


@njit(cache=True, nogil=True)
def _keep_best(
    f: Facts,
    desk: Desk,
    row: int,
    column: Array,
    points: Array,
    order: Array,
    total: int,
    price: Array,
    place: int,
    point: int,
    tie: int,
    floor: int,
    column_out: Array,
    score_out: Array,
    gain_out: Array,
) -> int:
    """Write the best of the candidates, and say how many reach the floor.

    Texts are compared last, from the most promising candidate down, and no longer than one that
    is as alike as can be would still get onto the list.
    """
    length = len(column_out)
    text = f.text_row[row]
    speaks = f.weight[GOALS] > 0 and f.row_text_start[text] < f.row_text_start[text + 1]
    most = f.weight[GOALS] * FULL if speaks else 0
    _by_points_down(points, total, order)
    count, worst = 0, LEAST
    for rank in range(len(column)):
        c = order[rank]
        j = column[c]
        best = (points[c] + most) // total
        if best < floor:
            break
        extra = tie * np.int64(mixed(row, j) >> np.uint64(48)) - price[j] + place
        if count >= length and point * best + extra <= worst:
            count += 1
            continue
        compare = speaks and (point > 0 or points[c] // total < floor)
        said = f.weight[GOALS] * alike(f, desk, j) if compare else 0
        score = (points[c] + said) // total
        if score < floor:
            continue
        gain = point * score + extra
        count += 1
        if count > length and gain <= worst:
            continue
        to = min(count, length) - 1
        while to > 0 and gain_out[to - 1] < gain:
            gain_out[to] = gain_out[to - 1]
            column_out[to] = column_out[to - 1]
            score_out[to] = score_out[to - 1]
            to -= 1
        gain_out[to] = gain
        column_out[to] = j
        score_out[to] = score
        if count >= length:
            worst = gain_out[length - 1]
    return count


@njit(cache=True, nogil=True)
def _by_points_down(points: Array, total: int, order: Array) -> None:
    """Positions by score without the text, the highest first: a counting sort."""
    begin = np.zeros(FULL + 2, np.int64)
    for c in range(len(points)):
        begin[FULL - points[c] // total + 1] += 1
    for score in range(FULL + 1):
        begin[score + 1] += begin[score]
    for c in range(len(points)):
        score = FULL - points[c] // total
        order[begin[score]] = c
        begin[score] += 1


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
            for at in range(begin, end):
                if rule[at] < 0:
                    part[at, GOALS] = alike(f, desk, column[at])
        lay_out(f, desk, row[begin], True)
        begin = end
