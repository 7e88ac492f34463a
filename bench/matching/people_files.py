"""people.csv and programme.toml of a made-up organisation, in chunks of rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from bench.matching.generate import KINDS, places_of, roles
from bench.matching.population import LANGUAGES, SKILLS, ZONES, Ints, Population, Small, populate

CHUNK = 50_000
HEADERS = (
    *("id", "name", "email", "title", "level", "unit", "location", "timezone", "languages"),
    *("manager_id", "hired_on", "role", "demand", "capacity", "offers", "wants", "goals"),
    *("asks", "keep_apart"),
)
LADDER = (
    *("Trainee", "Associate", "Specialist", "Senior specialist", "Team lead", "Manager"),
    *("Senior manager", "Head", "Director", "Senior director", "Vice president", "Board"),
)
GIVEN = (
    *("Amara", "Anna", "Ben", "Chiara", "Deniz", "Elif", "Emeka", "Farid", "Grace", "Hana"),
    *("Ines", "Ivo", "Jonas", "Keiko", "Lars", "Lucia", "Malik", "Mei", "Nadia", "Noor"),
    *("Olga", "Owen", "Priya", "Rafael", "Sanna", "Tariq", "Uma", "Viktor", "Wanda", "Yusuf"),
)
FAMILY = (
    *("Abara", "Bauer", "Carvalho", "Dahl", "Eze", "Fischer", "Gupta", "Haddad", "Ito", "Jensen"),
    *("Kaya", "Larsen", "Moreau", "Novak", "Okafor", "Papadakis", "Quinn", "Rossi", "Silva"),
    *("Tanaka", "Usman", "Varga", "Weber", "Xu", "Yilmaz", "Zeman"),
)
SUBJECTS = (
    *("AI assistants", "Short video", "Data literacy", "Accessibility", "Community chat"),
    *("Cloud basics", "Prototyping", "Podcasting", "Live streaming", "Mobile payment"),
    *("Sustainable living", "Gaming culture", "Remote teamwork", "Spreadsheet models"),
    *("Visual storytelling", "Information security", "Search", "Online learning"),
    *("User research", "Automation"),
)
SETTINGS = (
    *("at work", "for customers", "for leaders", "in teams", "in meetings"),
    *("for newcomers", "in sales", "in service", "in public", "every day"),
)
SKILL_NAMES = tuple(
    f"{subject} {SETTINGS[(at + turn) % len(SETTINGS)]}"
    for turn in range(len(SETTINGS))
    for at, subject in enumerate(SUBJECTS)
)
LEVEL_NAMES = ("basic", "working", "strong", "expert")
HOPES = (
    "I hope to understand {} and try it with my team",
    "I would like to see how younger colleagues use {}",
    "Our customers expect {} and I know too little about it",
    "I want honest feedback while I practise {}",
)
GIFTS = (
    "I enjoy showing others {}",
    "Glad to explain {} step by step",
    "I use {} every week and can share what works",
)
FIRST_DAY = date(2005, 1, 3)
ASKING, APART, WITH_GOALS = 0.2, 0.005, 0.7


@dataclass(frozen=True)
class _Parts:
    """Who takes part as what; −1 or 0 where it does not apply."""

    learns: np.ndarray
    advises: np.ndarray
    demand: Ints
    capacity: Ints
    asks: Ints  # three people, −1 for none
    apart: Ints
    hired: Ints
    named: Ints
    goal: Ints


def write_files(
    folder: Path, kind: str, people: int, *, places: int = 3, seed: int = 1
) -> tuple[Path, Path]:
    """Paths of people.csv and programme.toml in the folder, which is made."""
    rng = np.random.default_rng([seed, people, places, 9])
    population = populate(people, rng)
    parts = _parts(population, kind, places, rng)
    folder.mkdir(parents=True, exist_ok=True)
    csv, toml = folder / "people.csv", folder / "programme.toml"
    with csv.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(HEADERS) + "\n")
        for start in range(0, people, CHUNK):
            rows = range(start, min(start + CHUNK, people))
            columns = list(_columns(population, parts, rows))
            file.write("\n".join(map(",".join, zip(*columns, strict=True))) + "\n")
    toml.write_text(_programme(), encoding="utf-8")
    return csv, toml


def _programme() -> str:
    ladder = ", ".join(f'"{name}"' for name in LADDER)
    return (
        "reference_date = 2026-01-15\n"
        'order = ["coverage", "floor", "places", "total"]\n'
        f"[levels]\nladder = [{ladder}]\n"
        "[rules]\nmin_rank_gap = 1\nshared_hours = 2\n"
    )


def _parts(population: Population, kind: str, places: int, rng: np.random.Generator) -> _Parts:
    people = len(population)
    learners, advisers = roles(population, KINDS[kind], places, rng)
    learns, advises = np.zeros(people, np.bool_), np.zeros(people, np.bool_)
    learns[learners], advises[advisers] = True, True
    demand, capacity = np.zeros(people, np.int64), np.zeros(people, np.int64)
    demand[learners] = places_of(len(learners), KINDS[kind].demand, places, rng)
    capacity[advisers] = places_of(len(advisers), KINDS[kind].capacity, places, rng)
    return _Parts(
        learns=learns,
        advises=advises,
        demand=demand,
        capacity=capacity,
        asks=_asks(learns, advisers, rng),
        apart=_apart(people, rng),
        hired=rng.integers(0, 365 * 20, people),
        named=rng.integers(0, len(GIVEN) * len(FAMILY), people),
        goal=np.where(rng.random(people) < WITH_GOALS, rng.integers(0, 12, people), -1),
    )


def _asks(learns: np.ndarray, advisers: Ints, rng: np.random.Generator) -> Ints:
    """One to three advisers by name for some learners; a few advisers are asked for often."""
    known = rng.permutation(advisers)
    asks = known[(len(known) * rng.random((len(learns), 3)) ** 3).astype(np.int64)]
    asks[:, 1:][rng.random((len(learns), 2)) < 0.5] = -1
    asks[~(learns & (rng.random(len(learns)) < ASKING))] = -1
    return asks


def _apart(people: int, rng: np.random.Generator) -> Ints:
    """Somebody else in the firm whom a few must not meet."""
    other = (np.arange(people) + rng.integers(1, max(people, 2), people)) % people
    return np.where(rng.random(people) < APART, other, -1)


def _columns(population: Population, parts: _Parts, rows: range) -> Iterator[list[str]]:
    """The cells of each column, in the order of the headers."""
    at = np.array(rows)
    names = _names(parts.named[at])
    level = [LADDER[step - 1] for step in population.level[at].tolist()]
    unit = population.unit[at].tolist()
    zones = [ZONES[zone][0] for zone in population.zone[at].tolist()]
    yield _ids(at)
    yield names
    yield [
        f"{name.replace(' ', '.').lower()}.{row}@firm.example"
        for name, row in zip(names, rows, strict=True)
    ]
    yield [f"{name} in unit {number}" for name, number in zip(level, unit, strict=True)]
    yield level
    yield [f"Unit {number}" for number in unit]
    yield [zone.rpartition("/")[2].replace("_", " ") for zone in zones]
    yield zones
    yield [LANGUAGES[spoken] for spoken in population.spoken[at].tolist()]
    yield _ids(population.manager[at])
    yield [_DAYS[day] for day in parts.hired[at].tolist()]
    yield from _part_columns(population, parts, at)


def _part_columns(p: Population, parts: _Parts, at: Ints) -> Iterator[list[str]]:
    learns, advises = parts.learns[at], parts.advises[at]
    roles_here = (learns + 2 * advises).tolist()
    yield [("", "learner", "adviser", "both")[role] for role in roles_here]
    yield [str(places) if places else "" for places in parts.demand[at].tolist()]
    yield [str(places) if places else "" for places in parts.capacity[at].tolist()]
    yield _listed(p.offered[at], advises, _offer, p.offered_level[at] - 1)
    priority = np.broadcast_to(np.arange(p.wanted.shape[1]), p.wanted[at].shape)
    yield _listed(p.wanted[at], learns, _want, (p.wanted_level[at] - 1) * 4 + priority)
    yield _goals(p, parts, at)
    asks = [_ids(parts.asks[at, wish]) for wish in range(3)]
    yield [";".join(filter(None, wishes)) for wishes in zip(*asks, strict=True)]
    yield _ids(parts.apart[at])


def _ids(at: Ints) -> list[str]:
    return [f"P{row:07d}" if row >= 0 else "" for row in at.tolist()]


def _names(drawn: Ints) -> list[str]:
    return [
        f"{GIVEN[number % len(GIVEN)]} {FAMILY[number // len(GIVEN)]}" for number in drawn.tolist()
    ]


def _listed(
    skills: Small, taking_part: np.ndarray, words: Callable[[int, int], str], detail: np.ndarray
) -> list[str]:
    """ "skill:level; skill:level" of those who take part in that role."""
    cells = []
    for takes, row, more in zip(
        taking_part.tolist(), skills.tolist(), detail.tolist(), strict=True
    ):
        named = [words(skill, each) for skill, each in zip(row, more, strict=True) if skill >= 0]
        cells.append("; ".join(named) if takes else "")
    return cells


def _goals(p: Population, parts: _Parts, at: Ints) -> list[str]:
    """A sentence about the skill somebody most wants or best likes to show."""
    cells = []
    about = np.where(parts.learns[at], p.wanted[at, 0], p.offered[at, 0])
    for goal, learns, skill in zip(
        parts.goal[at].tolist(), parts.learns[at].tolist(), about.tolist(), strict=True
    ):
        said = HOPES[goal % len(HOPES)] if learns else GIFTS[goal % len(GIFTS)]
        cells.append(said.format(SKILL_NAMES[skill]) if goal >= 0 else "")
    return cells


def _offer(skill: int, level: int) -> str:
    return f"{SKILL_NAMES[skill]}:{LEVEL_NAMES[level]}"


def _want(skill: int, detail: int) -> str:
    level, priority = divmod(detail, 4)
    return f"{SKILL_NAMES[skill]}:{priority + 1}:{LEVEL_NAMES[level]}"


_DAYS = [(FIRST_DAY + timedelta(days=day)).isoformat() for day in range(365 * 20)]
assert len(SKILL_NAMES) == SKILLS == len(set(SKILL_NAMES))
