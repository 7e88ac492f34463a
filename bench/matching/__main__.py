"""The matching engine beside the peers, and the whole command.

    python -m bench.matching                                  # 1,000 to 100,000 people
    BENCH_MILLION=1 python -m bench.matching --parts solvers
    python -m bench.matching --sizes 1000 --solvers viceversa,ortools-best --write

``--write`` puts tables and chart into docs/reference/benchmarks.md. Each part of ``PARTS`` gives
one section of that page.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bench.matching.chart import chart
from bench.matching.generate import KINDS
from bench.matching.page import IMAGES, put
from bench.matching.race import EASY, Course, Disagreement, Results, install_peers, race
from bench.matching.solvers import SOLVERS
from bench.matching.tables import growth_table, race_table
from bench.matching.whole import made_files, start_table, whole_table

MILLION = 1_000_000
SIZES = [1_000, 10_000, 100_000] + ([MILLION] if os.environ.get("BENCH_MILLION") else [])
PICTURE = "matching-solvers-{}.svg"
NOTE = (
    "All solvers get the same edges (32 candidates for each learner) and the same aim: as many "
    "places as possible, then the highest total. Seconds are medians of build and solution; every "
    "exact solver must reach the same places and total, or the run fails. CPU seconds count all "
    "threads and tell more when the machine is shared."
)


def solvers_part(given: argparse.Namespace) -> str:
    if not all(SOLVERS[name].ours for name in given.solvers):
        install_peers()
    everything: dict[Course, Results] = {}
    tables = []
    with tempfile.TemporaryDirectory() as own:
        folder = given.instances or Path(own)
        for course in _courses(given):
            everything[course] = race(course, given.solvers, folder, given.repeats, given.limit)
            tables.append(race_table(course, everything[course]))
            print(tables[-1], end="\n\n", flush=True)
    grown = growth_table(everything)
    print(grown, flush=True)
    pictures = _pictures(everything, given.write)
    return "\n\n".join(filter(None, ["### Beside other solvers", NOTE, *pictures, *tables, grown]))


def _courses(given: argparse.Namespace) -> list[Course]:
    return [
        Course(kind, people, places)
        for people in given.sizes
        for kind in given.kinds
        for places in given.places
    ]


def _pictures(everything: dict[Course, Results], write: bool) -> list[str]:
    """The charts as files, and the lines that show them."""
    said = []
    for places, words in ((3, "one to three places each"), (1, "one place each")):
        drawn = chart(everything, places)
        if drawn and write:
            name = PICTURE.format(places)
            IMAGES.mkdir(exist_ok=True)
            (IMAGES / name).write_text(drawn, encoding="utf-8")
            said.append(f"![Seconds against people, {words}](../images/{name})")
    return said


def whole_part(given: argparse.Namespace) -> str:
    sizes = [people for people in given.sizes if people >= 10_000] or given.sizes
    kinds = [kind for kind in given.kinds if kind != "oversubscribed"] or given.kinds
    return f"### The whole command\n\n{whole_table(kinds, sizes, given.limit)}"


def start_part(given: argparse.Namespace) -> str:
    table = start_table()
    print(table, flush=True)
    return f"### Beginning\n\n{table}"


def candidates_part(given: argparse.Namespace) -> str:
    from bench.matching.candidates import candidates_table

    people = max(size for size in given.sizes if size < MILLION or size == min(given.sizes))
    with tempfile.TemporaryDirectory() as folder:
        table = candidates_table(*made_files(Path(folder), EASY, people))
    print(table, flush=True)
    return f"### Looking for candidates\n\n{table}"


PARTS: dict[str, Callable[[argparse.Namespace], str]] = {
    "solvers": solvers_part,
    "candidates": candidates_part,
    "whole": whole_part,
    "start": start_part,
}


def _listed(known: list[str]) -> Callable[[str], list[str]]:
    def read(text: str) -> list[str]:
        names = [name.strip() for name in text.split(",") if name.strip()]
        unknown = [name for name in names if name not in known]
        if unknown:
            raise argparse.ArgumentTypeError(f"{unknown[0]} is not one of {', '.join(known)}")
        return names

    return read


def _numbers(text: str) -> list[int]:
    return sorted(int(number) for number in text.split(","))


def options(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.matching")
    parser.add_argument("--parts", type=_listed(list(PARTS)), default=list(PARTS))
    parser.add_argument("--sizes", type=_numbers, default=SIZES, help="people, with commas")
    parser.add_argument("--kinds", type=_listed(list(KINDS)), default=list(KINDS))
    parser.add_argument("--places", type=_numbers, default=[1, 3], help="1, 3 or both")
    parser.add_argument("--solvers", type=_listed(list(SOLVERS)), default=list(SOLVERS))
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--limit", type=float, default=600.0, help="seconds for one turn")
    parser.add_argument("--instances", type=Path, help="a folder to keep instances in")
    parser.add_argument("--write", action="store_true", help="write the page and the charts")
    return parser.parse_args(arguments)


def _measured() -> str:
    day = datetime.now(UTC).date()
    return (
        f"Measured on {day:%d %B %Y}, {os.cpu_count()} cores, Python {platform.python_version()}."
    )


def main() -> int:
    given = options()
    for name in given.parts:
        try:
            section = PARTS[name](given)
        except Disagreement as reason:
            print(f"FAILED: {reason}", file=sys.stderr)
            return 1
        if given.write:
            put(name, f"{section}\n\n{_measured()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
