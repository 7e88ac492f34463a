"""Every learner's best 32 advisers by skills, all hard rules kept: ours beside a scipy product.

    python -m bench.matching.candidates people.csv programme.toml

Both begin with the same roster as flat arrays. The product is the usual way to do it with scipy:
wants times offers, some learners at a time, rules on what is not 0, a partition for the best. Both
must find the same scores, or the run fails. Seconds are of processor, all threads together.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array

from viceversa.matching.engine.files.sources import read_sources
from viceversa.matching.engine.people.facts import facts_of
from viceversa.matching.engine.people.kernels.facts import (
    FULL,
    GAP,
    LINE,
    MINUTES,
    PAST,
    SHARE,
    UNKNOWN,
    Facts,
)
from viceversa.matching.engine.people.listing import Question, list_advisers
from viceversa.matching.engine.people.roster import Roster, call_the_roll
from viceversa.matching.engine.people.settings import Weights
from viceversa.matching.engine.people.shelf import shelf_of

BEST = 32
BLOCK = 500
LEVELS = 5  # of a skill, from 0
ENOUGH = 1 << 32  # added where a want is met wholly; above every sum of shares
ONLY_SKILLS = Weights(skills=1, goals=0, wishes=0, adviser_wishes=0, other_unit=0, place=0, hours=0)


def ours(roster: Roster) -> np.ndarray:
    """(L, 32) scores from the best down, −1 where there are no more."""
    facts = facts_of(roster, ())
    rows = np.arange(len(facts.learners))
    (listed,) = list_advisers(facts, shelf_of(facts), roster, rows, [Question(BEST)])
    return np.where(listed.column >= 0, listed.score, -1)


def product(roster: Roster) -> np.ndarray:
    """The same by a sparse product."""
    facts = facts_of(roster, ())
    offers = _offers(facts).T.tocsr()
    wants, full = _wants(facts)
    best = np.full((len(facts.learners), BEST), -1)
    for begin in range(0, len(best), BLOCK):
        rows = np.arange(begin, min(begin + BLOCK, len(best)))
        met = (wants[rows] @ offers).tocoo()
        keep = met.data >= ENOUGH
        row, column = rows[met.row[keep]], met.col[keep]
        score = met.data[keep] % ENOUGH * FULL // full[row]
        fine = _admissible(facts, row, column)
        best[rows] = _best(row[fine] - begin, score[fine], len(rows))
    return best


def _offers(facts: Facts) -> csr_array:
    """(A, skills × levels) ones."""
    skill = facts.offer_skill * LEVELS + facts.offer_level
    shape = (len(facts.advisers), _skills(facts) * LEVELS)
    return csr_array((np.ones(len(skill), np.int64), skill, facts.offer_start), shape=shape)


def _wants(facts: Facts) -> tuple[csr_array, np.ndarray]:
    """(L, skills × levels) what an offer at each level gives, and (L,) all that is wanted."""
    level = np.arange(LEVELS)
    share = SHARE * np.minimum(level, facts.want_target[:, None]) // facts.want_target[:, None]
    given = facts.want_worth[:, None] * share
    given = given + ENOUGH * (level >= facts.want_target[:, None])
    skill = facts.want_skill[:, None] * LEVELS + level
    shape = (len(facts.learners), _skills(facts) * LEVELS)
    wants = csr_array((given.ravel(), skill.ravel(), facts.want_start * LEVELS), shape=shape)
    owner = np.repeat(np.arange(shape[0]), np.diff(facts.want_start))
    full = np.bincount(owner, SHARE * facts.want_worth, shape[0]).astype(np.int64)
    return wants, np.maximum(full, 1)


def _skills(facts: Facts) -> int:
    return int(max(facts.offer_skill.max(), facts.want_skill.max())) + 1


def _admissible(facts: Facts, row: np.ndarray, column: np.ndarray) -> np.ndarray:
    """Which pairs no hard rule forbids; those who want nothing are not asked about."""
    one, other = facts.learners[row], facts.advisers[column]
    gap = facts.rank[one] - facts.rank[other]
    known = (facts.rank[one] != UNKNOWN) & (facts.rank[other] != UNKNOWN)
    fine = (one != other) & known & (gap >= facts.rule[GAP])
    fine &= (facts.demand[row] > 0) & (facts.capacity[column] > 0)
    fine &= facts.minutes[facts.hours[one], facts.hours[other]] >= facts.rule[MINUTES]
    fine &= facts.meet[facts.language[one], facts.language[other]]
    if facts.rule[LINE]:
        above = (facts.enter[one] <= facts.enter[other]) & (facts.enter[other] < facts.leave[one])
        below = (facts.enter[other] <= facts.enter[one]) & (facts.enter[one] < facts.leave[other])
        fine &= ~(above | below)
    owner = np.repeat(np.arange(len(facts.learners)), np.diff(facts.out_start))
    named = owner * len(facts.advisers) + facts.out_column
    named = named[(facts.out_rule > 0) & (facts.out_rule <= PAST)]
    return fine & ~np.isin(row * len(facts.advisers) + column, named)


def _best(row: np.ndarray, score: np.ndarray, rows: int) -> np.ndarray:
    """(rows, 32) the best scores of each row, from the best down."""
    order = np.lexsort((-score, row))
    row, score = row[order], score[order]
    rank = np.arange(len(row)) - np.searchsorted(row, np.arange(rows))[row]
    best = np.full((rows, BEST), -1)
    near = rank < BEST
    best[row[near], rank[near]] = score[near]
    return best


def _timed(work: Callable[[Roster], np.ndarray], roster: Roster) -> tuple[float, np.ndarray]:
    began = time.process_time()
    found = work(roster)
    return time.process_time() - began, found


def compared(people: Path, programme: Path) -> tuple[int, int, float, float]:
    """Learners, advisers, our seconds and those of the product. Raises if the scores differ."""
    sources = read_sources(people, programme)
    settings = replace(sources.programme.settings, weights=ONLY_SKILLS)
    roster = call_the_roll(sources.file.people, settings)
    ours(roster)  # compiled, and everything of the roster is there
    mine, own = min((_timed(ours, roster) for _ in range(3)), key=lambda pair: pair[0])
    theirs, other = min((_timed(product, roster) for _ in range(3)), key=lambda pair: pair[0])
    asked = np.diff(facts_of(roster, ()).want_start) > 0
    if not np.array_equal(own[asked], other[asked]):
        raise RuntimeError("The two find different scores.")
    return len(own), len(roster.advisers), mine, theirs


def candidates_table(people: Path, programme: Path) -> str:
    learners, advisers, mine, theirs = compared(people, programme)
    return "\n".join(
        [
            f"Best {BEST} of {advisers:,} advisers for {learners:,} learners, by skills, all hard "
            "rules; processor seconds.",
            "",
            "| | seconds | against ours |",
            "|---|---|---|",
            f"| Viceversa | {mine:.2f} | |",
            f"| scipy sparse product | {theirs:.2f} | {theirs / mine:.1f} × |",
        ]
    )


if __name__ == "__main__":
    print(candidates_table(Path(sys.argv[1]), Path(sys.argv[2])))
