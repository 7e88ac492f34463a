"""Ids are there once, and everybody named in a list exists."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import numpy as np

from viceversa.matching.engine.files.faults import Faults, nearest
from viceversa.matching.engine.people.gathering import Draft
from viceversa.matching.engine.solving.instance import Bools, Ints

MUST_EXIST = ("asks", "adviser_wishes", "keep_apart", "decides_pay_of")
SEARCHED = 2_000  # ids among which the nearest is looked for


def check_names(draft: Draft, rows: Ints, faults: Faults) -> None:
    """``rows`` (N,) are the people's rows in the file."""
    _check_ids(draft, rows, faults)
    few = draft.own.tolist() if len(draft.own) <= SEARCHED else []
    ids = [draft.named[number] for number in few]
    for row, column, named in _strangers(draft, rows):
        near = nearest(named, ids)
        faults.row(row, column, f'nobody has the id "{named}".{near}')
        if not faults.complete:
            return


def unknown_managers(draft: Draft) -> int:
    """How many people have a manager who is not in the file."""
    manager = draft.manager[draft.manager >= 0]
    return int((~_present(draft)[manager]).sum())


def _present(draft: Draft) -> Bools:
    """(named,) whose ids are those of people."""
    present = np.zeros(len(draft.named), np.bool_)
    present[draft.own] = True
    return present


def _check_ids(draft: Draft, rows: Ints, faults: Faults) -> None:
    _, first, which = np.unique(draft.own, return_index=True, return_inverse=True)
    for at in np.flatnonzero(first[which] != np.arange(len(which))).tolist():
        named, before = draft.named[int(draft.own[at])], rows[first[which[at]]]
        faults.row(int(rows[at]), "id", f'"{named}" is already in row {before}.')
        if not faults.complete:
            return


def _strangers(draft: Draft, rows: Ints) -> Iterator[tuple[int, str, str]]:
    """(row, column, id) of everybody named who does not exist, by row, column and id."""
    absent = ~_present(draft)
    found = []
    for place, column in enumerate(MUST_EXIST):
        listed = draft.lists[column]
        (number,) = listed.parts
        lost = absent[number]
        owner, number = listed.owner[lost], number[lost]
        found.append(np.stack((owner, np.full(len(owner), place), number)))
    owners, places, numbers = np.concatenate(found, axis=1)
    order = np.argsort(owners, kind="stable").tolist()
    for person, group in groupby(order, key=lambda at: int(owners[at])):
        named = ((int(places[at]), draft.named[int(numbers[at])]) for at in group)
        for place, stranger in sorted(named):
            yield int(rows[person]), MUST_EXIST[place], stranger
