from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from viceversa.toolkit import clock
from viceversa.toolkit.jobs import later
from viceversa.toolkit.jobs.queue import MOST_ATTEMPTS, back_off, job_table, run_named
from viceversa.toolkit.jobs.upkeep import (
    FINISHED_KEPT,
    SILENT_AFTER,
    beat,
    due_at,
    enqueue_due,
    forget_finished_jobs,
    free_stuck_jobs,
)
from viceversa.toolkit.models import Tick

NOW = datetime(2026, 3, 2, 9, 12, 30, tzinfo=UTC)
NAME = "notifications.deliver"


def fail(**arguments: object) -> None:
    raise ConnectionError("the mail server is away")


@pytest.fixture
def failing_job(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setitem(job_table(), "tests.fail", f"{__name__}.fail")
    return "tests.fail"


@pytest.mark.django_db
def test_a_job_of_a_rolled_back_transaction_does_not_exist() -> None:
    with transaction.atomic():
        later(NAME)
        transaction.set_rollback(True)

    assert not DBTaskResult.objects.exists()


@pytest.mark.django_db
def test_an_unknown_name_is_refused_at_once() -> None:
    with pytest.raises(LookupError, match="No job is called"):
        later("nobody.knows")


@pytest.mark.django_db
def test_a_failed_job_is_tried_again_later(failing_job: str) -> None:
    with pytest.raises(ConnectionError):
        run_named.func(failing_job, {"round": 7}, 1)

    again = DBTaskResult.objects.get()
    assert again.args_kwargs["kwargs"] == {
        "name": failing_job,
        "arguments": {"round": 7},
        "attempt": 2,
    }
    assert again.run_after > again.enqueued_at


@pytest.mark.django_db
def test_a_job_that_fails_too_often_is_given_up(failing_job: str) -> None:
    with pytest.raises(ConnectionError):
        run_named.func(failing_job, {}, MOST_ATTEMPTS)

    assert not DBTaskResult.objects.exists()


@pytest.mark.pure
def test_waiting_grows_with_each_attempt() -> None:
    waits = [back_off(attempt) for attempt in range(1, MOST_ATTEMPTS)]
    assert waits == sorted(set(waits))


@pytest.mark.django_db
@pytest.mark.parametrize(("silent_for", "freed"), [(SILENT_AFTER * 2, 1), (timedelta(0), 0)])
def test_only_a_silent_worker_loses_its_job(silent_for: timedelta, freed: int) -> None:
    later(NAME)
    beat("worker-1", now=NOW - silent_for)
    DBTaskResult.objects.update(
        status=TaskResultStatus.RUNNING,
        started_at=NOW - timedelta(hours=1),
        worker_ids=["worker-1"],
    )

    assert free_stuck_jobs(now=NOW) == freed
    assert DBTaskResult.objects.filter(status=TaskResultStatus.READY).count() == freed


@pytest.mark.django_db
def test_a_tick_is_taken_once_however_many_workers_ask() -> None:
    schedule = {NAME: timedelta(minutes=1)}

    taken = [enqueue_due(schedule, now=NOW) for _worker in range(3)]

    assert taken == [1, 0, 0]
    assert DBTaskResult.objects.count() == Tick.objects.count() == 1


@pytest.mark.pure
def test_the_grid_of_ticks_starts_at_midnight() -> None:
    assert due_at(NOW, timedelta(minutes=15)) == NOW.replace(minute=0, second=0)


@pytest.mark.django_db
def test_finished_jobs_are_forgotten_after_a_month_and_waiting_ones_never() -> None:
    for _number in range(3):
        later(NAME)
    old, recent, waiting = DBTaskResult.objects.order_by("enqueued_at")
    month_ago = clock.now() - FINISHED_KEPT - timedelta(hours=1)
    done = {"status": TaskResultStatus.SUCCESSFUL}
    DBTaskResult.objects.filter(pk=old.pk).update(finished_at=month_ago, **done)
    DBTaskResult.objects.filter(pk=recent.pk).update(finished_at=clock.now(), **done)
    DBTaskResult.objects.filter(pk=waiting.pk).update(enqueued_at=month_ago)

    forget_finished_jobs()

    assert set(DBTaskResult.objects.all()) == {recent, waiting}
