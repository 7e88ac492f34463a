"""Every job that runs by itself, with 100,000 people of whom each is in a partnership: seconds and
queries of a run in an ordinary week, and of the run after it, when nothing is left to do."""

import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "100000"))
PAIRS = PEOPLE // 2
AT_ONCE = 5000


def prepare() -> None:
    os.environ["VICEVERSA_HOME"] = tempfile.mkdtemp(prefix="viceversa-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "viceversa.config.settings"
    os.environ["LOG_LEVEL"] = "ERROR"
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)


def store(rows: Iterable[Any]) -> list[Any]:
    made = list(rows)
    return list(type(made[0]).objects.bulk_create(made, batch_size=AT_ONCE))


def load(now: datetime) -> None:
    """Half hours spread over the week; of each seventh pair one is just over, each tenth promised
    something for tomorrow, each hundredth was silent, each two hundredth pauses until today."""
    from viceversa.partnerships.models import Partnership
    from viceversa.people.models import Person
    from viceversa.programmes.models import Enrolment, Programme

    programme = Programme.objects.create(
        name="Bench", slug="bench", template="blank", state="running", created_at=now
    )
    people = store(
        Person(external_id=f"B{n}", name=f"Person {n}", email=f"p{n}@firm.example")
        for n in range(2 * PAIRS)
    )
    parts = store(
        Enrolment(
            programme=programme,
            person=person,
            is_learner=n % 2 == 0,
            is_adviser=n % 2 == 1,
            created_at=now,
        )
        for n, person in enumerate(people)
    )
    weeks_ago = now - timedelta(weeks=6)
    pairs = store(
        Partnership(
            programme=programme,
            learner=parts[2 * n],
            adviser=parts[2 * n + 1],
            state="paused" if n % 200 == 199 else "active",
            paused_at=weeks_ago if n % 200 == 199 else None,
            paused_until=now.date() if n % 200 == 199 else None,
            learner_accepted_at=weeks_ago,
            adviser_accepted_at=weeks_ago,
            started_at=weeks_ago,
            created_at=weeks_ago,
        )
        for n in range(PAIRS)
    )
    half_hours(pairs, now)
    mails(people, now)


def half_hours(pairs: list[Any], now: datetime) -> None:
    from viceversa.meetings.models import Commitment, Meeting, Series

    weeks_ago = now - timedelta(weeks=6)
    met = [(n, pair) for n, pair in enumerate(pairs) if pair.state == "active" and n % 100 != 50]
    firsts = [now + timedelta(minutes=n * 10080 // PAIRS) for n, _pair in met]
    series = store(
        Series(
            partnership=pair,
            zone="UTC",
            first_on=(at - timedelta(weeks=5)).date(),
            clock=at.time().replace(microsecond=0),
            until=(at + timedelta(weeks=30)).date(),
            booked_to=(at + timedelta(weeks=2 if n % 5 == 0 else 3)).date(),
            booked_by_id=pair.learner.person_id,
            created_at=weeks_ago,
        )
        for (n, pair), at in zip(met, firsts, strict=True)
    )
    tell(series)
    store(
        Meeting(
            partnership=pair,
            series=one,
            recurs_on=(at + timedelta(weeks=week)).date(),
            starts_at=(at + timedelta(weeks=week)).replace(microsecond=0),
            zone="UTC",
            state="booked" if week >= 0 else "held",
            booked_by_id=pair.learner.person_id,
            created_at=weeks_ago,
        )
        for (n, pair), one, at in zip(met, series, firsts, strict=True)
        for week in range(-1, 3 if n % 5 == 0 else 4)
    )
    Meeting.objects.filter(
        state="held", pk__in=_each(Meeting.objects.filter(state="held"), 7)
    ).update(state="booked", starts_at=now - timedelta(hours=1))
    store(
        Commitment(
            partnership=pair,
            author_id=pair.learner.person_id,
            due_on=(now + timedelta(days=1)).date(),
            sealed=b"x",
            made_at=weeks_ago,
        )
        for n, pair in met
        if n % 10 == 0
    )


def tell(series: list[Any]) -> None:
    """As if calendars had been told of each when it was booked."""
    from viceversa.meetings.models import Series
    from viceversa.meetings.rules.repeating import plan_of

    for one in series:
        from_now = one.first_on + timedelta(weeks=4)
        plan = plan_of(
            one.grid,
            booked={day for day in one.grid.days() if day >= from_now},
            decided_to=one.booked_to,
            goes_on=True,
            is_free=lambda day: True,
        )
        one.told = plan.as_told() if plan else None
    Series.objects.bulk_update(series, ["told"], batch_size=AT_ONCE)


def _each(rows: Any, step: int) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True))[::step]


def mails(people: list[Any], now: datetime) -> None:
    """Each fortieth person has three lines that wait for a digest, each hundredth a mail."""
    from viceversa.notifications.models import Delivery, Gathered, Notification

    def lines(chosen: list[Any]) -> list[Any]:
        return store(
            Notification(person=one, kind="bench", title="A line", created_at=now) for one in chosen
        )

    waiting = lines([one for one in people[::40] for _turn in range(3)])
    store(
        Gathered(notification=line, person=line.person, pace="daily", due_at=now)
        for line in waiting
    )
    store(
        Delivery(notification=line, channel="email", address=line.person.email, not_before=now)
        for line in lines(people[::100])
    )


@contextmanager
def counted() -> Iterator[list[int]]:
    from django.db import connection

    seen = [0]

    def count(execute: Callable[..., Any], *arguments: Any) -> Any:
        seen[0] += 1
        return execute(*arguments)

    with connection.execute_wrapper(count):
        yield seen


def run(function: Callable[[], None]) -> tuple[float, int]:
    with counted() as queries:
        started = time.perf_counter()
        function()
        seconds = time.perf_counter() - started
    return seconds, queries[0]


def main() -> None:
    prepare()
    from django.utils.module_loading import import_string

    from viceversa.config.jobs import JOBS, SCHEDULE
    from viceversa.toolkit import clock

    started = time.perf_counter()
    load(clock.now())
    print(f"{2 * PAIRS:,} people in pairs, loaded in {time.perf_counter() - started:.0f} s")
    print(f"{'job':<30}{'every':>10}{'seconds':>10}{'queries':>10}{'again':>10}{'queries':>10}")
    for name, every in sorted(SCHEDULE.items()):
        function = import_string(JOBS[name])
        first, second = run(function), run(function)
        print(
            f"{name:<30}{every!s:>10}{first[0]:>10.2f}{first[1]:>10,}"
            f"{second[0]:>10.2f}{second[1]:>10,}",
            flush=True,
        )


if __name__ == "__main__":
    main()
