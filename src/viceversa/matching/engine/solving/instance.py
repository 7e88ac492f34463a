"""The assignment problem as checked arrays, in one canonical order.

Everything after this module works on an ``Instance``: edges sorted by learner, then adviser, so
that the order in which they were given can never change the answer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from viceversa.matching.engine.errors import BadInput

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
ArrayLike = npt.ArrayLike

OBJECTIVES = ("coverage", "floor", "places", "total")
HIGHEST_SCORE = 10_000
HIGHEST_COUNT = 1_000_000
HIGHEST_WORTH = 1 << 48


@dataclass(frozen=True)
class Instance:
    """L learners, A advisers and E edges; every array int64 and read-only by convention."""

    demand: Ints
    capacity: Ints
    learner: Ints
    adviser: Ints
    score: Ints
    order: tuple[str, ...]
    stage: Ints  # empty when advisers of one learner may share a stage
    minimum: Ints
    pinned: Bools
    priority: Ints
    given: Ints  # position of each edge in the arrays as they were given
    own_field: Bools  # (E,) inside the learner's own field; empty when fields do not matter
    worth: Ints  # (E,) what each edge counts for in the total: its score, unless told otherwise

    @property
    def learners(self) -> int:
        return len(self.demand)

    @property
    def advisers(self) -> int:
        return len(self.capacity)

    @property
    def staged(self) -> bool:
        return len(self.stage) > 0

    @property
    def limited(self) -> Bools:
        """(E,) edges of which a learner with several places may take all but one place."""
        if not len(self.own_field):
            return np.zeros(len(self.learner), np.bool_)
        return np.asarray(self.own_field & (self.demand[self.learner] > 1))

    def among(self, edges: Ints) -> Bools:
        """(E,) which edges are among those at these positions."""
        marks = np.zeros(len(self.learner), np.bool_)
        marks[edges] = True
        return marks

    def tie(self, bits: int, edges: Ints) -> Ints:
        """A stable hash of so many bits of each edge's pair."""
        mixed = _mixed(self.learner[edges], self.adviser[edges])
        return (mixed >> np.uint64(64 - bits)).astype(np.int64)

    def input_digest(self) -> str:
        """SHA-256 of everything but the scores."""
        arrays = [self.demand, self.capacity, self.learner, self.adviser, self.stage]
        arrays += [self.minimum, self.pinned.astype(np.int64), self.priority]
        arrays += [np.array([self.staged], np.int64)]
        if len(self.own_field):
            arrays += [self.own_field.astype(np.int64)]
        return _digest(arrays)

    def scores_digest(self) -> str:
        return _digest([self.score] if self.worth is self.score else [self.score, self.worth])

    @property
    def highest_worth(self) -> int:
        return max(HIGHEST_SCORE, int(self.worth.max(initial=0)))


def read_instance(
    *,
    demand: ArrayLike,
    capacity: ArrayLike,
    learner: ArrayLike,
    adviser: ArrayLike,
    score: ArrayLike,
    order: Sequence[str] = OBJECTIVES,
    stage: ArrayLike | None = None,
    adviser_minimum: ArrayLike | None = None,
    pinned: ArrayLike | None = None,
    priority: ArrayLike | None = None,
    own_field: ArrayLike | None = None,
    worth: ArrayLike | None = None,
) -> Instance:
    """Check the arrays and put the edges in canonical order; raises BadInput with a sentence."""
    wants = _counts("demand", demand)
    takes = _counts("capacity", capacity)
    if not len(wants) or not len(takes):
        raise BadInput("There must be at least one learner and one adviser.")
    ends = _whole("learner", learner), _whole("adviser", adviser), _whole("score", score)
    _same_length(len(ends[0]), adviser=ends[1], score=ends[2])
    _within("learner", ends[0], len(wants), "learners")
    _within("adviser", ends[1], len(takes), "advisers")
    _score_range(ends[2])
    kept = _switches("pinned", pinned, len(ends[0]))
    own = _switches("own_field", own_field, len(ends[0]))
    sort = _canonical(ends[0], ends[1], len(wants), len(takes))
    scores = ends[2][sort]
    _no_duplicates(ends[0][sort], ends[1][sort])
    return Instance(
        demand=wants,
        capacity=takes,
        learner=ends[0][sort],
        adviser=ends[1][sort],
        score=scores,
        order=read_order(order),
        stage=_per_person("stage", [] if stage is None else stage, len(takes), stage is None),
        minimum=_optional("adviser_minimum", adviser_minimum, len(takes), 0),
        pinned=kept[sort],
        priority=_optional("priority", priority, len(wants), 1),
        given=sort.astype(np.int64),
        own_field=own[sort] if own_field is not None else own[:0],
        worth=scores if worth is None else _worths(worth, len(sort))[sort],
    )


def _canonical(learner: Ints, adviser: Ints, learners: int, advisers: int) -> Ints:
    from viceversa.matching.engine.solving.kernels.sorting import canonical_order

    return canonical_order(learner, adviser, learners, advisers)


def read_order(order: Sequence[str]) -> tuple[str, ...]:
    """The objectives, most important first; raises BadInput for unknown or repeated ones."""
    names = tuple(order)
    unknown = [name for name in names if name not in OBJECTIVES]
    if unknown or not names or isinstance(order, str):
        raise BadInput(
            f"The order must name at least one of {', '.join(OBJECTIVES)}; it is {order!r}."
        )
    if len(set(names)) < len(names):
        raise BadInput(f"The order names an objective twice: {', '.join(names)}.")
    return names


def _whole(name: str, values: ArrayLike) -> Ints:
    try:
        array = np.asarray(values)
    except ValueError as reason:
        raise BadInput(f"{name} must be a flat list of whole numbers.") from reason
    if array.ndim != 1:
        raise BadInput(f"{name} must be a flat list of whole numbers.")
    if array.size == 0:
        return np.empty(0, np.int64)
    if array.dtype.kind not in "iu" or (array.dtype.kind == "u" and array.max() > 2**62):
        raise BadInput(f"{name} must hold whole numbers only.")
    return array.astype(np.int64)


def _per_person(name: str, values: ArrayLike, people: int, absent: bool = False) -> Ints:
    array = _whole(name, values)
    if len(array) != people and not absent:
        raise BadInput(f"{name} has {len(array)} entries, but there are {people} people.")
    return array


def _counts(name: str, values: ArrayLike) -> Ints:
    array = _whole(name, values)
    at = _first_outside(array, HIGHEST_COUNT)
    if at is not None:
        raise BadInput(
            f"{name} must be from 0 to {HIGHEST_COUNT:,}; entry {at} is {int(array[at])}."
        )
    return array


def _optional(name: str, values: ArrayLike | None, people: int, default: int) -> Ints:
    if values is None:
        return np.full(people, default, np.int64)
    return _counts(name, _per_person(name, values, people))


def _same_length(edges: int, **arrays: Ints) -> None:
    for name, array in arrays.items():
        if len(array) != edges:
            raise BadInput(f"{name} has {len(array)} entries, but learner has {edges}.")


def _within(name: str, ends: Ints, people: int, noun: str) -> None:
    at = _first_outside(ends, people - 1)
    if at is not None:
        raise BadInput(
            f"Edge {at} leads to {name} {int(ends[at])}, but there are only {people} {noun}."
        )


def _score_range(score: Ints) -> None:
    at = _first_outside(score, HIGHEST_SCORE)
    if at is not None:
        raise BadInput(
            f"A score must be from 0 to {HIGHEST_SCORE:,}; edge {at} has {int(score[at])}."
        )


def _first_outside(array: Ints, highest: int) -> int | None:
    """Where the first number below 0 or above the highest stands."""
    if array.min(initial=0) >= 0 and array.max(initial=0) <= highest:
        return None
    return int(np.argmax((array < 0) | (array > highest)))


def _worths(values: ArrayLike, edges: int) -> Ints:
    array = _whole("worth", values)
    _same_length(edges, worth=array)
    if _first_outside(array, HIGHEST_WORTH) is not None:
        raise BadInput(f"A worth must be from 0 to {HIGHEST_WORTH:,}.")
    return array


def _switches(name: str, values: ArrayLike | None, edges: int) -> Bools:
    if values is None:
        return np.zeros(edges, np.bool_)
    array = np.asarray(values)
    if array.shape != (edges,):
        raise BadInput(f"{name} has {array.size} entries, but learner has {edges}.")
    if array.size and array.dtype.kind != "b":
        raise BadInput(f"{name} must hold true or false for each edge.")
    return array.astype(np.bool_)


def _no_duplicates(learner: Ints, adviser: Ints) -> None:
    same = np.flatnonzero((np.diff(learner) == 0) & (np.diff(adviser) == 0))
    if len(same):
        at = int(same[0])
        raise BadInput(
            f"The edge from learner {int(learner[at])} to adviser {int(adviser[at])} "
            "is given more than once."
        )


def _mixed(learner: Ints, adviser: Ints) -> npt.NDArray[np.uint64]:
    """SplitMix64 (Steele, Lea, Flood 2014) of the pair."""
    z = (learner.astype(np.uint64) << np.uint64(32)) | adviser.astype(np.uint64)
    z = z + np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def _digest(arrays: Sequence[Ints]) -> str:
    digest = hashlib.sha256()
    for array in arrays:
        digest.update(len(array).to_bytes(8, "little"))
        digest.update(array.astype("<i8").tobytes())
    return digest.hexdigest()
