"""A large programme: every learner's best few pairs, and how to find those that are missing.

The few are enough to solve with. Whether a pair outside them could matter is read off the prices:
each list says what no pair outside it can exceed. Only where that bound leaves a question are all
advisers looked at again, at the prices, and the list is made longer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from viceversa.matching.engine.people.facts import facts_of, rule_names
from viceversa.matching.engine.people.listing import (
    Listed,
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
from viceversa.matching.engine.solving.search import Prices, Proof
from viceversa.matching.engine.solving.weights import TIE_BITS

LENGTH = 32
TIGHT = 2  # lists are twice as long where more than one of so many places is asked for
MORE = 48  # pairs added to a list at a time
NEAR = 300  # points below the cutoff that are taken along
NEVER = -(1 << 61)
OUT_OF_REACH = 1 << 60  # a price that nobody pays, and a gain that nobody gives up
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
    length = min(max(_length(roster), int(roster.demand.max(initial=1)) + 1), len(roster.advisers))
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


def _length(roster: Roster) -> int:
    """Of short lists many learners would find every place taken, and prices would mean nothing."""
    return LENGTH * 2 if TIGHT * roster.demand.sum() > roster.capacity.sum() else LENGTH


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
    lists, roster = _lists(problem), problem.roster
    width = len(roster.advisers)
    known = problem.learner * width + problem.adviser
    more = np.sort(pairs[0] * width + pairs[1])
    more = more[np.diff(more, prepend=-1) > 0]
    more = more[~among(known, more)]
    parts, fine = parts_of(lists.facts, roster, more // width, more % width)
    score = weighted(parts, roster.settings.part_weights())
    more, at = more[fine], np.searchsorted(known, more[fine])
    before = problem.parts or {name: np.empty(0, np.int16) for name in parts}
    return replace(
        problem,
        learner=np.insert(problem.learner, at, more // width),
        adviser=np.insert(problem.adviser, at, more % width),
        score=np.insert(problem.score, at, score[fine]),
        parts={name: np.insert(before[name], at, part[fine]) for name, part in parts.items()},
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


def missing_pairs(problem: Problem, answer: Assignment, shown: Proof | None = None) -> Pairs:
    """Pairs outside the lists that a claim of the answer does not rule out; those of the last
    claim first, since its prices say best where lists are too short. ``shown``: a proof that is
    known to rule out all of them."""
    for claim in _claims(answer):
        if claim.proof is shown:
            continue
        found = missing_at(problem, answer.instance, claim)
        if found.gaining:
            return found.pairs
    none = np.empty(0, np.int64)
    return none, none


def _claims(answer: Assignment) -> Iterator[Claim]:
    """From the last to the first, and then why no higher floor is possible, if that is asked."""
    yield from reversed(answer.claims)
    if answer.refused is not None:
        yield answer.refused


@dataclass(frozen=True)
class Missing:
    """Pairs outside the lists: ``gaining`` of them are not ruled out, the others come near."""

    pairs: Pairs
    gaining: int


def missing_at(problem: Problem, instance: Instance, claim: Claim) -> Missing:
    """The pairs that the prices of a claim do not rule out; and with them, if there are any, those
    that come near, which prices a little different would ask for."""
    if not isinstance(claim.proof, Prices):
        pairs = _longer(problem)
        return Missing(pairs, len(pairs[0]))
    lists, width = _lists(problem), len(problem.roster.advisers)
    price = np.zeros(width, np.int64)
    for adviser, value in claim.proof.price:
        price[adviser] = value
    taken = np.bincount(instance.adviser[instance.pinned], minlength=width)
    price[(taken > 0) & (taken >= instance.capacity)] = OUT_OF_REACH
    cutoff = _cutoffs(instance, claim, price)
    rows = np.flatnonzero(lists.listed.cut_short & (_bounds(lists, instance, claim) > cutoff))
    length = MORE
    while True:
        found, rows = _beyond(problem, instance, claim, price, cutoff, rows, length)
        if found.gaining or not len(rows):
            return found
        length *= 2


def _beyond(
    problem: Problem,
    instance: Instance,
    claim: Claim,
    price: Ints,
    cutoff: Ints,
    rows: Ints,
    length: int,
) -> tuple[Missing, Ints]:
    """What is missing of so many best replies, and the rows of which all of them gain: there may
    be more behind them."""
    lists, width = _lists(problem), len(price)
    asked = [_question(claim, price, claim.threshold, length)]
    if claim.threshold and (instance.demand[rows] > 1).any():
        asked.append(_question(claim, price, 0, length))
    looks = list_advisers(lists.facts, lists.shelf, problem.roster, rows, asked)
    near = [
        _near(look, instance, claim, cutoff, look_for.floor)
        for look, look_for in zip(looks, asked, strict=True)
    ]
    row, column, gaining = (np.concatenate(part) for part in zip(*near, strict=True))
    new = ~among(problem.learner * width + problem.adviser, row * width + column)
    deep = np.zeros(len(rows), np.bool_)
    for look in looks:
        if length < width:
            deep |= (look.column[:, -1] >= 0) & (look.gain[:, -1] > cutoff[rows])
    return Missing((row[new], column[new]), int((new & gaining).sum())), rows[deep]


def _question(claim: Claim, price: Ints, floor: int, length: int) -> Question:
    weights = claim.weights
    return Question(
        length=min(length, len(price)),
        price=price,
        place=weights.places,
        point=weights.total,
        tie=weights.ties,
        floor=floor,
    )


def _near(
    look: Listed, instance: Instance, claim: Claim, cutoff: Ints, floor: int
) -> tuple[Ints, Ints, Bools]:
    """(row, column, gaining) of what gains more than the cutoff or nearly so. Below the floor
    only further places count."""
    bar = cutoff[look.rows][:, None]
    near = (look.column >= 0) & (look.gain > bar - claim.weights.total * NEAR)
    if floor < claim.threshold:
        near &= instance.demand[look.rows][:, None] > 1
    return np.repeat(look.rows, near.sum(axis=1)), look.column[near], (look.gain > bar)[near]


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


def _bounds(lists: Lists, instance: Instance, claim: Claim) -> Ints:
    """(L,) what no pair outside the first lists can gain, whatever the prices (never below 0)."""
    last, weights = lists.listed.gain[:, -1], claim.weights
    score, tie = last >> TIE_BITS, last & ((1 << TIE_BITS) - 1)
    bound = weights.places + weights.total * score + weights.ties * tie
    useless = (score < claim.threshold) & (instance.demand <= 1)
    return np.where(useless, NEVER, bound)


def _cutoffs(instance: Instance, claim: Claim, price: Ints) -> Ints:
    """(L,) a further pair changes what a learner could have only by gaining more than this."""
    weights, pinned = claim.weights, instance.pinned
    gain = weights.places + weights.total * instance.score - price[instance.adviser]
    if weights.ties:
        gain = gain + weights.ties * instance.tie(TIE_BITS, np.arange(len(gain)))
    gain[pinned] = OUT_OF_REACH
    free = instance.demand - np.bincount(instance.learner[pinned], minlength=instance.learners)
    covered = weights.coverage * instance.priority + weights.anyone
    high = instance.score >= claim.threshold
    best = np.where(free > 0, -covered, OUT_OF_REACH)
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
