"""Seeded instances for the benchmarks: edges with scores, or people.csv and programme.toml.

    python -m bench.matching.generate edges tight 100000 --places 1 --out tight.npz
    python -m bench.matching.generate people abundant 10000 --out folder

**Edges.** The people of ``population`` take part by seniority: the highest are learners. Each
learner keeps the 32 best of a pool by score, after the hard rules (rank, reporting line, shared
hours, language, a wanted skill). The pool is every adviser where there are at most ``POOL``;
above that learners are taken in blocks of ``BLOCK``, and each block sees a random ``POOL`` of all
advisers. Pools of different blocks overlap at random, so that an instance does not fall apart, and
inside a block the same good advisers of popular skills are on many lists.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bench.matching.population import (
    LANGUAGES,
    SKILLS,
    TOP_LEVEL,
    ZONES,
    Ints,
    Population,
    populate,
)

CANDIDATES = 32
POOL = 16_384
BLOCK = 512
FULL = 10_000
LEVELS = 4
LEAST_SHARED_MINUTES = 120
DAY = 8 * 60
WISHING = 0.2  # share of the learners who ask for somebody
FULL_SHARE = 12
# As the programme's defaults: skills, goals, wishes, another unit, place, hours; of 100.
WEIGHTS = {"skills": 42, "goals": 16, "wishes": 21, "other_unit": 11, "place": 5, "hours": 5}
_WISHES = np.array([10_000, 8_000, 6_000], np.int32) * WEIGHTS["wishes"]


@dataclass(frozen=True)
class Kind:
    """Shares of the people who learn and advise; chances of 1, 2 and 3 places."""

    learners: float
    advisers: float
    single_advisers: float
    demand: tuple[float, float, float]
    capacity: tuple[float, float, float]


KINDS = {
    "abundant": Kind(0.10, 0.90, 0.90, (0.6, 0.3, 0.1), (0.5, 0.35, 0.15)),
    "tight": Kind(0.30, 0.70, 0.305, (0.15, 0.30, 0.55), (0.95, 0.04, 0.01)),
    "oversubscribed": Kind(0.50, 0.30, 0.40, (0.4, 0.3, 0.3), (0.7, 0.2, 0.1)),
}


@dataclass(frozen=True)
class Instance:
    """What ``assign`` takes."""

    learner: Ints
    adviser: Ints
    score: Ints
    demand: Ints
    capacity: Ints

    def arrays(self) -> dict[str, Ints]:
        return dict(vars(self))

    def save(self, path: Path) -> None:
        np.savez(path, **{name: array.astype(np.int32) for name, array in vars(self).items()})


def load_instance(path: Path) -> Instance:
    with np.load(path) as stored:
        return Instance(**{name: stored[name] for name in Instance.__dataclass_fields__})


def edge_instance(
    kind: str, people: int, *, places: int = 3, seed: int = 1, candidates: int = CANDIDATES
) -> Instance:
    """``places`` 3: demand and capacity from 1 to 3; ``places`` 1: one each."""
    rng = np.random.default_rng([seed, people, places, sorted(KINDS).index(kind)])
    population = populate(people, rng)
    learners, advisers = roles(population, KINDS[kind], places, rng)
    ends = [
        _best_of_block(population, rows, pool, candidates, rng)
        for rows, pool in _blocks(learners, advisers, rng)
    ]
    learner, adviser, score = (np.concatenate(part) for part in zip(*ends, strict=True))
    number = np.full(people, -1, np.int64)
    number[learners] = np.arange(len(learners))
    row = number[learner]
    number[advisers] = np.arange(len(advisers))
    return Instance(
        demand=places_of(len(learners), KINDS[kind].demand, places, rng),
        capacity=places_of(len(advisers), KINDS[kind].capacity, places, rng),
        learner=row,
        adviser=number[adviser],
        score=score,
    )


def roles(
    population: Population, kind: Kind, places: int, rng: np.random.Generator
) -> tuple[Ints, Ints]:
    """Learners are the most senior, with some luck; advisers are drawn from the others."""
    people = len(population)
    seniority = population.level + rng.normal(0, 0.7, people)
    order = np.argsort(-seniority, kind="stable")
    many = round(people * kind.learners)
    share = kind.single_advisers if places == 1 else kind.advisers
    others = rng.permutation(order[many:])[: round(people * share)]
    return np.sort(order[:many]), np.sort(others)


def places_of(many: int, chances: tuple[float, ...], places: int, rng: np.random.Generator) -> Ints:
    if places == 1:
        return np.ones(many, np.int64)
    return rng.choice(np.arange(1, 4), size=many, p=chances).astype(np.int64)


def _blocks(
    learners: Ints, advisers: Ints, rng: np.random.Generator
) -> Iterator[tuple[Ints, Ints]]:
    mixed = rng.permutation(learners)
    for start in range(0, len(mixed), BLOCK):
        pool = advisers
        if len(advisers) > POOL:
            pool = advisers[np.unique(rng.integers(0, len(advisers), POOL))]
        yield np.sort(mixed[start : start + BLOCK]), pool


class _Pool:
    """A block of learners before their advisers, with what is asked of each pair prepared."""

    def __init__(self, population: Population, rows: Ints, advisers: Ints) -> None:
        self.people, self.advisers = population, advisers
        self.gives = _gives(population, advisers)
        self.teaches = self.gives == FULL_SHARE
        self.below = population.level[advisers] < np.arange(TOP_LEVEL + 1)[:, None]
        zone, spoken = population.zone[advisers], population.spoken[advisers]
        self.awake = (_shared_minutes() >= LEAST_SHARED_MINUTES)[:, zone]
        self.talk = _can_talk()[:, spoken]
        self.meeting = _meeting()[:, zone]
        self.unit = population.unit[advisers]
        likeness = population.topics[rows] @ population.topics[advisers].T + 1
        self.goals = (likeness * np.float32(FULL / 2 * WEIGHTS["goals"])).astype(np.int32)

    def admissible(self, row: int) -> Ints:
        """Rank, shared hours, language, a wanted skill at its level; not in one's own line."""
        p = self.people
        good = np.zeros(len(self.advisers), np.bool_)
        for skill, target in _wanted(p, row):
            good |= self.teaches[skill, target - 1]
        good &= self.below[p.level[row]]
        good &= self.awake[p.zone[row]]
        good &= self.talk[p.spoken[row]]
        found = np.flatnonzero(good)
        there = self.advisers[found]
        below = (p.begin[row] <= p.begin[there]) & (p.begin[there] < p.end[row])
        above = (p.begin[there] <= p.begin[row]) & (p.begin[row] < p.end[there])
        return found[~(below | above)]

    def scores(self, at: int, row: int, found: Ints, wishes: Ints) -> Ints:
        """Scores of the admissible advisers of the learner at a place of the block."""
        p = self.people
        total = self.goals[at, found] + self.meeting[p.zone[row], found]
        total += (self.unit[found] != p.unit[row]) * np.int32(FULL * WEIGHTS["other_unit"])
        wants = _wanted(p, row)
        worth = 60 // np.arange(1, len(wants) + 1)
        share = worth * FULL * WEIGHTS["skills"] // (FULL_SHARE * worth.sum())
        for (skill, target), each in zip(wants, share, strict=True):
            total += self.gives[skill, target - 1, found] * np.int32(each)
        place = np.minimum(np.searchsorted(found, wishes), len(found) - 1)
        asked = found[place] == wishes
        np.maximum.at(total, place[asked], total[place[asked]] + _WISHES[: len(wishes)][asked])
        return total // 100


def _best_of_block(
    population: Population, rows: Ints, advisers: Ints, candidates: int, rng: np.random.Generator
) -> tuple[Ints, Ints, Ints]:
    """(learner, adviser, score) of the best admissible pairs of each learner."""
    pool = _Pool(population, rows, advisers)
    learner, adviser, score = [], [], []
    wishing = rng.random(len(rows)) < WISHING
    # Those with a name (the first of the pool) are asked for often.
    wishes = (len(advisers) * rng.random((len(rows), len(_WISHES))) ** 3).astype(np.int64)
    for at, row in enumerate(rows.tolist()):
        found = pool.admissible(row)
        if not len(found):
            continue
        value = pool.scores(at, row, found, wishes[at] if wishing[at] else wishes[at, :0])
        # Equal scores: the earlier adviser, so that the choice is the same everywhere.
        key = np.arange(len(found)) - value.astype(np.int64) * len(found)
        kept = min(candidates, len(found))
        best = np.sort(np.argpartition(key, kept - 1)[:kept])
        learner.append(np.full(len(best), row))
        adviser.append(advisers[found[best]])
        score.append(value[best].astype(np.int64))
    return tuple(
        np.concatenate(part or [np.zeros(0, np.int64)]) for part in (learner, adviser, score)
    )


def _wanted(p: Population, row: int) -> list[tuple[int, int]]:
    """(skill, target level), the most wanted first; there is always one."""
    wanted = zip(p.wanted[row].tolist(), p.wanted_level[row].tolist(), strict=True)
    return [(skill, target) for skill, target in wanted if skill >= 0]


def _gives(p: Population, pool: Ints) -> Any:
    """(skills, target levels, pool) twelfths of the target that an adviser's level reaches."""
    table = np.zeros((SKILLS, LEVELS, len(pool)), np.int8)
    offered, offered_level = p.offered[pool], p.offered_level[pool]
    at, which = np.nonzero(offered >= 0)
    skill, level = offered[at, which], offered_level[at, which]
    for target in range(1, LEVELS + 1):
        table[skill, target - 1, at] = FULL_SHARE * np.minimum(level, target) // target
    return table


def _shared_minutes() -> Ints:
    ahead = np.array([minutes for _, minutes, _, _ in ZONES])
    apart = np.abs(ahead[:, None] - ahead[None, :])
    return np.maximum(DAY - np.minimum(apart, 24 * 60 - apart), 0)


def _meeting() -> Any:
    """The worth of one place and of shared hours, by the two time zones."""
    place = np.eye(len(ZONES), dtype=np.int32) * FULL * WEIGHTS["place"]
    return (place + _shared_minutes() * FULL // DAY * WEIGHTS["hours"]).astype(np.int32)


def _can_talk() -> Any:
    sets = [set(spoken.split(";")) for spoken in LANGUAGES]
    return np.array([[bool(one & other) for other in sets] for one in sets])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("edges", "people"))
    parser.add_argument("kind", choices=sorted(KINDS))
    parser.add_argument("people", type=int)
    parser.add_argument("--places", type=int, choices=(1, 3), default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    if given.what == "people":
        from bench.matching.people_files import write_files

        write_files(given.out, given.kind, given.people, seed=given.seed)
    else:
        found = edge_instance(given.kind, given.people, places=given.places, seed=given.seed)
        found.save(given.out)


if __name__ == "__main__":
    main()
