"""A command run to its end, with its seconds and the peak of its memory."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

GIB = 1 << 30
COMMAND = Path(sys.executable).with_name("viceversa")


@dataclass(frozen=True)
class Watched:
    """``failure`` is empty when the command ended well."""

    seconds: float
    peak_mib: float
    failure: str = ""


def watch(
    arguments: list[str],
    *,
    limit: float = 600.0,
    memory_gib: int = 16,
    environment: dict[str, str] | None = None,
) -> Watched:
    """`viceversa …` in a process of its own, stopped when it takes too long or too much."""

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (memory_gib * GIB, memory_gib * GIB))

    with tempfile.TemporaryFile("w+") as errors:
        began = time.perf_counter()
        process = subprocess.Popen(
            [str(COMMAND), *arguments],
            stdout=subprocess.DEVNULL,
            stderr=errors,
            env=os.environ | (environment or {}),
            preexec_fn=bound,
        )
        stop = threading.Timer(limit, process.kill)
        stop.start()
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        stop.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        failure = _reason(errors.read(), process.returncode, seconds >= limit, limit)
    return Watched(seconds, used.ru_maxrss / 1024, failure)


def _reason(said: str, code: int, stopped: bool, limit: float) -> str:
    if stopped:
        return f"> {limit:,.0f} s"
    if not code:
        return ""
    lines = said.strip().splitlines()
    return lines[-1][:80] if lines else f"ended with code {code}"
