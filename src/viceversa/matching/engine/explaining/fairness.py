"""How the good and the bad luck is spread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from viceversa.matching.engine.explaining.shares import Parity, Share, parity
from viceversa.matching.engine.matching import Match
from viceversa.matching.engine.people.columns import Named
from viceversa.matching.engine.solving.instance import Bools, Ints

BINS = 10
WIDTH = 1_000


@dataclass(frozen=True)
class Fairness:
    """Figures on learners who want an adviser.

    ``histogram``: covered learners by best score, ten steps of 1,000. ``quartiles``: lowest,
    lower quarter, middle, upper quarter, highest best score. ``share_of_ceiling``: the same for
    each learner's best score in per cent of the best one admissible for them. ``envy``: pairs in
    which a learner would rather have an adviser who has a free place or a lower-scored learner.
    ``parity``: who has a partner, by the values of attributes that people volunteered. Every share
    carries its 95 % interval.
    """

    learners: Share
    advisers: Share
    floor: int
    histogram: tuple[int, ...]
    quartiles: tuple[int, ...]
    share_of_ceiling: tuple[int, ...]
    first_wish: Share
    any_wish: Share
    envy: int
    left_out_before: Share
    worst_off: tuple[str, ...]
    parity: tuple[Parity, ...] = ()


def fairness(match: Match) -> Fairness:
    """The fairness report of a match; every figure from whole numbers, none from a sample."""
    best, ceiling = _best_scores(match), _ceilings(match)
    covered, used = np.flatnonzero(best >= 0), _used(match) > 0
    wanting, taking = match.roster.demand > 0, match.roster.capacity > 0
    granted, first = _granted(match)
    ratio = best[covered] * 100 // np.maximum(ceiling[covered], 1)
    return Fairness(
        learners=Share.of(len(covered), int(wanting.sum())),
        advisers=Share.of(int(used.sum()), int(taking.sum())),
        floor=int(best[covered].min()) if len(covered) else 0,
        histogram=_histogram(best[covered]),
        quartiles=_quartiles(best[covered]),
        share_of_ceiling=_quartiles(ratio),
        first_wish=_wish_share(match, granted & first),
        any_wish=_wish_share(match, granted),
        envy=_envy(match),
        left_out_before=_left_out_before(match, best),
        worst_off=_worst_off(match, best, covered),
        parity=parity(match.roster, best >= 0, used),
    )


def _best_scores(match: Match) -> Ints:
    """(L,) best score each learner gets, −1 for nobody."""
    best = np.full(len(match.roster.learners), -1, np.int64)
    edges = match.assignment.edges
    np.maximum.at(best, match.problem.learner[edges], match.problem.score[edges])
    return best


def _used(match: Match) -> Ints:
    """(A,) how many learners each adviser has."""
    adviser = match.problem.adviser[match.assignment.edges]
    return np.bincount(adviser, minlength=len(match.roster.advisers))


def _ceilings(match: Match) -> Ints:
    best = np.zeros(len(match.roster.learners), np.int64)
    np.maximum.at(best, match.problem.learner, match.problem.score)
    return best


def _histogram(scores: Ints) -> tuple[int, ...]:
    counts = np.bincount(np.minimum(scores // WIDTH, BINS - 1), minlength=BINS)
    return tuple(int(count) for count in counts)


def _quartiles(values: Ints) -> tuple[int, ...]:
    """Lowest, lower quarter, middle, upper quarter, highest: values that occur."""
    if not len(values):
        return ()
    ranked = np.sort(values)
    return tuple(int(ranked[(len(ranked) - 1) * part // 4]) for part in range(5))


def _granted(match: Match) -> tuple[Bools, Bools]:
    """(wishes,) those that came true, and those that were their learner's first."""
    roster, asks = match.roster, match.roster.columns.asks
    row = roster.interests.row_of[asks.known.owner]
    column = roster.interests.column_of[asks.member]
    width, edges = len(roster.advisers), match.assignment.edges
    chosen = match.problem.learner[edges] * width + match.problem.adviser[edges]
    true = (row >= 0) & (column >= 0) & np.isin(row * width + column, chosen)
    return true, np.asarray(asks.place == 0)


def _wish_share(match: Match, granted: Bools) -> Share:
    """Learners who asked for somebody, and how many of them have such a wish granted."""
    asks, row_of = match.roster.columns.asks, match.roster.interests.row_of
    asking = np.intersect1d(_asking(asks), match.roster.learners)
    happy = np.unique(asks.known.owner[granted])
    return Share.of(int((row_of[happy] >= 0).sum()), len(asking))


def _asking(asks: Named) -> Ints:
    """Positions of everybody who named somebody, even somebody who is not among us."""
    named = np.fromiter((at for at, said in asks.said.items() if said), np.int64)
    return np.union1d(np.flatnonzero(np.diff(asks.known.start)), named)


def _envy(match: Match) -> int:
    """Justified envy: the pair scores above what the learner has and the adviser could do it."""
    problem, edges = match.problem, match.assignment.edges
    own = _best_scores(match)
    worst = np.full(len(match.roster.advisers), 10**6, np.int64)
    np.minimum.at(worst, problem.adviser[edges], problem.score[edges])
    worst[_used(match) < match.roster.capacity] = -1
    better = problem.score > own[problem.learner]
    possible = problem.score > worst[problem.adviser]
    better[edges] = False
    return int((better & possible).sum())


def _left_out_before(match: Match, best: Ints) -> Share:
    before = match.roster.priority > 1
    return Share.of(int((before & (best >= 0)).sum()), int(before.sum()))


def _worst_off(match: Match, best: Ints, covered: Ints) -> tuple[str, ...]:
    order = covered[np.argsort(best[covered], kind="stable")][:5]
    ids = match.roster.columns.ids
    return tuple(ids[at] for at in match.roster.learners[order].tolist())
