"""Matching again after people have left or joined, with few of the standing pairs changed.

The more pairs may change, the higher the total can be. ``trade_off`` walks along that curve by
favouring the standing pairs more and more: each favour gives one corner of its upper envelope, a
proved optimum, and between two corners the favour is the slope of the line that joins them
(parametric search: Eisner and Severance, Journal of the ACM 23, 1976). What the programme puts
before the total is never given up to keep a pair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

import numpy as np

from viceversa.matching.engine.errors import BadInput
from viceversa.matching.engine.explaining.keeping import Keeping, Step, pairs_of
from viceversa.matching.engine.matching import Match
from viceversa.matching.engine.people.problem import PairIds, Problem
from viceversa.matching.engine.words import counted

__all__ = ["Rematch", "Step", "rematch", "trade_off"]
MOST_STEPS = 200
SMALL = 4_000  # pairs of a programme that the integer programme is asked about


@dataclass(frozen=True)
class Rematch:
    """An arrangement with few changes. ``exact``: none with as few changes has a higher total."""

    pairs: tuple[PairIds, ...] = field(repr=False)
    broken: int
    kept: int
    total: int
    exact: bool
    sentence: str
    curve: tuple[Step, ...] = field(repr=False)


def trade_off(
    problem: Problem | Match,
    before: Sequence[PairIds],
    *,
    pins: Sequence[PairIds] | None = None,
    most_steps: int = MOST_STEPS,
    whole: bool = False,
) -> tuple[Step, ...]:
    """The curve from the fewest broken pairs to the highest total, corner by corner.

    ``before`` are (learner id, adviser id) of the standing pairs; those that a rule forbids now,
    or whose people have left, do not count. Every corner is found unless there are more than
    ``most_steps``, or so many places that fractions of a point cannot be counted any more (some
    thousands): then the widest gaps are looked into first, in whole points. With ``whole`` every
    step is the answer to a whole number of points from 1 up, which a programme can be set to.
    """
    return _curve(_keeping(problem, before, pins, whole), max(most_steps, 2))


def rematch(
    problem: Problem | Match,
    before: Sequence[PairIds],
    *,
    most_changes: int,
    pins: Sequence[PairIds] | None = None,
) -> Rematch:
    """The highest total with at most so many of the standing pairs broken."""
    if most_changes < 0:
        raise BadInput("The number of changes must not be negative.")
    keeping = _keeping(problem, before, pins)
    curve = _curve(keeping, MOST_STEPS)
    fitting = [step for step in curve if step.broken <= most_changes]
    if not fitting:
        return _of_step(curve[0], curve, _too_few(curve[0], most_changes))
    step = fitting[-1]
    if step is curve[-1] or step.broken == most_changes:
        return _of_step(step, curve, _best(step.broken, most_changes), exact=True)
    if len(keeping.problem.learner) <= SMALL:
        return _by_integers(keeping, step, curve, most_changes)
    beyond = curve[len(fitting)]
    return _of_step(step, curve, _perhaps(step, beyond, most_changes))


def _slope(few: Step, many: Step) -> Fraction:
    return Fraction(many.total - few.total, many.broken - few.broken)


def _keeping(
    problem: Problem | Match,
    before: Sequence[PairIds],
    pins: Sequence[PairIds] | None,
    whole: bool = False,
) -> Keeping:
    if isinstance(problem, Match):
        pins = problem.pins if pins is None else pins
        return Keeping(problem.problem, before, pins, whole)
    return Keeping(problem, before, pins or (), whole)


def _curve(keeping: Keeping, most_steps: int) -> tuple[Step, ...]:
    """Corners by how many pairs they break, the widest gap looked into first."""
    steps = [keeping.most_kept(), keeping.free()]
    gaps = [(steps[0], steps[1])]
    while gaps and len(steps) < most_steps:
        gaps.sort(key=lambda gap: gap[1].broken - gap[0].broken)
        few, many = gaps.pop()
        between = _corner_between(keeping, few, many)
        if between is not None:
            steps.append(between)
            gaps += [(few, between), (between, many)]
    steps.sort(key=lambda step: (step.broken, step.total))
    return _corners(steps)


def _corner_between(keeping: Keeping, few: Step, many: Step) -> Step | None:
    """A step above the line between two, or None when there is none."""
    if many.broken - few.broken < 2:
        return None
    slope = _slope(few, many)
    found = keeping.solve(slope)
    height = max(_height(few, found.points), _height(many, found.points))
    inside = few.broken < found.broken < many.broken
    return found if inside and _height(found, found.points) > height else None


def _height(step: Step, points: Fraction) -> Fraction:
    return step.total + points * step.kept


def _corners(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Without steps on the line between their neighbours, and without two alike."""
    kept: list[Step] = []
    for step in steps:
        if kept and step.broken == kept[-1].broken:
            continue
        while len(kept) > 1 and not _bends(kept[-2], kept[-1], step):
            kept.pop()
        kept.append(step)
    return tuple(kept)


def _bends(one: Step, middle: Step, other: Step) -> bool:
    before = (middle.total - one.total) * (other.broken - middle.broken)
    return before > (other.total - middle.total) * (middle.broken - one.broken)


def _of_step(step: Step, curve: tuple[Step, ...], sentence: str, exact: bool = False) -> Rematch:
    return Rematch(step.pairs, step.broken, step.kept, step.total, exact, sentence, curve)


def _by_integers(
    keeping: Keeping, step: Step, curve: tuple[Step, ...], most_changes: int
) -> Rematch:
    """Between two corners: an integer programme with the number of changes as a condition."""
    from viceversa.matching.engine.solving.integer import solve_integer

    instance = step.assignment.instance
    instance = replace(instance, worth=instance.score)
    former = keeping.former()[instance.given]
    order = instance.order
    floor = step.assignment.floor if "floor" in order else 0
    objectives = tuple(name for name in order if name != "floor")
    least = keeping.admissible - most_changes
    chosen = solve_integer(instance, floor, objectives, (former, least))
    if chosen is None:
        raise TypeError("What one step fulfils can be fulfilled.")
    edges, kept = instance.given[chosen], int(former[chosen].sum())
    broken = keeping.admissible - kept
    return Rematch(
        pairs=pairs_of(keeping.problem, edges),
        broken=broken,
        kept=kept,
        total=int(np.sum(instance.score[chosen])),
        exact=True,
        sentence=_best(broken, most_changes),
        curve=curve,
    )


def _best(broken: int, most_changes: int) -> str:
    return (
        f"The highest total with at most {counted(most_changes, 'pair')} changed; "
        f"{counted(broken, 'pair')} {'changes' if broken == 1 else 'change'}."
    )


def _too_few(step: Step, most_changes: int) -> str:
    return (
        f"At most {counted(most_changes, 'changed pair')} cannot be had without giving up what "
        f"the programme puts before the total; {step.broken:,} is the least."
    )


def _perhaps(step: Step, beyond: Step, most_changes: int) -> str:
    more = int(_slope(step, beyond) * (most_changes - step.broken))
    return (
        f"The highest total with {counted(step.broken, 'changed pair')}. Up to {most_changes:,} "
        f"were allowed, which could bring {counted(more, 'point')} more at most."
    )
