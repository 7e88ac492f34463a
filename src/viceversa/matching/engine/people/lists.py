"""A large programme: every learner's best few pairs, and how to find those that are missing.

The few are enough to solve with. Whether a pair outside them could matter is read off the prices:
each list says what no pair outside it can exceed. Only where that bound leaves a question are all
advisers looked at again, at the prices, and the list is made longer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from viceversa.matching.engine.people.facts import facts_of, rule_names
from viceversa.matching.engine.people.listing import (
    Lists,
    Question,
    list_advisers,
    nothing_listed,
    parts_of,
)
from viceversa.matching.engine.people.problem import Problem, Progress
from viceversa.matching.engine.people.roster import Roster
from viceversa.matching.engine.people.rules import hard_rules
from viceversa.matching.engine.people.scoring import weighted
from viceversa.matching.engine.people.shelf import shelf_of
from viceversa.matching.engine.solving.assignment import Assignment
from viceversa.matching.engine.solving.claims import Claim
from viceversa.matching.engine.solving.instance import Bools, Instance, Ints
from viceversa.matching.engine.solving.search import Prices
from viceversa.matching.engine.solving.weights import TIE_BITS

LENGTH = 32
MORE = 48  # pairs added to a list at a time
NEAR = 300  # points below the cutoff that are taken along
MANY = 1 << 40
NEVER = -(1 << 61)
Pairs = tuple[Ints, Ints]  # rows and columns


def list_problem(
    roster: Roster, forbidden: Iterable[tuple[str, str]], progress: Progress | None = None
) -> Problem:
    """The best pairs of everybody, with what each rule removed from all pairs."""

    def tell(share: float) -> None:
        if progress:
            progress("candidates", share)

    problem = unlisted_problem(roster, forbidden)
    lists = _lists(problem)
    length = min(max(LENGTH, int(roster.demand.max(initial=1)) + 1), len(roster.advisers))
    rows, questions = np.arange(len(roster.learners)), [Question(length)]
    (listed,) = list_advisers(lists.facts, lists.shelf, roster, rows, questions, tell=tell)
    names = rule_names(roster)
    totals = dict(zip(names, listed.removed.sum(axis=0).tolist(), strict=True))
    counted = replace(
        problem,
        removed={rule.name: totals[rule.name] for rule in problem.rules},
        removed_of_learner=listed.removed.T[[names.index(rule.name) for rule in problem.rules]],
        lists=replace(lists, listed=listed),
    )
    row, column, _ = listed.pairs()
    return with_pairs(counted, (row, column))


def unlisted_problem(roster: Roster, forbidden: Iterable[tuple[str, str]]) -> Problem:
    """The facts about everybody, and no pairs yet."""
    ruled_out = tuple(forbidden)
    facts, rules = facts_of(roster, ruled_out), hard_rules(roster, ruled_out)
    none = np.empty(0, np.int64)
    return Problem(
        roster=roster,
        rules=rules,
        learner=none,
        adviser=none,
        score=none,
        parts={},
        removed={},
        removed_of_learner=np.zeros((len(rules), len(roster.learners)), np.int64),
        removed_of_adviser=np.zeros((len(rules), len(roster.advisers)), np.int64),
        lists=Lists(facts, shelf_of(facts), nothing_listed(roster)),
    )


def with_pairs(problem: Problem, pairs: Pairs) -> Problem:
    """The problem with more admissible pairs on its lists; others are passed over."""
    lists = _lists(problem)
    width = len(problem.roster.advisers)
    known = problem.learner * width + problem.adviser
    more = np.sort(pairs[0] * width + pairs[1])
    keys = np.sort(np.concatenate((known, more[~among(known, more)])))
    keys = keys[np.append(True, keys[1:] != keys[:-1])] if len(keys) else keys
    row, column = keys // width, keys % width
    parts, fine = parts_of(lists.facts, problem.roster, row, column)
    score = weighted(parts, problem.roster.settings.part_weights())
    return replace(
        problem,
        learner=row[fine],
        adviser=column[fine],
        score=score[fine],
        parts={name: part[fine].astype(np.int16) for name, part in parts.items()},
    )


def among(known: Ints, keys: Ints) -> Bools:
    """Which keys are among the known ones, which ascend."""
    if not len(known):
        return np.zeros(len(keys), np.bool_)
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    return np.asarray(known[at] == keys)


def _lists(problem: Problem) -> Lists:
    if problem.lists is None:
        raise TypeError("This problem holds all of its pairs.")
    return problem.lists


def missing_pairs(problem: Problem, answer: Assignment) -> Pairs:
    """Pairs outside the lists that a claim of the answer does not rule out; those of the last
    claim first, since its prices say best where lists are too short."""
    for claim in _claims(answer):
        if not isinstance(claim.proof, Prices):
            return _longer(problem)
        found = _missing(problem, answer.instance, claim)
        if len(found[0]):
            return found
    none = np.empty(0, np.int64)
    return none, none


def _claims(answer: Assignment) -> Iterator[Claim]:
    """From the last to the first, and then why no higher floor is possible, if that is asked."""
    yield from reversed(answer.claims)
    if answer.refused is not None:
        yield answer.refused


def _longer(problem: Problem) -> Pairs:
    """Where prices alone prove nothing: twice the pairs for all whose list is cut short."""
    count = np.bincount(problem.learner, minlength=len(problem.roster.learners))
    listed = _lists(problem).listed
    short = np.flatnonzero(listed.found > count)
    if not len(short):
        return short, short
    twice = min(2 * int(count[short].max()), len(problem.roster.advisers))
    lists = _lists(problem)
    asked = [Question(twice)]
    (found,) = list_advisers(lists.facts, lists.shelf, problem.roster, short, asked)
    row, column, _ = found.pairs()
    return row, column


def _missing(problem: Problem, instance: Instance, claim: Claim) -> Pairs:
    lists = _lists(problem)
    price = np.zeros(len(problem.roster.advisers), np.int64)
    for adviser, value in claim.proof.price if isinstance(claim.proof, Prices) else ():
        price[adviser] = value
    cutoff = _cutoffs(instance, claim, price)
    rows = np.flatnonzero(lists.listed.cut_short & (_bounds(lists, instance, claim) > cutoff))
    found = [_better(problem, claim, price, rows, claim.threshold, cutoff)]
    several = rows[instance.demand[rows] > 1]
    if claim.threshold:
        found.append(_better(problem, claim, price, several, 0, cutoff))
    return np.concatenate([row for row, _ in found]), np.concatenate([c for _, c in found])


def _better(
    problem: Problem, claim: Claim, price: Ints, rows: Ints, floor: int, cutoff: Ints
) -> Pairs:
    """Pairs that gain more than the cutoff at the prices and are not on the lists, if there are
    any; and with them those that come near, which prices a little different would ask for."""
    weights = claim.weights
    lists = _lists(problem)
    asked = Question(
        length=min(MORE, len(price)),
        price=price,
        place=weights.places,
        point=weights.total,
        tie=weights.ties,
        floor=floor,
    )
    (listed,) = list_advisers(lists.facts, lists.shelf, problem.roster, rows, [asked])
    bar = cutoff[rows][:, None]
    near = (listed.column >= 0) & (listed.gain > bar - weights.total * NEAR)
    row, column = np.repeat(rows, near.sum(axis=1)), listed.column[near]
    width = len(price)
    new = ~among(problem.learner * width + problem.adviser, row * width + column)
    if not (new & (listed.gain > bar)[near]).any():
        return row[:0], column[:0]
    return row[new], column[new]


def _bounds(lists: Lists, instance: Instance, claim: Claim) -> Ints:
    """(L,) what no pair outside the first lists can gain, whatever the prices (never below 0)."""
    last, weights = lists.listed.gain[:, -1], claim.weights
    score, tie = last >> TIE_BITS, last & ((1 << TIE_BITS) - 1)
    bound = weights.places + weights.total * score + weights.ties * tie
    useless = (score < claim.threshold) & (instance.demand <= 1)
    return np.where(useless, NEVER, bound)


def _cutoffs(instance: Instance, claim: Claim, price: Ints) -> Ints:
    """(L,) a further pair changes what a learner could have only by gaining more than this."""
    weights = claim.weights
    gain = weights.places + weights.total * instance.score - price[instance.adviser]
    if weights.ties:
        gain = gain + weights.ties * instance.tie(TIE_BITS, np.arange(len(gain)))
    covered = weights.coverage * instance.priority + weights.anyone
    high = instance.score >= claim.threshold
    best = np.where(instance.demand > 0, -covered, MANY)
    np.maximum.at(best, instance.learner[high], gain[high])
    return np.where(instance.demand > 1, np.minimum(best, _last_place(instance, gain)), best)


def _last_place(instance: Instance, gain: Ints) -> Ints:
    """(L,) the gain of the last of a learner's best pairs, as many as there are places; or 0."""
    order = np.lexsort((-gain, instance.learner))
    start = np.searchsorted(instance.learner, np.arange(instance.learners + 1))
    at = start[:-1] + instance.demand - 1
    there = (at < start[1:]) & (instance.demand > 0)
    last = np.zeros(instance.learners, np.int64)
    last[there] = gain[order[at[there]]]
    return np.maximum(last, 0)
