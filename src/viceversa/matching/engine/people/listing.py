"""The best few advisers of every learner, out of all of them, by compiled loops on every core."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
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

    def taken(self, places: Ints) -> Listed:
        """The rows in another order."""
        return Listed(*(getattr(self, field.name)[places] for field in fields(self)))

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


def list_advisers(
    facts: Facts,
    shelf: Shelf,
    roster: Roster,
    rows: Ints,
    *,
    length: int,
    price: Ints | None = None,
    place: int = 0,
    point: int = 1 << 16,
    tie: int = 1,
    floor: int = 0,
    tell: Told | None = None,
) -> Listed:
    """The ``length`` best by place + point × score + tie × hash − price, scores from ``floor``."""
    advisers = len(facts.advisers)
    order = np.argsort(facts.text_row[rows], kind="stable")  # equal texts are compared once
    listed = Listed(
        rows=rows[order],
        column=np.full((len(rows), length), -1, np.int64),
        score=np.zeros((len(rows), length), np.int64),
        gain=np.zeros((len(rows), length), np.int64),
        found=np.zeros(len(rows), np.int64),
        removed=np.zeros((len(rows), len(rule_names(roster))), np.int64),
    )
    costs = np.zeros(advisers, np.int64) if price is None else price[shelf.column]
    known = bool(roster.field.any())
    parts = [part for part in np.array_split(np.arange(len(rows)), CHUNKS) if len(part)]

    def work(chunk: Ints) -> None:
        from viceversa.matching.engine.people.kernels.best import list_best

        at = slice(int(chunk[0]), int(chunk[-1]) + 1)
        list_best(
            facts,
            shelf,
            open_desk(facts),
            open_masks(shelf, len(shelf.too_near)),
            open_masks(shelf, len(shelf.too_far)),
            open_masks(shelf, len(shelf.no_language)),
            open_masks(shelf, len(shelf.no_hours)),
            listed.rows[at],
            costs,
            place,
            point,
            tie,
            floor,
            listed.column[at],
            listed.score[at],
            listed.gain[at],
            listed.found[at],
            listed.removed[at],
            known,
        )

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for done, _ in enumerate(pool.map(work, parts), start=1):
            if tell:
                tell(done / len(parts))
    return listed.taken(np.argsort(order))


def judged(facts: Facts, roster: Roster, rows: Ints) -> npt.NDArray[np.int16]:
    """(R, A) the first rule against each pair, by its place in ``rule_names``, or −1."""
    from viceversa.matching.engine.people.kernels.pairs import judge

    verdict = np.empty((len(rows), len(facts.advisers)), np.int16)
    judge(facts, open_desk(facts), rows, bool(roster.field.any()), verdict)
    return verdict


def parts_of(
    facts: Facts, roster: Roster, row: Ints, column: Ints
) -> tuple[dict[str, Ints], Bools]:
    """Every weighted part of pairs sorted by row, and whether each pair is admissible."""
    from viceversa.matching.engine.people.kernels.pairs import parts_of_pairs

    part = np.zeros((len(row), len(facts.weight)), np.int64)
    rule = np.zeros(len(row), np.int64)
    known = bool(roster.field.any())
    parts_of_pairs(facts, open_desk(facts), row, column, known, part, rule)
    names = list(roster.settings.part_weights())
    weights = roster.settings.part_weights()
    return {name: part[:, at] for at, name in enumerate(names) if weights[name]}, rule < 0


def open_desk(facts: Facts) -> Desk:
    from viceversa.matching.engine.people.kernels.facts import Desk

    skills = int(max(facts.want_skill.max(initial=-1), facts.offer_skill.max(initial=-1))) + 1
    words = len(facts.word_start) - 1
    advisers = len(facts.advisers)
    return Desk(
        wanted=np.zeros(skills + 1, np.int64),
        ruled_out=np.zeros(advisers, np.int64),
        wish=np.zeros(advisers, np.int64),
        adviser_wish=np.zeros(advisers, np.int64),
        said=np.zeros(max(words, 1), np.int64),
        spoken=np.full(max(len(facts.text_start) - 1, 1), -1, np.int64),
        heard=np.full(1, -1, np.int64),
    )
