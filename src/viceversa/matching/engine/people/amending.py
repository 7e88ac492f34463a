"""The columns after a change of one person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from viceversa.matching.engine.people.columns import CODED, LISTS, WHOLE, Columns, respelled
from viceversa.matching.engine.people.gathering import arranged, drafted
from viceversa.matching.engine.people.participant import Participant
from viceversa.matching.engine.people.ragged import Coded


def with_person(columns: Columns, person: Participant) -> Columns:
    """The person who had this id is as given now."""
    at = columns.index[person.id]
    one = arranged(drafted([person]), np.zeros(1, np.int64), columns.index)
    said = {who: manager for who, manager in columns.manager_said.items() if who != at}
    if 0 in one.manager_said:
        said[at] = one.manager_said[0]
    return replace(
        columns,
        names=[*columns.names[:at], person.name, *columns.names[at + 1 :]],
        manager_said=said,
        attributes=_attributes(columns, at, person.attributes),
        originals={**columns.originals, at: person},
        **_numbers(columns, at, one),
        **_values(columns, at, one),
        **_skills(columns, at, one),
    )


def _numbers(columns: Columns, at: int, one: Columns) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for name in (*WHOLE, "manager", "is_learner", "is_adviser"):
        changed[name] = getattr(columns, name).copy()
        changed[name][at] = getattr(one, name)[0]
    return changed


def _values(columns: Columns, at: int, one: Columns) -> dict[str, Any]:
    """Values from tables, and the lists of people."""
    changed: dict[str, Any] = {}
    for name in CODED:
        changed[name] = getattr(columns, name).put(at, getattr(one, name).of(0))
    for name in LISTS:
        named = getattr(one, name)
        changed[name] = getattr(columns, name).put(at, named.known, named.said.get(0))
    return changed


def _skills(columns: Columns, at: int, one: Columns) -> dict[str, Any]:
    spellings: Sequence[str] = tuple(dict.fromkeys((*columns.spellings, *one.spellings)))
    wants = columns.wants.put(at, respelled(one.wants, one.spellings, spellings))
    offers = columns.offers.put(at, respelled(one.offers, one.spellings, spellings))
    return {"spellings": spellings, "wants": wants, "offers": offers}


def _attributes(columns: Columns, at: int, own: Mapping[str, str]) -> dict[str, Coded[str | None]]:
    """Attributes that nobody has any more are gone."""
    nothing: Coded[str | None] = Coded(np.zeros(len(columns), np.int32), (None,))
    names = dict.fromkeys((*columns.attributes, *own))
    put = {name: columns.attributes.get(name, nothing).put(at, own.get(name)) for name in names}
    return {name: column for name, column in put.items() if not column.same_as(nothing)}
