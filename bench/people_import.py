"""Importing 100,000 people against the same rows through bare bulk inserts, in one run.

    python -m bench.people_import [ROWS]

All write to a fresh SQLite database with the product's own settings (write-ahead log, full
synchronisation) and indexes. Two controls insert ready-made rows, without reading a file, checking,
comparing or keeping history: Django's `bulk_create`, and the database's own `executemany`.
Prints seconds, the ratios, and the largest memory.
"""

import json
import os
import resource
import sys
import tempfile
import time
from itertools import islice


def prepare() -> None:
    os.environ["VICEVERSA_HOME"] = tempfile.mkdtemp(prefix="viceversa-bench-")
    os.environ["DATABASE_URL"] = ""
    os.environ["DJANGO_SETTINGS_MODULE"] = "viceversa.config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


ROWS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
HEADERS = ("ID", "Name", "Email", "Title", "Level", "Unit", "Place", "Zone", "Manager", "Hired")
FIELDS = (
    *("external_id", "name", "email", "title", "level", "unit", "place", "time_zone"),
    *("manager", "hired_on"),
)
BATCH = 500


def staff() -> list[tuple[str, ...]]:
    """Eight people to a manager, eight levels, 300 units, 40 places."""
    rows: list[tuple[str, ...]] = []
    for number in range(ROWS):
        depth, above = 0, number
        while above:
            depth, above = depth + 1, (above - 1) // 8
        rows.append(
            (
                *(f"E{number:06}", f"Given{number % 997} Family{number % 8009}"),
                *(f"e{number}@firm.example", f"Title {number % 500}", f"Level {9 - depth}"),
                *(f"Unit {number % 300}", f"Place {number % 40}", "Europe/London"),
                f"E{(number - 1) // 8:06}" if number else "",
                f"20{number % 20:02}-0{number % 9 + 1}-15",
            )
        )
    return rows


def bulk_create(rows: list[tuple[str, ...]]) -> float:
    """The same rows, ready-made, through bulk_create."""
    from django.db import transaction

    from viceversa.people.models import Level, Person, Place, Unit
    from viceversa.people.models.person import search_text

    levels = {name: Level.objects.create(name=name, rank=i) for i, name in _names(rows, 4)}
    units = {name: Unit.objects.create(name=name) for _, name in _names(rows, 5)}
    places = {name: Place.objects.create(name=name) for _, name in _names(rows, 6)}
    people = [
        Person(
            id=number,
            external_id=row[0],
            name=row[1],
            email=row[2],
            title=row[3],
            level=levels[row[4]],
            unit=units[row[5]],
            place=places[row[6]],
            time_zone=row[7],
            manager_id=(number - 2) // 8 + 1 if number > 1 else None,
            hired_on=row[9],
            search=search_text(row[1], row[3], row[0], row[2]),
        )
        for number, row in enumerate(rows, start=1)
    ]
    begun = time.perf_counter()
    with transaction.atomic():
        iterator = iter(people)
        while batch := list(islice(iterator, BATCH)):
            Person.objects.bulk_create(batch)
    return time.perf_counter() - begun


def executemany() -> float:
    """The rows that stand there now, taken out and put back by the database's own bulk insert."""
    from django.db import connection, transaction

    from viceversa.people.models import Person

    fields = Person._meta.concrete_fields
    found = Person.objects.order_by("id").values_list(*(field.attname for field in fields))
    rows = [
        tuple(json.dumps(value) if isinstance(value, list) else value for value in row)
        for row in found
    ]
    Person.objects.all().delete()
    columns = ", ".join(str(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    insert = f"INSERT INTO people_person ({columns}) VALUES ({marks})"
    begun = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(insert, rows)
    return time.perf_counter() - begun


def _names(rows: list[tuple[str, ...]], place: int) -> list[tuple[int, str]]:
    return list(enumerate(sorted({row[place] for row in rows}), start=1))


def import_seconds(content: bytes) -> float:
    from viceversa.people.actions.importing import import_file
    from viceversa.people.rules.mapping import Mapping
    from viceversa.toolkit import clock
    from viceversa.toolkit.actor import system

    begun = time.perf_counter()
    report = import_file(
        content=content,
        filename="staff.csv",
        mapping=Mapping.from_json({"columns": dict(zip(FIELDS, HEADERS, strict=True))}),
        dry_run=False,
        by=system("bench", via="command"),
        now=clock.now(),
    )
    assert not report.refusals, report.refusals[:3]
    return time.perf_counter() - begun


def empty() -> None:
    from viceversa.people.models import Level, Person, Place, Unit

    for model in (Person, Level, Unit, Place):
        model.objects.all().delete()


def main() -> None:
    from viceversa.toolkit.tables import write_csv

    prepare()
    rows = staff()
    bare = bulk_create(rows)
    seconds = {"bulk_create": bare, "executemany": executemany()}
    empty()
    content = write_csv(HEADERS, rows)
    moved = write_csv(HEADERS, [(*row[:3], f"{row[3]} II", *row[4:]) for row in rows])
    seconds["first import"] = import_seconds(content)
    seconds["same file again"] = import_seconds(content)
    seconds["every title changed"] = import_seconds(moved)
    for name, taken in seconds.items():
        other = taken / seconds["executemany"]
        print(
            f"{name:<20}{taken:8.2f} s {taken / bare:7.2f} x bulk_create {other:7.2f} x executemany"
        )
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{ROWS:,} people, {len(content) / 1e6:.1f} MB of CSV, at most {memory:.0f} MB of memory")


if __name__ == "__main__":
    main()
