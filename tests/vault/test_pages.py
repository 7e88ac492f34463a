"""My key: what it protects, a passphrase, a recovery code shown once, and starting anew."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.factories import actor_for_person, make_person, make_user
from viceversa.accounts.models import User
from viceversa.people.models import Person
from viceversa.vault.actions import make_recovery_code, make_ring, own_ring, recover, reshare
from viceversa.vault.models import KeySlot, UserKey
from viceversa.vault.queries import fingerprints, keyring, lock_of
from viceversa.vault.rules.envelope import PERSONAL, Place

pytestmark = pytest.mark.django_db
CODE = re.compile(r"<code>((?:[A-Z2-7]{4} ?){8})</code>")


@pytest.fixture
def person() -> Person:
    return make_person("Juno Okapi")


@pytest.fixture
def partner() -> Person:
    return make_person("Tamsin Marlow")


@pytest.fixture
def client(signed_in: Callable[..., Client], person: Person) -> Client:
    return signed_in(make_user(person))


@pytest.fixture(autouse=True)
def guesses() -> Iterator[None]:
    call_command("createcachetable")
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def lose_store(settings: Any, tmp_path: Path) -> Callable[[], None]:
    """From now on the server has another key store."""

    def lose() -> None:
        settings.KEY_STORE = tmp_path / "another"
        settings.KEY_STORE_SECRET = ""

    return lose


def page(client: Client, name: str = "key") -> str:
    answer = client.get(reverse(f"vault:{name}"))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return answer.content.decode()


def shown_code(client: Client) -> str:
    answer = client.post(reverse("vault:recovery_code"))
    assert "no-store" in answer["Cache-Control"]
    found = CODE.search(answer.content.decode())
    assert found
    return found[1]


def test_before_the_first_partnership_the_page_says_that_a_key_comes_by_itself(
    client: Client,
) -> None:
    assert "when your first partnership begins. There is nothing to do" in page(client)


def test_the_page_says_what_protects_and_shows_the_fingerprint(
    client: Client, person: Person, partner: Person, now: datetime
) -> None:
    make_ring([person, partner], now=now)

    shown = page(client)

    assert "Only you and your partner hold it" in shown
    assert fingerprints([person.pk])[person.pk] in shown


def test_a_passphrase_is_set_and_a_short_one_is_not(
    client: Client, person: Person, now: datetime
) -> None:
    own_ring(person, now=now)
    address = reverse("vault:passphrase")

    short = client.post(address, {"passphrase": "too short", "again": "too short"})
    unlike = client.post(address, {"passphrase": "one long passphrase", "again": "another one"})
    right = client.post(
        address, {"passphrase": "one long passphrase", "again": "one long passphrase"}
    )

    assert (short.status_code, unlike.status_code, right.status_code) == (422, 422, 302)
    lock = lock_of(person.pk)
    assert lock is not None
    assert lock.has_passphrase


def test_the_forms_for_secrets_are_not_filled_in_by_browsers_nor_sent_back(
    client: Client, person: Person, now: datetime
) -> None:
    own_ring(person, now=now)

    assert page(client, "passphrase").count('autocomplete="off"') >= 2
    assert 'autocomplete="off"' in page(client, "recover")
    answer = client.post(
        reverse("vault:recover"), {"kind": "recovery", "secret": "WRONG WORDS HERE"}
    )
    assert "WRONG WORDS HERE" not in answer.content.decode()


def test_a_recovery_code_is_shown_once_and_stored_nowhere(
    client: Client, person: Person, now: datetime
) -> None:
    own_ring(person, now=now)

    code = shown_code(client)

    assert code not in page(client)
    assert code not in page(client, "recovery_code")
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            rows = str(cursor.fetchall())
            assert code not in rows, table
            assert code.replace(" ", "") not in rows, table


def test_asking_for_the_page_makes_no_code(client: Client, person: Person, now: datetime) -> None:
    own_ring(person, now=now)

    page(client, "recovery_code")

    assert not KeySlot.objects.filter(kind="recovery").exists()


def test_a_code_opens_the_key_again_when_the_store_is_lost(
    client: Client, person: Person, partner: Person, now: datetime, lose_store: Callable[[], None]
) -> None:
    ring = make_ring([person, partner], now=now)
    code = shown_code(client)
    lose_store()
    assert "does not open here" in page(client)
    assert not keyring(actor_for_person(person), [ring]).can_open(ring)

    answer = client.post(
        reverse("vault:recover"), {"kind": "recovery", "secret": code.lower().replace(" ", "-")}
    )

    assert answer.status_code == 302
    assert keyring(actor_for_person(person), [ring]).can_open(ring)


def test_after_five_wrong_guesses_even_the_right_code_waits(
    client: Client, person: Person, now: datetime, lose_store: Callable[[], None]
) -> None:
    own_ring(person, now=now)
    code = make_recovery_code(by=actor_for_person(person), now=now)
    lose_store()
    address = reverse("vault:recover")

    wrong = [
        client.post(address, {"kind": "recovery", "secret": f"ABCD{n}"}).status_code
        for n in range(5)
    ]
    sixth = client.post(address, {"kind": "recovery", "secret": code})

    assert wrong == [422] * 5
    assert sixth.status_code == 409
    assert "Wait a quarter of an hour" in sixth.content.decode()
    lock = lock_of(person.pk)
    assert lock is not None
    assert not lock.opens


def test_a_way_that_was_never_set_up_says_so_and_is_no_guess(
    client: Client, person: Person, now: datetime
) -> None:
    own_ring(person, now=now)

    for _try in range(7):
        answer = client.post(
            reverse("vault:recover"), {"kind": "passphrase", "secret": "never set at all"}
        )

    assert answer.status_code == 422
    assert "You have not set this up" in answer.content.decode()


def test_nobody_starts_anew_while_the_key_opens(
    client: Client, person: Person, now: datetime
) -> None:
    own_ring(person, now=now)

    assert "There is no need for a new one" in page(client, "anew")
    answer = client.post(reverse("vault:anew"), {"understood": "on"})

    assert answer.status_code == 409
    assert UserKey.objects.get(person=person).generation == 1


def test_starting_anew_says_what_stays_closed_and_needs_a_tick(
    client: Client, person: Person, now: datetime, lose_store: Callable[[], None]
) -> None:
    own_ring(person, now=now)
    lose_store()

    assert "stays closed to you until your partner lets you in again" in page(client, "anew")
    assert client.post(reverse("vault:anew"), {}).status_code == 422
    assert client.post(reverse("vault:anew"), {"understood": "on"}).status_code == 302
    assert UserKey.objects.get(person=person).generation == 2


def test_who_started_anew_writes_for_themselves_again_and_reads_nothing_old(
    client: Client, person: Person, now: datetime, lose_store: Callable[[], None]
) -> None:
    actor = actor_for_person(person)
    place = Place(PERSONAL, "tests.Note.sealed", "one", person.pk)
    ring = own_ring(person, now=now)
    old = keyring(actor, [ring]).seal(ring, place, "old")
    lose_store()
    client.post(reverse("vault:anew"), {"understood": "on"})

    ring = own_ring(person, now=now)
    keys = keyring(actor, [ring])

    assert keys.open(ring, place, keys.seal(ring, place, "new")) == "new"
    with pytest.raises(Exception, match="hold no key"):
        keys.open(ring, place, old)
    assert own_ring(person, now=now).version == ring.version


def test_a_partner_lets_in_who_started_anew(
    client: Client,
    person: Person,
    partner: Person,
    now: datetime,
    lose_store: Callable[[], None],
) -> None:
    ring = make_ring([person, partner], now=now)
    helper = actor_for_person(partner)
    code = make_recovery_code(by=helper, now=now)
    lose_store()
    client.post(reverse("vault:anew"), {"understood": "on"})
    recover(kind="recovery", secret=code, by=helper, now=now)
    assert not keyring(actor_for_person(person), [ring]).can_open(ring)

    seen = fingerprints([person.pk])[person.pk]
    assert reshare(ring, to=person, seen=seen, by=helper, now=now) == 1

    assert keyring(actor_for_person(person), [ring]).can_open(ring)


def test_an_account_without_a_person_has_no_key(signed_in: Callable[..., Client]) -> None:
    user = User.objects.create_user(email="operator@firm.example", password="correct horse")

    assert signed_in(user).get(reverse("vault:key")).status_code == 403
