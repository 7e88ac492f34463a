"""Queries that are put together once and then only run."""

from typing import Any

import pytest
from django.db.models import QuerySet

from tests.factories import make_person
from viceversa.people.models import Person
from viceversa.toolkit.prepared import MOST, as_object, columns_of, prepared

pytestmark = pytest.mark.django_db


@prepared
def by_title(title: str, above: int) -> QuerySet[Any, Any]:
    people = Person.objects.filter(title=title, pk__gt=above, left_on=None)
    return people.order_by("name").values_list("name", "languages")


@prepared
def names_of(ids: list[int]) -> QuerySet[Any, Any]:
    return Person.objects.filter(pk__in=ids).order_by("name").values_list("name")


def test_a_prepared_query_answers_for_each_value_anew() -> None:
    for name, title in (("Bo", "Cook"), ("Ada", "Cook"), ("Cy", "Smith")):
        make_person(name, title=title, languages=["en", "pt"])

    assert by_title("Cook", 0) == [("Ada", ["en", "pt"]), ("Bo", ["en", "pt"])]
    assert by_title("Smith", 0) == [("Cy", ["en", "pt"])]
    assert by_title("Cook' OR 1=1 --", 0) == []
    assert by_title.first("Nobody", 0) is None


def test_a_list_of_any_length_up_to_a_page_may_be_asked_for() -> None:
    ids = [make_person(f"Person {number:02}").pk for number in range(MOST + 1)]

    assert names_of([]) == []
    assert names_of(ids[:2]) == [("Person 00",), ("Person 01",)]
    assert len(names_of(ids[:MOST])) == MOST
    with pytest.raises(ValueError, match="takes 25 numbers, not 26"):
        names_of(ids)


def test_a_row_of_columns_becomes_the_object_it_was_read_from() -> None:
    person = make_person("Ada", title="Cook")
    columns = columns_of(Person, without=["title"])

    @prepared
    def whole(pk: int) -> QuerySet[Any, Any]:
        return Person.objects.filter(pk=pk).values_list(*columns)

    row = whole.first(person.pk)
    assert row is not None
    found = as_object(Person, columns, row)

    assert found == person
    assert found.hired_on == person.hired_on
    assert found.get_deferred_fields() == {"title"}
    assert found.title == "Cook"


def test_a_value_that_goes_into_the_sql_is_refused_at_once() -> None:
    @prepared
    def first(many: int) -> QuerySet[Any, Any]:
        return Person.objects.values_list("name")[:many]

    @prepared
    def changed(title: str) -> QuerySet[Any, Any]:
        return Person.objects.filter(title__contains=title).values_list("name")

    for query in (first, changed):
        with pytest.raises(ValueError, match="not a parameter of its SQL"):
            query(3)


def test_values_of_a_kind_without_a_stand_in_are_refused() -> None:
    @prepared
    def hired(since: float) -> QuerySet[Any, Any]:
        return Person.objects.filter(pk__gt=since).values_list("name")

    with pytest.raises(TypeError, match="cannot stand in for"):
        hired(3.5)
    with pytest.raises(ValueError, match="shorter"):
        names_of()
