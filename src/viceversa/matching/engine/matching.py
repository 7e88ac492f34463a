"""``match_people``: people and settings in, the best partnerships with their reasons out.

candidates (every admissible pair, scored) → assign (the best of them, proved) → ``Match``, which
the functions in ``explaining`` ask their questions of.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from time import perf_counter

import numpy as np

from viceversa.matching.engine.arrays import arrays_of
from viceversa.matching.engine.errors import Infeasible
from viceversa.matching.engine.naming import NamedInfeasible, named
from viceversa.matching.engine.pairs import Pair, pairs_at
from viceversa.matching.engine.people.altered import with_settings
from viceversa.matching.engine.people.building import build_problem
from viceversa.matching.engine.people.columns import People
from viceversa.matching.engine.people.participant import Participant
from viceversa.matching.engine.people.problem import (
    Problem,
    Progress,
    own_field,
)
from viceversa.matching.engine.people.roster import Roster
from viceversa.matching.engine.people.settings import Settings
from viceversa.matching.engine.rounds import solve_on_lists
from viceversa.matching.engine.solving.assignment import Assignment
from viceversa.matching.engine.solving.instance import Bools
from viceversa.matching.engine.solving.solver import assign

__all__ = ["Match", "NamedInfeasible", "PairIds", "match_people", "solve_problem"]
PairIds = tuple[str, str]
Everyone = tuple[Participant, ...] | People


@dataclass(frozen=True)
class Match:
    """A solved programme. Ask ``explaining`` why; the same input always gives the same match."""

    problem: Problem
    assignment: Assignment
    pins: tuple[PairIds, ...]
    forbidden: tuple[PairIds, ...]
    seconds: dict[str, float] = field(compare=False)

    @property
    def settings(self) -> Settings:
        return self.problem.roster.settings

    @property
    def roster(self) -> Roster:
        return self.problem.roster

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """The partnerships, by learner id and then from the best score down."""
        found = pairs_at(self.problem, self.assignment.edges, self.pins)
        return tuple(sorted(found, key=lambda p: (p.learner_id, -p.score, p.adviser_id)))

    @cached_property
    def pair_ids(self) -> frozenset[PairIds]:
        return frozenset((pair.learner_id, pair.adviser_id) for pair in self.pairs)

    @cached_property
    def unmatched(self) -> tuple[tuple[str, str], ...]:
        """(person id, role) of learners without any adviser and advisers without any learner."""
        edges, problem = self.assignment.edges, self.problem
        rows = np.setdiff1d(np.flatnonzero(self.roster.demand), problem.learner[edges])
        columns = np.setdiff1d(np.flatnonzero(self.roster.capacity), problem.adviser[edges])
        ids, roster = self.roster.columns.ids, self.roster
        learners = [(ids[at], "learner") for at in roster.learners[rows].tolist()]
        return (*learners, *((ids[at], "adviser") for at in roster.advisers[columns].tolist()))

    @cached_property
    def unmatched_set(self) -> frozenset[tuple[str, str]]:
        return frozenset(self.unmatched)

    @cached_property
    def all_met(self) -> bool:
        """Has every learner as many advisers as asked for?"""
        return self.assignment.places == int(self.roster.demand.sum())

    @cached_property
    def kept_places(self) -> Bools:
        """(E,) pairs of one field whose learner has a place left, but for another field only."""
        problem, demand = self.problem, self.roster.demand
        near, edges = own_field(problem), self.assignment.edges
        if near is None:
            return np.zeros(len(problem.learner), np.bool_)
        used = np.bincount(problem.learner[edges], minlength=len(demand))
        own = np.bincount(problem.learner[edges[near[edges]]], minlength=len(demand))
        full = (demand > 1) & (used < demand) & (own >= demand - 1)
        return np.asarray(near & full[problem.learner])

    def pair_at(self, edge: int) -> Pair:
        """One admissible pair of the problem, chosen or not."""
        return pairs_at(self.problem, np.array([edge]), self.pins)[0]


def match_people(
    people: Iterable[Participant],
    settings: Settings,
    *,
    pins: Sequence[PairIds] = (),
    forbidden: Sequence[PairIds] = (),
    warm: Match | None = None,
    progress: Progress | None = None,
) -> Match:
    """The best match of all admissible pairs.

    ``pins`` and ``forbidden`` are (learner id, adviser id). ``warm`` is an earlier match of the
    same people: its candidates are used again when only weights, places, order or pins changed.
    ``progress(phase, share)`` is told how far each phase is. Raises BadInput and Infeasible.
    """
    began = perf_counter()
    everyone = people if isinstance(people, People) else tuple(people)
    problem = _candidates(everyone, settings, tuple(forbidden), warm, progress)
    built = perf_counter()
    match = solve_problem(problem, pins=pins, forbidden=forbidden, progress=progress)
    match.seconds["candidates"] = built - began
    return match


def solve_problem(
    problem: Problem,
    *,
    pins: Sequence[PairIds] = (),
    forbidden: Sequence[PairIds] = (),
    progress: Progress | None = None,
) -> Match:
    """The best match of a problem whose forbidden pairs have been removed already."""
    began = perf_counter()
    if progress:
        progress("assignment", 0.0)
    try:
        problem, assignment = _solved(problem, pins, progress)
    except Infeasible as reason:
        raise named(reason, problem.roster) from reason
    if progress:
        progress("assignment", 1.0)
    seconds = {"assignment": perf_counter() - began}
    return Match(problem, assignment, tuple(pins), tuple(forbidden), seconds)


def _solved(
    problem: Problem, pins: Sequence[PairIds], progress: Progress | None
) -> tuple[Problem, Assignment]:
    if problem.lists is None:
        return problem, assign(**arrays_of(problem, pins))
    return solve_on_lists(problem, pins, progress)


def _candidates(
    people: Everyone,
    settings: Settings,
    forbidden: tuple[PairIds, ...],
    warm: Match | None,
    progress: Progress | None,
) -> Problem:
    if warm and warm.problem.lists is not None:
        warm = None  # lists are made for one set of weights and rules
    if warm and _same_candidates(warm, people, settings, forbidden):
        return warm.problem.reweighted(settings)
    if warm and _same_facts(warm, people, settings):
        return with_settings(warm.problem, settings, forbidden, progress)
    return build_problem(people, settings, forbidden=forbidden, progress=progress)


def _same_candidates(
    warm: Match,
    people: Everyone,
    settings: Settings,
    forbidden: tuple[PairIds, ...],
) -> bool:
    """Would every pair, rule and part come out the same?"""
    before = warm.settings
    neutral = replace(
        settings, weights=before.weights, order=before.order, attributes=before.attributes
    )
    parts_known = _weighted(settings) <= set(warm.problem.parts)
    insisting = {name: rule.insist for name, rule in settings.attributes.items()}
    preferring = {name: rule.prefer for name, rule in settings.attributes.items()}
    return (
        neutral == before
        and parts_known
        and insisting == {name: rule.insist for name, rule in before.attributes.items()}
        and preferring == {name: rule.prefer for name, rule in before.attributes.items()}
        and set(forbidden) == set(warm.forbidden)
        and _by_id(people) == warm.roster.people
    )


def _same_facts(warm: Match, people: Everyone, settings: Settings) -> bool:
    """Are the people and the day those that the earlier roster and parts were made of?"""
    made = warm.problem.made
    same_day = settings.reference_date == warm.settings.reference_date
    return bool(made) and same_day and _by_id(people) == warm.roster.people


def _by_id(people: Everyone) -> Everyone:
    if isinstance(people, People):
        return people
    return tuple(sorted(people, key=lambda person: person.id))


def _weighted(settings: Settings) -> set[str]:
    return {name for name, weight in settings.part_weights().items() if weight}
