"""Every page of the sample organisation, for everybody who may open it: time, queries and size.

    python -m bench.walk        100,000 people, SQLite; BENCH_PEOPLE and DATABASE_URL change that

Each page is opened twice; the second time counts. Prints the slowest addresses and every page that
is over a limit, and ends with 1 when one is. Files to download are listed, and held to no limit.
"""

import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

from bench.pages import PEOPLE, prepare

MOST_SECONDS, MOST_BYTES, MOST_QUERIES = 0.3, 200_000, 30
SHOWN = 25


@dataclass(frozen=True)
class Seen:
    walker: str
    name: str
    path: str
    status: int
    seconds: float
    queries: int
    size: int
    is_file: bool

    @property
    def is_over(self) -> bool:
        """Files to download hold all there is, and take as long as that takes."""
        if self.is_file or self.status >= 500:
            return self.status >= 500
        return self.seconds > MOST_SECONDS or self.size > MOST_BYTES or self.queries > MOST_QUERIES

    def line(self) -> str:
        marks = f"{self.seconds * 1000:7.0f} ms {self.queries:4} queries {self.size / 1000:7.1f} kB"
        return f"{marks}  {self.status}  {self.name:<38} {self.walker:<22} {self.path}"


def load() -> None:
    from tests.journeys.furnishing import furnish
    from viceversa.home.management.sample import run_sample
    from viceversa.toolkit import clock

    run_sample(people=PEOPLE, seed=1, echo=lambda line: None, tell=False)
    furnish(clock.now())


def walk() -> Iterator[Seen]:
    from django.test import Client

    from tests.journeys.everywhere import walkers

    buttons: set[str] = set()
    for walker in walkers():
        client = Client(raise_request_exception=False)
        if walker.user is not None:
            client.force_login(walker.user, backend="viceversa.accounts.backend.Backend")
        for name, path in walker.pages():
            if name not in buttons and client.get(path).status_code == 405:
                buttons.add(name)
            if name not in buttons:
                yield _seen(client, walker.name, name, path)


def _seen(client, walker: str, name: str, path: str) -> Seen:  # type: ignore[no-untyped-def]
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        started = time.perf_counter()
        answer = client.get(path)
        size = sum(map(len, answer)) if answer.streaming else len(answer.content)
        seconds = time.perf_counter() - started
    is_file = "attachment" in answer.headers.get("Content-Disposition", "")
    return Seen(walker, name, path, answer.status_code, seconds, len(captured), size, is_file)


def main() -> int:
    prepare()
    load()
    seen = [one for one in walk() if one.status in (200, 422) or one.status >= 500]
    tell(seen)
    return 1 if any(one.is_over for one in seen) else 0


def tell(seen: list[Seen]) -> None:
    by_name: dict[str, Seen] = {}
    for one in sorted(seen, key=lambda one: one.seconds):
        by_name[one.name] = one
    slowest = sorted(by_name.values(), key=lambda one: -one.seconds)
    print(f"{PEOPLE:,} people: {len(seen)} pages opened at {len(by_name)} addresses")
    for title, shown in (
        ("slowest of each address", slowest[:SHOWN]),
        ("over a limit", [one for one in seen if one.is_over]),
    ):
        print(f"\n{title}")
        for one in shown:
            print(one.line())
    most = max(seen, key=lambda one: one.queries), max(seen, key=lambda one: one.size)
    print(f"\nmost queries: {most[0].line()}\nlargest:      {most[1].line()}")


if __name__ == "__main__":
    sys.exit(main())
