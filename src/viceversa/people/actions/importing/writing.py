"""Writing an outcome: batches in one transaction, in an order that no constraint minds."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import TypeVar

from django.db import connection
from django.db.models import Max

from viceversa.people.actions.importing.outcome import Outcome
from viceversa.people.models import Level, Person, Place, Unit
from viceversa.people.models.person import search_text
from viceversa.people.rules.fields import Field
from viceversa.people.rules.records import StaffRecord
from viceversa.people.rules.sync import Sync

BATCH = 500
_WRITTEN = [
    *("name", "email", "title", "level", "unit", "place", "time_zone", "languages"),
    *("manager", "hired_on", "left_on", "search"),
]
_RESERVE = """
    SELECT nextval(pg_get_serial_sequence('people_person', 'id')) FROM generate_series(1, %s)
"""
Item = TypeVar("Item")
Named = TypeVar("Named", Unit, Place)


class Writer:
    """Knows the key of every level, unit, place and person that the outcome names."""

    def __init__(self, outcome: Outcome) -> None:
        self._sync = outcome.sync
        self._rows = outcome.checked.rows
        self._levels = _levels(outcome.new_levels)
        records = [row.as_record() for row in outcome.sync.joined]
        records += [update.after for update in outcome.sync.updates]
        self._units = _named(Unit, {record.unit for record in records})
        self._places = _named(Place, {record.place for record in records})
        self.ids: dict[str, int] = dict(Person.objects.values_list("external_id", "id"))
        joined = [row.external_id for row in outcome.sync.joined]
        self.ids.update(zip(joined, reserved_ids(len(joined)), strict=True))

    def write(self, today: date) -> None:
        _free_addresses(self._sync, self.ids)
        for batch in batches(self._sync.updates, BATCH):
            self._update([update.after for update in batch])
        for rows in batches(self._sync.joined, BATCH):
            Person.objects.bulk_create([self._person(row.as_record()) for row in rows])
        self._mark_left(today)
        self._take_over()

    def _take_over(self) -> None:
        """Whom a staff file lists is from then on kept by it."""
        listed = {row.external_id for row in self._rows}
        known = Person.objects.filter(by_hand=True).values_list("external_id", "pk")
        found = [pk for external_id, pk in known if external_id in listed]
        Person.objects.filter(pk__in=found).update(by_hand=False)

    def _update(self, records: list[StaffRecord]) -> None:
        """As inserts that give way to an update: 20 times as fast as one CASE for each field."""
        Person.objects.bulk_create(
            [self._person(record) for record in records],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=_WRITTEN,
        )

    def _mark_left(self, today: date) -> None:
        left = (self.ids[person.external_id] for person in self._sync.left)
        for ids in batches(left, BATCH):
            Person.objects.filter(pk__in=ids, left_on__isnull=True).update(left_on=today)

    def _person(self, record: StaffRecord) -> Person:
        return Person(
            id=self.ids[record.external_id],
            external_id=record.external_id,
            name=record.name,
            email=record.email or None,
            title=record.title,
            level_id=self._levels.get(record.level),
            unit_id=self._units.get(record.unit),
            place_id=self._places.get(record.place),
            time_zone=record.time_zone,
            languages=list(record.languages),
            manager_id=self.ids.get(record.manager),
            hired_on=record.hired_on,
            left_on=record.left_on,
            search=search_text(record.name, record.title, record.external_id, record.email),
        )


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch


def reserved_ids(count: int) -> Sequence[int]:
    """Keys for new people, known beforehand so that managers can be written with them."""
    if connection.vendor != "postgresql":
        last = Person.objects.aggregate(last=Max("id"))["last"] or 0
        return range(last + 1, last + count + 1)
    with connection.cursor() as cursor:
        cursor.execute(_RESERVE, [count])
        return [row[0] for row in cursor.fetchall()]


def _levels(new_levels: Sequence[str]) -> dict[str, int]:
    top = Level.objects.aggregate(top=Max("rank"))["top"] or 0
    Level.objects.bulk_create(
        Level(name=name, rank=rank) for rank, name in enumerate(new_levels, start=top + 1)
    )
    return dict(Level.objects.values_list("name", "id"))


def _named(model: type[Named], names: set[str]) -> dict[str, int]:
    known = set(model.objects.values_list("name", flat=True))
    missing = sorted(name for name in names if name and name not in known)
    model.objects.bulk_create([model(name=name) for name in missing], batch_size=BATCH)
    return dict(model.objects.values_list("name", "id"))


def _free_addresses(sync: Sync, ids: dict[str, int]) -> None:
    """Two people may swap addresses in one file: all that change are emptied first."""
    moving = (
        ids[update.before.external_id] for update in sync.updates if update.change_of(Field.EMAIL)
    )
    for batch in batches(moving, BATCH):
        Person.objects.filter(pk__in=batch).update(email=None)
