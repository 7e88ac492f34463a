"""Somebody who lost their key is let in again by the partner, after comparing fingerprints."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import actor_for_person, make_partnership, make_person, make_user
from tests.factories.goals import actor_of_side
from viceversa.history.models import Entry
from viceversa.notifications.models import Notification
from viceversa.partnerships.actions.letter import write_letter
from viceversa.partnerships.actions.letting_in import let_partner_in
from viceversa.partnerships.models import Partnership
from viceversa.toolkit.errors import NotAllowed, Refused
from viceversa.vault.actions import start_anew
from viceversa.vault.models import KeySlot
from viceversa.vault.queries import fingerprints

pytestmark = pytest.mark.django_db
SECRET = "Written before the key was lost"


@pytest.fixture
def pair(now: datetime) -> Partnership:
    """The adviser has lost every way to the key and started anew."""
    pair = make_partnership(state="active")
    write_letter(partnership=pair, text=SECRET, by=actor_of_side(pair, "learner"), now=now)
    KeySlot.objects.filter(user_key__person=pair.adviser.person).delete()
    start_anew(by=actor_of_side(pair, "adviser"), now=now)
    return pair


def seen_of(pair: Partnership) -> str:
    return fingerprints([pair.adviser.person_id])[pair.adviser.person_id]


def test_the_partner_is_let_in_and_reads_what_was_written(
    pair: Partnership, signed_in: Callable[..., Client]
) -> None:
    learner = signed_in(make_user(pair.learner.person))
    adviser = signed_in(make_user(pair.adviser.person))
    letters = reverse("partnerships:messages", args=[pair.key])
    address = reverse("partnerships:let_in", args=[pair.key])

    assert "Closed to you for now" in adviser.get(letters).content.decode()
    assert address in learner.get(letters).content.decode()
    assert seen_of(pair) in learner.get(address).content.decode()
    assert learner.post(address, {"seen": seen_of(pair)}).status_code == 422
    answer = learner.post(address, {"seen": seen_of(pair), "compared": "on"})

    assert answer.status_code == 302
    assert SECRET in adviser.get(letters).content.decode()
    assert address not in learner.get(letters).content.decode()


def test_letting_in_is_recorded_and_told(pair: Partnership, now: datetime) -> None:
    let_partner_in(partnership=pair, seen=seen_of(pair), by=actor_of_side(pair, "learner"), now=now)

    assert Entry.objects.filter(verb="partnerships.let_in").exists()
    told = Notification.objects.get(kind="partnerships.shared_again")
    assert told.person_id == pair.adviser.person_id


def test_another_fingerprint_than_the_one_compared_is_refused(
    pair: Partnership, now: datetime
) -> None:
    with pytest.raises(Refused, match="Compare it once more"):
        let_partner_in(
            partnership=pair, seen="ABCD " * 8, by=actor_of_side(pair, "learner"), now=now
        )


def test_nobody_else_lets_anybody_in(
    pair: Partnership, signed_in: Callable[..., Client], now: datetime
) -> None:
    stranger = make_person()
    with pytest.raises(NotAllowed):
        let_partner_in(partnership=pair, seen=seen_of(pair), by=actor_for_person(stranger), now=now)
    address = reverse("partnerships:let_in", args=[pair.key])
    assert signed_in(make_user(stranger)).get(address).status_code == 404


def test_who_holds_no_key_cannot_let_anybody_in(pair: Partnership, now: datetime) -> None:
    learner = fingerprints([pair.learner.person_id])[pair.learner.person_id]

    with pytest.raises(NotAllowed, match="no key to this yourself"):
        let_partner_in(partnership=pair, seen=learner, by=actor_of_side(pair, "adviser"), now=now)
