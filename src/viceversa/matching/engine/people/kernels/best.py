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
from viceversa.matching.engine.people.kernels.pairs import fits, listen
from viceversa.matching.engine.people.kernels.shelf import Masks, Shelf
from viceversa.matching.engine.people.kernels.sifting import gather, sift, standing
from viceversa.matching.engine.people.kernels.texts import likeness
from viceversa.matching.engine.solving.kernels.rewards import mixed

OFTEN = 16  # learners with one text for whom it is worth comparing with everybody's
TIES = 1 << 16  # no hash of a pair reaches it


@entry
def list_best(
    f: Facts,
    s: Shelf,
    desk: Desk,
    too_near: Masks,
    too_far: Masks,
    no_language: Masks,
    no_hours: Masks,
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

    gain = place + point × score + tie × hash of the pair − price; only scores from ``floor`` on:
    ``place`` and ``point`` are what one place and one point count for. Rows with one text stand
    side by side. ``too_near`` and the like are sets of places that a rule forbids to a kind.
    ``price`` (Q, A) by place on the shelf, ``terms`` (Q, 5): place, point, tie, floor and how many
    are asked for. ``column_out``, ``score_out``, ``gain_out`` (Q, rows, most asked for), best
    first; scores leave the text out where nothing depends on it. ``found`` (rows,): admissible
    advisers in all; ``removed`` (rows, rules): how many each rule removed first.
    """
    size = len(s.column)
    alive, taught = np.zeros(len(s.everybody), np.uint64), np.zeros(len(s.everybody), np.uint64)
    got, standing_at = np.zeros(size + 1, np.int32), np.empty(size, np.int32)
    points, before = np.empty(size, np.int64), np.empty(len(alive), np.int64)
    everyone = np.arange(size).astype(np.int32)
    by_hours = np.empty(s.no_hours.shape[1], np.int64)
    kept, first = np.empty(column_out.shape[2], np.int32), np.empty(column_out.shape[2], np.int32)
    whole = max(f.weight.sum(), 1)
    least = np.zeros(len(terms), np.int64)
    for q in range(len(terms)):
        least[q] = price[q].min() if size else 0
    reach = f.weight[GOALS] * FULL
    for at in range(len(rows)):
        row = rows[at]
        if f.weight[GOALS] and (not at or f.text_row[row] != f.text_row[rows[at - 1]]):
            listen(f, desk, row)
            often = at + OFTEN < len(rows) and f.text_row[row] == f.text_row[rows[at + OFTEN]]
            reach = f.weight[GOALS] * (_compare_all(f, s, desk, row) if often else FULL)
        found[at] = sift(
            f, s, too_near, too_far, no_language, no_hours, row, alive, taught, removed[at]
        )
        count = standing(alive, standing_at, before)
        got[: count + 1] = 0
        full = gather(f, s, row, alive, before, got)
        _weigh(f, s, row, fields_known, full, got, by_hours, standing_at[:count], points)
        for q in range(len(terms)):
            length = terms[q, 4]
            chosen = _keep_best(
                f, s, desk, row, everyone[:count], standing_at[:count], points, whole, price[q],
                least[q], terms[q], reach, first[:length], kept[:length], gain_out[q, at, :length],
            )  # fmt: skip
            for c in range(chosen):
                column_out[q, at, c] = s.column[standing_at[kept[c]]]
                score_out[q, at, c] = _so_far(points[kept[c]]) // whole


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
    _add_skills(got, full, f.weight[SKILLS], points[: len(standing_at)])
    _add_kinds(standing_at, s.hours, by_hours, points)
    if location != 0:
        _add_alike(standing_at, s.location, location, f.weight[PLACE] * FULL, points)
    half = f.weight[OTHER_UNIT] * (FULL // 2)
    if unit != 0:
        _add_differing(standing_at, s.unit, unit, half if fields_known else 2 * half, points)
    if field != 0:
        _add_differing(standing_at, s.field, field, half, points)
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
def _add_skills(got: Array, full: int, weight: int, points: Array) -> None:
    whole = float(full)  # numbers are exact, and quotients cut off alike
    for c in range(len(points)):
        points[c] = weight * np.int64(got[c] * FULL / whole)


@inner
def _add_kinds(standing_at: Array, kind: Array, worth: Array, points: Array) -> None:
    for c in range(len(standing_at)):
        points[c] += worth[kind[standing_at[c]]]


@inner
def _add_alike(standing_at: Array, code: Array, mine: int, worth: int, points: Array) -> None:
    for c in range(len(standing_at)):
        points[c] += worth * (code[standing_at[c]] == mine)


@inner
def _add_differing(standing_at: Array, code: Array, mine: int, worth: int, points: Array) -> None:
    for c in range(len(standing_at)):
        theirs = code[standing_at[c]]
        points[c] += worth * ((theirs != mine) & (theirs != 0))


@inner
def _add(standing_at: Array, points: Array, place: Array, worth: Array, weight: int) -> None:
    """What wishes are worth, to those of the wished for who are left."""
    for at in range(len(place)):
        c = np.searchsorted(standing_at, place[at])
        if c < len(standing_at) and standing_at[c] == place[at]:
            points[c] += weight * worth[at]


@inner
def _keep_best(
    f: Facts,
    s: Shelf,
    desk: Desk,
    row: int,
    everyone: Array,
    standing_at: Array,
    points: Array,
    whole: int,
    price: Array,
    least: int,
    terms: Array,
    reach: int,
    first: Array,
    kept: Array,
    gain_out: Array,
) -> int:
    """Keep the best of those who are left. ``kept`` has their positions; how many there are.

    ``points`` of 0 and more still lack the text. With it they stand as their complement, below 0,
    for later questions too. score = points // whole; ``reach`` is the most a text adds. First the
    best without their texts; what those gain with them is a bar that few others can reach even with
    a text as alike as can be, and only for those few texts are compared.
    """
    text, length = f.text_row[row], len(kept)
    speaks = f.weight[GOALS] > 0 and f.row_text_start[text] < f.row_text_start[text + 1]
    speaks = speaks and (terms[1] > 0 or terms[3] > 0)
    bar = LEAST
    if speaks and terms[1] > 0:
        bare = terms.copy()
        bare[2] = 0
        chosen = _choose(
            f, s, desk, row, everyone, standing_at, points, whole, price, least, bare,
            0, bar, False, first, gain_out,
        )  # fmt: skip
        chosen = _choose(
            f, s, desk, row, first[:chosen], standing_at, points, whole, price, least, terms,
            reach, bar, True, kept, gain_out,
        )  # fmt: skip
        if 0 < chosen == length:
            bar = gain_out[length - 1] - 1  # so that those who set the bar pass it again
    return _choose(
        f, s, desk, row, everyone, standing_at, points, whole, price, least, terms,
        reach if speaks else 0, bar, speaks, kept, gain_out,
    )  # fmt: skip


@inner
def _so_far(points: int) -> int:
    return points if points >= 0 else ~points


@inner
def _compare_all(f: Facts, s: Shelf, desk: Desk, row: int) -> int:
    """Compare a text that many learners share with everybody's. How alike the best are."""
    mine, most = f.row_text_length[f.text_row[row]], 0
    text_start, texts, spoken, said = s.text_start, s.text, desk.spoken, desk.said
    word_start, word, theirs, alike = f.text_start, f.text_word, s.text_length, desk.alike
    for p in range(len(alike)):
        alike[p] = likeness(p, text_start, texts, spoken, said, word_start, word, mine * theirs[p])
        most = max(most, alike[p])
    return most


@inner
def _choose(
    f: Facts,
    s: Shelf,
    desk: Desk,
    row: int,
    some: Array,
    standing_at: Array,
    points: Array,
    whole: int,
    price: Array,
    least: int,
    terms: Array,
    reach: int,
    worst: int,
    complete: bool,
    kept: Array,
    gain_out: Array,
) -> int:
    """The best by what is known of their scores, best first. How many there are."""
    place, point, tie, floor = terms[0], terms[1], terms[2], terms[3]
    text, count, length, divisor = f.text_row[row], 0, len(kept), float(whole)
    need = _need(worst, whole, least, place, point, tie, floor)
    weight, mine, theirs = f.weight[GOALS], f.row_text_length[text], s.text_length
    text_start, texts, spoken, said = s.text_start, s.text, desk.spoken, desk.said
    word_start, word, column, alike = f.text_start, f.text_word, s.column, desk.alike
    for c in some:
        full = points[c] if points[c] >= 0 else ~points[c] - reach
        if full + reach < need:
            continue
        p = standing_at[c]
        gain = place - price[p]
        if not point and gain + tie * TIES <= worst:
            continue
        if complete and points[c] >= 0:
            if alike[p] < 0:
                alike[p] = likeness(
                    p, text_start, texts, spoken, said, word_start, word, mine * theirs[p]
                )
            points[c] = ~(points[c] + weight * alike[p])
        full = _so_far(points[c])
        if full < need:
            continue
        if point:
            gain += point * np.int64(full / divisor)
        if gain + tie * TIES <= worst:
            continue
        gain += tie * np.int64(mixed(row, column[p]) >> np.uint64(48))
        if gain <= worst:
            continue
        to = min(count, length - 1)
        while to > 0 and gain_out[to - 1] < gain:
            gain_out[to] = gain_out[to - 1]
            kept[to] = kept[to - 1]
            to -= 1
        gain_out[to] = gain
        kept[to] = c
        count = min(count + 1, length)
        if count == length and gain_out[length - 1] > worst:
            worst = gain_out[length - 1]
            need = _need(worst, whole, least, place, point, tie, floor)
    return count


@inner
def _need(worst: int, whole: int, least: int, place: int, point: int, tie: int, floor: int) -> int:
    """Fewer points than this gain no more than the worst, whatever the hash of the pair."""
    score = floor
    if point > 0 and worst > LEAST:
        score = max(floor, (worst - place - tie * TIES + least) // point + 1)
    return score * whole
