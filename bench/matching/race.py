"""Ours beside the peers on the same stored edges: in turns, each in a process of its own."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from bench.matching.solvers import SOLVERS, Solver

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / ".venv-peers"
REQUIREMENTS = Path(__file__).with_name("requirements.txt")
EASY = "abundant"
ONCE_ENOUGH = 20.0  # seconds after which a solver is not asked again in the same run


class Disagreement(Exception):
    """Two exact solvers found optima of different worth."""


@dataclass(frozen=True)
class Course:
    """One instance that all solvers are given."""

    kind: str
    people: int
    places: int

    @property
    def label(self) -> str:
        return f"{self.people:,} {self.kind}, {'one place' if self.places == 1 else '1–3 places'}"

    def stored(self, folder: Path) -> Path:
        """The file of the instance, made by another process if it is not there yet."""
        path = folder.absolute() / f"{self.kind}-{self.people}-{self.places}.npz"
        if not path.exists():
            partial = path.with_name(f"partial-{os.getpid()}.npz")
            command = [sys.executable, "-m", "bench.matching.generate", "edges", self.kind]
            places = ["--places", str(self.places), "--out", str(partial)]
            subprocess.run([*command, str(self.people), *places], cwd=ROOT, check=True)
            partial.rename(path)
        return path

    def solvers(self, names: list[str]) -> list[Solver]:
        """Who takes part: those named whose limits allow it."""
        return [
            solver for solver in SOLVERS.values() if solver.name in names and self._fits(solver)
        ]

    def _fits(self, solver: Solver) -> bool:
        most = solver.most if self.kind == EASY else solver.most_hard
        return self.people <= most and (self.places == 1 or not solver.single)


@dataclass
class Result:
    """What one solver did on one course, over all rounds."""

    places: int = 0
    total: int = 0
    seconds: list[float] = field(default_factory=list)
    cpu_seconds: list[float] = field(default_factory=list)
    peak_mib: float = 0.0
    failure: str = ""

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)

    @property
    def cpu(self) -> float:
        return statistics.median(self.cpu_seconds)

    def add(self, told: dict[str, float]) -> None:
        self.places, self.total = int(told["places"]), int(told["total"])
        self.seconds.append(told["seconds"])
        self.cpu_seconds.append(told["cpu_seconds"])
        self.peak_mib = max(self.peak_mib, told["peak_mib"])


Results = dict[str, Result]


def install_peers() -> None:
    """Their own environment, once; ours stays as the product needs it."""
    if (PEERS / "ready").exists():
        return
    print(f"Installing the peers into {PEERS.name} …", flush=True)
    subprocess.run([sys.executable, "-m", "venv", str(PEERS)], check=True)
    into = ["--python", str(_python(PEERS)), "--require-hashes", "-r", str(REQUIREMENTS)]
    subprocess.run([sys.executable, "-m", "uv", "pip", "install", "-q", *into], check=True)
    (PEERS / "ready").touch()


def race(course: Course, names: list[str], folder: Path, repeats: int, limit: float) -> Results:
    """Medians come from rounds in which everybody has a turn. Raises Disagreement."""
    path = course.stored(folder)
    solvers = course.solvers(names)
    results = {solver.name: Result() for solver in solvers}
    for _ in range(repeats):
        for solver in solvers:
            result = results[solver.name]
            if not result.failure and not (result.seconds and result.median > ONCE_ENOUGH):
                _take_turn(solver, path, limit, result)
    _agree(course, results)
    return results


def _take_turn(solver: Solver, path: Path, limit: float, result: Result) -> None:
    python = sys.executable if solver.ours else str(_python(PEERS))
    command = [python, "-m", "bench.matching.solve_one", solver.name, str(path)]
    try:
        done = subprocess.run(
            command, cwd=ROOT, timeout=limit, capture_output=True, text=True, check=False
        )
    except subprocess.TimeoutExpired:
        result.failure = f"> {limit:,.0f} s"
        return
    if done.returncode:
        result.failure = _last(done.stderr) or f"ended with code {done.returncode}"
    else:
        result.add(json.loads(_last(done.stdout)))


def _agree(course: Course, results: Results) -> None:
    """Every exact solver reaches the same places and total, and nobody reaches more."""
    exact = {n: r for n, r in results.items() if SOLVERS[n].exact and not r.failure}
    worth = {(result.places, result.total) for result in exact.values()}
    if len(worth) > 1:
        said = ", ".join(f"{name} {r.places:,} / {r.total:,}" for name, r in exact.items())
        raise Disagreement(f"{course.label}: the exact solvers differ: {said}.")
    for name, result in results.items():
        if worth and not result.failure and (result.places, result.total) > max(worth):
            raise Disagreement(f"{course.label}: {name} is better than the exact solvers.")


def _python(environment: Path) -> Path:
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _last(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1] if lines else ""
