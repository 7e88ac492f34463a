import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from tests.factories import make_person
from viceversa.history.actions import record, record_many
from viceversa.history.models import Entry, Head
from viceversa.history.queries import entries_about, first_broken_entry
from viceversa.people.models import Person
from viceversa.toolkit.actor import Actor, system

pytestmark = pytest.mark.django_db

BY = Actor(person_id=7, label="Juno Okapi")


def _three(now: datetime) -> list[Entry]:
    target = make_person("Tamsin Marlow")
    return [
        record(by=BY, verb=f"people.changed_{turn}", target=target, detail={"n": turn}, now=now)
        for turn in range(3)
    ]


def test_an_untouched_chain_is_whole(now: datetime) -> None:
    _three(now)

    assert first_broken_entry() is None


def test_an_empty_history_is_whole() -> None:
    assert first_broken_entry() is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("at", datetime(2020, 1, 1, tzinfo=UTC)),
        ("actor_id", 8),
        ("actor_label", "Somebody Else"),
        ("via", "api"),
        ("verb", "people.nothing"),
        ("target_type", "people.unit"),
        ("target_id", "0"),
        ("target_label", "Nobody"),
        ("detail", {"n": 99}),
        ("salt", "0" * 32),
        ("previous_hash", "f" * 64),
        ("hash", "f" * 64),
    ],
)
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_change_of_any_field_of_any_entry_is_found(
    field: str, value: object, place: int, now: datetime
) -> None:
    entries = _three(now)
    changed = entries[place]

    Entry.objects.filter(pk=changed.pk).update(**{field: value})

    assert first_broken_entry() == changed.pk


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_removed_entry_is_found(place: int, now: datetime) -> None:
    entries = _three(now)

    Entry.objects.filter(pk=entries[place].pk).delete()

    assert first_broken_entry() is not None


def test_a_look_at_the_newest_finds_what_is_wrong_there_and_only_there(now: datetime) -> None:
    entries = _three(now)
    Entry.objects.filter(pk=entries[0].pk).update(verb="people.nothing")

    assert first_broken_entry(newest=2) is None
    assert first_broken_entry(newest=3) == entries[0].pk
    assert first_broken_entry(newest=100) == entries[0].pk


def test_a_forged_head_is_found(now: datetime) -> None:
    entries = _three(now)

    Head.objects.update(hash="f" * 64)

    assert first_broken_entry() == entries[-1].pk + 1


def test_what_the_database_gives_back_still_verifies() -> None:
    elsewhere = datetime(2026, 3, 2, 9, 12, 30, 123456, tzinfo=timezone(timedelta(hours=-7)))
    odd = {"share": 1e16, 10: "ten", 9: None, "text": "a\x00b", "list": (1, 2), "é": ["ü"]}

    record(
        by=BY, verb="people.changed", target=make_person("A\x01 ümlaut"), detail=odd, now=elsewhere
    )

    assert first_broken_entry() is None


def test_many_are_recorded_one_by_one_in_one_chain(now: datetime) -> None:
    people = [make_person() for _ in range(3)]

    record_many(by=BY, verb="people.invited", targets=people, now=now)

    assert first_broken_entry() is None
    assert [entries_about(person).get().verb for person in people] == ["people.invited"] * 3


def test_recording_many_takes_as_many_queries_as_recording_one(now: datetime) -> None:
    record(by=BY, verb="people.changed", target=make_person(), now=now)

    def queries(number: int) -> int:
        people = [make_person() for _ in range(number)]
        with CaptureQueriesContext(connection) as captured:
            record_many(by=BY, verb="people.invited", targets=people, now=now)
        return len(captured)

    assert queries(1) == queries(30)


def test_recording_about_nobody_changes_nothing(now: datetime) -> None:
    assert record_many(by=BY, verb="people.invited", targets=[], now=now) == []
    assert first_broken_entry() is None


@pytest.mark.django_db(transaction=True)
def test_appending_at_the_same_time_keeps_one_chain() -> None:
    person = make_person()

    _in_threads(6, lambda turn: _append_ten(person, turn))

    assert Entry.objects.count() == 60
    assert first_broken_entry() is None


def _append_ten(person: Person, turn: int) -> None:
    for step in range(10):
        record(
            by=system(f"job {turn}", via="job"),
            verb="people.changed",
            target=person,
            detail={"step": step},
        )


def _in_threads(number: int, work: Callable[[int], None]) -> None:
    failures: list[Exception] = []

    def run(turn: int) -> None:
        try:
            work(turn)
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(turn,)) for turn in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
