"""A worker process: the library's loop, with upkeep in a thread beside it."""

import logging
import threading
from datetime import timedelta
from functools import cache

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from django.utils.crypto import get_random_string
from django.utils.module_loading import import_string
from django_tasks_db.management.commands.db_worker import Worker

from viceversa.toolkit import clock
from viceversa.toolkit.jobs import upkeep

logger = logging.getLogger(__name__)

UPKEEP_SECONDS = 5.0


def keep_up(worker_id: str) -> None:
    now = clock.now()
    upkeep.beat(worker_id, now=now)
    upkeep.free_stuck_jobs(now=now)
    upkeep.enqueue_due(_schedule(), now=now)


@cache
def _schedule() -> dict[str, timedelta]:
    schedule: dict[str, timedelta] = import_string(settings.SCHEDULE)
    return schedule


def _upkeep_loop(worker_id: str, stop: threading.Event) -> None:
    while not stop.wait(UPKEEP_SECONDS):
        close_old_connections()
        try:
            keep_up(worker_id)
        except DatabaseError:
            logger.warning("upkeep of worker %s will be tried again", worker_id, exc_info=True)


def work(*, interval: float = 0.5, batch: bool = False) -> None:
    """Runs jobs until told to stop; with `batch` until none is left."""
    worker_id = get_random_string(32)
    worker = Worker(
        queue_names=["*"],
        interval=interval,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=worker_id,
        excluded_queue_names=[],
    )
    keep_up(worker_id)
    stop = threading.Event()
    threading.Thread(target=_upkeep_loop, args=(worker_id, stop), daemon=True).start()
    if threading.current_thread() is threading.main_thread():
        worker.configure_signals()
    try:
        worker.run()
    finally:
        stop.set()
