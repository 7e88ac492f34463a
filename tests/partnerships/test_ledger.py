"""The two-way ledger: wanted, gave and learned, by each about themselves."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import (
    actor_for_person,
    make_coordinator,
    make_partnership,
    make_person,
    make_user,
)
from tests.factories.goals import actor_of_side
from viceversa.history.models import Entry
from viceversa.notifications.models import Notification
from viceversa.partnerships.actions.ledger import strike_entry, write_in_ledger
from viceversa.partnerships.models import LedgerEntry, Partnership
from viceversa.partnerships.queries.ledger import opened_ledger
from viceversa.partnerships.queries.seat import seat_at
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
SECRET = "That I am afraid of the quarterly call"


@pytest.fixture
def pair() -> Partnership:
    return make_partnership(state="active")


def write(pair: Partnership, side: str, kind: str, text: str, now: datetime) -> LedgerEntry:
    by = actor_of_side(pair, side)
    return write_in_ledger(partnership=pair, kind=kind, text=text, by=by, now=now)


def test_both_sides_stand_beside_each_other_for_both(pair: Partnership, now: datetime) -> None:
    write(pair, "learner", "wanted", "to understand video", now)
    write(pair, "adviser", "learned", "how boards decide", now)

    for side in ("learner", "adviser"):
        ledger = opened_ledger(seat_at(actor_of_side(pair, side), pair))
        assert [row.words["text"] for row in ledger["learner"]["wanted"]] == ["to understand video"]
        assert [row.words["text"] for row in ledger["adviser"]["learned"]] == ["how boards decide"]
        assert ledger["learner"]["learned"] == []


def test_an_entry_is_about_who_wrote_it_recorded_and_told_without_its_words(
    pair: Partnership, now: datetime
) -> None:
    entry = write(pair, "adviser", "gave", SECRET, now)

    assert (entry.side, entry.author_id) == ("adviser", pair.adviser.person_id)
    told = Notification.objects.get()
    assert (told.kind, told.person_id) == ("partnerships.ledger", pair.learner.person_id)
    assert SECRET not in told.title + told.body + told.path
    assert Entry.objects.get().detail == {"kind": "gave", "side": "adviser"}
    assert SECRET.encode() not in bytes(entry.sealed)


def test_one_strikes_what_is_ones_own_from_both_sides(pair: Partnership, now: datetime) -> None:
    entry = write(pair, "learner", "learned", SECRET, now)
    with pytest.raises(NotAllowed, match="what you wrote yourself"):
        strike_entry(entry=entry, by=actor_of_side(pair, "adviser"), now=now)

    strike_entry(entry=entry, by=actor_of_side(pair, "learner"), now=now)

    assert not LedgerEntry.objects.exists()
    assert Entry.objects.filter(verb="partnerships.ledger.struck").exists()


def test_others_write_nothing(pair: Partnership, now: datetime) -> None:
    stranger = actor_for_person(make_person(), roles=("operator",))

    with pytest.raises(NotAllowed):
        write_in_ledger(partnership=pair, kind="gave", text="x", by=stranger, now=now)


def test_nothing_is_added_when_it_is_over(now: datetime) -> None:
    with pytest.raises(Refused, match="is over"):
        write(make_partnership(state="completed"), "learner", "gave", "x", now)


def test_the_page_writes_strikes_and_says_what_is_missing(
    pair: Partnership, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(make_user(pair.learner.person))
    address = reverse("partnerships:ledger", args=[pair.key])

    assert "Nothing yet." in client.get(address).content.decode()
    assert client.post(address, {"kind": "gave"}).status_code == 422
    assert client.post(address, {"kind": "gave", "text": "An hour"}).status_code == 302
    assert "An hour" in client.get(address).content.decode()
    entry = LedgerEntry.objects.get()
    client.post(reverse("partnerships:strike_entry", args=[pair.key, entry.key]))
    assert "An hour" not in client.get(address).content.decode()


def test_everybody_else_finds_nothing(
    pair: Partnership, signed_in: Callable[..., Client], now: datetime
) -> None:
    entry = write(pair, "learner", "learned", SECRET, now)
    for person in (make_person(), make_coordinator(pair.programme)):
        client = signed_in(make_user(person))
        assert client.get(reverse("partnerships:ledger", args=[pair.key])).status_code == 404
        strike = reverse("partnerships:strike_entry", args=[pair.key, entry.key])
        assert client.post(strike).status_code == 404


def test_the_page_asks_the_same_number_of_queries_for_one_and_for_ten(
    pair: Partnership, signed_in: Callable[..., Client], now: datetime
) -> None:
    client = signed_in(make_user(pair.learner.person))
    address = reverse("partnerships:ledger", args=[pair.key])
    write(pair, "learner", "learned", "one", now)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in range(9):
        write(pair, "adviser", "gave", f"{number}", now)

    with CaptureQueriesContext(connection) as ten:
        client.get(address)

    assert len(ten) == len(one)
