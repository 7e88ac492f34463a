"""Numbers of people that may be shown: as a span from a fixed ladder, never exact.

A span of few reaches down to nobody. So what several spans say about the same people pins none
of them to one number, and a number that grows by one person says nothing about that person.
"""

from dataclasses import dataclass

FEWEST = 5
LADDER = (FEWEST, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)


@dataclass(frozen=True)
class Span:
    """From `low` to `high`, both counted in; `high` is None at the top of the ladder."""

    low: int
    high: int | None

    @property
    def is_few(self) -> bool:
        return self.low == 0


def span_of(number: int) -> Span:
    """Where a number stands on the ladder. Raises ValueError for a negative one."""
    if number < 0:
        raise ValueError("There is no group of fewer than nobody.")
    steps = [0, *LADDER]
    low = max(step for step in steps if step <= number)
    above = [step for step in steps if step > number]
    return Span(low, above[0] - 1 if above else None)


def may_show(people: int) -> bool:
    return people >= FEWEST
