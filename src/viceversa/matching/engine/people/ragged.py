"""Lists of different lengths in flat arrays, and values by their number in a short table."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Generic, TypeVar

import numpy as np
import numpy.typing as npt

from viceversa.matching.engine.solving.instance import Bools, Ints

Codes = npt.NDArray[np.int32]
Value = TypeVar("Value")
Key = TypeVar("Key", bound=Hashable)


class Numbers(dict[Key, int]):
    """Gives every new key the next number; the keys stand in the order of their numbers."""

    def __missing__(self, key: Key) -> int:
        self[key] = number = len(self)
        return number

    def of(self, keys: Iterable[Key]) -> list[int]:
        return list(map(self.__getitem__, keys))


@dataclass(frozen=True, eq=False)
class Coded(Generic[Value]):
    """One value per person, as ``code`` (N,) into the different ``values``."""

    code: Codes
    values: tuple[Value, ...]

    def of(self, at: int) -> Value:
        return self.values[int(self.code[at])]

    def among(self, rows: Ints) -> list[Value]:
        """The values of some people, in the order of ``rows``."""
        return list(map(self.values.__getitem__, self.code[rows].tolist()))

    def taken(self, rows: Ints) -> Coded[Value]:
        return Coded(self.code[rows], self.values)

    def put(self, at: int, value: Value) -> Coded[Value]:
        """The same with another value for one person."""
        values = self.values if value in self.values else (*self.values, value)
        code = self.code.copy()
        code[at] = values.index(value)
        return Coded(code, values)

    def same_as(self, other: Coded[Value]) -> bool:
        """Has everybody the same value, however the values are numbered?"""
        number = {value: at for at, value in enumerate(other.values)}
        theirs = np.array([number.get(value, -1) for value in self.values], np.int64)
        return np.array_equal(theirs[self.code], other.code)


def coded(values: Iterable[Value]) -> Coded[Value]:
    numbers: Numbers[Any] = Numbers()
    code = np.array(numbers.of(values), np.int32)
    return Coded(code, tuple(numbers))


@dataclass(frozen=True, eq=False)
class Ragged:
    """Person i has the entries ``start[i]`` … ``start[i + 1]`` of every flat array in ``parts``."""

    start: Ints
    parts: tuple[Ints, ...]

    def of(self, at: int) -> list[tuple[int, ...]]:
        here = slice(self.start[at], self.start[at + 1])
        return list(zip(*(part[here].tolist() for part in self.parts), strict=True))

    def lists(self, rows: Ints) -> list[list[tuple[int, ...]]]:
        """The lists of some people, in the order of ``rows``."""
        some = self.taken(rows)
        entries = list(zip(*(part.tolist() for part in some.parts), strict=True))
        ends = some.start.tolist()
        return [entries[begin:end] for begin, end in pairwise(ends)]

    @property
    def owner(self) -> Ints:
        """(entries,) whose each entry is."""
        return np.repeat(np.arange(len(self.start) - 1, dtype=np.int64), np.diff(self.start))

    def taken(self, rows: Ints) -> Ragged:
        """The lists of some people, in the order of ``rows``."""
        lengths = self.start[rows + 1] - self.start[rows]
        start = starts(lengths)
        at = np.arange(start[-1]) + np.repeat(self.start[rows] - start[:-1], lengths)
        return Ragged(start, tuple(part[at] for part in self.parts))

    def kept(self, keep: Bools) -> Ragged:
        """Without the entries that are not to be kept."""
        start = starts(keep.astype(np.int64))[self.start]
        return Ragged(start, tuple(part[keep] for part in self.parts))

    def put(self, at: int, entries: Ragged) -> Ragged:
        """The same with another list for one person."""
        begin, end = self.start[at], self.start[at + 1]
        more = len(entries.parts[0]) - (end - begin)
        start = self.start + more * (np.arange(len(self.start)) > at)
        joined = (
            np.concatenate((old[:begin], new, old[end:]))
            for old, new in zip(self.parts, entries.parts, strict=True)
        )
        return Ragged(start, tuple(joined))

    def same_as(self, other: Ragged) -> bool:
        pairs = zip((self.start, *self.parts), (other.start, *other.parts), strict=True)
        return all(np.array_equal(mine, theirs) for mine, theirs in pairs)


def starts(lengths: npt.ArrayLike) -> Ints:
    """Where each list begins in the flat arrays, and where the last one ends."""
    counts = np.asarray(lengths, np.int64)
    start = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=start[1:])
    return start


def ragged(lists: Sequence[Sequence[tuple[int, ...]]], width: int) -> Ragged:
    """From lists of entries of ``width`` numbers each."""
    start = starts([len(entries) for entries in lists])
    flat = np.array([entry for entries in lists for entry in entries], np.int64)
    table = flat.reshape(-1, width)
    return Ragged(start, tuple(np.ascontiguousarray(table[:, part]) for part in range(width)))


def by_owner(owner: Ints, owners: int, parts: tuple[Ints, ...]) -> Ragged:
    """From entries in any order, sorted by owner and then by each part."""
    order = np.lexsort((*reversed(parts), owner))
    counts = np.bincount(owner, minlength=owners)
    return Ragged(starts(counts), tuple(part[order] for part in parts))
