"""The best few advisers of every learner, out of all of them, by compiled loops on every core."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from viceversa.matching.engine.people.facts import rule_names
from viceversa.matching.engine.people.roster import Roster
from viceversa.matching.engine.people.shelf import open_masks
from viceversa.matching.engine.solving.instance import Bools, Ints

if TYPE_CHECKING:
    from viceversa.matching.engine.people.kernels.facts import Desk, Facts
    from viceversa.matching.engine.people.kernels.shelf import Shelf

CHUNKS = 64  # of rows, so that progress can be told and cores share the work
FEW = 20_000  # pairs that one core weighs at a time
Told = Callable[[float], None]


@dataclass(frozen=True)
class Listed:
    """For the rows asked: columns, scores and gains, best first, −1 where there are fewer.

    ``found`` (R,): admissible advisers in all; ``removed`` (R, rules): removed by each rule first.
    """

    rows: Ints
    column: Ints
    score: Ints
    gain: Ints
    found: Ints
    removed: Ints

    @property
    def cut_short(self) -> Bools:
        """(R,) there are more than are listed."""
        return np.asarray(self.found > self.column.shape[1])

    def pairs(self) -> tuple[Ints, Ints, Ints]:
        """(row, column, score) of all that are listed."""
        there = self.column >= 0
        return np.repeat(self.rows, there.sum(axis=1)), self.column[there], self.score[there]


@dataclass(frozen=True)
class Lists:
    """What a large programme is solved on: the facts about everybody and the first lists."""

    facts: Facts
    shelf: Shelf
    listed: Listed


def nothing_listed(roster: Roster) -> Listed:
    """Before anybody is looked at."""
    rows = np.arange(len(roster.learners))
    none = np.zeros((len(rows), 0), np.int64)
    return Listed(rows, none, none, none, np.zeros(len(rows), np.int64), none)


@dataclass(frozen=True)
class Question:
    """The ``length`` best by place + point × score + tie × hash − price, scores from ``floor``."""

    length: int
    price: Ints | None = None
    place: int = 0
    point: int = 1 << 16
    tie: int = 1
    floor: int = 0


def list_advisers(
    facts: Facts,
    shelf: Shelf,
    roster: Roster,
    rows: Ints,
    questions: Sequence[Question],
    *,
    tell: Told | None = None,
) -> list[Listed]:
    """The answers to each question for some rows, every adviser being looked at once for all."""
    advisers, many = len(facts.advisers), len(questions)
    order = np.argsort(facts.text_row[rows], kind="stable")  # equal texts are compared once
    rows, back = rows[order], np.argsort(order)
    shape = (many, len(rows), max(question.length for question in questions))
    column, score, gain = np.full(shape, -1), np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    found = np.zeros(len(rows), np.int64)
    removed = np.zeros((len(rows), len(rule_names(roster))), np.int64)
    price = np.zeros((many, advisers), np.int64)
    for at, question in enumerate(questions):
        if question.price is not None:
            price[at] = question.price[shelf.column]
    terms = np.array([[q.place, q.point, q.tie, q.floor, q.length] for q in questions], np.int64)
    known = bool(roster.field.any())

    def work(at: slice) -> None:
        from viceversa.matching.engine.people.kernels.best import list_best

        list_best(
            facts,
            shelf,
            open_desk(facts),
            open_masks(shelf, len(shelf.too_near)),
            open_masks(shelf, len(shelf.too_far)),
            open_masks(shelf, len(shelf.no_language)),
            open_masks(shelf, len(shelf.no_hours)),
            rows[at],
            price,
            terms,
            column[:, at],
            score[:, at],
            gain[:, at],
            found[at],
            removed[at],
            known,
        )

    _on_every_core(work, _stretches(len(rows), CHUNKS), tell)
    return [
        Listed(
            rows=rows[back],
            column=column[at, back, : question.length],
            score=score[at, back, : question.length],
            gain=gain[at, back, : question.length],
            found=found[back],
            removed=removed[back],
        )
        for at, question in enumerate(questions)
    ]


def _stretches(length: int, most: int) -> list[slice]:
    """A range cut into so many pieces of about the same length, none of them empty."""
    cuts = np.unique(np.linspace(0, length, most + 1).astype(np.int64)).tolist()
    return [slice(begin, end) for begin, end in pairwise(cuts)]


def _on_every_core(
    work: Callable[[slice], None], stretches: Sequence[slice], tell: Told | None = None
) -> None:
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for done, _ in enumerate(pool.map(work, stretches), start=1):
            if tell:
                tell(done / len(stretches))


def judged(facts: Facts, roster: Roster, rows: Ints) -> npt.NDArray[np.int16]:
    """(R, A) the first rule against each pair, by its place in ``rule_names``, or −1."""
    from viceversa.matching.engine.people.kernels.pairs import judge

    verdict = np.empty((len(rows), len(facts.advisers)), np.int16)
    judge(facts, open_desk(facts), rows, verdict)
    return verdict


def parts_of(
    facts: Facts, roster: Roster, row: Ints, column: Ints
) -> tuple[dict[str, Ints], Bools]:
    """Every weighted part of pairs sorted by row, and whether each pair is admissible."""
    from viceversa.matching.engine.people.kernels.pairs import parts_of_pairs

    part = np.zeros((len(row), len(facts.weight)), np.int64)
    rule = np.zeros(len(row), np.int16)
    known = bool(roster.field.any())
    order = np.argsort(facts.text_row[row], kind="stable")  # equal texts are compared once
    row, column = row[order], column[order]

    def work(at: slice) -> None:
        parts_of_pairs(facts, open_desk(facts), row[at], column[at], known, part[at], rule[at])

    _on_every_core(work, _stretches(len(row), 1 + len(row) // FEW))
    back = np.argsort(order)
    part, rule = part[back], rule[back]
    names = list(roster.settings.part_weights())
    weights = roster.settings.part_weights()
    return {name: part[:, at] for at, name in enumerate(names) if weights[name]}, rule < 0


def open_desk(facts: Facts) -> Desk:
    from viceversa.matching.engine.people.kernels.facts import NO_LEVEL, Desk

    skills = int(max(facts.want_skill.max(initial=-1), facts.offer_skill.max(initial=-1))) + 1
    words = len(facts.word_start) - 1
    advisers = len(facts.advisers)
    return Desk(
        wanted=np.zeros(skills + 1, np.int64),
        level=np.full(skills + 1, NO_LEVEL, np.int64),
        ruled_out=np.zeros(advisers, np.int64),
        wish=np.zeros(advisers, np.int64),
        adviser_wish=np.zeros(advisers, np.int64),
        said=np.zeros(max(words, 1), np.int64),
        spoken=np.full(max(len(facts.text_start) - 1, 1), -1, np.int64),
        alike=np.full(advisers, -1, np.int32),
        heard=np.full(1, -1, np.int64),
    )
