"""Queries that are put together once for each process and then only run.

Building a query takes the framework five to twenty times as long as the database takes to answer
it. A page that is opened all day asks the same questions with other values, so:

    @prepared
    def _names(programme: int, state: str) -> QuerySet[Any, Any]:
        return Enrolment.objects.filter(programme=programme, state=state).values_list("key")

    _names(7, "enrolled")     # a list of tuples

The function runs once, with stand-ins for its arguments: whole numbers, words, or up to MOST whole
numbers in a list. The SQL must not depend on their values.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import update_wrapper
from inspect import signature
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet

MOST = 25
NOBODY = -1
_NUMBER = 31_001  # fits the smallest column for whole numbers

Row = tuple[Any, ...]
Found = TypeVar("Found", bound=Model)


class Prepared:
    def __init__(self, build: Callable[..., QuerySet[Any, Any]]) -> None:
        self._build = build
        self._kinds = [each.annotation for each in signature(build).parameters.values()]
        self._plans: dict[str, _Plan] = {}
        update_wrapper(self, build)

    def __call__(self, *given: Any) -> list[Row]:
        vendor = connections[DEFAULT_DB_ALIAS].vendor
        if vendor not in self._plans:
            stand_ins = list(_stand_ins(self._kinds))
            self._plans[vendor] = _Plan(self._build(*stand_ins), list(_flat(stand_ins)))
        return self._plans[vendor].run(list(_flat(self._fitting(given))))

    def first(self, *given: Any) -> Row | None:
        return next(iter(self(*given)), None)

    def _fitting(self, given: Sequence[Any]) -> Iterator[Any]:
        for kind, value in zip(self._kinds, given, strict=True):
            if kind == list[int] and len(value) > MOST:
                raise ValueError(f"a prepared query takes {MOST} numbers, not {len(value)}")
            yield [*value, *[NOBODY] * (MOST - len(value))] if kind == list[int] else value


def prepared(build: Callable[..., QuerySet[Any, Any]]) -> Prepared:
    return Prepared(build)


def columns_of(model: type[Model], *, without: Iterable[str] = ()) -> list[str]:
    """What `as_object` needs in a row, in this order; what is left out is loaded when asked for."""
    names = (field.attname for field in model._meta.concrete_fields)
    return [name for name in names if name not in without]


def as_object(model: type[Found], columns: Sequence[str], row: Row) -> Found:
    return model.from_db(DEFAULT_DB_ALIAS, columns, row)


class _Plan:
    """SQL, which of its parameters stand for what, and how columns become values."""

    def __init__(self, queryset: QuerySet[Any, Any], stand_ins: list[Any]) -> None:
        compiler = queryset.query.get_compiler(using=DEFAULT_DB_ALIAS)
        self._sql, params = compiler.as_sql()
        places = {value: place for place, value in enumerate(stand_ins)}
        self._params = [(places.get(value), value) for value in params]
        if {place for place, _value in self._params} - {None} != set(places.values()):
            raise ValueError("a value of a prepared query is not a parameter of its SQL")
        columns = [column[0] for column in compiler.select[: compiler.col_count]]
        self._converters = compiler.get_converters(columns)

    def run(self, given: list[Any]) -> list[Row]:
        params = [value if place is None else given[place] for place, value in self._params]
        connection = connections[DEFAULT_DB_ALIAS]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, params)
            rows: list[Row] = cursor.fetchall()
        return [self._converted(row, connection) for row in rows] if self._converters else rows

    def _converted(self, row: Row, connection: Any) -> Row:
        values = list(row)
        for place, (converters, expression) in self._converters.items():
            for convert in converters:
                values[place] = convert(values[place], expression, connection)
        return tuple(values)


def _stand_ins(kinds: Iterable[Any]) -> Iterator[Any]:
    numbers = iter(range(_NUMBER, _NUMBER + 1000))
    for kind in kinds:
        if kind is str:
            yield f"stand-in {next(numbers)}"
        elif kind is int:
            yield next(numbers)
        elif kind == list[int]:
            yield [next(numbers) for _place in range(MOST)]
        else:
            raise TypeError(f"a prepared query cannot stand in for {kind}")


def _flat(values: Iterable[Any]) -> Iterator[Any]:
    for value in values:
        if isinstance(value, list):
            yield from value
        else:
            yield value
