"""Directory, programme and review pages with many people, beside a bare page of the framework.

All pages go through the same middleware, sign-in and context; the bare page differs in its view and
template only. Pages take turns, so that a slow moment of the machine hits all of them.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable

PEOPLE = int(os.environ.get("BENCH_PEOPLE", "100000"))
TURNS = 40


def prepare() -> None:
    os.environ["VICEVERSA_HOME"] = tempfile.mkdtemp(prefix="viceversa-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "viceversa.config.settings"
    os.environ["LOG_LEVEL"] = "ERROR"
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ROOT_URLCONF = "bench.urls"
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)


def load() -> str:
    """Stores the sample, solves a round of its programme, and returns the programme's slug."""
    from viceversa.home.management.sample import run_sample
    from viceversa.matching.actions.round import gather_round
    from viceversa.matching.actions.solving import solve_round
    from viceversa.programmes.models import Programme
    from viceversa.toolkit import clock
    from viceversa.toolkit.actor import system

    run_sample(people=PEOPLE, seed=1, echo=lambda line: None)
    programme = Programme.objects.get(state="enrolling")
    actor = system("bench", via="command")
    started = time.perf_counter()
    round_ = gather_round(programme=programme, by=actor, now=clock.now())
    solve_round(round_id=round_.pk, attempt=round_.attempt, by=actor)
    print(f"round gathered and solved in {time.perf_counter() - started:.1f} s")
    return programme.slug


def visitor() -> Callable[[str], float]:
    from django.test import Client

    from viceversa.accounts.models import User
    from viceversa.home.sample import SIGN_INS

    client = Client()
    user = User.objects.get(email=SIGN_INS[0].email)
    client.force_login(user, backend="viceversa.accounts.backend.Backend")

    def visit(path: str) -> float:
        started = time.perf_counter()
        answer = client.get(path)
        seconds = time.perf_counter() - started
        assert answer.status_code == 200, (path, answer.status_code)
        return seconds

    return visit


def main() -> None:
    prepare()
    slug = load()
    pages = {
        "bare page": "/bare/",
        "directory": "/people/",
        "directory, searched": "/people/?q=marlow",
        "programme": f"/programmes/{slug}/",
        "review of a round": f"/programmes/{slug}/rounds/1/",
    }
    visit = visitor()
    for path in pages.values():
        visit(path)
    seconds: dict[str, list[float]] = {name: [] for name in pages}
    for _turn in range(TURNS):
        for name, path in pages.items():
            seconds[name].append(visit(path))
    base = statistics.median(seconds["bare page"])
    print(f"{PEOPLE:,} people, medians of {TURNS}")
    for name, values in seconds.items():
        median = statistics.median(values)
        print(f"{name:<22} {median * 1000:7.1f} ms   {median / base:5.1f} x bare")


if __name__ == "__main__":
    sys.exit(main())
