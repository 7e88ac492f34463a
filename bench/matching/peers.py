"""The peers, each in its best known use, as functions from an instance to chosen edges.

All seek the same: as many places as possible, and among those the highest total. The functions
import their packages themselves, because the peers live in an environment of their own.
OpenReview's matcher is not among them: it cannot be installed as a package by name.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from bench.matching.generate import Instance
from bench.matching.population import Ints

# A bonus for each place, ten times the largest score. It must outweigh what one more place can
# cost the others; the bench compares places of all exact solvers, so a bonus too small shows.
BONUS = 100_010
# For those that compute in floating point or in Python's own integers a greater one costs nothing.
GREAT_BONUS = 10_000_000
SCARCE = 1.5  # places of advisers for each place wanted


def ortools_documented(given: Instance) -> Ints:
    """As the guide's page on assignment as a flow: source, sink, supplies, `solve`.

    A bypass from source to sink takes what cannot be placed.
    """
    from ortools.graph.python import min_cost_flow

    learners, advisers, edges = _sizes(given)
    source, sink, wanted = learners + advisers, learners + advisers + 1, int(given.demand.sum())
    flow = min_cost_flow.SimpleMinCostFlow()
    every, each = np.arange(learners), learners + np.arange(advisers)
    flow.add_arcs_with_capacity_and_unit_cost(
        np.concatenate([given.learner, np.full(learners, source), each, [source]]),
        np.concatenate([given.adviser + learners, every, np.full(advisers, sink), [sink]]),
        np.concatenate([np.ones(edges, np.int64), given.demand, given.capacity, [wanted]]),
        np.concatenate([-given.score, np.zeros(learners + advisers, np.int64), [BONUS]]),
    )
    flow.set_nodes_supplies(np.array([source, sink]), np.array([wanted, -wanted]))
    _insist(flow.solve() == flow.OPTIMAL, "OR-Tools found no optimum")
    return np.flatnonzero(flow.flows(np.arange(edges)))


def ortools_best(given: Instance) -> Ints:
    """Supplies at the people themselves, so that pairs are the only arcs; most flow first.

    Where advisers are scarce the flow goes from them to the learners, which is a little quicker.
    """
    from ortools.graph.python import min_cost_flow

    learners, advisers, edges = _sizes(given)
    flow = min_cost_flow.SimpleMinCostFlow()
    ends, way = (given.learner, given.adviser + learners), 1
    if given.capacity.sum() < SCARCE * given.demand.sum():
        ends, way = ends[::-1], -1
    flow.add_arcs_with_capacity_and_unit_cost(*ends, np.ones(edges, np.int64), -given.score)
    flow.set_nodes_supplies(np.arange(learners), way * given.demand)
    flow.set_nodes_supplies(learners + np.arange(advisers), -way * given.capacity)
    _insist(flow.solve_max_flow_with_min_cost() == flow.OPTIMAL, "OR-Tools found no optimum")
    return np.flatnonzero(flow.flows(np.arange(edges)))


def scipy_bipartite(given: Instance) -> Ints:
    """A full matching of the learners, each with a column of their own for staying without."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    learners, advisers, _ = _sizes(given)
    own = np.arange(learners)
    table = csr_array(
        (
            np.concatenate([10_001.0 - given.score, np.full(learners, float(GREAT_BONUS))]),
            (
                np.concatenate([given.learner, own]),
                np.concatenate([given.adviser, own + advisers]),
            ),
        ),
        shape=(learners, advisers + learners),
    )
    row, column = min_weight_full_bipartite_matching(table)
    return _edges_of(given, row, column)


def highs(given: Instance) -> Ints:
    """The linear programme over the pairs; its corners are whole numbers."""
    import highspy

    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.passModel(_programme(highspy, given))
    model.run()
    _insist(model.getModelStatus() == highspy.HighsModelStatus.kOptimal, "HiGHS found no optimum")
    taken = np.array(model.getSolution().col_value)
    _insist(bool(np.all(np.abs(taken - np.rint(taken)) < 1e-6)), "HiGHS split a pair")
    return np.flatnonzero(taken > 0.5)


def _programme(highspy: Any, given: Instance) -> Any:
    learners, advisers, edges = _sizes(given)
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = edges, learners + advisers
    lp.sense_ = highspy.ObjSense.kMaximize
    lp.col_cost_ = given.score.astype(np.float64) + BONUS
    lp.col_lower_, lp.col_upper_ = np.zeros(edges), np.ones(edges)
    lp.row_lower_ = np.zeros(learners + advisers)
    lp.row_upper_ = np.concatenate([given.demand, given.capacity]).astype(np.float64)
    lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    lp.a_matrix_.start_ = np.arange(0, 2 * edges + 1, 2, dtype=np.int32)
    ends = np.stack([given.learner, given.adviser + learners], axis=1)
    lp.a_matrix_.index_ = ends.ravel().astype(np.int32)
    lp.a_matrix_.value_ = np.ones(2 * edges)
    return lp


def mentor_match(given: Instance) -> Ints:
    """Its own people, rules and matrix; two rules tell it our pairs and their scores."""
    from matching.mentee import Mentee
    from matching.mentor import Mentor
    from matching.process import process_data
    from matching.rules.rule import Disqualify, Rule

    pairs = list(zip(given.learner.tolist(), given.adviser.tolist(), strict=True))
    worth = dict(zip(pairs, (given.score + BONUS).tolist(), strict=True))

    def pair(match: Any) -> tuple[int, int]:
        return int(match.mentee.role), int(match.mentor.role)

    class Score(Rule):
        def evaluate(self, match: Any) -> bool:
            return pair(match) in worth

        def apply(self, match: Any) -> int:
            return worth[pair(match)]

    learners, advisers, _ = _sizes(given)
    mentees = [Mentee(grade=1, role=at, email=f"l{at}") for at in range(learners)]
    mentors = [Mentor(grade=1, role=at, email=f"a{at}") for at in range(advisers)]
    process_data(mentors, mentees, [[Score(), Disqualify(lambda match: pair(match) not in worth)]])
    found = [(mentee.role, mentor.role) for mentee in mentees for mentor in mentee.mentors]
    ends = np.array(found, np.int64).reshape(-1, 2)
    return _edges_of(given, ends[:, 0], ends[:, 1])


def greedy(given: Instance) -> Ints:
    """From the best score down, whatever still fits. Not exact."""
    order = np.argsort(-given.score.astype(np.int64), kind="stable")
    wanted, free = given.demand.tolist(), given.capacity.tolist()
    learner, adviser = given.learner[order].tolist(), given.adviser[order].tolist()
    taken = []
    for at, (row, column) in enumerate(zip(learner, adviser, strict=True)):
        if wanted[row] and free[column]:
            wanted[row] -= 1
            free[column] -= 1
            taken.append(at)
    return np.sort(order[np.array(taken, np.int64)])


def _sizes(given: Instance) -> tuple[int, int, int]:
    return len(given.demand), len(given.capacity), len(given.score)


def _edges_of(given: Instance, row: Ints, column: Ints) -> Ints:
    """The positions of the pairs among the edges; pairs that are no edge are left out."""
    advisers = len(given.capacity)
    key = given.learner.astype(np.int64) * advisers + given.adviser
    order = np.argsort(key)
    real = column < advisers
    asked = row[real].astype(np.int64) * advisers + column[real]
    place = np.minimum(np.searchsorted(key, asked, sorter=order), len(key) - 1)
    return np.sort(order[place[key[order[place]] == asked]])


def _insist(right: bool, sentence: str) -> None:
    if not right:
        raise RuntimeError(f"{sentence}.")
