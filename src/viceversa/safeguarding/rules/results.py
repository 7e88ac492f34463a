"""From opened ballots to what is published, once and for all."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from viceversa.safeguarding.rules import gate
from viceversa.safeguarding.rules.ballot import Ballot
from viceversa.safeguarding.rules.bands import Band, band_of, base_band
from viceversa.safeguarding.rules.groups import EVERYBODY, Cell
from viceversa.safeguarding.rules.questions import ANSWERS
from viceversa.safeguarding.rules.release import classes_of, releasable, smallest

LEAST_FOR_COMMENTS = 10
NO_CELLS: frozenset[Cell] = frozenset()


@dataclass(frozen=True)
class CellResult:
    """`bands` question by question, answer by answer; empty for a question that would give somebody
    away even without groups."""

    cell: Cell
    n: int
    base: Band
    bands: list[list[Band]]


@dataclass(frozen=True)
class Results:
    cells: list[CellResult]
    left_out: list[str]
    comments: list[str] = field(default_factory=list)


def as_published(results: Results) -> dict[str, object]:
    """What is stored. The highest band has no end, since that is how many answered."""
    return {
        "cells": [
            {
                "cell": one.cell,
                "base": one.base,
                "bands": [
                    [[low, None if high == one.n else high] for low, high in bands]
                    for bands in one.bands
                ],
            }
            for one in results.cells
        ],
        "left_out": results.left_out,
        "comments": results.comments,
    }


def results_of(
    ballots: Sequence[Ballot], *, questions: int, k: int, asked: int, chance: random.Random
) -> Results | None:
    """None where nothing can be shown. `chance` shuffles the comments."""
    published = releasable(ballots, k)
    if published is None:
        return None
    shown = [q for q in range(questions) if gate.forces_nothing(_figures(ballots, q, NO_CELLS))]
    if not shown:
        return None
    released = _through_the_gate(ballots, shown, published)
    wanted = frozenset[Cell]().union(*(ballot.cells for ballot in ballots))
    return Results(
        cells=[
            CellResult(
                cell=cell,
                n=len(members),
                base=base_band(len(members), asked),
                bands=[_bands(members, q) if q in shown else [] for q in range(questions)],
            )
            for cell in [EVERYBODY, *sorted(released)]
            for members in [_in(cell, ballots)]
        ],
        left_out=sorted({cell[0] for cell in wanted - released}),
        comments=_comments(ballots, chance),
    )


def _through_the_gate(
    ballots: Sequence[Ballot], shown: Sequence[int], published: frozenset[Cell]
) -> frozenset[Cell]:
    """While the attacker would be sure of something, the smallest cell goes."""
    while published and not all(
        gate.forces_nothing(_figures(ballots, question, published)) for question in shown
    ):
        published -= {smallest(published, ballots)}
    return published


def _figures(ballots: Sequence[Ballot], question: int, published: frozenset[Cell]) -> gate.Figures:
    classes = sorted(classes_of(ballots, published).items(), key=lambda item: sorted(item[0]))
    cells = [EVERYBODY, *sorted(published)]
    return gate.Figures(
        truth=[
            [sum(one.answers[question] == answer for one in members) for answer in ANSWERS]
            for _class, members in classes
        ],
        cells=[
            frozenset(
                c for c, (group, _members) in enumerate(classes) if cell in group | {EVERYBODY}
            )
            for cell in cells
        ],
        bands=[_bands(_in(cell, ballots), question) for cell in cells],
    )


def _in(cell: Cell, ballots: Sequence[Ballot]) -> list[Ballot]:
    return [ballot for ballot in ballots if cell == EVERYBODY or cell in ballot.cells]


def _bands(members: Sequence[Ballot], question: int) -> list[Band]:
    return [
        band_of(sum(one.answers[question] == answer for one in members), len(members))
        for answer in ANSWERS
    ]


def _comments(ballots: Sequence[Ballot], chance: random.Random) -> list[str]:
    """Without groups or dates, in no order, and only among enough answers."""
    if len(ballots) < LEAST_FOR_COMMENTS:
        return []
    written = [ballot.comment for ballot in ballots if ballot.comment]
    chance.shuffle(written)
    return written
