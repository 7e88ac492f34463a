"""A roster as the flat arrays that the compiled loops over pairs take."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from viceversa.matching.engine.people.roster import Roster
from viceversa.matching.engine.people.rules import named_pairs
from viceversa.matching.engine.people.scoring import (
    FIRST_PRIORITY,
    goal_likeness,
    silence,
    wish_worth,
)
from viceversa.matching.engine.people.texts import Likeness
from viceversa.matching.engine.solving.instance import Ints

if TYPE_CHECKING:
    from viceversa.matching.engine.people.kernels.facts import Facts

OFF = -(1 << 40)
RULES = (
    *("same_person", "capacity", "forbidden", "keep_apart", "pay_or_promotion"),
    *("reporting_line", "min_rank_gap", "max_rank_gap", "same_unit", "past_partners"),
    *("shared_language", "shared_hours", "wanted_skill"),
)
WAY = {"": 0, "same": 1, "different": 2}
PARTS = ("skills", "goals", "wishes", "adviser_wishes", "other_unit", "place", "hours")


def facts_of(roster: Roster, forbidden: Iterable[tuple[str, str]]) -> Facts:
    """Everything rules and scores ask about, in one tuple of arrays."""
    from viceversa.matching.engine.people.kernels.facts import Facts

    alike = goal_likeness(roster) if roster.settings.weights.goals else silence(roster)
    out_start, out_column, out_rule = _ruled_out(roster, forbidden)
    attributes = sorted(roster.settings.attributes.items())
    weights = roster.settings.part_weights()
    return Facts(
        learners=roster.learners,
        advisers=roster.advisers,
        demand=roster.demand,
        capacity=roster.capacity,
        rank=roster.rank,
        unit=roster.unit,
        field=roster.field,
        place=roster.place,
        enter=roster.lines.enter,
        leave=roster.lines.leave,
        hours=roster.hours.group,
        minutes=roster.hours.minutes,
        language=roster.language_kind,
        meet=roster.languages_meet,
        want_start=roster.want_start,
        want_skill=roster.want_skill,
        want_target=roster.want_target,
        want_worth=FIRST_PRIORITY // np.maximum(roster.want_priority, 1),
        offer_start=roster.offer_start,
        offer_skill=roster.offer_skill,
        offer_level=roster.offer_level,
        out_start=out_start,
        out_column=out_column,
        out_rule=out_rule,
        wish_start=roster.wish_start,
        wish_column=roster.wish_column,
        wish_worth=wish_worth(roster.wish_rank),
        adviser_wish_start=roster.adviser_wish_start,
        adviser_wish_column=roster.adviser_wish_column,
        adviser_wish_worth=wish_worth(roster.adviser_wish_rank),
        **_texts_of(alike),
        attribute=np.array([roster.attribute(name) for name, _ in attributes], np.int64).reshape(
            -1, len(roster.columns)
        ),
        attribute_insist=np.array([WAY[rule.insist] for _, rule in attributes], np.int64),
        attribute_prefer=np.array([WAY[rule.prefer] or 2 for _, rule in attributes], np.int64),
        rule=_rule_numbers(roster),
        weight=np.array(
            [weights[name] for name in (*PARTS, *(f"attribute {n}" for n, _ in attributes))],
            np.int64,
        ),
    )


def _rule_numbers(roster: Roster) -> Ints:
    rules = roster.settings.rules
    return np.array(
        [
            OFF if rules.min_rank_gap is None else rules.min_rank_gap,
            OFF if rules.max_rank_gap is None else rules.max_rank_gap,
            rules.reporting_line,
            rules.same_unit,
            rules.shared_language,
            round(rules.shared_hours * 60) if rules.shared_hours > 0 else 0,
            rules.wanted_skill,
        ],
        np.int64,
    )


def _texts_of(alike: Likeness) -> dict[str, Any]:
    return {
        "text_row": alike.learner,
        "row_text_start": alike.wanted.start,
        "row_text_word": alike.wanted.parts[0],
        "row_text_length": alike.wanted_length,
        "column_text_start": alike.adviser.start,
        "column_text": alike.adviser.parts[0],
        "column_text_length": alike.offered_length,
        "text_start": alike.said.start,
        "text_word": alike.said.parts[0],
        "word_start": alike.grams.start,
        "word_gram": alike.grams.parts[0],
        "word_weight": alike.grams.parts[1],
        "gram_start": alike.words_by_gram.start,
        "gram_word": alike.words_by_gram.parts[0],
        "gram_weight": alike.words_by_gram.parts[1],
    }


def rule_names(roster: Roster) -> tuple[str, ...]:
    """The rules by the numbers that ``kernels.pairs.against`` gives them."""
    return (*RULES, *(f"attribute {name}" for name in sorted(roster.settings.attributes)))


def _ruled_out(roster: Roster, forbidden: Iterable[tuple[str, str]]) -> tuple[Ints, Ints, Ints]:
    """By row: the columns ruled out one by one, and the number of the first rule that does."""
    first: dict[tuple[int, int], int] = {}
    for name, pairs in named_pairs(roster, forbidden).items():
        for pair in pairs:
            first.setdefault(pair, RULES.index(name))
    where = np.array(sorted(first), np.int64).reshape(-1, 2)
    start = np.searchsorted(where[:, 0], np.arange(len(roster.learners) + 1))
    rule = np.array([first[pair] for pair in sorted(first)], np.int64)
    return start.astype(np.int64), np.ascontiguousarray(where[:, 1]), rule
