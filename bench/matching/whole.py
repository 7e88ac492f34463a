"""The whole command, from people.csv to the report, and how long it takes to begin."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.matching.race import ROOT
from bench.matching.watched import Watched, watch

FEW = 300  # people of the first match after install
STARTS = 10
SHORTEST, MATCH, VERIFY = "viceversa --help", "match", "verify"


def whole_table(kinds: list[str], sizes: list[int], limit: float) -> str:
    """Match and verify for each kind and size, with growth from size to size."""
    rows = [
        "| people | match, s | peak MiB | growth | verify, s | verify, share of match |",
        "|---|---|---|---|---|---|",
    ]
    for kind in kinds:
        before: Watched | None = None
        for people in sizes:
            with tempfile.TemporaryDirectory() as folder:
                match, verify = _match_and_verify(Path(folder), kind, people, limit)
            rows.append(f"| {people:,} {kind} | {_cells(match, verify, before)} |")
            print(rows[-1], flush=True)
            before = match
            if match.failure:
                break
    return "\n".join(rows)


def _match_and_verify(
    folder: Path, kind: str, people: int, limit: float
) -> tuple[Watched, Watched | None]:
    csv, toml = made_files(folder, kind, people)
    match = _match(csv, toml, folder / "out", limit=limit)
    if match.failure:
        return match, None
    return match, watch([VERIFY, str(folder / "out" / "certificate.json")], limit=limit)


def made_files(folder: Path, kind: str, people: int) -> tuple[Path, Path]:
    """Made by another process: what the command's peak is counted from must stay small."""
    command = [sys.executable, "-m", "bench.matching.generate", "people", kind, str(people)]
    subprocess.run([*command, "--out", str(folder)], cwd=ROOT, check=True)
    return folder / "people.csv", folder / "programme.toml"


def _match(
    csv: Path,
    toml: Path,
    out: Path,
    *,
    limit: float = 600.0,
    environment: dict[str, str] | None = None,
) -> Watched:
    files = ["--people", str(csv), "--programme", str(toml), "--out", str(out)]
    return watch([MATCH, *files], limit=limit, environment=environment)


def _cells(match: Watched, verify: Watched | None, before: Watched | None) -> str:
    if match.failure:
        return f"{match.failure} | {match.peak_mib:,.0f} | | |"
    growth = f"{match.seconds / before.seconds:.1f} ×" if before else ""
    told = f"{match.seconds:,.1f} | {match.peak_mib:,.0f} | {growth}"
    if verify is None or verify.failure:
        return f"{told} | {verify.failure if verify else ''} |"
    return f"{told} | {verify.seconds:,.1f} | {100 * verify.seconds / match.seconds:.0f} %"


def start_table() -> str:
    """`--help`, and the first match after install (nothing compiled yet) beside the second."""
    helped = statistics.median(watch(["--help"]).seconds for _ in range(STARTS))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        csv, toml = made_files(folder, "abundant", FEW)
        fresh = {"VICEVERSA_HOME": str(folder / "home"), "NUMBA_CACHE_DIR": str(folder / "cache")}
        turns = [_match(csv, toml, folder / f"out{turn}", environment=fresh) for turn in range(3)]
    wrong = next((turn.failure for turn in turns if turn.failure), "")
    if wrong:
        raise RuntimeError(f"viceversa match failed: {wrong}")
    first, second = turns[0].seconds, statistics.median(turn.seconds for turn in turns[1:])
    return "\n".join(
        [
            "| | seconds |",
            "|---|---|",
            f"| `{SHORTEST}`, median of {STARTS} | {helped:.2f} |",
            f"| first match of {FEW} people, nothing compiled yet | {first:.1f} |",
            f"| the same again | {second:.1f} |",
            f"| what the first costs more | {first - second:.1f} |",
        ]
    )
