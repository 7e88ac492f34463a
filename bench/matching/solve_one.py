"""One solver on one stored instance in a process of its own; the result is a line of JSON.

    python -m bench.matching.solve_one ortools-best instance.npz

Time covers what the solver builds and its solution, not reading the file or importing packages.
The packages (and our compiled code) are warmed up on a tiny instance before. Memory is the peak
while solving less what was in use when the instance lay ready.
"""

from __future__ import annotations

import json
import resource
import statistics
import sys
import time
from pathlib import Path

import numpy as np

from bench.matching.generate import Instance, load_instance
from bench.matching.solvers import SOLVERS

AGAIN_FOR = 0.2  # seconds for which a quick solver is asked again
TINY = Instance(
    demand=np.array([1, 1], np.int32),  # of the type of stored instances
    capacity=np.array([1, 1, 1], np.int32),
    learner=np.array([0, 0, 1, 1], np.int32),
    adviser=np.array([0, 1, 1, 2], np.int32),
    score=np.array([9, 5, 8, 1], np.int32),
)


def measured(name: str, given: Instance) -> dict[str, float | int]:
    solve = SOLVERS[name].solve
    solve(TINY)
    _forget_peak()
    before = _memory("VmRSS")
    seconds, began = [], time.perf_counter()
    used = time.process_time()
    while not seconds or time.perf_counter() - began < AGAIN_FOR:
        at = time.perf_counter()
        edges = solve(given)
        seconds.append(time.perf_counter() - at)
    used = (time.process_time() - used) / len(seconds)
    peak = _memory("VmHWM")
    check_edges(given, edges)
    return {
        "places": len(edges),
        "total": int(given.score[edges].sum()),
        "seconds": statistics.median(seconds),
        "cpu_seconds": used,
        "peak_mib": round(max(peak - before, 0) / 1024, 1),
    }


def check_edges(given: Instance, edges: np.ndarray) -> None:
    """Nobody has more partners than places, and no pair is booked twice."""
    used = np.bincount(given.learner[edges], minlength=len(given.demand))
    taken = np.bincount(given.adviser[edges], minlength=len(given.capacity))
    if len(np.unique(edges)) < len(edges) or (used > given.demand).any():
        raise RuntimeError("The answer gives a learner more than they want.")
    if (taken > given.capacity).any():
        raise RuntimeError("The answer gives an adviser more than they take.")


def _forget_peak() -> None:
    """Let the peak begin anew, where the system can."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        print("The peak before solving cannot be reset here.", file=sys.stderr)


def _memory(field: str) -> int:
    """KiB now (VmRSS) or at the peak (VmHWM). A child's ru_maxrss would count its parent."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    line = next(line for line in status.splitlines() if line.startswith(field))
    return int(line.split()[1])


if __name__ == "__main__":
    print(json.dumps(measured(sys.argv[1], load_instance(Path(sys.argv[2])))))
