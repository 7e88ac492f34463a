from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest

from tests.factories import make_person
from viceversa.people.models import Person
from viceversa.people.queries import everyone_below, in_one_line, managers_above

pytestmark = pytest.mark.django_db

Queries = Callable[[int], Any]


def make_line(length: int) -> list[Person]:
    """The root first, each next one reporting to the one before."""
    people = Person.objects.bulk_create(
        [Person(name=f"P{n}", external_id=f"L{n}") for n in range(length)]
    )
    for above, person in pairwise(people):
        person.manager = above
    Person.objects.bulk_update(people, ["manager"], batch_size=500)
    return people


def make_circle() -> list[Person]:
    people = make_line(3)
    people[0].manager = people[2]
    people[0].save()
    return people


def test_managers_come_nearest_first_in_one_query(
    django_assert_num_queries: Queries,
) -> None:
    root, middle, person = make_line(3)

    with django_assert_num_queries(1):
        line = managers_above(person)

    assert line == [middle, root]


def test_everyone_below_is_one_query_and_leaves_others_out(
    django_assert_num_queries: Queries,
) -> None:
    root, middle, person = make_line(3)
    beside = make_person(manager=root)
    make_person()

    with django_assert_num_queries(1):
        below = set(everyone_below(root))

    assert below == {middle, person, beside}


def test_two_in_one_line_whichever_is_named_first(django_assert_num_queries: Queries) -> None:
    root, _, person = make_line(3)
    beside = make_person(manager=root)

    with django_assert_num_queries(4):
        answers = [
            in_one_line(root, person),
            in_one_line(person, root),
            in_one_line(person, beside),
            in_one_line(beside, root),
            in_one_line(person, person),
        ]

    assert answers == [True, True, False, True, False]


def test_a_circle_of_managers_ends_and_never_holds_the_person() -> None:
    one, two, three = make_circle()

    assert managers_above(one) == [three, two]
    assert set(everyone_below(one)) == {two, three}
    assert in_one_line(one, two)
    assert in_one_line(two, one)


def test_a_line_below_a_circle_ends_too() -> None:
    one, two, three = make_circle()
    person = make_person(manager=one)

    assert managers_above(person) == [one, three, two]
    assert not in_one_line(person, make_person())


def test_a_line_of_five_hundred() -> None:
    people = make_line(500)

    assert managers_above(people[-1]) == people[-2::-1]
    assert everyone_below(people[0]).count() == 499
    assert in_one_line(people[0], people[-1])
