"""Fills a home folder of its own with planted texts: `python -m tests.trust.plant`, with the
folder in VICEVERSA_HOME. Prints what was typed where, as JSON, and leaves the write-ahead log."""

import json
import os
import sys
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from typing import Any

WANTED = 1000


def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "viceversa.config.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    settings.ALLOWED_HOSTS = ["testserver"]
    settings.DEBUG = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_autocheckpoint = 200")
    _load_the_sample()
    planted: dict[str, str] = {}
    _plant(planted)
    _work()
    print(json.dumps({"planted": planted, "missing": _fields_without_content()}))
    sys.stdout.flush()
    os._exit(0)  # a connection that is closed in order would tidy the log away


def _load_the_sample() -> None:
    from viceversa.home.management.sample import run_sample

    run_sample(people=240, seed=2026, echo=lambda line: None, tell=False)


def _plant(planted: dict[str, str]) -> None:
    from tests.factories import make_coordinator, make_programme
    from tests.trust.concern import comment_in_a_pulse, raise_a_concern
    from tests.trust.journey import exchange, live, make_pair
    from viceversa.programmes.models import Programme

    numbers = count(1)
    raise_a_concern(numbers, planted)
    comment_in_a_pulse(numbers, planted)
    programme = make_programme(state=Programme.State.RUNNING)
    make_coordinator(programme)
    for state in _states():
        pair = make_pair(programme, numbers, planted)
        live(pair, state)
        if state == "active":
            _by_api(pair, numbers, planted)
        if len(planted) >= WANTED:
            return
    while len(planted) < WANTED:
        pair = make_pair(programme, numbers, planted)
        live(pair, "active")
        exchange(pair, times=4)


def _states() -> list[str]:
    return ["active", "completed", "ended", "paused", "closing", "preparing"]


def _by_api(pair: Any, numbers: Iterator[int], planted: dict[str, str]) -> None:
    """The same through the API, and what it refuses."""
    from tests.factories import actor_for_person, make_user
    from tests.trust.scanner import secret
    from viceversa.accounts.actions import create_token
    from viceversa.toolkit import clock

    person, now = pair.partnership.learner.person, clock.now()
    _token, raw = create_token(
        user=make_user(person),
        name="a program",
        scopes=["read", "write"],
        expires_at=now + timedelta(days=1),
        by=actor_for_person(person),
        now=now,
    )
    for kind, taken in (("clients", True), ("no such kind", False)):
        word, more = secret(next(numbers)), secret(next(numbers))
        planted |= {word: "api goal title", more: "api goal words"}
        answer = pair.learner.client.post(
            f"/api/v1/partnerships/{pair.key}/goals",
            json.dumps({"stream": "learning", "kind": kind, "title": word, "words": more}),
            content_type="application/json",
            headers={"Authorization": f"Bearer {raw}"},
        )
        assert (answer.status_code == 201) is taken, answer.content


def _work() -> None:
    """Whatever happens later happens: mails, digests, reminders, series, clocks."""
    from viceversa.config.jobs import SCHEDULE
    from viceversa.notifications.models import Delivery
    from viceversa.toolkit import clock
    from viceversa.toolkit.jobs import later
    from viceversa.toolkit.jobs.worker import work

    Delivery.objects.update(not_before=clock.now())
    for name in SCHEDULE:
        later(name)
    work(batch=True)


def _fields_without_content() -> list[str]:
    """Sealed fields in which nothing was written: a new field has to be planted, too."""
    from django.apps import apps
    from django.db import models

    return [
        f"{model.__name__}.{field.name}"
        for label in ("partnerships", "meetings", "safeguarding")
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.BinaryField)
        and not model._default_manager.exclude(**{field.name: None})
        .exclude(**{field.name: b""})
        .exists()
    ]


if __name__ == "__main__":
    main()
