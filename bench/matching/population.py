"""A made-up organisation as arrays: a management tree, levels, units, hours, skills, wants.

Everything is drawn from one seed, so the same numbers give the same people on every machine.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Small = npt.NDArray[np.int16]

SPAN = 8  # people under one manager
TOP_LEVEL = 12
BEGINNERS = (0.35, 0.30, 0.20, 0.15)  # how many of those without a team are at levels 1 to 4
SKILLS = 200
TOPICS = 8
MOST_OFFERS, MOST_WANTS = 8, 4
# Minutes ahead of UTC in January, share of the firm, and the languages usual there.
ZONES = (
    ("Europe/London", 0, 0.24, ("en", "en;fr", "en;es")),
    ("Europe/Berlin", 60, 0.20, ("de;en", "de", "en;de;fr")),
    ("Europe/Paris", 60, 0.10, ("fr;en", "fr", "en;fr;es")),
    ("Europe/Athens", 120, 0.04, ("el;en", "en")),
    ("America/New_York", -300, 0.16, ("en", "en;es")),
    ("America/Sao_Paulo", -180, 0.05, ("pt;en", "pt;es")),
    ("America/Los_Angeles", -480, 0.06, ("en", "en;es")),
    ("Asia/Kolkata", 330, 0.10, ("en;hi", "en")),
    ("Asia/Tokyo", 540, 0.03, ("ja;en", "ja")),
    ("Australia/Sydney", 660, 0.02, ("en",)),
)
LANGUAGES = tuple(sorted({spoken for *_, usual in ZONES for spoken in usual}))


@dataclass(frozen=True)
class Population:
    """n people, managers before those they manage. Lists of skills are padded with −1.

    ``begin`` and ``end`` number the tree so that *a* stands above *b* when
    begin[a] ≤ begin[b] < end[a].
    """

    manager: Ints
    level: Ints
    begin: Ints
    end: Ints
    unit: Ints
    zone: Ints
    spoken: Ints  # which of LANGUAGES
    offered: Small
    offered_level: Small
    wanted: Small
    wanted_level: Small
    topics: npt.NDArray[np.float32]  # what somebody writes about, of length 1

    def __len__(self) -> int:
        return len(self.manager)


def populate(people: int, rng: np.random.Generator) -> Population:
    manager = _managers(people)
    level = _levels(manager, rng)
    begin, end = _tree_numbers(manager)
    unit = _units(manager)
    zone = _zones(unit, rng)
    offered, offered_level = _offers(level, rng)
    wanted, wanted_level = _wants(people, rng)
    return Population(
        manager=manager,
        level=level,
        begin=begin,
        end=end,
        unit=unit,
        zone=zone,
        spoken=_languages(zone, rng),
        offered=offered,
        offered_level=offered_level,
        wanted=wanted,
        wanted_level=wanted_level,
        topics=_topics(wanted, rng),
    )


def _managers(people: int) -> Ints:
    """A tree of even span: person i reports to (i − 1) // SPAN, the first to nobody."""
    manager = (np.arange(people, dtype=np.int64) - 1) // SPAN
    manager[0] = -1
    return manager


def _generations(manager: Ints) -> list[tuple[int, int]]:
    """The ranges of people at each depth of the tree, from the top."""
    found, start, width = [], 0, 1
    while start < len(manager):
        end = min(start + width, len(manager))
        found.append((start, end))
        start, width = end, width * SPAN
    return found


def _levels(manager: Ints, rng: np.random.Generator) -> Ints:
    """One step above the best paid of one's team; without a team mostly low."""
    level = rng.choice(np.arange(1, 5), size=len(manager), p=BEGINNERS).astype(np.int64)
    for start, end in reversed(_generations(manager)[1:]):
        team = np.zeros(len(manager), np.int64)
        np.maximum.at(team, manager[start:end], level[start:end] + 1)
        np.maximum(level, team, out=level)
    return np.minimum(level, TOP_LEVEL)


def _tree_numbers(manager: Ints) -> tuple[Ints, Ints]:
    size = np.ones(len(manager), np.int64)
    generations = _generations(manager)[1:]
    for start, end in reversed(generations):
        np.add.at(size, manager[start:end], size[start:end])
    begin = np.zeros(len(manager), np.int64)
    for start, end in generations:
        boss, before = manager[start:end], np.cumsum(size[start:end]) - size[start:end]
        first = np.searchsorted(boss, boss)
        begin[start:end] = begin[boss] + 1 + before - before[first]
    return begin, begin + size


def _units(manager: Ints) -> Ints:
    """Everybody below one of the managers of a middle generation is one unit."""
    generations = _generations(manager)
    start, end = generations[max(1, len(generations) - 4)] if len(generations) > 1 else (0, 1)
    unit = np.arange(len(manager), dtype=np.int64)
    unit[start:end] -= start
    unit[:start] = end - start
    for below, last in generations:
        if below >= end:
            unit[below:last] = unit[manager[below:last]]
    return unit


def _zones(unit: Ints, rng: np.random.Generator) -> Ints:
    """A unit has a home; seven of ten work there, the rest anywhere."""
    shares = np.array([share for _, _, share, _ in ZONES])
    home = rng.choice(len(ZONES), size=int(unit.max()) + 1, p=shares / shares.sum())
    anywhere = rng.choice(len(ZONES), size=len(unit), p=shares / shares.sum())
    return np.where(rng.random(len(unit)) < 0.7, home[unit], anywhere)


def _languages(zone: Ints, rng: np.random.Generator) -> Ints:
    usual = [[LANGUAGES.index(spoken) for spoken in spoken_there] for *_, spoken_there in ZONES]
    table = np.array([[row[at % len(row)] for at in (0, 0, 1, 2)] for row in usual])
    return table[zone, rng.integers(0, 4, len(zone))]


def _popularity(power: float) -> npt.NDArray[np.float64]:
    weight = 1.0 / np.arange(3, SKILLS + 3) ** power
    return np.cumsum(weight / weight.sum())


def _draw_skills(people: int, most: int, power: float, rng: np.random.Generator) -> Small:
    """Up to ``most`` different skills each, the popular ones often; how many is drawn too."""
    drawn = np.searchsorted(_popularity(power), rng.random((people, most))).astype(np.int16)
    drawn = np.minimum(drawn, SKILLS - 1)
    for at in range(1, most):
        again = (drawn[:, :at] == drawn[:, at : at + 1]).any(axis=1)
        drawn[again, at] = -1
    many = rng.integers(1, most + 1, people)
    drawn[np.arange(most)[None, :] >= many[:, None]] = -1
    return drawn


def _offers(level: Ints, rng: np.random.Generator) -> tuple[Small, Small]:
    """Some people are good at nearly everything they offer, others at little."""
    people = len(level)
    offered = _draw_skills(people, MOST_OFFERS, 0.9, rng)
    gift = rng.beta(2, 2, people)[:, None]
    drawn = 1 + np.floor(4 * np.clip(gift + rng.normal(0, 0.22, offered.shape), 0, 0.999))
    return offered, np.where(offered >= 0, drawn, 0).astype(np.int16)


def _wants(people: int, rng: np.random.Generator) -> tuple[Small, Small]:
    """In the order of priority, each with the level it should be known at."""
    wanted = _draw_skills(people, MOST_WANTS, 1.1, rng)
    drawn = rng.choice(np.arange(1, 5), size=wanted.shape, p=(0.3, 0.4, 0.2, 0.1))
    return wanted, np.where(wanted >= 0, drawn, 0).astype(np.int16)


def _topics(wanted: Small, rng: np.random.Generator) -> Any:
    """Goals are near the most wanted skill, with a turn of one's own."""
    of_skill = rng.normal(size=(SKILLS, TOPICS))
    turned = of_skill[wanted[:, 0]] + rng.normal(0, 0.8, (len(wanted), TOPICS))
    return (turned / np.linalg.norm(turned, axis=1, keepdims=True)).astype(np.float32)
