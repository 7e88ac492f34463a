"""Everybody as columns, sorted by id: arrays for the engine, participants for whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import overload

import numpy as np

from viceversa.matching.engine.people.participant import ADVISER, LEARNER, Participant, Want
from viceversa.matching.engine.people.ragged import Coded, Ragged
from viceversa.matching.engine.solving.instance import Bools, Ints

UNKNOWN = -(10**6)
REMEMBERED = 1 << 14
BLOCK = 1 << 12  # people made at a time
LISTS = ("asks", "adviser_wishes", "keep_apart", "decides_pay_of", "past_partners")
SETS = ("keep_apart", "decides_pay_of", "past_partners")
CODED = ("unit", "field", "place", "stage", "timezone", "working_hours", "languages", "goals")
WHOLE = ("rank", "demand", "capacity", "minimum", "priority")
ROLES = {
    (False, False): frozenset[str](),
    (True, False): frozenset({LEARNER}),
    (False, True): frozenset({ADVISER}),
    (True, True): frozenset({LEARNER, ADVISER}),
}


@dataclass(frozen=True, eq=False)
class Named:
    """The people whom each person names in a list.

    ``known`` holds their positions and where in the list each stood, people who are not among us
    left out. ``said`` has the whole list of those who named somebody who is not.
    """

    known: Ragged
    said: Mapping[int, tuple[str, ...]]

    @property
    def start(self) -> Ints:
        return self.known.start

    @property
    def member(self) -> Ints:
        return self.known.parts[0]

    @property
    def place(self) -> Ints:
        return self.known.parts[1]

    def of(self, at: int, ids: Sequence[str]) -> tuple[str, ...]:
        if at in self.said:
            return self.said[at]
        return tuple(ids[member] for member, _ in self.known.of(at))

    def among(self, rows: Ints, ids: Sequence[str]) -> list[tuple[str, ...]]:
        """The lists of some people, in the order of ``rows``."""
        names = [tuple(ids[member] for member, _ in named) for named in self.known.lists(rows)]
        if self.said:
            names = [self.said.get(at, n) for at, n in zip(rows.tolist(), names, strict=True)]
        return names

    def put(self, at: int, known: Ragged, said: tuple[str, ...] | None) -> Named:
        others = {who: names for who, names in self.said.items() if who != at}
        return Named(self.known.put(at, known), others if said is None else others | {at: said})

    def same_as(self, other: Named) -> bool:
        return self.said == other.said and self.known.same_as(other.known)


@dataclass(frozen=True, eq=False)
class Columns:
    """N people sorted by id.

    ``rank`` is UNKNOWN where none is given and ``manager`` −1 where there is none among us (then
    ``manager_said`` has the id given). Wants are (spelling, target, priority) and offers
    (spelling, level), in the order given; ``spellings`` are the names of skills as people wrote
    them. ``originals`` are the participants, where the columns were made of participants.
    """

    ids: list[str]
    index: dict[str, int]  # the position of each id
    names: list[str]
    rank: Ints
    unit: Coded[str]
    field: Coded[str]
    place: Coded[str]
    stage: Coded[str]
    timezone: Coded[str]
    working_hours: Coded[tuple[float, float]]
    languages: Coded[frozenset[str]]
    goals: Coded[str]
    manager: Ints
    manager_said: Mapping[int, str]
    is_learner: Bools
    is_adviser: Bools
    demand: Ints
    capacity: Ints
    minimum: Ints
    priority: Ints
    spellings: tuple[str, ...]
    wants: Ragged
    offers: Ragged
    asks: Named
    adviser_wishes: Named
    keep_apart: Named
    decides_pay_of: Named
    past_partners: Named
    attributes: Mapping[str, Coded[str | None]]
    originals: Mapping[int, Participant]

    def __len__(self) -> int:
        return len(self.ids)

    def person(self, at: int) -> Participant:
        """One person as a record; those asked for last are remembered."""
        return self.originals.get(at) or self._remembered(at)

    @cached_property
    def _remembered(self) -> Callable[[int], Participant]:
        return lru_cache(REMEMBERED)(self.made)

    def called(self, at: int) -> str:
        """What a person is called in sentences."""
        return self.names[at] or self.ids[at]

    def people(self, rows: Ints) -> list[Participant]:
        """Some people as records, made together, in the order of ``rows``."""
        originals, wanted = self.originals, rows.tolist()
        missing = [at for at in dict.fromkeys(wanted) if at not in originals]
        made = dict(zip(missing, self._made(np.array(missing, np.int64)), strict=True))
        return [made.get(at) or originals[at] for at in wanted]

    def made(self, at: int) -> Participant:
        """The record of one person, from the columns alone."""
        return next(self._made(np.array([at], np.int64)))

    def _made(self, rows: Ints) -> Iterator[Participant]:
        """Records from the columns alone, column by column."""
        spelling = self.spellings
        own = {name: getattr(self, name).among(rows) for name in CODED}
        own |= {name: getattr(self, name)[rows].tolist() for name in WHOLE}
        own |= {name: getattr(self, name).among(rows, self.ids) for name in LISTS}
        given = {name: coded.among(rows) for name, coded in self.attributes.items()}
        wants, offers = self.wants.lists(rows), self.offers.lists(rows)
        for n, at in enumerate(rows.tolist()):
            mine = {name: values[n] for name, values in own.items()}
            mine |= {name: frozenset(mine[name]) for name in SETS}
            said = ((name, values[n]) for name, values in given.items())
            mine["rank"] = None if mine["rank"] == UNKNOWN else mine["rank"]
            yield Participant(
                id=self.ids[at],
                name=self.names[at],
                manager_id=self._manager_id(at),
                roles=ROLES[bool(self.is_learner[at]), bool(self.is_adviser[at])],
                wants=tuple(Want(spelling[skill], *rest) for skill, *rest in wants[n]),
                offers={spelling[skill]: level for skill, level in offers[n]},
                attributes={name: value for name, value in said if value is not None},
                **mine,
            )

    def _manager_id(self, at: int) -> str:
        manager = int(self.manager[at])
        return self.ids[manager] if manager >= 0 else self.manager_said.get(at, "")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Columns):
            return NotImplemented
        return self is other or _same(self, other)

    __hash__ = None  # type: ignore[assignment]


def _same(one: Columns, other: Columns) -> bool:
    """Do both hold the same people, however values and spellings are numbered?"""
    arrays = (*WHOLE, "manager", "is_learner", "is_adviser")
    return (
        (one.ids, one.names, one.manager_said) == (other.ids, other.names, other.manager_said)
        and all(np.array_equal(getattr(one, n), getattr(other, n)) for n in arrays)
        and all(getattr(one, n).same_as(getattr(other, n)) for n in (*CODED, *LISTS))
        and _same_attributes(one.attributes, other.attributes)
        and respelled(one.wants, one.spellings, other.spellings).same_as(other.wants)
        and respelled(one.offers, one.spellings, other.spellings).same_as(other.offers)
    )


def _same_attributes(
    one: Mapping[str, Coded[str | None]], other: Mapping[str, Coded[str | None]]
) -> bool:
    return set(one) == set(other) and all(one[name].same_as(other[name]) for name in one)


def respelled(skills: Ragged, ours: Sequence[str], theirs: Sequence[str]) -> Ragged:
    """The same skills by the numbers of another table of spellings; −1 for those not in it."""
    number = {spelling: at for at, spelling in enumerate(theirs)}
    changed = np.array([number.get(spelling, -1) for spelling in ours], np.int64)
    return Ragged(skills.start, (changed[skills.parts[0]], *skills.parts[1:]))


class People(Sequence[Participant]):
    """The participants of some columns, each made only when somebody looks."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns

    def __len__(self) -> int:
        return len(self.columns)

    @overload
    def __getitem__(self, at: int) -> Participant: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Participant, ...]: ...

    def __getitem__(self, at: int | slice) -> Participant | tuple[Participant, ...]:
        if isinstance(at, slice):
            return tuple(self[each] for each in range(*at.indices(len(self))))
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        return self.columns.person(at % len(self))

    def __iter__(self) -> Iterator[Participant]:
        for rows in np.array_split(np.arange(len(self)), len(self) // BLOCK + 1):
            yield from self.columns.people(rows)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, People):
            return self.columns == other.columns
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]
