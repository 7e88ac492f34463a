"""What a worker does beside working: it shows that it lives, frees what dead workers held, and
enqueues regular jobs once each."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from viceversa.toolkit import clock
from viceversa.toolkit.jobs.queue import later
from viceversa.toolkit.models import Tick, WorkerBeat

SILENT_AFTER = timedelta(seconds=30)
TICKS_KEPT = timedelta(days=7)
FINISHED_KEPT = timedelta(days=30)


def beat(worker_id: str, *, now: datetime) -> None:
    WorkerBeat.objects.update_or_create(worker_id=worker_id, defaults={"seen_at": now})


def free_stuck_jobs(*, now: datetime) -> int:
    """Puts jobs of workers that fell silent back in the queue. Jobs may run twice without harm."""
    alive = set(
        WorkerBeat.objects.filter(seen_at__gte=now - SILENT_AFTER).values_list(
            "worker_id", flat=True
        )
    )
    freed = 0
    for row in DBTaskResult.objects.running().filter(started_at__lt=now - SILENT_AFTER):
        if not row.worker_ids or row.worker_ids[-1] not in alive:
            freed += (
                DBTaskResult.objects.running()
                .filter(pk=row.pk, started_at=row.started_at)
                .update(status=TaskResultStatus.READY, started_at=None)
            )
    WorkerBeat.objects.filter(seen_at__lt=now - timedelta(days=1)).delete()
    return freed


def forget_finished_jobs() -> None:
    """A job itself: what was done, and what failed for good, is kept for a month."""
    long_ago = clock.now() - FINISHED_KEPT
    DBTaskResult.objects.finished().filter(finished_at__lt=long_ago).delete()


def due_at(now: datetime, every: timedelta) -> datetime:
    """The latest moment, on a grid from midnight, at which a job with this period fell due."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + every * int((now - midnight) / every)


def enqueue_due(schedule: Mapping[str, timedelta], *, now: datetime) -> int:
    taken = 0
    for name, every in schedule.items():
        due = due_at(now, every)
        if not Tick.objects.filter(name=name, due=due).exists():
            taken += _take(name, due)
    Tick.objects.filter(due__lt=now - TICKS_KEPT).delete()
    return taken


def _take(name: str, due: datetime) -> int:
    try:
        with transaction.atomic():
            Tick.objects.create(name=name, due=due)
            later(name)
    except IntegrityError:
        return 0
    return 1
