from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import make_person, make_user
from viceversa.history.actions import record
from viceversa.history.models import Entry
from viceversa.toolkit.actor import Actor

pytestmark = pytest.mark.django_db

SignIn = Callable[..., Client]
JUNO = Actor(person_id=7, label="Juno Okapi")
KIT = Actor(person_id=8, label="Kit Tallow")


@pytest.fixture
def operator(signed_in: SignIn) -> Client:
    return signed_in(make_user(roles=("operator",)))


@pytest.mark.parametrize("roles", [(), ("directory_administrator",)])
def test_the_history_is_for_operators(roles: tuple[str, ...], signed_in: SignIn) -> None:
    browser = signed_in(make_user(roles=roles))

    assert browser.get(reverse("history:list")).status_code == 403
    assert browser.post(reverse("history:check")).status_code == 403


@pytest.mark.parametrize(
    ("query", "verbs"),
    [
        ("", ["people.changed", "accounts.role_granted"]),
        ("area=accounts", ["accounts.role_granted"]),
        ("area=nonsense", ["people.changed", "accounts.role_granted"]),
        ("q=juno", ["accounts.role_granted"]),
        ("q=marlow", ["people.changed", "accounts.role_granted"]),
        ("q=nobody", []),
    ],
)
def test_entries_are_found_newest_first(query: str, verbs: list[str], operator: Client) -> None:
    target = make_person("Tamsin Marlow")
    record(by=JUNO, verb="accounts.role_granted", target=target, detail={"role": "operator"})
    record(by=KIT, verb="people.changed", target=target)

    answer = operator.get(f"{reverse('history:list')}?{query}")

    assert [row.verb for row in answer.context["page"].rows] == verbs


def test_an_entry_is_shown_in_words(operator: Client) -> None:
    record(
        by=JUNO,
        verb="accounts.role_granted",
        target=make_person(),
        detail={"role": ["operator", 2, None]},
    )

    page = operator.get(reverse("history:list")).content.decode()

    assert "Role granted" in page
    assert "role: operator, 2, –" in page


def test_checking_the_chain_says_whether_it_is_whole(operator: Client) -> None:
    entry = record(by=JUNO, verb="people.changed", target=make_person())
    whole = operator.post(reverse("history:check"), follow=True).content.decode()
    Entry.objects.update(verb="people.nothing")

    broken = operator.post(reverse("history:check"), follow=True).content.decode()

    assert "The chain is whole" in whole
    assert f"breaks at entry {entry.pk}" in broken


def test_the_list_takes_as_many_queries_with_three_rows_as_with_one(operator: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            operator.get(reverse("history:list"))
        return len(captured)

    record(by=JUNO, verb="people.changed", target=make_person())
    queries()
    one = queries()
    for _ in range(2):
        record(by=JUNO, verb="people.changed", target=make_person())

    assert queries() == one
