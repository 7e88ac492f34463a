"""people.csv to a ready roster, beside the csv module alone on the same file."""

import csv
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from viceversa.matching.engine import Settings
from viceversa.matching.engine.files.people_csv import read_people
from viceversa.matching.engine.files.programme_toml import Programme
from viceversa.matching.engine.people.columns import People
from viceversa.matching.engine.people.roster import call_the_roll

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "100000"))
HEADERS = (
    *("id", "name", "email", "title", "level", "unit", "location", "timezone", "languages"),
    *("manager_id", "hired_on", "role", "demand", "capacity", "offers", "wants", "goals"),
    *("asks", "keep_apart", "working_hours"),
)
LADDER = tuple(f"Level {number}" for number in range(1, 9))
ZONES = ("Europe/London", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Asia/Tokyo")
SKILLS = tuple(f"Skill {number}" for number in range(300))
COMMON = tuple(1 / number for number in range(1, 301))
WORDS = ("film", "cloud", "clients", "budget", "voice", "social", "media", "teams")
ARRAYS = ("want_skill", "offer_skill", "wish_rank", "adviser_wish_rank", "demand", "capacity")


def rows(people: int) -> Iterator[list[str]]:
    """A management tree in which every fifth person is a learner."""
    chance = random.Random(1)
    for number in range(people):
        senior = number % 5 == 0
        yield [
            *(f"p{number:07d}", f"Person {number}", f"p{number}@example.org", "Engineer"),
            *(chance.choice(LADDER), f"Unit {chance.randrange(400)}"),
            *(f"City {chance.randrange(60)}", chance.choice(ZONES), chance.choice(("en", "en;de"))),
            *(f"p{(number - 1) // 7:07d}" if number else "", "2024-05-01"),
            *(_wanting(chance, people) if senior else _offering(chance)),
            f"{chance.randint(7, 10)}-{chance.randint(15, 19)}",
        ]


def _wanting(chance: random.Random, people: int) -> list[str]:
    skills = dict.fromkeys(chance.choices(SKILLS, COMMON, k=3))
    wants = "; ".join(f"{skill}:{place}" for place, skill in enumerate(skills, 1))
    goals = " ".join(chance.choices(WORDS, k=chance.choice((0, 6))))
    asks = ";".join(f"p{chance.randrange(people):07d}" for _ in range(chance.choice((0, 2))))
    return ["learner", str(chance.randint(1, 3)), "", "", wants, goals, asks, ""]


def _offering(chance: random.Random) -> list[str]:
    levels = ("basic", "working", "strong", "expert")
    skills = dict.fromkeys(chance.choices(SKILLS, COMMON, k=3))
    offers = "; ".join(f"{skill}:{chance.choice(levels)}" for skill in skills)
    return ["adviser", "", str(chance.randint(1, 3)), offers, "", "", "", ""]


def read_rows(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def ready_roster(people: People) -> int:
    """Every array that matching takes from the roster."""
    roster = call_the_roll(people, Settings())
    for name in ARRAYS:
        getattr(roster, name)
    return len(roster.people)


def timed(what: str, work: Callable[[], object]) -> float:
    """Seconds of processor, which other work on the machine disturbs least."""
    began, busy = time.perf_counter(), time.process_time()
    work()
    seconds, busy = time.perf_counter() - began, time.process_time() - busy
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{what:<20}{seconds:7.2f} s ({busy:.2f} s of processor), peak {peak:,} MiB")
    return busy


def main() -> int:
    found: list[People] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "people.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerow(HEADERS)
            csv.writer(file).writerows(rows(PEOPLE))
        print(f"{PEOPLE:,} people, {path.stat().st_size / 2**20:,.0f} MiB")
        alone = timed("csv module alone", lambda: read_rows(path))
        programme = Programme(Settings(), ladder=LADDER)
        ours = timed("read into columns", lambda: found.append(read_people(path, programme).people))
        ours += timed("ready roster", lambda: ready_roster(found[0]))
    print(f"{ours / alone:.1f} times the csv module alone")
    return 0


if __name__ == "__main__":
    sys.exit(main())
