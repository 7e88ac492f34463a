import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_person
from viceversa.people.models import Person
from viceversa.toolkit import paging
from viceversa.toolkit.cursor import BadCursor, cursor_page
from viceversa.toolkit.paging import page_number, page_of, page_of_ids

pytestmark = pytest.mark.django_db


def test_a_page_says_where_it_stands() -> None:
    for _ in range(7):
        make_person()

    page = page_of(Person.objects.order_by("id"), number=2, size=3)

    assert (page.first, page.last, page.total) == (4, 6, 7)
    assert page.has_next
    assert page.has_previous
    assert page.total_is_exact


def test_a_page_costs_two_queries_at_most() -> None:
    for _ in range(7):
        make_person()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page_of(Person.objects.order_by("id"), number=1, size=3)
    assert len(queries) == 2


@pytest.mark.parametrize(
    ("raw", "number"), [(None, 1), ("3", 3), ("-1", 1), ("x", 1), ("9" * 30, 4000)]
)
def test_any_page_number_is_a_page(raw: str | None, number: int) -> None:
    assert page_number(raw) == number


def test_cursor_pages_visit_every_row_once() -> None:
    people = [make_person().pk for _ in range(5)]
    seen: list[int] = []
    after: str | None = None
    while True:
        page = cursor_page(Person.objects.all(), after=after, limit=2)
        seen += [person.pk for person in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert seen == people


@pytest.mark.parametrize("after", ["x", "-1", "1 OR 1=1", "９", "1" * 40])
def test_a_made_up_cursor_is_refused(after: str) -> None:
    with pytest.raises(BadCursor):
        cursor_page(Person.objects.all(), after=after)


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_page_of_bare_ids_says_the_same_in_one_query(number: int) -> None:
    for _ in range(7):
        make_person()
    ids = Person.objects.order_by("id").values_list("pk", flat=True)

    with CaptureQueriesContext(connection) as queries:
        page = page_of_ids(ids, number=number, size=3)

    assert len(queries) == 1
    assert page == page_of(ids, number=number, size=3)


def test_a_page_of_bare_ids_beyond_the_counted_ones_is_still_a_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(paging, "COUNT_LIMIT", 4)
    for _ in range(7):
        make_person()
    ids = Person.objects.order_by("id").values_list("pk", flat=True)

    assert page_of_ids(ids, number=3, size=3).rows == [ids[6]]
    assert not page_of_ids(ids, number=1, size=3).total_is_exact
