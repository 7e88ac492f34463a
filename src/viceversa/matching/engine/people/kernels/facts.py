"""What the compiled loops over pairs are given, and the desk they work at."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy.typing as npt

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
    text_row: Array  # (L,) distinct texts of learners
    row_text_start: Array  # by text of a learner: its words
    row_text_word: Array
    row_text_length: Array  # float64
    column_text_start: Array  # by column: the texts an adviser says
    column_text: Array
    column_text_length: Array  # float64
    text_start: Array  # by text: its words
    text_word: Array
    word_start: Array  # by word: its n-grams and their weights
    word_gram: Array
    word_weight: Array
    gram_start: Array  # by n-gram: the advisers' words that have it
    gram_word: Array
    gram_weight: Array
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
NO_LEVEL = 99
PAST = 9  # number of the rule on past partners


class Desk(NamedTuple):
    """Scratch arrays for one learner at a time: what is wanted, ruled out, wished for, said."""

    wanted: Array  # (S,) first want of each skill + 1, else 0
    level: Array  # (S,) the lowest target level of each skill that is wanted, else NO_LEVEL
    ruled_out: Array  # (A,) number of the rule that rules the adviser out by name, else 0
    wish: Array  # (A,)
    adviser_wish: Array  # (A,)
    said: Array  # (words,) products of the learner's text with every word
    spoken: Array  # (texts,) products of the learner's text with every text, or −1
    alike: Array  # (A,) int32 by place on the shelf: how alike an adviser's texts are, or −1
    heard: Array  # (1,) the text that is said, or −1
