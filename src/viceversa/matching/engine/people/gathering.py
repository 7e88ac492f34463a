"""From people in any order to columns: numbers for ids and values first, positions last."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from typing import Any

import numpy as np

from viceversa.matching.engine.errors import BadInput
from viceversa.matching.engine.people.columns import (
    CODED,
    LISTS,
    UNKNOWN,
    WHOLE,
    Columns,
    Named,
    People,
)
from viceversa.matching.engine.people.participant import ADVISER, LEARNER, Participant
from viceversa.matching.engine.people.ragged import Coded, Numbers, Ragged, coded, ragged, starts
from viceversa.matching.engine.solving.instance import Bools, Ints

KEPT_AS_THEY_CAME = 1 << 17
NOBODY = -1


@dataclass(frozen=True)
class Draft:
    """People in the order given. ``own``, ``manager`` and ``lists`` are numbers of ``named``."""

    named: Sequence[str]
    own: Ints
    names: Sequence[str]
    manager: Ints  # −1 for none
    is_learner: Bools
    is_adviser: Bools
    whole: Mapping[str, Ints]
    values: Mapping[str, Coded[Any]]
    attributes: Mapping[str, Coded[str | None]]
    spellings: tuple[str, ...]
    wants: Ragged
    offers: Ragged
    lists: Mapping[str, Ragged]


def columns_of(people: Iterable[Participant]) -> Columns:
    """The columns of these people; raises BadInput for two people with one id."""
    if isinstance(people, People):
        return people.columns
    everyone = people if isinstance(people, Sequence) else list(people)
    draft = drafted(everyone)
    columns = arranged(draft, order_by_id(draft))
    if len(everyone) > KEPT_AS_THEY_CAME:
        return columns
    given = {columns.index[person.id]: person for person in everyone}
    return replace(columns, originals=given)


def order_by_id(draft: Draft) -> Ints:
    """Positions of the draft in the order of ids."""
    ids = [draft.named[number] for number in draft.own.tolist()]
    order = sorted(range(len(ids)), key=ids.__getitem__)
    if len(np.unique(draft.own)) < len(ids):
        ranked = [ids[at] for at in order]
        twice = next(one for one, other in pairwise(ranked) if one == other)
        raise BadInput(f'Two people have the id "{twice}".')
    return np.array(order, np.int64)


def arranged(draft: Draft, order: Ints, index: Mapping[str, int] | None = None) -> Columns:
    """The columns of a draft in this order. People are named by their positions in it, or by
    those of ``index`` where the draft is only some of a larger whole."""
    own = draft.own[order]
    position = np.full(len(draft.named), NOBODY, np.int64)
    position[own] = np.arange(len(own))
    if index is not None:
        position = np.array([index.get(name, NOBODY) for name in draft.named], np.int64)
    manager = draft.manager[order]
    boss = np.where(manager >= 0, position[manager], NOBODY)
    lost = np.flatnonzero((manager >= 0) & (boss < 0)).tolist()
    ids, names = [draft.named[number] for number in own.tolist()], draft.names
    return Columns(
        ids=ids,
        index={name: at for at, name in enumerate(ids)},
        names=[names[at] for at in order.tolist()],
        manager=boss,
        manager_said={at: draft.named[manager[at]] for at in lost},
        is_learner=draft.is_learner[order],
        is_adviser=draft.is_adviser[order],
        spellings=draft.spellings,
        wants=draft.wants.taken(order),
        offers=draft.offers.taken(order),
        attributes={name: column.taken(order) for name, column in draft.attributes.items()},
        originals={},
        **_by_name(draft, order, position),
    )


def _by_name(draft: Draft, order: Ints, position: Ints) -> dict[str, Any]:
    """The columns that differ in nothing but their names."""
    whole = {name: array[order] for name, array in draft.whole.items()}
    values = {name: column.taken(order) for name, column in draft.values.items()}
    return whole | values | {name: _named(draft, name, order, position) for name in LISTS}


def _named(draft: Draft, name: str, order: Ints, position: Ints) -> Named:
    """The people named in one list, by their positions, and the lists with strangers in words."""
    listed = draft.lists[name].taken(order)
    (number,) = listed.parts
    owner, member = listed.owner, position[number]
    place = np.arange(len(number)) - listed.start[owner]
    strange = np.unique(owner[member < 0]).tolist()
    said = {at: tuple(draft.named[n] for (n,) in listed.of(at)) for at in strange}
    return Named(Ragged(listed.start, (member, place)).kept(member >= 0), said)


def drafted(people: Sequence[Participant]) -> Draft:
    named: Numbers[str] = Numbers()
    spellings: Numbers[str] = Numbers()
    own = named.of(person.id for person in people)
    bosses = [named[p.manager_id] if p.manager_id else NOBODY for p in people]
    lists = {name: _numbered([getattr(p, name) for p in people], named) for name in LISTS}
    wants = [[(spellings[w.skill], w.target, w.priority) for w in p.wants] for p in people]
    offers = [[(spellings[skill], level) for skill, level in p.offers.items()] for p in people]
    attributes = dict.fromkeys(chain.from_iterable(person.attributes for person in people))
    return Draft(
        named=tuple(named),
        own=np.array(own, np.int64),
        names=[person.name for person in people],
        manager=np.array(bosses, np.int64),
        is_learner=np.array([LEARNER in person.roles for person in people], np.bool_),
        is_adviser=np.array([ADVISER in person.roles for person in people], np.bool_),
        whole={name: _whole([getattr(p, name) for p in people]) for name in WHOLE},
        values={name: coded(getattr(p, name) for p in people) for name in CODED},
        attributes={name: coded(p.attributes.get(name) for p in people) for name in attributes},
        spellings=tuple(spellings),
        wants=ragged(wants, 3),
        offers=ragged(offers, 2),
        lists=lists,
    )


def _whole(values: Iterable[int | None]) -> Ints:
    return np.array([UNKNOWN if value is None else value for value in values], np.int64)


def _numbered(lists: Sequence[Iterable[str]], named: Numbers[str]) -> Ragged:
    """Ids by their numbers; sets in the order of their ids, so that equal sets give equal lists."""
    in_order = [sorted(ids) if isinstance(ids, frozenset | set) else tuple(ids) for ids in lists]
    flat = np.array(named.of(chain.from_iterable(in_order)), np.int64)
    return Ragged(starts([len(ids) for ids in in_order]), (flat,))
