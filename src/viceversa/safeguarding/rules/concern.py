"""What may be done about a concern, and what of it is known outside: weeks and quarters."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

FEWEST_HANDLERS = 2
LONGEST_TEXT, LONGEST_NAMED = 15_000, 300
MOST_NAMED = 10
KEPT = timedelta(weeks=26)
QUARTERS_SHOWN = 4
BANDS = ((0, 4), (5, 9), (10, 19))

NOT_ASKED, ASKED, GIVEN, REFUSED = "not_asked", "asked", "given", "refused"


def week_of(day: date) -> date:
    """Its Monday: finer than this nothing is kept."""
    return day - timedelta(days=day.weekday())


def may_ask_leave(leave: str, *, has_spoken: bool) -> bool:
    return leave in {NOT_ASKED, REFUSED} and not has_spoken


def may_answer_leave(leave: str, *, has_spoken: bool) -> bool:
    """Once asked, the answer is the reporter's to change until somebody has spoken."""
    return leave != NOT_ASKED and not has_spoken


def may_mark_spoken(leave: str, *, has_spoken: bool) -> bool:
    return leave == GIVEN and not has_spoken


def is_kept(closed_in: date | None, today: date) -> bool:
    return closed_in is None or closed_in + KEPT > week_of(today)


def quarter_of(day: date) -> date:
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)


@dataclass(frozen=True)
class Quarter:
    """`most` is None where the band is open."""

    first: date
    least: int
    most: int | None


def quarters(counts: Mapping[date, int], today: date) -> list[Quarter]:
    """The last that are over, the newest first. The present one is never shown."""
    found = []
    first = quarter_of(today)
    for _number in range(QUARTERS_SHOWN):
        first = quarter_of(first - timedelta(days=1))
        found.append(Quarter(first, *band(counts.get(first, 0))))
    return found


def band(number: int) -> tuple[int, int | None]:
    for least, most in BANDS:
        if number <= most:
            return least, most
    return BANDS[-1][1] + 1, None


def parts_of(named: str) -> list[str]:
    """Each that may be one person's name, address or number."""
    return [part.strip() for part in re.split(r"[,;\n]", named) if part.strip()]


def two_and_two(words: str) -> list[str]:
    """Words that follow each other: of Dr. Max Vane also Max Vane."""
    single = re.findall(r"[^\W_]+", words)
    return [" ".join(single[place : place + 2]) for place in range(len(single) - 1)][:12]


def line_above(person: int, manager_of: Mapping[int, int | None]) -> frozenset[int]:
    """All managers at any distance; ends where they go round in a circle."""
    line: set[int] = set()
    above = manager_of.get(person)
    while above is not None and above not in line:
        line.add(above)
        above = manager_of.get(above)
    return frozenset(line)


def is_outside(candidate: int, above: Iterable[int], named: Mapping[int, frozenset[int]]) -> bool:
    """Neither somebody named, nor above or below them. `above` are the candidate's managers;
    `named` has the managers of each person named."""
    managers = frozenset(above)
    return not any(
        candidate == person or candidate in line or person in managers
        for person, line in named.items()
    )
