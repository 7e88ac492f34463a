"""What is right and what is wrong with this installation, in sentences that say what to do."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from viceversa.history.queries import first_broken_entry
from viceversa.meetings.actions.mailbox import opened
from viceversa.meetings.queries.mailbox import sentence
from viceversa.meetings.rules.mailbox import NoMailbox
from viceversa.toolkit import clock
from viceversa.toolkit.models import WorkerBeat

LEAST_FREE_BYTES = 500 * 1024 * 1024


@dataclass(frozen=True)
class Finding:
    ok: bool
    sentence: str


def examine(echo: Callable[[str], None]) -> int:
    """Returns 0 when all is well, 1 otherwise."""
    findings = list(_findings())
    for finding in findings:
        echo(f"{'ok   ' if finding.ok else 'WRONG'}  {finding.sentence}")
    return 0 if all(finding.ok for finding in findings) else 1


def _findings() -> Iterator[Finding]:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield Finding(False, f"The database cannot be reached: {error}. Check DATABASE_URL.")
        return
    yield Finding(True, f"The database answers ({connection.vendor}).")
    if pending_migrations():
        yield Finding(False, "The database is behind this version. Run: viceversa setup")
        return
    yield Finding(True, "The database fits this version.")
    yield _static_files()
    yield _worker()
    yield _disk()
    yield _mail()
    yield from _replies()
    yield _history()


def pending_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def worker_is_alive() -> bool:
    return WorkerBeat.objects.filter(seen_at__gte=clock.now() - timedelta(seconds=60)).exists()


def _static_files() -> Finding:
    if (settings.STATIC_ROOT / "staticfiles.json").exists():
        return Finding(True, "The static files are in place.")
    return Finding(False, "The static files are missing. Run: viceversa setup")


def _worker() -> Finding:
    if worker_is_alive():
        return Finding(True, "A worker is running.")
    return Finding(
        False, "No worker is running, so imports, matching and mail wait. Run: viceversa work"
    )


def _disk() -> Finding:
    free = shutil.disk_usage(settings.STATIC_ROOT.parent).free
    sentence = f"{free // 1024**2:,} MB are free on the disk of the home folder."
    return Finding(free >= LEAST_FREE_BYTES, sentence)


def _mail() -> Finding:
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    if folder is not None:
        return Finding(True, f"Mails become files in {folder}. Set EMAIL_URL to send them.")
    return Finding(True, f"Mails go through {settings.EMAIL_HOST}:{settings.EMAIL_PORT}.")


def _replies() -> Iterator[Finding]:
    """Only where a mail server is asked for them."""
    if not settings.INBOUND_IMAP:
        return
    try:
        with opened(settings.INBOUND_IMAP):
            yield Finding(True, "The mailbox that receives calendar replies can be read.")
    except NoMailbox as problem:
        yield Finding(False, sentence(str(problem)))


def _history() -> Finding:
    broken = first_broken_entry()
    if broken is None:
        return Finding(True, "The history is unbroken.")
    return Finding(False, f"The history was changed at entry {broken}. Compare with a backup.")
