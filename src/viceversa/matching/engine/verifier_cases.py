"""Checks a proof case by case: circulations, prices, impossible cases.

The nodes of a circulation, as certificates number them: 0 the root · 1… first units of learners ·
their further units · their units below the floor · advisers · and the gates: with stages, one
node per (learner, stage, below or at the floor), in that order; else, when one adviser must come
from another field, one per (learner, below or at the floor) for the learner's own field.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from viceversa.matching.engine.verifier_input import TIES, Given, Ints, must, tie
from viceversa.matching.engine.verifier_integer import solve_again

HIGHEST_PRICE = 2**52
Values = tuple[int, ...]


@dataclass(frozen=True)
class Case:
    """One case: its floor, the edges shut out, the learners whose first unit is compulsory."""

    given: Given
    floor: int
    shut: npt.NDArray[np.bool_] | None = None
    compulsory: frozenset[int] = frozenset()
    own_most: tuple[tuple[int, bool, int], ...] = ()  # learner, at the floor, units

    @property
    def high(self) -> npt.NDArray[np.bool_]:
        return self.given.score >= self.floor

    def without(self, edges: npt.NDArray[np.bool_]) -> Case:
        return replace(self, shut=edges if self.shut is None else self.shut | edges)


def best_values(
    proof: dict[str, Any], case: Case, objectives: Sequence[str], chosen: Ints
) -> Values:
    """The best values of all cases, or, for a proof without prices, of a search of our own.

    The latter leaves the ties out.
    """
    if "again" in proof:
        must(proof == {"again": True}, "a proof is not readable")
        return solve_again(case.given, case.floor, objectives)
    return best_of(proof, case, objectives, chosen)


def best_of(proof: dict[str, Any], case: Case, objectives: Sequence[str], chosen: Ints) -> Values:
    """The best values any circulation of the case has, each proved; () when there is none."""
    if "split" in proof:
        must(set(proof) == {"split", "cases"} and len(proof["cases"]) == 2, "a split is wrong")
        parts = _split(case, proof["split"])
        values = [
            best_of(part, half, objectives, chosen)
            for part, half in zip(proof["cases"], parts, strict=True)
        ]
        return max(values)
    if "stuck" in proof:
        must(set(proof) == {"stuck"}, "an impossible case is not readable")
        _check_stuck(case, proof["stuck"])
        return ()
    must(set(proof) == {"pairs", "levels"}, "a case is not readable")
    edges = chosen if proof["pairs"] is None else positions(case.given, proof["pairs"])
    return _check_levels(case, proof["levels"], objectives, edges)


def _split(case: Case, where: list[Any]) -> tuple[Case, Case]:
    """Both sides of a condition: together they hold every assignment of the case."""
    kind, learner, stage = where
    given = case.given
    own = given.learner == learner
    low, high = own & ~case.high, own & case.high
    if kind == "first":
        return replace(case, compulsory=case.compulsory | {int(learner)}), case.without(low)
    if kind == "own":
        return _split_own(case, int(learner), int(stage))
    must(kind == "side" and len(given.stage), "a split is of an unknown kind")
    there = given.stage[given.adviser] == stage
    return case.without(low & there), case.without(high & there)


def _split_own(case: Case, learner: int, units: int) -> tuple[Case, Case]:
    """Fewer than these units go to the own field at the floor, or at most the rest below it."""
    given = case.given
    known = len(given.own_field) and not len(given.stage) and 0 <= learner < len(given.demand)
    must(known and 0 < units < given.demand[learner], "a split by field is wrong")
    rest = int(given.demand[learner]) - 1 - units
    return (
        replace(case, own_most=(*case.own_most, (learner, True, units - 1))),
        replace(case, own_most=(*case.own_most, (learner, False, rest))),
    )


@dataclass(frozen=True)
class _Circulation:
    tail: Ints
    head: Ints
    lower: Ints
    upper: Ints
    nodes: int
    stages: int


def _circulation(case: Case) -> _Circulation:
    given = case.given
    learners, advisers = len(given.demand), len(given.capacity)
    i, j = np.arange(learners), np.arange(advisers)
    first, extra, low = 1 + i, 1 + learners + i, 1 + 2 * learners + i
    place = 1 + 3 * learners + j
    leaf = np.where(case.high, first[given.learner], low[given.learner])
    base = 1 + 3 * learners + advisers
    stage_tail, one, inside, group = _gates(case, leaf)
    start = leaf.copy()
    start[inside] = base + group
    must_have = np.zeros(learners, np.int64)
    must_have[list(case.compulsory)] = 1
    more = np.maximum(given.demand - 1, 0)
    allowed = np.ones(len(leaf), np.int64)
    if case.shut is not None:
        allowed[case.shut] = 0
    stage_head = base + np.arange(len(stage_tail))
    tail = (0 * i, 0 * i, extra, extra, stage_tail, start, place)
    head = (first, extra, first, low, stage_head, place[given.adviser], 0 * j)
    none = 0 * i
    lower = (must_have, none, none, none, 0 * one, given.pinned, given.minimum)
    upper = (np.minimum(given.demand, 1), more, more, more, one, allowed, given.capacity)
    ends = [np.concatenate(parts).astype(np.int64) for parts in (tail, head, lower, upper)]
    nodes = base + len(stage_tail)
    return _Circulation(ends[0], ends[1], ends[2], ends[3], nodes, len(stage_tail))


def _gates(case: Case, leaf: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Where each gate's arc starts and what it lets through; the edges behind gates, and which."""
    given = case.given
    if len(given.stage):
        inside = np.arange(len(leaf))
        keys = np.stack((given.learner, given.stage[given.adviser], case.high.astype(np.int64)))
        _, first, group = np.unique(keys, axis=1, return_index=True, return_inverse=True)
        return leaf[first], np.ones(len(first), np.int64), inside, group.reshape(-1)
    if not len(given.own_field):
        return leaf[:0], leaf[:0], leaf[:0], leaf[:0]
    inside = np.flatnonzero((given.own_field > 0) & (given.demand[given.learner] >= 2))
    key = 2 * given.learner[inside] + case.high[inside]
    gates, first, group = np.unique(key, return_index=True, return_inverse=True)
    most = given.demand[gates // 2] - 1
    for learner, at_floor, units in case.own_most:
        here = gates == 2 * learner + at_floor
        most[here] = np.minimum(most[here], units)
    return leaf[inside[first]], most, inside, group.reshape(-1)


def _flow(case: Case, graph: _Circulation, edges: Ints) -> Ints:
    """The circulation that the edges mean: above the floor first, one of them as first unit."""
    given = case.given
    count = len(given.demand)
    used = np.zeros(len(given.score), np.int64)
    used[edges] = 1
    high = np.bincount(given.learner[edges[case.high[edges]]], minlength=count)
    low = np.bincount(given.learner[edges[~case.high[edges]]], minlength=count)
    first = np.minimum(high, 1)
    taken = np.bincount(given.adviser[edges], minlength=len(given.capacity))
    *_, inside, group = _gates(case, given.learner)
    stages = np.bincount(group[used[inside] > 0], minlength=graph.stages)
    parts = (first, high - first + low, high - first, low, stages, used, taken)
    return np.concatenate(parts).astype(np.int64)


def _check_levels(
    case: Case, levels: list[dict[str, Any]], objectives: Sequence[str], edges: Ints
) -> Values:
    """Every objective is at its best among the circulations that are best for those before it."""
    must([level["objective"] for level in levels] == list(objectives), "an objective is missing")
    graph = _circulation(case)
    flow = _flow(case, graph, edges)
    lower, upper = graph.lower, graph.upper
    must(((flow >= lower) & (flow <= upper)).all(), "a case does not keep to its bounds")
    values = []
    for level in levels:
        must(set(level) == {"objective", "value", "prices"}, "a level is not readable")
        cost = _cost(case, level["objective"], len(graph.tail), graph.stages)
        prices = _prices(case, graph, level["prices"])
        gain = cost - prices[graph.tail] + prices[graph.head]
        must((flow == upper)[gain > 0].all(), f"{level['objective']} could be better")
        must((flow == lower)[gain < 0].all(), f"{level['objective']} could be better")
        must(int(flow @ cost) == level["value"], f"the value of {level['objective']} is wrong")
        lower, upper = np.where(gain > 0, upper, lower), np.where(gain < 0, lower, upper)
        values.append(int(level["value"]))
    return tuple(values)


def _cost(case: Case, objective: str, arcs: int, stages: int) -> Ints:
    given = case.given
    count, edges = len(given.demand), len(given.score)
    cost = np.zeros(arcs, np.int64)
    if objective == "coverage":
        cost[:count] = given.priority
    elif objective == "anyone":
        cost[:count] = 1
    elif objective == "places":
        cost[: 2 * count] = 1
    else:
        must(objective == "total" or objective in TIES, "an objective is unknown")
        start = 4 * count + stages
        values = given.score if objective == "total" else tie(given, objective)
        cost[start : start + edges] = values
    return cost


def _prices(case: Case, graph: _Circulation, named: dict[str, list[int]]) -> Ints:
    count, advisers = len(case.given.demand), len(case.given.capacity)
    lengths = {"first": count, "extra": count, "low": count}
    lengths |= {"adviser": advisers, "stage": graph.stages}
    must({name: len(named[name]) for name in named} == lengths, "prices are missing")
    prices = np.array([0, *(price for name in lengths for price in named[name])])
    must(prices.dtype == np.int64 and (abs(prices) < HIGHEST_PRICE).all(), "a price is wrong")
    return prices


def _check_stuck(case: Case, nodes: list[int]) -> None:
    """Hoffman: more is forced into the nodes than can leave them, so no circulation exists."""
    graph = _circulation(case)
    inside = np.zeros(graph.nodes, np.bool_)
    inside[nodes] = True
    entering = ~inside[graph.tail] & inside[graph.head]
    leaving = inside[graph.tail] & ~inside[graph.head]
    crossed = bool((graph.lower > graph.upper).any())
    forced = int(graph.lower[entering].sum()) > int(graph.upper[leaving].sum())
    must(forced or crossed, "a case is called impossible but is not")


def positions(given: Given, pairs: list[list[int]]) -> Ints:
    """Canonical positions of [learner, adviser] pairs, which must be sorted edges."""
    if not pairs:
        return np.empty(0, np.int64)
    wanted = np.asarray(pairs, np.int64)
    width = len(given.capacity) + 1
    keys = given.learner * width + given.adviser
    must((np.diff(keys) > 0).all(), "an edge is given twice")
    asked = wanted[:, 0] * width + wanted[:, 1]
    found = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
    must((keys[found] == asked).all(), "it names a pair that is not admissible")
    must((np.diff(found) > 0).all(), "its pairs are not in order")
    return found.astype(np.int64)
