"""``make prove``: every property of the engine on so many cases each, beginning at a seed.

The suite runs the first of these cases every time; this runs as many as one has patience for.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from tests.matching.engine.properties import PROPERTIES, lists_give_the_answer_of_all_pairs

Property = Callable[[int], None]


def report(check: Property, seeds: Iterable[int]) -> Iterator[str]:
    """A sentence for each seed of which the property does not hold."""
    for seed in seeds:
        try:
            check(seed)
        except Exception as reason:
            name = getattr(check, "__name__", "lists_give_the_answer_of_all_pairs")
            yield f"{name}, seed {seed}: {reason or type(reason).__name__}"


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Every property of the engine, case after case.")
    parser.add_argument("cases", nargs="?", type=int, default=2000, help="of each property")
    parser.add_argument("--first", type=int, default=0, help="the first seed")
    parser.add_argument("--lists", type=int, default=200, help="programmes solved on lists")
    parser.add_argument("--people", type=int, default=2000, help="in each of these")
    return parser.parse_args()


def run(name: str, check: Property, seeds: range) -> int:
    began, failed = time.perf_counter(), 0
    for sentence in report(check, seeds):
        failed += 1
        print(f"  {sentence}", flush=True)
    seconds = time.perf_counter() - began
    print(
        f"{name.replace('_', ' '):<52} {len(seeds):>7,} {failed:>7} {seconds:>8.1f} s", flush=True
    )
    return failed


def main() -> int:
    wanted = asked()
    print(f"{'of every problem':<52} {'cases':>7} {'failed':>7} {'time':>10}")
    seeds = range(wanted.first, wanted.first + wanted.cases)
    failed = sum(run(name, check, seeds) for name, check in PROPERTIES.items())
    on_lists = partial(lists_give_the_answer_of_all_pairs, size=wanted.people)
    seeds = range(wanted.first, wanted.first + wanted.lists)
    failed += run(f"lists give the answer of all pairs, {wanted.people:,} people", on_lists, seeds)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
