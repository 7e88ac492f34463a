"""Deferring a job by its name. `config/jobs.py` ties names to functions."""

import logging
from datetime import timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django_tasks import task

from viceversa.toolkit import clock

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 6


@cache
def job_table() -> dict[str, str]:
    table: dict[str, str] = import_string(settings.JOBS)
    return table


def later(name: str, *, delay: timedelta | None = None, **arguments: Any) -> None:
    """Enqueues a job; it exists only if the caller's transaction commits."""
    if name not in job_table():
        raise LookupError(f"No job is called {name!r}; see config/jobs.py.")
    _enqueue(name, arguments, attempt=1, delay=delay)


def _enqueue(
    name: str, arguments: dict[str, Any], *, attempt: int, delay: timedelta | None
) -> None:
    job = run_named
    if delay:
        job = job.using(run_after=clock.now() + delay)
    job.enqueue(name=name, arguments=arguments, attempt=attempt)


def back_off(attempt: int) -> timedelta:
    """10 s, 40 s, 160 s … between attempts."""
    return timedelta(seconds=10 * 4 ** (attempt - 1))


@task
def run_named(name: str, arguments: dict[str, Any], attempt: int) -> None:
    try:
        import_string(job_table()[name])(**arguments)
    except Exception:
        if attempt < MOST_ATTEMPTS:
            logger.warning("job %s failed, attempt %s, will be tried again", name, attempt)
            _enqueue(name, arguments, attempt=attempt + 1, delay=back_off(attempt))
        raise
