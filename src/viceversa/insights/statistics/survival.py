"""Time until something happens, when for some it has not happened yet."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import CensoredData, ecdf

from viceversa.insights.statistics.intervals import CONFIDENCE


@dataclass(frozen=True)
class Step:
    """From `time` on, `part` (0 to 1) still wait; `at_risk` were waiting just before."""

    time: float
    part: float
    low: float
    high: float
    at_risk: int


@dataclass(frozen=True)
class Curve:
    """Times are in the unit given. `steps` are the times at which something happened, in order.
    `median` is None while more than half still wait, its ends where they cannot be told."""

    base: int
    events: int
    steps: tuple[Step, ...]
    median: float | None
    median_low: float | None
    median_high: float | None
    longest: float

    def at(self, time: float) -> Step:
        """How many still wait then; everybody does before the first step."""
        before = [step for step in self.steps if step.time <= time]
        return before[-1] if before else Step(0.0, 1.0, 1.0, 1.0, self.base)


def kaplan_meier(
    times: Sequence[float], happened: Sequence[bool], *, confidence: float = CONFIDENCE
) -> Curve:
    """The product-limit estimate (E. L. Kaplan and P. Meier, Nonparametric estimation from
    incomplete observations, Journal of the American Statistical Association 53, 1958) by scipy,
    with
    pointwise intervals on the log-log scale; the median's interval is where these cross one half
    (R. Brookmeyer and J. Crowley, Biometrics 38, 1982).

    One time for each case; where `happened` is False it is how long one has waited so far. Raises
    ValueError for no cases, lengths that differ, and times below zero or not finite."""
    _check(times, happened)
    waited, done = np.asarray(times, float), np.asarray(happened, bool)
    if not done.any():
        return Curve(len(waited), 0, (), None, None, None, float(waited.max()))
    found = ecdf(CensoredData(uncensored=waited[done], right=waited[~done])).sf
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # where nobody is left, log(0)
        ends = found.confidence_interval(confidence, method="log-log")
    low, high = ends.low.probabilities, ends.high.probabilities
    at_once = set(waited[done].tolist())
    steps = tuple(
        _step(waited, *row)
        for row in zip(found.quantiles, found.probabilities, low, high, strict=True)
        if row[0] in at_once
    )
    return Curve(
        base=len(waited),
        events=int(done.sum()),
        steps=steps,
        median=_first_below(steps, "part"),
        median_low=_first_below(steps, "low"),
        median_high=_first_below(steps, "high"),
        longest=float(waited.max()),
    )


def _step(waited: np.ndarray, time: float, part: float, low: float, high: float) -> Step:
    """Where all have had it the log-log scale ends; the interval is then as wide as can be."""
    low = part if np.isnan(low) else min(float(low), part)
    high = 1.0 if np.isnan(high) else max(float(high), part)
    return Step(float(time), float(part), float(low), float(high), int((waited >= time).sum()))


def _first_below(steps: Sequence[Step], which: str) -> float | None:
    return next((step.time for step in steps if getattr(step, which) <= 0.5), None)


def _check(times: Sequence[float], happened: Sequence[bool]) -> None:
    if len(times) != len(happened):
        raise ValueError(f"{len(times)} times, but {len(happened)} outcomes")
    if not times:
        raise ValueError("there is no curve of nobody")
    if not all(0 <= time < float("inf") for time in times):
        raise ValueError("a time is zero or more, and finite")
