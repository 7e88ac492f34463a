"""Every learner against all advisers, keeping the best few."""

from __future__ import annotations

import numpy as np
from numba import njit

from viceversa.matching.engine.people.kernels.facts import (
    FULL,
    GOALS,
    LEAST,
    TILE,
    Array,
    Desk,
    Facts,
)
from viceversa.matching.engine.people.kernels.pairs import (
    lay_out,
    likeness,
    look_at,
)
from viceversa.matching.engine.solving.kernels.rewards import mixed


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
    product = np.zeros(len(f.column_text_start) - 1, np.int64)
    compared = -1
    for at in range(len(rows)):
        row = rows[at]
        lay_out(f, desk, row, False)
        if point or floor:
            compared = _compare(f, row, compared, product)
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
            product,
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
def _compare(f: Facts, row: int, before: int, product: Array) -> int:
    """Multiply a learner's text with all advisers' texts, unless it is the one before. The text."""
    text = f.text_row[row]
    if text == before or not f.weight[GOALS]:
        return text
    product[:] = 0
    for at in range(f.row_text_start[text], f.row_text_start[text + 1]):
        gram, weight = f.row_text_gram[at], f.row_text_weight[at]
        for there in range(f.gram_start[gram], f.gram_start[gram + 1]):
            product[f.gram_text[there]] += weight * f.gram_weight[there]
    return text


@njit(cache=True, nogil=True)
def _keep_best(
    f: Facts,
    desk: Desk,
    row: int,
    column: Array,
    points: Array,
    order: Array,
    product: Array,
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
        said = f.weight[GOALS] * likeness(product[f.text_column[j]]) if compare else 0
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
