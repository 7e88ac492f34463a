"""`make bench`: every benchmark in a process of its own."""

import subprocess
import sys

BENCHMARKS = (
    "bench.people_import",
    "bench.reading",
    "bench.matching_files",
    "bench.matching",
    "bench.jobs",
    "bench.pages",
    "bench.what_if",
    "bench.walk",
)


def main() -> int:
    failed = 0
    for name in BENCHMARKS:
        print(f"== {name}", flush=True)
        failed |= subprocess.run([sys.executable, "-m", name], check=False).returncode
    return failed


sys.exit(main())
