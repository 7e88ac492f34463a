"""The verifier's own reading of the input: nothing here is shared with the solver."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from viceversa.matching.engine.errors import InvalidCertificate

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Given:
    """The input, edges sorted by learner and adviser."""

    demand: Ints
    capacity: Ints
    learner: Ints
    adviser: Ints
    score: Ints
    stage: Ints  # empty when stages may repeat
    minimum: Ints
    pinned: Ints
    priority: Ints
    worth: Ints  # what each edge counts for in the total; its score unless told otherwise
    own_field: Ints  # 1 inside the learner's own field; empty when fields do not matter


def read(
    demand: npt.ArrayLike,
    capacity: npt.ArrayLike,
    learner: npt.ArrayLike,
    adviser: npt.ArrayLike,
    score: npt.ArrayLike,
    stage: npt.ArrayLike | None,
    minimum: npt.ArrayLike | None,
    pinned: npt.ArrayLike | None,
    priority: npt.ArrayLike | None,
    own_field: npt.ArrayLike | None,
    worth: npt.ArrayLike | None,
) -> Given:
    """The input as arrays, edges in the order the certificate uses."""
    i, j, s = (_whole(values) for values in (learner, adviser, score))
    must(len(i) == len(j) == len(s), "the edges have different lengths")
    sort = np.lexsort((j, i))
    wants, takes = _whole(demand), _whole(capacity)
    kept = np.zeros(len(i), np.int64) if pinned is None else np.asarray(pinned, np.int64)
    given = Given(
        demand=wants,
        capacity=takes,
        learner=i[sort],
        adviser=j[sort],
        score=s[sort],
        worth=s[sort] if worth is None else _whole(worth)[sort],
        stage=wants[:0] if stage is None else _whole(stage),
        minimum=takes * 0 if minimum is None else _whole(minimum),
        pinned=kept[sort],
        priority=wants * 0 + 1 if priority is None else _whole(priority),
        own_field=kept[:0] if own_field is None else np.asarray(own_field, np.int64)[sort],
    )
    _check_ends(given)
    return given


def _check_ends(given: Given) -> None:
    """Every edge joins people who exist, every array has its length, nothing is negative."""
    learners, advisers = len(given.demand), len(given.capacity)
    must(((given.learner >= 0) & (given.learner < learners)).all(), "an edge leads to nobody")
    must(((given.adviser >= 0) & (given.adviser < advisers)).all(), "an edge leads to nobody")
    must(len(given.priority) == learners and len(given.minimum) == advisers, "a length is wrong")
    must(len(given.stage) in (0, advisers), "a length is wrong")
    must(len(given.own_field) in (0, len(given.learner)), "a length is wrong")
    counts = (given.demand, given.capacity, given.minimum, given.priority, given.score, given.worth)
    must(all((array >= 0).all() for array in counts), "a count is negative")


def _whole(values: npt.ArrayLike) -> Ints:
    array = np.asarray(values)
    must(array.ndim == 1, "an array is not flat")
    must(array.size == 0 or array.dtype.kind in "iu", "an array does not hold whole numbers")
    return array.astype(np.int64)


def must(condition: object, reason: str) -> None:
    if not condition:
        raise InvalidCertificate(f"The certificate does not hold: {reason}.")


def fingerprint(arrays: Sequence[Ints]) -> str:
    total = hashlib.sha256()
    for array in arrays:
        total.update(len(array).to_bytes(8, "little") + array.astype("<i8").tobytes())
    return total.hexdigest()


def tie(given: Given, edges: Ints) -> Ints:
    """The stable hash of each edge's pair: the first 16 bits of SplitMix64."""
    learner, adviser = given.learner[edges], given.adviser[edges]
    z = (learner.astype(np.uint64) << np.uint64(32)) | adviser.astype(np.uint64)
    z = z + np.uint64(0x9E3779B97F4A7C15)
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return ((z ^ (z >> np.uint64(31))) >> np.uint64(48)).astype(np.int64)
