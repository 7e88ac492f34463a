import pytest
from django.test import Client

from tests.factories import actor_for_person, make_person
from viceversa.config.doctor import examine
from viceversa.history.actions import record
from viceversa.history.models import Entry
from viceversa.toolkit import clock
from viceversa.toolkit.models import WorkerBeat

pytestmark = pytest.mark.django_db


def lines() -> list[str]:
    said: list[str] = []
    examine(said.append)
    return said


def test_it_says_when_no_worker_runs() -> None:
    assert any(line.startswith("WRONG  No worker is running") for line in lines())


def test_it_finds_a_worker_that_lives() -> None:
    WorkerBeat.objects.create(worker_id="one", seen_at=clock.now())
    assert "ok     A worker is running." in lines()


def test_it_finds_a_changed_history() -> None:
    person = make_person()
    record(by=actor_for_person(person), verb="tests.done", target=person)
    Entry.objects.update(verb="tests.never_done")
    assert any("The history was changed at entry" in line for line in lines())


def test_those_who_watch_the_machine_need_no_sign_in() -> None:
    assert Client().get("/livez").status_code == 200
    ready = Client().get("/readyz")
    assert (ready.status_code, ready.json()["database"]) == (200, True)
