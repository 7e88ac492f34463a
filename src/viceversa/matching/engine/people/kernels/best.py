"""Every learner against all advisers, keeping the best few."""

from __future__ import annotations

import numpy as np

from viceversa.matching.engine.compiling import entry, inner
from viceversa.matching.engine.people.kernels.facts import (
    ADVISER_WISHES,
    ATTRIBUTES,
    FULL,
    FULL_DAY,
    GOALS,
    HOURS,
    LEAST,
    OTHER_UNIT,
    PLACE,
    SKILLS,
    WISHES,
    Array,
    Desk,
    Facts,
)
from viceversa.matching.engine.people.kernels.pairs import apart, differ, fits, listen
from viceversa.matching.engine.people.kernels.shelf import Masks, Shelf
from viceversa.matching.engine.people.kernels.sifting import gather, sift, standing
from viceversa.matching.engine.people.kernels.texts import product_with, share_of
from viceversa.matching.engine.solving.kernels.rewards import mixed

TIES = 1 << 16  # no hash of a pair reaches it


@entry
def list_best(
    f: Facts,
    s: Shelf,
    desk: Desk,
    near: Masks,
    far: Masks,
    tongues: Masks,
    meeting: Masks,
    rows: Array,
    price: Array,
    terms: Array,
    column_out: Array,
    score_out: Array,
    gain_out: Array,
    found: Array,
    removed: Array,
    fields_known: bool,
) -> None:
    """For each row and each of Q questions the admissible advisers of the highest gain.

    gain = place + point × score + tie × hash of the pair − price; only scores from ``floor`` on.
    ``price`` (Q, A) by place on the shelf, ``terms`` (Q, 5): place, point, tie, floor and how many
    are asked for. ``column_out``, ``score_out``, ``gain_out`` (Q, rows, most asked for), best
    first; scores leave the text out where nothing depends on it. ``found`` (rows,): admissible
    advisers in all; ``removed`` (rows, rules): how many each rule removed first.
    """
    size = len(s.column)
    alive, taught = np.zeros(len(s.everybody), np.uint64), np.zeros(len(s.everybody), np.uint64)
    got, standing_at = np.zeros(size, np.int32), np.empty(size, np.int32)
    points, bare = np.empty(size, np.int64), np.empty(size, np.int64)
    by_hours = np.empty(s.no_hours.shape[1], np.int64)
    everyone, some = np.arange(size), np.empty(size, np.int64)
    kept = np.empty(column_out.shape[2], np.int64)
    whole = float(max(f.weight.sum(), 1))  # numbers are exact, and quotients cut off alike
    for at in range(len(rows)):
        row = rows[at]
        begin, end = f.want_start[row], f.want_start[row + 1]
        full = gather(
            begin,
            end,
            f.want_skill,
            f.want_target,
            f.want_worth,
            s.skill_start,
            s.skill_place,
            got,
            taught,
        )
        found[at] = sift(f, s, near, far, tongues, meeting, row, alive, taught, removed[at])
        count = standing(alive, standing_at)
        _weigh(f, s, row, fields_known, full, got, by_hours, standing_at[:count], points)
        for c in range(count):
            bare[c] = np.int64(points[c] / whole)
        for q in range(len(terms)):
            length = terms[q, 4]
            chosen = _keep_best(
                f,
                s,
                desk,
                row,
                standing_at[:count],
                points,
                bare[:count],
                whole,
                price[q],
                terms[q, 0],
                terms[q, 1],
                terms[q, 2],
                terms[q, 3],
                everyone[:count],
                some,
                kept[:length],
                gain_out[q, at, :length],
            )
            for c in range(chosen):
                column_out[q, at, c] = s.column[standing_at[kept[c]]]
                score_out[q, at, c] = bare[kept[c]]


@inner
def _weigh(
    f: Facts,
    s: Shelf,
    row: int,
    fields_known: bool,
    full: int,
    got: Array,
    by_hours: Array,
    standing_at: Array,
    points: Array,
) -> None:
    """The weighted parts of everybody who is left, but for the text."""
    one = f.learners[row]
    unit, field, location = f.unit[one], f.field[one], f.place[one]
    for kind in range(len(by_hours)):
        minutes = min(f.minutes[f.hours[one], kind], FULL_DAY)
        by_hours[kind] = f.weight[HOURS] * (minutes * FULL // FULL_DAY)
    skills, other, near = f.weight[SKILLS], f.weight[OTHER_UNIT], f.weight[PLACE] * FULL
    whole = float(max(full, 1))
    for c in range(len(standing_at)):
        p = standing_at[c]
        share = np.int64(got[p] * FULL / whole)
        units, fields = differ(unit, s.unit[p]), differ(field, s.field[p])
        value = skills * share + other * apart(units, fields, fields_known)
        value += near if location == s.location[p] and location != 0 else 0
        points[c] = value + by_hours[s.hours[p]]
    begin, end = f.wish_start[row], f.wish_start[row + 1]
    _add(standing_at, points, s.wish_place[begin:end], f.wish_worth[begin:end], f.weight[WISHES])
    begin, end = f.adviser_wish_start[row], f.adviser_wish_start[row + 1]
    place, worth = s.adviser_wish_place[begin:end], f.adviser_wish_worth[begin:end]
    _add(standing_at, points, place, worth, f.weight[ADVISER_WISHES])
    for k in range(len(f.attribute_prefer)):
        weight = f.weight[ATTRIBUTES + k] * FULL
        for c in range(len(standing_at)):
            theirs = s.attribute[k, standing_at[c]]
            if fits(f.attribute_prefer[k], f.attribute[k, one], theirs):
                points[c] += weight


@inner
def _add(standing_at: Array, points: Array, place: Array, worth: Array, weight: int) -> None:
    """What wishes are worth, to those of the wished for who are left; of two the later."""
    for at in range(len(place)):
        if at + 1 < len(place) and place[at + 1] == place[at]:
            continue
        c = np.searchsorted(standing_at, place[at])
        if c < len(standing_at) and standing_at[c] == place[at]:
            points[c] += weight * worth[at]


@inner
def _keep_best(
    f: Facts,
    s: Shelf,
    desk: Desk,
    row: int,
    standing_at: Array,
    points: Array,
    bare: Array,
    whole: float,
    price: Array,
    place: int,
    point: int,
    tie: int,
    floor: int,
    everyone: Array,
    some: Array,
    kept: Array,
    gain_out: Array,
) -> int:
    """Keep the best of those who are left, ``bare`` being their scores without the text.

    ``bare`` may be complete already for those whose points are spent (−1). First the best without
    their texts; their full gains are a bar that few others can reach even with a text as alike as
    can be, and only for those few texts are compared. ``kept`` has positions, ``bare`` at those
    the scores; ``some`` is room. How many there are.
    """
    text, length = f.text_row[row], len(kept)
    speaks = f.weight[GOALS] > 0 and f.row_text_start[text] < f.row_text_start[text + 1]
    speaks = speaks and (point > 0 or floor > 0)
    reach = np.int64(f.weight[GOALS] * FULL / whole) + 1 if speaks else 0
    if speaks:
        listen(f, desk, row)
    chosen = _insert_all(
        everyone, standing_at, bare, s.column, price, row,
        place, point, tie, floor, kept, gain_out,
    )  # fmt: skip
    if not reach:
        return chosen
    some[:chosen] = kept[:chosen]
    _add_texts(f, s, desk, text, some[:chosen], standing_at, points, bare, whole)
    bar = _lowest(some[:chosen], standing_at, bare, price, place, point, floor, length)
    count = chosen
    for c in range(len(bare)):
        best = bare[c] + reach
        gain = place + point * best - price[standing_at[c]] + tie * TIES
        if points[c] >= 0 and best >= floor and gain > bar:
            some[count] = c
            count += 1
    _add_texts(f, s, desk, text, some[chosen:count], standing_at, points, bare, whole)
    return _insert_all(
        some[:count], standing_at, bare, s.column, price, row,
        place, point, tie, floor, kept, gain_out,
    )  # fmt: skip


@inner
def _add_texts(
    f: Facts,
    s: Shelf,
    desk: Desk,
    text: int,
    some: Array,
    standing_at: Array,
    points: Array,
    bare: Array,
    whole: float,
) -> None:
    """Complete the scores of some; their points are spent then, and −1."""
    weight, mine = f.weight[GOALS], f.row_text_length[text]
    said, spoken = desk.said, desk.spoken
    start, texts, theirs = s.text_start, s.text, s.text_length
    word_start, word = f.text_start, f.text_word
    for at in range(len(some)):
        c = some[at]
        if points[c] < 0:
            continue
        p = standing_at[c]
        product = np.int64(0)
        for t in range(start[p], start[p + 1]):
            one = texts[t]
            if spoken[one] < 0:
                spoken[one] = product_with(one, word_start, word, said)
            product += spoken[one]
        bare[c] = np.int64((points[c] + weight * share_of(product, mine * theirs[p])) / whole)
        points[c] = -1


@inner
def _lowest(
    some: Array,
    standing_at: Array,
    bare: Array,
    price: Array,
    place: int,
    point: int,
    floor: int,
    length: int,
) -> int:
    """What a gain must exceed to be among the best, as far as some that are known tell."""
    lowest, high = -LEAST, 0
    for at in range(len(some)):
        c = some[at]
        if bare[c] >= floor:
            high += 1
            lowest = min(lowest, place + point * bare[c] - price[standing_at[c]])
    return lowest if high == length else LEAST


@inner
def _insert_all(
    some: Array,
    standing_at: Array,
    score: Array,
    column: Array,
    price: Array,
    row: int,
    place: int,
    point: int,
    tie: int,
    floor: int,
    kept: Array,
    gain_out: Array,
) -> int:
    """The best of some by their scores and prices, best first. How many there are."""
    count, length, worst = 0, len(kept), LEAST
    for at in range(len(some)):
        c = some[at]
        p = standing_at[c]
        gain = place + point * score[c] - price[p]
        if score[c] < floor or gain + tie * TIES <= worst:
            continue
        gain += tie * np.int64(mixed(row, column[p]) >> np.uint64(48))
        if count == length and gain <= worst:
            continue
        to = min(count, length - 1)
        while to > 0 and gain_out[to - 1] < gain:
            gain_out[to] = gain_out[to - 1]
            kept[to] = kept[to - 1]
            to -= 1
        gain_out[to] = gain
        kept[to] = c
        count = min(count + 1, length)
        worst = gain_out[length - 1] if count == length else LEAST
    return count
