"""Shares and medians with what chance alone could have made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, sqrt

from scipy.stats import binom, norm

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Share:
    """`count` of `base`; `low` and `high` are parts from 0 to 1 and hold `part` between them."""

    count: int
    base: int
    low: float
    high: float

    @property
    def part(self) -> float:
        """From 0 to 1; 0 where there is no base."""
        return self.count / self.base if self.base else 0.0

    @property
    def reach(self) -> float:
        """From one end of the interval to the other, 0 to 1."""
        return self.high - self.low


@dataclass(frozen=True)
class Middle:
    """The median of `base` values, in their unit. An end that nobody can tell is None."""

    value: float
    base: int
    low: float | None
    high: float | None


def wilson(count: int, base: int, *, confidence: float = CONFIDENCE) -> Share:
    """The score interval for a share of independent cases (E. B. Wilson, Probable inference, the
    law
    of succession, and statistical inference, Journal of the American Statistical Association 22,
    1927). Of no cases it is everything, 0 to 1. Raises ValueError unless 0 ≤ count ≤ base and
    0 < confidence < 1."""
    _check(count, base, confidence)
    return Share(count, base, *_score(count, base, _deviations(confidence)))


def of_clusters(
    counts: Sequence[int], bases: Sequence[int], *, confidence: float = CONFIDENCE
) -> Share:
    """A share of cases that come in clusters, such as half hours of the same pair, which are alike.

    `counts` and `bases` have one number for each cluster. The cases count for as many as
    independent
    ones would (J. N. K. Rao and A. J. Scott, A simple method for the analysis of clustered binary
    data, Biometrics 48, 1992), never for more than there are, and Wilson's interval is taken of
    those. Where all cases are alike each cluster counts for one. Raises ValueError for lengths that
    differ and for counts outside of 0 to base."""
    if len(counts) != len(bases):
        raise ValueError(f"{len(counts)} counts, but {len(bases)} bases")
    for count, base in zip(counts, bases, strict=True):
        _check(count, base, confidence)
    pairs = [(count, base) for count, base in zip(counts, bases, strict=True) if base]
    count, base = sum(count for count, _base in pairs), sum(base for _count, base in pairs)
    worth = base / _design_effect(pairs, count, base) if base else 0.0
    part = count / base if base else 0.0
    low, high = _score(part * worth, worth, _deviations(confidence))
    return Share(count, base, min(low, part), max(high, part))


def median(values: Sequence[float], *, confidence: float = CONFIDENCE) -> Middle:
    """The median, with the order statistics that hold the true one at least as often as
    `confidence`
    says, whatever the values are distributed like (the sign test turned round; W. J. Conover,
    Practical Nonparametric Statistics, 3rd edition, 1999, section 3.2). Below six values no end can
    be told at 95 percent. Raises ValueError for no values."""
    if not values:
        raise ValueError("there is no median of nothing")
    _check(0, len(values), confidence)
    ordered, number = sorted(values), len(values)
    middle = (ordered[(number - 1) // 2] + ordered[number // 2]) / 2
    cut = _values_outside(number, confidence)
    if cut is None:
        return Middle(middle, number, None, None)
    return Middle(middle, number, ordered[cut], ordered[number - 1 - cut])


def _values_outside(number: int, confidence: float) -> int | None:
    """How many of the smallest values, and of the largest, lie outside of the interval."""
    most = int(binom.ppf((1 - confidence) / 2, number, 0.5))
    for cut in range(min(most, (number - 1) // 2), -1, -1):
        if 2 * float(binom.cdf(cut, number, 0.5)) <= 1 - confidence:
            return cut
    return None


def _check(count: int, base: int, confidence: float) -> None:
    if not 0 <= count <= base:
        raise ValueError(f"{count} of {base} is no share")
    if not 0 < confidence < 1:
        raise ValueError(f"a confidence lies between 0 and 1, not at {confidence}")


def _deviations(confidence: float) -> float:
    return float(norm.ppf(0.5 + confidence / 2))


def _score(count: float, base: float, deviations: float) -> tuple[float, float]:
    if not base:
        return 0.0, 1.0
    share, square = count / base, deviations**2
    middle = share + square / (2 * base)
    reach = deviations * sqrt(share * (1 - share) / base + square / (4 * base * base))
    low, high = ((middle + side * reach) / (1 + square / base) for side in (-1, 1))
    return min(max(low, 0.0), share), max(min(high, 1.0), share)


def _design_effect(pairs: Sequence[tuple[int, int]], count: int, base: int) -> float:
    """How many cases in clusters say as much as one that stands alone: at least 1."""
    clusters, share = len(pairs), count / base
    most = base / clusters
    if clusters < 2 or share in (0, 1):
        return most
    spread = sum((counted - cases * share) ** 2 for counted, cases in pairs)
    variance = clusters / (clusters - 1) * spread / base**2
    return max(1.0, variance / (share * (1 - share) / base))


def told_apart(one: Share, other: Share) -> bool:
    """Whether two intervals are apart, so that chance alone hardly explains the difference."""
    return one.high < other.low or other.high < one.low


def percent(part: float) -> int:
    """Whole percent, halves upwards: 0.125 is 13."""
    return floor(part * 100 + 0.5)
