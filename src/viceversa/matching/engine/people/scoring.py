"""The parts of a score, each 0…10,000, and the score: their weighted mean, in whole numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from viceversa.matching.engine.people.participant import Participant
from viceversa.matching.engine.people.ragged import Ragged
from viceversa.matching.engine.people.roster import (
    Roster,
    same_skill,
    skill_matrix,
    skill_numbers,
)
from viceversa.matching.engine.people.rules import differs, shared_minutes
from viceversa.matching.engine.people.texts import Likeness
from viceversa.matching.engine.solving.instance import Bools, Ints

FULL = 10_000
FULL_DAY = 8 * 60
SHARE = 12  # levels are compared in twelfths, so that 1/2, 1/3 and 3/4 stay whole
FIRST_PRIORITY = 60  # a want of priority p counts 60/p
WISH_STEP = 2_000  # each further rank of a wish counts this much less
LAST_WISH = 1_000


@dataclass(frozen=True)
class Part:
    """``values(rows)`` gives a (rows, A) table from 0 to 10,000 for positions of learners."""

    name: str
    values: Callable[[Ints], Ints]


def score_parts(roster: Roster, known: Mapping[str, Part] | None = None) -> tuple[Part, ...]:
    """The parts with a weight above 0, in the order they are shown; known ones are not remade."""
    had = known or {}
    weights = roster.settings.part_weights()
    makers: dict[str, Callable[[Roster], Callable[[Ints], Ints]]] = {
        "skills": _skills,
        "goals": _goals,
        "wishes": _learner_wishes,
        "adviser_wishes": _adviser_wishes,
        "other_unit": _other_unit,
        "place": _place,
        "hours": _hours,
    }
    parts = [
        had[name] if name in had else Part(name, make(roster))
        for name, make in makers.items()
        if weights[name]
    ]
    return (*parts, *_attributes(roster))


def weighted(parts: Mapping[str, npt.NDArray[np.integer]], weights: Mapping[str, int]) -> Ints:
    """Score 0…10,000 from parts of equal shape; parts without a weight do not count."""
    used = [name for name in parts if weights.get(name, 0)]
    total = sum(weights[name] for name in used)
    mixed = sum(parts[name].astype(np.int64) * weights[name] for name in used)
    return np.asarray(mixed // max(total, 1))


def _skills(roster: Roster) -> Callable[[Ints], Ints]:
    """Wanted skills covered, by priority, each up to the share of its target level offered."""
    number = skill_numbers(roster)
    wanted = [roster.learner(row).wants for row in range(len(roster.learners))]
    rows = [
        [(same_skill(w.skill), w.target, FIRST_PRIORITY // max(w.priority, 1)) for w in wants]
        for wants in wanted
    ]
    offers = [roster.adviser(column).offers for column in range(len(roster.advisers))]
    columns = [
        [
            (same_skill(skill), target, SHARE * min(level, target) // target)
            for skill, level in offer.items()
            for target in range(1, 5)
        ]
        for offer in offers
    ]
    needs, gives = skill_matrix(rows, number), skill_matrix(columns, number).T.tocsr()
    full = SHARE * np.array([sum(value for *_, value in row) for row in rows], np.int64)
    return lambda at: (
        (needs[at] @ gives).toarray().astype(np.int64) * FULL // np.maximum(full[at], 1)[:, None]
    )


def goal_likeness(roster: Roster) -> Likeness:
    """What learners aim at against what advisers aim at and the skills they offer."""
    columns, offers = roster.columns, roster.columns.offers.taken(roster.advisers)
    goals = columns.goals.values
    spelled = Ragged(offers.start, (len(goals) + offers.parts[0],))
    aims = columns.goals.code.astype(np.int64)
    return Likeness(
        (*goals, *columns.spellings), aims[roster.learners], _after(aims[roster.advisers], spelled)
    )


def silence(roster: Roster) -> Likeness:
    """Nobody says anything."""
    nobody = Ragged(np.zeros(len(roster.advisers) + 1, np.int64), (np.zeros(0, np.int64),))
    return Likeness([""], np.zeros(len(roster.learners), np.int64), nobody)


def _after(first: Ints, lists: Ragged) -> Ragged:
    """Lists with one more entry at the front of each."""
    start = lists.start + np.arange(len(lists.start))
    entries = np.empty(start[-1], np.int64)
    entries[start[:-1]] = first
    rest = np.ones(len(entries), np.bool_)
    rest[start[:-1]] = False
    entries[rest] = lists.parts[0]
    return Ragged(start, (entries,))


def wish_worth(rank: Ints) -> Ints:
    """First wish 10,000, each further one 2,000 less, never below 1,000."""
    return np.maximum(FULL - WISH_STEP * rank, LAST_WISH)


def _goals(roster: Roster) -> Callable[[Ints], Ints]:
    likeness = goal_likeness(roster)
    return lambda rows: likeness.block(int(rows[0]), int(rows[-1]) + 1)[rows - rows[0]]


def _learner_wishes(roster: Roster) -> Callable[[Ints], Ints]:
    ranks = {
        (row, column): rank
        for row in range(len(roster.learners))
        for rank, wish in enumerate(roster.learner(row).asks)
        if (column := roster.column(wish)) is not None
    }
    return _wish_table(roster, ranks)


def _adviser_wishes(roster: Roster) -> Callable[[Ints], Ints]:
    ranks = {
        (row, column): rank
        for column, person in enumerate(_advisers(roster))
        for rank, wish in enumerate(person.adviser_wishes)
        if (row := roster.row(wish)) is not None
    }
    return _wish_table(roster, ranks)


def _wish_table(roster: Roster, ranks: Mapping[tuple[int, int], int]) -> Callable[[Ints], Ints]:
    """First wish 10,000, each further one 2,000 less, never below 1,000."""
    by_row: dict[int, list[tuple[int, int]]] = {}
    for (row, column), rank in ranks.items():
        worth = max(FULL - WISH_STEP * rank, LAST_WISH)
        by_row.setdefault(row, []).append((column, worth))

    def values(rows: Ints) -> Ints:
        table = np.zeros((len(rows), len(roster.advisers)), np.int64)
        for at, row in enumerate(rows.tolist()):
            for column, worth in by_row.get(row, ()):
                table[at, column] = worth
        return table

    return values


def _other_unit(roster: Roster) -> Callable[[Ints], Ints]:
    """Another unit counts half, another field the other half; without fields, unit is all."""
    if not roster.field.any():
        return lambda rows: differs(roster, roster.unit, rows) * FULL
    return lambda rows: (
        differs(roster, roster.unit, rows) * (FULL // 2)
        + differs(roster, roster.field, rows) * (FULL // 2)
    )


def _place(roster: Roster) -> Callable[[Ints], Ints]:
    return lambda rows: _alike(roster, roster.place, rows) * FULL


def _hours(roster: Roster) -> Callable[[Ints], Ints]:
    return lambda rows: np.minimum(shared_minutes(roster, rows), FULL_DAY) * FULL // FULL_DAY


def _attributes(roster: Roster) -> list[Part]:
    return [
        _attribute(roster, name, rule.prefer)
        for name, rule in sorted(roster.settings.attributes.items())
        if rule.weight
    ]


def _attribute(roster: Roster, name: str, prefer: str) -> Part:
    code = roster.attribute(name)
    compare = _alike if prefer == "same" else differs
    return Part(f"attribute {name}", lambda rows: compare(roster, code, rows) * FULL)


def _alike(roster: Roster, code: Ints, rows: Ints) -> Bools:
    own, other = code[roster.learners[rows]][:, None], code[roster.advisers][None, :]
    return np.asarray((own == other) & (own != 0))


def _advisers(roster: Roster) -> list[Participant]:
    return [roster.people[at] for at in roster.advisers]
