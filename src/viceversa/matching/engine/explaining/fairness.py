"""How the good and the bad luck is spread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from viceversa.matching.engine.matching import Match
from viceversa.matching.engine.solving.instance import Ints

BINS = 10
WIDTH = 1_000


@dataclass(frozen=True)
class Share:
    """``count`` of ``base`` people."""

    count: int
    base: int


@dataclass(frozen=True)
class Fairness:
    """Figures on learners who want an adviser.

    ``histogram``: covered learners by best score, ten steps of 1,000. ``quartiles``: lowest,
    lower quarter, middle, upper quarter, highest best score. ``share_of_ceiling``: the same for
    each learner's best score in per cent of the best one admissible for them. ``envy``: pairs in
    which a learner would rather have an adviser who has a free place or a lower-scored learner.
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


def fairness(match: Match) -> Fairness:
    """The fairness report of a match; every figure from whole numbers, none from a sample."""
    best, ceiling = _best_scores(match), _ceilings(match)
    covered = np.flatnonzero(best >= 0)
    wanting = np.flatnonzero(match.roster.demand > 0)
    taking = int((match.roster.capacity > 0).sum())
    used = len(np.unique(match.problem.adviser[match.assignment.edges]))
    ratio = best[covered] * 100 // np.maximum(ceiling[covered], 1)
    return Fairness(
        learners=Share(len(covered), len(wanting)),
        advisers=Share(used, taking),
        floor=int(best[covered].min()) if len(covered) else 0,
        histogram=_histogram(best[covered]),
        quartiles=_quartiles(best[covered]),
        share_of_ceiling=_quartiles(ratio),
        first_wish=_wishes(match, first_only=True),
        any_wish=_wishes(match, first_only=False),
        envy=_envy(match),
        left_out_before=_left_out_before(match, best),
        worst_off=_worst_off(match, best, covered),
    )


def _best_scores(match: Match) -> Ints:
    """(L,) best score each learner gets, −1 for nobody."""
    best = np.full(len(match.roster.learners), -1, np.int64)
    edges = match.assignment.edges
    np.maximum.at(best, match.problem.learner[edges], match.problem.score[edges])
    return best


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


def _wishes(match: Match, *, first_only: bool) -> Share:
    """Learners who asked for somebody, and how many of them got the first (or any) of them."""
    partners: dict[str, set[str]] = {}
    for learner_id, adviser_id in match.pair_ids:
        partners.setdefault(learner_id, set()).add(adviser_id)
    asking = [person for at in match.roster.learners if (person := match.roster.people[at]).asks]
    got = [
        person
        for person in asking
        if partners.get(person.id, set()).intersection(person.asks[: 1 if first_only else None])
    ]
    return Share(len(got), len(asking))


def _envy(match: Match) -> int:
    """Justified envy: the pair scores above what the learner has and the adviser could do it."""
    problem, edges = match.problem, match.assignment.edges
    own = _best_scores(match)
    worst = np.full(len(match.roster.advisers), 10**6, np.int64)
    np.minimum.at(worst, problem.adviser[edges], problem.score[edges])
    used = np.bincount(problem.adviser[edges], minlength=len(worst))
    worst[used < match.roster.capacity] = -1
    better = problem.score > own[problem.learner]
    possible = problem.score > worst[problem.adviser]
    better[edges] = False
    return int((better & possible).sum())


def _left_out_before(match: Match, best: Ints) -> Share:
    before = np.array([match.roster.people[at].priority > 1 for at in match.roster.learners])
    return Share(int((before & (best >= 0)).sum()), int(before.sum()))


def _worst_off(match: Match, best: Ints, covered: Ints) -> tuple[str, ...]:
    order = covered[np.argsort(best[covered], kind="stable")][:5]
    return tuple(match.roster.learner(int(row)).id for row in order)
