"""All admissible pairs with their score parts: what the solver is given, and why pairs are out.

Learners are taken in blocks, so that memory stays near one block of tables plus the edges kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from viceversa.matching.engine.errors import BadInput
from viceversa.matching.engine.people.facts import rule_names
from viceversa.matching.engine.people.listing import Lists, judged, parts_of
from viceversa.matching.engine.people.participant import Participant
from viceversa.matching.engine.people.roster import (
    Roster,
    call_the_roll,
    codes,
    same_field,
)
from viceversa.matching.engine.people.rules import Rule
from viceversa.matching.engine.people.scoring import Part, weighted
from viceversa.matching.engine.people.settings import Settings
from viceversa.matching.engine.solving.instance import HIGHEST_SCORE, Bools, Ints

if TYPE_CHECKING:
    from viceversa.matching.engine.people.kernels.facts import Facts

BLOCK_CELLS = 1 << 20
Small = npt.NDArray[np.int16]
Progress = Callable[[str, float], None]
PairIds = tuple[str, str]


@dataclass(frozen=True)
class Problem:
    """E edges by learner row and adviser column, sorted; parts (E,) each and score (E,).

    ``removed``, by the rules' own names (``words.public_counts`` before anybody sees it), counts
    per rule the pairs it removed first; ``removed_of_learner`` (rules, L) and
    ``removed_of_adviser`` (rules, A) the same per person.
    """

    roster: Roster
    rules: tuple[Rule, ...]
    learner: Ints
    adviser: Ints
    score: Ints
    parts: dict[str, Small] = field(repr=False)
    removed: dict[str, int] = field(repr=False)
    removed_of_learner: Ints = field(repr=False)
    removed_of_adviser: Ints = field(repr=False)
    made: tuple[Part, ...] = field(default=(), repr=False)  # to be used again after a change
    lists: Lists | None = field(default=None, repr=False)  # of a large programme: not all pairs
    standing: tuple[PairIds, ...] = field(default=(), repr=False)
    favour: int = 0  # points that a standing pair counts for beside its score, in the total

    def edge(self, row: int, column: int) -> int | None:
        """Position of the edge of a pair, or None when a rule forbids it."""
        start, end = np.searchsorted(self.learner, [row, row + 1])
        at = start + int(np.searchsorted(self.adviser[start:end], column))
        return int(at) if at < end and self.adviser[at] == column else None

    def edges_of_learner(self, row: int) -> Ints:
        """Positions of the edges of one learner, by adviser."""
        return np.arange(*np.searchsorted(self.learner, [row, row + 1]))

    def edges_of_adviser(self, column: int) -> Ints:
        """Positions of the edges of one adviser, by learner."""
        start, edges = self._by_adviser
        return edges[start[column] : start[column + 1]]

    @cached_property
    def _by_adviser(self) -> tuple[Ints, Ints]:
        edges = np.argsort(self.adviser, kind="stable")
        advisers = np.arange(len(self.roster.advisers) + 1)
        return np.searchsorted(self.adviser[edges], advisers), edges

    @property
    def shape(self) -> tuple[int, int]:
        """How many learners and advisers."""
        return len(self.roster.learners), len(self.roster.advisers)

    @property
    def admissible(self) -> int:
        """How many pairs no rule forbids, on a list or not."""
        return len(self.learner) if self.lists is None else int(self.lists.listed.found.sum())

    def reweighted(self, settings: Settings) -> Problem:
        """The same pairs and parts under other weights."""
        roster = replace(self.roster, settings=settings)
        score = weighted(self.parts, settings.part_weights())
        return replace(self, roster=roster, score=score)

    def favouring(self, standing: Iterable[PairIds], points: int) -> Problem:
        """Within the total, each of these pairs counts for so many points more than its score."""
        return replace(self, standing=tuple(standing), favour=points)


def collect(
    roster: Roster,
    rules: tuple[Rule, ...],
    parts: tuple[Part, ...],
    progress: Progress | None = None,
    facts: Facts | None = None,
) -> Problem:
    """Every pair that no rule forbids, with its parts, block after block.

    With ``facts`` rules and parts come from compiled loops, else from tables; they are the same.
    """
    if not len(roster.learners) or not len(roster.advisers):
        raise BadInput("There must be at least one learner and one adviser.")
    found = _Collected(len(rules), len(roster.learners), len(roster.advisers), parts)
    for rows in _blocks(len(roster.learners), len(roster.advisers)):
        if facts is None:
            found.add(rows, rules, parts)
        else:
            found.add_compiled(rows, rules, facts, roster)
        if progress:
            progress("candidates", (int(rows[-1]) + 1) / len(roster.learners))
    return found.problem(roster, rules, parts)


def problem_from_pairs(
    people: Iterable[Participant],
    settings: Settings,
    pairs: Sequence[tuple[str, str, int]],
) -> Problem:
    """A problem whose (learner id, adviser id, score) pairs were worked out elsewhere."""
    roster = call_the_roll(people, settings)
    found: dict[tuple[int, int], int] = {}
    for learner, adviser, score in pairs:
        row, column = roster.row(learner), roster.column(adviser)
        if row is None or column is None:
            raise BadInput(f"The pair of {learner} and {adviser} leads to nobody in that role.")
        if (row, column) in found:
            raise BadInput(f"The pair of {learner} and {adviser} is given more than once.")
        found[row, column] = score
    ends = np.array(sorted(found), np.int64).reshape(-1, 2)
    scores = np.array([found[pair] for pair in sorted(found)], np.int64)
    if len(scores) and not (scores.min() >= 0 and scores.max() <= HIGHEST_SCORE):
        raise BadInput(f"A score must be from 0 to {HIGHEST_SCORE:,}.")
    return Problem(
        roster=roster,
        rules=(),
        learner=ends[:, 0],
        adviser=ends[:, 1],
        score=scores,
        parts={},
        removed={},
        removed_of_learner=np.zeros((0, len(roster.learners)), np.int64),
        removed_of_adviser=np.zeros((0, len(roster.advisers)), np.int64),
    )


def career_stages(roster: Roster) -> Ints | None:
    """(A,) stage numbers when stages must differ; advisers without a stage are all different."""
    if not roster.settings.places.different_stages:
        return None
    stage = codes(roster.people, lambda person: person.stage)[roster.advisers]
    own = stage.max(initial=0) + 1 + np.arange(len(stage))
    return np.where(stage > 0, stage, own)


def own_field(problem: Problem) -> Bools | None:
    """(E,) pairs inside one field (where a field is not known, one unit), when it matters."""
    roster = problem.roster
    if not roster.settings.places.one_other_field:
        return None
    one, other = roster.learners[problem.learner], roster.advisers[problem.adviser]
    return same_field(roster, one, other)


def _blocks(learners: int, advisers: int) -> Iterator[Ints]:
    size = max(1, BLOCK_CELLS // max(advisers, 1))
    for start in range(0, learners, size):
        yield np.arange(start, min(start + size, learners), dtype=np.int64)


def collect_row(problem: Problem, row: int) -> Problem:
    """The problem of one learner's pairs alone, other learners having none."""
    rules = problem.rules
    found = _Collected(len(rules), *problem.shape, problem.made)
    found.add(np.array([row], np.int64), rules, problem.made)
    return found.problem(problem.roster, rules, problem.made)


class _Collected:
    """Edges and counts, block after block."""

    def __init__(self, rules: int, learners: int, advisers: int, parts: Sequence[Part]) -> None:
        self.learner: list[Ints] = []
        self.adviser: list[Ints] = []
        self.parts: dict[str, list[Small]] = {part.name: [] for part in parts}
        self.of_learner = np.zeros((rules, learners), np.int64)
        self.of_adviser = np.zeros((rules, advisers), np.int64)

    def add(self, rows: Ints, rules: Sequence[Rule], parts: Sequence[Part]) -> None:
        open_pairs = np.ones((len(rows), self.of_adviser.shape[1]), np.bool_)
        for at, rule in enumerate(rules):
            hit = open_pairs & rule.forbids(rows)
            open_pairs &= ~hit
            self.of_learner[at, rows] = hit.sum(axis=1)
            self.of_adviser[at] += hit.sum(axis=0)
        near, column = np.nonzero(open_pairs)
        self.learner.append(rows[near])
        self.adviser.append(column.astype(np.int64))
        for part in parts:
            table = part.values(rows)
            self.parts[part.name].append(table[near, column].astype(np.int16))

    def add_compiled(self, rows: Ints, rules: Sequence[Rule], facts: Facts, roster: Roster) -> None:
        verdict = judged(facts, roster, rows)
        number = {name: at for at, name in enumerate(rule_names(roster))}
        for at, rule in enumerate(rules):
            hit = verdict == number[rule.name]
            self.of_learner[at, rows] = hit.sum(axis=1)
            self.of_adviser[at] += hit.sum(axis=0)
        near, column = np.nonzero(verdict < 0)
        self.learner.append(rows[near])
        self.adviser.append(column.astype(np.int64))
        parts, _ = parts_of(facts, roster, rows[near], column)
        for name, values in self.parts.items():
            values.append(parts[name].astype(np.int16))

    def problem(self, roster: Roster, rules: tuple[Rule, ...], made: tuple[Part, ...]) -> Problem:
        parts = {name: np.concatenate(values) for name, values in self.parts.items()}
        totals: Mapping[str, int] = {
            rule.name: int(count)
            for rule, count in zip(rules, self.of_learner.sum(axis=1), strict=True)
        }
        return Problem(
            roster=roster,
            rules=rules,
            learner=np.concatenate(self.learner),
            adviser=np.concatenate(self.adviser),
            score=weighted(parts, roster.settings.part_weights()),
            parts=parts,
            removed=dict(totals),
            removed_of_learner=self.of_learner,
            removed_of_adviser=self.of_adviser,
            made=made,
        )
