"""Who reports to whom: one root, spans of four to nine, a ladder of six levels."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from viceversa.home.sample.chance import pick, repeated
from viceversa.home.sample.setting import (
    BRANCHES,
    CHIEF,
    CRAFTS,
    PLACE_DRAW,
    PLACES,
    UNITS,
    VICE_PRESIDENT,
)
from viceversa.home.sample.shapes import Unit

LEAST_PEOPLE = 200
LEAST_SPAN, MOST_SPAN = 4, 9
UNITS_PER_PLACE_FROM = 2_000
SINGLE_LEVELS = repeated((1, 2, 3, 4), (50, 32, 15, 3))
HEADQUARTERS = PLACES[0].code


@dataclass(slots=True)
class Post:
    """A position. Posts stand in pre-order: everyone below post i has a number in i+1…last."""

    manager: int | None
    level: int
    unit: str
    branch: str
    craft: str
    place: str
    last: int = 0


def vice_presidents(people: int) -> int:
    """24 at 240 people, about 2,000 at 100,000: a tenth at first, then ever fewer."""
    return round(people / 10) if people <= 240 else round(24 * (people / 240) ** 0.733)


def reports_sizes(below: int, rng: Random) -> list[int]:
    """Split everyone below a post into the teams of its reports, each counted with its head.

    Every size is 1 or at least 5, so that whoever leads anyone leads four or more.
    """
    if below < 2 * LEAST_SPAN:
        return [1] * below
    widest = min(MOST_SPAN, below - LEAST_SPAN)
    span = rng.randint(LEAST_SPAN, widest)
    extra = below - span
    heads = min(span, max(1, extra // 6))
    return [1 + more for more in _uneven(extra, heads, rng)] + [1] * (span - heads)


def _uneven(total: int, parts: int, rng: Random) -> list[int]:
    """Split a total into parts of about the same size, none under the least span."""
    shares = [total // parts + (place < total % parts) for place in range(parts)]
    for place in range(parts - 1):
        moved = rng.randint(0, (shares[place] - LEAST_SPAN) // 3)
        shares[place] -= moved
        shares[place + 1] += moved
    return shares


def build_posts(people: int, rng: Random) -> list[Post]:
    """Lay out all posts of an organisation of this many people, in pre-order."""
    if people < LEAST_PEOPLE:
        raise ValueError(f"A sample organisation has at least {LEAST_PEOPLE} people.")
    posts = [Post(None, CHIEF, "executive", "executive", "", HEADQUARTERS)]
    seniors = _shares(vice_presidents(people), len(BRANCHES))
    staff = _shares(people - 1 - len(BRANCHES) - sum(seniors), len(BRANCHES))
    for branch, count, below in zip(BRANCHES, seniors, staff, strict=True):
        _add_branch(posts, branch, count, below, rng)
    posts[0].last = len(posts) - 1
    return posts


def _shares(total: int, parts: int) -> list[int]:
    return [total // parts + (place < total % parts) for place in range(parts)]


def _add_branch(posts: list[Post], branch: str, seniors: int, staff: int, rng: Random) -> None:
    shape = list(_senior_shape(seniors, rng))
    teams = iter(_uneven(staff, sum(leads for _, leads in shape), rng))
    numbers: list[int] = []
    chief = len(posts)
    posts.append(Post(0, CHIEF, branch, branch, CRAFTS[branch][0], HEADQUARTERS))
    for above, leads_team in shape:
        numbers.append(len(posts))
        manager = chief if above is None else numbers[above]
        posts.append(_senior_post(manager, branch, rng))
        if leads_team:
            _add_team(posts, numbers[-1], next(teams), rng)
    _close(posts, chief)


def _senior_shape(seniors: int, rng: Random) -> Iterator[tuple[int | None, bool]]:
    """Yield each vice president's own senior (None: the chief) and whether they lead a team."""
    waiting: list[tuple[int | None, int]] = [(None, s) for s in reports_sizes(seniors, rng)]
    number = 0
    while waiting:
        above, size = waiting.pop()
        yield above, size == 1
        waiting.extend((number, s) for s in reports_sizes(size - 1, rng))
        number += 1


def _senior_post(manager: int, branch: str, rng: Random) -> Post:
    units = [unit.code for unit in UNITS if branch in (unit.code, unit.parent)]
    unit = pick(units, rng)
    return Post(manager, VICE_PRESIDENT, unit, branch, pick(CRAFTS[unit], rng), _place(rng))


def _place(rng: Random) -> str:
    return pick(PLACE_DRAW, rng)


def _add_team(posts: list[Post], manager: int, below: int, rng: Random) -> None:
    waiting = [(manager, size) for size in reports_sizes(below, rng)]
    while waiting:
        above, size = waiting.pop()
        number = len(posts)
        posts.append(_staff_post(posts[above], above, size, rng))
        waiting.extend((number, s) for s in reports_sizes(size - 1, rng))


def _staff_post(boss: Post, manager: int, size: int, rng: Random) -> Post:
    level = _single_level(boss.level, rng) if size == 1 else _head_level(boss.level, size, rng)
    place = boss.place if rng.random() < 0.7 else _place(rng)
    return Post(manager, level, boss.unit, boss.branch, boss.craft, place)


def _single_level(boss: int, rng: Random) -> int:
    return min(pick(SINGLE_LEVELS, rng), max(1, boss - 1))


def _head_level(boss: int, size: int, rng: Random) -> int:
    usual = boss - 1 if size > 6 or rng.random() < 0.6 else boss - 2
    return max(2, usual)


def _close(posts: list[Post], first: int) -> None:
    """Set each post's last number from `first` on; reports stand after their managers."""
    for number in range(len(posts) - 1, first - 1, -1):
        post = posts[number]
        post.last = max(post.last, number)
        if post.manager is not None:
            above = posts[post.manager]
            above.last = max(above.last, post.last)


def in_line(posts: list[Post], one: int, other: int) -> bool:
    """Tell whether one of the two stands above the other, at any distance."""
    high, low = min(one, other), max(one, other)
    return low <= posts[high].last


def units_for(posts: list[Post]) -> tuple[Unit, ...]:
    """Return the units; a large organisation has one per place under each that holds people."""
    if len(posts) < UNITS_PER_PLACE_FROM:
        return UNITS
    names = {unit.code: unit.name for unit in UNITS}
    local = [
        Unit(f"{code}-{place.code}", f"{names[code]} {place.name}", code)
        for code in names
        for place in PLACES
        if code != "executive"
    ]
    return (*UNITS, *local)


def unit_of(post: Post, people: int) -> str:
    """Return the unit a post is filed under: by place below vice president when large."""
    local = people >= UNITS_PER_PLACE_FROM and post.level < VICE_PRESIDENT
    return f"{post.unit}-{post.place}" if local else post.unit
