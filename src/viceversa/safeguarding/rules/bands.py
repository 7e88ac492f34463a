"""Counts as intervals: no figure is published more exactly than three, or 15 % of all."""

from math import ceil

Band = tuple[int, int]
LEAST_WIDTH, SHARE = 3, 15
BASE_STEP = 5


def width_for(n: int) -> int:
    """Between the ends of a band."""
    return max(LEAST_WIDTH, ceil(n * SHARE / 100))


def bands_of(n: int) -> list[Band]:
    """All bands from 0 to n; the last takes what is left over. The lowest is wider by two where
    that leaves a second one: then the lower ends seldom add up to all, and so to certainty."""
    step = width_for(n) + 1
    first = step + max(0, min(2, n + 1 - 2 * step))
    starts = [0, *range(first, n + 2 - step, step)]
    ends = [start - 1 for start in starts[1:]] + [n]
    return list(zip(starts, ends, strict=True))


def band_of(count: int, n: int) -> Band:
    if not 0 <= count <= n:
        raise ValueError(f"{count} of {n}")
    return next(band for band in bands_of(n) if band[0] <= count <= band[1])


def base_band(n: int, asked: int) -> Band:
    """How many answered, so that nobody can be told to have answered, or not."""
    low = n - n % BASE_STEP
    return low, min(low + BASE_STEP - 1, max(asked, n))
