"""Reporting lines, up and down. Each is one recursive query that also ends when managers go round
in a circle, because UNION drops a person who was already found."""

from typing import ClassVar

from django.db import connection
from django.db.models import BigIntegerField, Func, QuerySet, Value

from viceversa.people.models import Person


class _Above(Func):
    """The ids of all managers above one id."""

    output_field: ClassVar[BigIntegerField[int, int]] = BigIntegerField()
    template = """(
        WITH RECURSIVE above(id) AS (
            SELECT manager_id FROM people_person WHERE id = %(expressions)s
            UNION
            SELECT person.manager_id FROM people_person person JOIN above ON person.id = above.id
        )
        SELECT id FROM above WHERE id IS NOT NULL
    )"""


class _Below(Func):
    """The ids of all who report to one id, at any distance."""

    output_field: ClassVar[BigIntegerField[int, int]] = BigIntegerField()
    template = """(
        WITH RECURSIVE below(id) AS (
            SELECT id FROM people_person WHERE manager_id = %(expressions)s
            UNION
            SELECT person.id FROM people_person person JOIN below ON person.manager_id = below.id
        )
        SELECT id FROM below
    )"""


_ONE_LINE = """
    WITH RECURSIVE above(start, id) AS (
        SELECT id, manager_id FROM people_person WHERE id IN (%s, %s)
        UNION
        SELECT above.start, person.manager_id
        FROM people_person person JOIN above ON person.id = above.id
    )
    SELECT COUNT(*) FROM above WHERE (start = %s AND id = %s) OR (start = %s AND id = %s)
"""


def managers_above(person: Person) -> list[Person]:
    """The line of managers, the nearest first, up to the root. One query."""
    found = Person.objects.filter(pk__in=_Above(Value(person.pk))).exclude(pk=person.pk)
    by_id = {manager.pk: manager for manager in found.select_related("level", "unit")}
    line: list[Person] = []
    next_id = person.manager_id
    while next_id in by_id:
        manager = by_id.pop(next_id)
        line.append(manager)
        next_id = manager.manager_id
    return line


def everyone_below(person: Person) -> QuerySet[Person]:
    """All who report to the person, directly or through others. Stays one query when refined."""
    return Person.objects.filter(pk__in=_Below(Value(person.pk))).exclude(pk=person.pk)


def in_one_line(one: Person, other: Person) -> bool:
    """Whether one of the two stands above the other, at any distance. One query."""
    a, b = one.pk, other.pk
    if a == b:
        return False
    with connection.cursor() as cursor:
        cursor.execute(_ONE_LINE, [a, b, a, b, b, a])
        found: tuple[int] = cursor.fetchone()
    return found[0] > 0
