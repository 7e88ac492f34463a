"""A passkey as a way to one's own key: it locks, opens, and goes; and what is refused."""

import json
import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from tests.accounts.helpers import run_jobs
from tests.factories import make_person, make_user
from tests.factories.passkeys import SALT, SoftKey, make_passkey
from viceversa.accounts.actions import (
    close_account,
    keep_passkey_from_key,
    let_passkey_open_key,
    open_key_with_passkey,
    remove_passkey,
    rename_passkey,
)
from viceversa.accounts.models import User
from viceversa.accounts.queries import actor_for, passkeys_of
from viceversa.accounts.rules.ceremony import from_text, to_text
from viceversa.history.models import Entry
from viceversa.notifications.models import Notification
from viceversa.people.models import Person
from viceversa.toolkit import clock
from viceversa.toolkit.actor import system
from viceversa.toolkit.errors import NotAllowed, NotFound, Refused
from viceversa.vault.actions import make_recovery_code, make_ring
from viceversa.vault.models import KeySlot, Ring
from viceversa.vault.queries import keyring, lock_of

pytestmark = pytest.mark.django_db

LET_OPEN, OPEN = "accounts:passkey_let_open", "accounts:key_open"


@pytest.fixture
def user() -> User:
    return make_user(make_person("Odile Wren"))


@pytest.fixture
def partner() -> Person:
    return make_person("Juno Okapi")


@pytest.fixture
def ring(user: User, partner: Person) -> Ring:
    assert user.person is not None
    return make_ring([user.person, partner], now=clock.now())


@pytest.fixture
def client(user: User) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="viceversa.accounts.backend.Backend")
    return client


@pytest.fixture
def lose_store(settings: Any, tmp_path: Path) -> Callable[[], None]:
    def lose() -> None:
        settings.KEY_STORE = tmp_path / "another"
        settings.KEY_STORE_SECRET = ""

    return lose


def asked(client: Client, name: str, *args: Any) -> dict[str, Any]:
    answer = client.get(reverse(name, args=args), headers={"Accept": "application/json"})
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    return dict(answer.json())


def send(client: Client, credential: Any, secret: str, name: str, *args: Any) -> Any:
    form = {"credential": json.dumps(credential), "secret": secret}
    return client.post(reverse(name, args=args), form)


def opens(user: User, ring: Ring) -> bool:
    return keyring(actor_for(user), [ring]).can_open(ring)


def passkey_slots() -> int:
    return KeySlot.objects.filter(kind="passkey").count()


def test_a_passkey_locks_the_key_once_more_recorded_and_told(
    client: Client, user: User, ring: Ring
) -> None:
    key = SoftKey()
    passkey = make_passkey(user, key)
    question = asked(client, LET_OPEN, passkey.pk)

    answer = send(client, key.show(question), key.secret(question), LET_OPEN, passkey.pk)

    assert (answer.status_code, answer["Location"]) == (302, reverse("vault:key"))
    assert passkey_slots() == 1
    assert Entry.objects.filter(verb="vault.added_passkey").count() == 1
    assert Notification.objects.filter(kind="accounts.passkey_opens_key").count() == 1


def test_the_same_passkey_opens_the_key_when_the_store_is_lost(
    client: Client, user: User, ring: Ring, lose_store: Callable[[], None]
) -> None:
    key = SoftKey()
    make_passkey(user, key, opens_key=True)
    lose_store()
    assert not opens(user, ring)
    question = asked(client, OPEN)

    answer = send(client, key.show(question), key.secret(question), OPEN)

    assert answer.status_code == 302
    assert opens(user, ring)
    assert Entry.objects.get(verb="vault.recovered").detail == {"with": "passkey"}
    assert Notification.objects.filter(kind="accounts.key_opened_by_passkey").count() == 1


def test_a_slot_opens_after_the_account_was_closed_and_opened_again(
    user: User, ring: Ring, lose_store: Callable[[], None]
) -> None:
    key = SoftKey()
    make_passkey(user, key, opens_key=True)
    close_account(user=user, by=system("tests", via="command"), now=clock.now())
    User.objects.filter(pk=user.pk).update(is_active=True)
    user.refresh_from_db()
    lose_store()
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="viceversa.accounts.backend.Backend")
    question = asked(client, OPEN)

    assert send(client, key.show(question), key.secret(question), OPEN).status_code == 302
    assert passkeys_of(user) == []
    assert opens(user, ring)


def test_every_slot_has_a_salt_of_its_own(client: Client, user: User, ring: Ring) -> None:
    key = SoftKey()
    passkey = make_passkey(user, key)

    first, second = (asked(client, LET_OPEN, passkey.pk)["salts"] for _time in range(2))

    assert first != second


def test_a_passkey_that_gives_no_secret_makes_no_slot_and_says_so(
    client: Client, user: User, ring: Ring
) -> None:
    key = SoftKey(evaluates=False)
    passkey = make_passkey(user, key)
    assert not passkey.can_open_key

    answer = send(client, key.show(asked(client, LET_OPEN, passkey.pk)), "", LET_OPEN, passkey.pk)

    assert answer.status_code == 422
    assert "it cannot open a key. Nothing was changed." in answer.content.decode()
    assert passkey_slots() == 0


@pytest.mark.parametrize("secret", ["AAAA", to_text(b"k" * 33), "no base64 at all!", "k" * 500])
def test_something_else_than_a_secret_makes_no_slot(
    client: Client, user: User, ring: Ring, secret: str
) -> None:
    key = SoftKey()
    passkey = make_passkey(user, key)
    question = asked(client, LET_OPEN, passkey.pk)

    answer = send(client, key.show(question), secret, LET_OPEN, passkey.pk)

    assert answer.status_code == 422
    assert passkey_slots() == 0


@pytest.mark.parametrize("purpose", ["lock", "open"])
@pytest.mark.parametrize("what", ["replayed", "forged", "stale", "another", "nothing asked"])
def test_answers_that_do_not_fit_are_refused(
    client: Client,
    user: User,
    ring: Ring,
    monkeypatch: pytest.MonkeyPatch,
    lose_store: Callable[[], None],
    what: str,
    purpose: str,
) -> None:
    key = SoftKey()
    passkey = make_passkey(user, key, opens_key=purpose == "open")
    where = (LET_OPEN, passkey.pk) if purpose == "lock" else (OPEN,)
    before = passkey_slots()
    if purpose == "open":
        lose_store()
    question = asked(client, *where)
    answer, secret = key.show(question), key.secret(question)
    if what == "replayed":
        asked(client, *where)
    elif what == "forged":
        answer = SoftKey(id=key.id, handle=key.handle).show(question)
    elif what == "stale":
        now = clock.now() + timedelta(minutes=6)
        monkeypatch.setattr(clock, "now", lambda: now)
    elif what == "another":
        answer = SoftKey().show(question)
    else:
        client.session.flush()
        client.force_login(user, backend="viceversa.accounts.backend.Backend")

    refused = send(client, answer, secret, *where)

    assert refused.status_code == 422
    assert "did not fit" in refused.content.decode()
    assert passkey_slots() == before
    if purpose == "open":
        assert not opens(user, ring)


def test_an_answer_counts_once(
    client: Client, user: User, ring: Ring, lose_store: Callable[[], None]
) -> None:
    key = SoftKey()
    make_passkey(user, key, opens_key=True)
    question = asked(client, OPEN)
    answer, secret = key.show(question), key.secret(question)
    assert send(client, answer, secret, OPEN).status_code == 302
    lose_store()

    assert send(client, answer, secret, OPEN).status_code == 422
    assert not opens(user, ring)


def test_somebody_elses_passkey_neither_locks_nor_opens(
    client: Client, user: User, partner: Person, ring: Ring, lose_store: Callable[[], None]
) -> None:
    mine, theirs = SoftKey(), SoftKey()
    make_passkey(user, mine, opens_key=True)
    other = make_passkey(make_user(partner), theirs, opens_key=True)
    assert client.get(reverse(LET_OPEN, args=[other.pk])).status_code == 404
    lose_store()
    question = asked(client, OPEN)
    assert list(question["salts"]) == [to_text(mine.id)]

    secret = to_text(theirs.evaluated(SALT))

    assert send(client, theirs.show(question), secret, OPEN).status_code == 422
    assert send(client, mine.show(asked(client, OPEN)), secret, OPEN).status_code == 422
    assert not opens(user, ring)


def test_a_good_answer_with_a_wrong_secret_opens_nothing(
    client: Client, user: User, ring: Ring, lose_store: Callable[[], None]
) -> None:
    key = SoftKey()
    make_passkey(user, key, opens_key=True)
    lose_store()

    answer = send(client, key.show(asked(client, OPEN)), to_text(b"w" * 32), OPEN)

    assert answer.status_code == 422
    assert "does not open your key" in answer.content.decode()
    assert not opens(user, ring)


def test_a_slot_moved_to_another_passkey_or_person_does_not_open(
    user: User, partner: Person, ring: Ring
) -> None:
    key = SoftKey()
    make_passkey(user, key, opens_key=True)
    secret = key.evaluated(SALT)
    slot = KeySlot.objects.get(kind="passkey")
    other = make_user(partner)
    for changed in ({"credential": "another"}, {"user_key": other_key(other)}):
        KeySlot.objects.filter(pk=slot.pk).update(**changed)
        moved = KeySlot.objects.get(pk=slot.pk)
        owner = other if "user_key" in changed else user
        with pytest.raises(Refused, match="does not open your key"):
            open_key_with_passkey(
                user=owner,
                credential=moved.credential,
                secret=secret,
                by=actor_for(owner),
                now=clock.now(),
            )


def other_key(user: User) -> Any:
    return KeySlot.objects.filter(user_key__person=user.person_id).first().user_key  # type: ignore[union-attr]


def test_a_key_that_does_not_open_here_gets_no_new_way(
    client: Client, user: User, ring: Ring, lose_store: Callable[[], None]
) -> None:
    key = SoftKey()
    passkey = make_passkey(user, key)
    lose_store()
    question = asked(client, LET_OPEN, passkey.pk)

    answer = send(client, key.show(question), key.secret(question), LET_OPEN, passkey.pk)

    assert "cannot be opened here" in answer.content.decode()
    assert passkey_slots() == 0


def test_a_way_is_removed_recorded_and_told_and_goes_on_signing_in(
    client: Client, user: User, ring: Ring
) -> None:
    passkey = make_passkey(user, opens_key=True)

    answer = client.post(reverse("accounts:key_keep_out"), {"credential": passkey.credential})

    assert answer.status_code == 302
    assert passkey_slots() == 0
    assert len(passkeys_of(user)) == 1
    assert Entry.objects.filter(verb="vault.removed_passkey").count() == 1
    assert Notification.objects.filter(kind="accounts.passkey_opens_key_no_more").count() == 1


@pytest.mark.parametrize("from_where", ["the key", "the account"])
def test_the_last_way_to_a_key_stays(
    user: User, ring: Ring, lose_store: Callable[[], None], from_where: str
) -> None:
    passkey = make_passkey(user, opens_key=True)
    lose_store()
    by, now = actor_for(user), clock.now()

    ways = {
        "the key": lambda: keep_passkey_from_key(
            user=user, credential=passkey.credential, by=by, now=now
        ),
        "the account": lambda: remove_passkey(passkey=passkey, by=by, now=now),
    }

    with pytest.raises(Refused, match="last way to your key"):
        ways[from_where]()

    assert passkey_slots() == 1
    assert len(passkeys_of(user)) == 1


def test_a_way_goes_when_another_one_is_left(
    user: User, ring: Ring, lose_store: Callable[[], None]
) -> None:
    by, now = actor_for(user), clock.now()
    passkey = make_passkey(user, opens_key=True)
    make_recovery_code(by=by, now=now)
    lose_store()

    keep_passkey_from_key(user=user, credential=passkey.credential, by=by, now=now)

    assert passkey_slots() == 0


def test_removing_a_passkey_from_the_account_ends_that_it_opens_the_key(
    user: User, ring: Ring
) -> None:
    one, other = make_passkey(user, opens_key=True), make_passkey(user, name="B", opens_key=True)

    remove_passkey(passkey=one, by=actor_for(user), now=clock.now())

    assert KeySlot.objects.get(kind="passkey").credential == other.credential


def test_a_new_name_shows_beside_the_key_too(client: Client, user: User, ring: Ring) -> None:
    passkey = make_passkey(user, opens_key=True)

    rename_passkey(passkey=passkey, name="Green key", by=actor_for(user), now=clock.now())

    assert "Green key" in client.get(reverse("vault:key")).content.decode()


def test_actions_refuse_somebody_elses_passkey(user: User, partner: Person, ring: Ring) -> None:
    passkey = make_passkey(user, opens_key=True)
    other, now = make_user(partner), clock.now()
    by = actor_for(other)

    with pytest.raises(NotAllowed):
        let_passkey_open_key(passkey=passkey, salt=SALT, secret=b"k" * 32, by=by, now=now)
    for refused in (
        lambda: keep_passkey_from_key(user=user, credential=passkey.credential, by=by, now=now),
        lambda: open_key_with_passkey(
            user=user, credential=passkey.credential, secret=b"k" * 32, by=by, now=now
        ),
    ):
        with pytest.raises(NotAllowed):
            refused()
    with pytest.raises(NotFound):
        keep_passkey_from_key(user=other, credential=passkey.credential, by=by, now=now)


def test_without_any_way_the_page_says_what_to_do(client: Client, user: User) -> None:
    assert "Nothing to open it with here" in client.get(reverse(OPEN)).content.decode()
    answer = client.get(reverse(OPEN), headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert client.post(reverse("accounts:key_keep_out"), {}).status_code == 404


def test_an_account_without_a_person_has_no_key_to_open() -> None:
    operator = User.objects.create_user(email="operator@firm.example", password="correct horse")
    client = Client(SERVER_NAME="localhost")
    client.force_login(operator, backend="viceversa.accounts.backend.Backend")
    key = SoftKey()
    passkey = make_passkey(operator, key)
    question = asked(client, LET_OPEN, passkey.pk)

    answer = send(client, key.show(question), key.secret(question), LET_OPEN, passkey.pk)

    assert answer.status_code == 403
    assert client.post(reverse("accounts:key_keep_out"), {}).status_code == 403


def test_my_key_names_the_passkeys_and_offers_them_when_it_is_closed(
    client: Client, user: User, ring: Ring, lose_store: Callable[[], None]
) -> None:
    make_passkey(user, opens_key=True)
    lose_store()

    page = client.get(reverse("vault:key")).content.decode()

    assert "Work laptop" in page
    assert reverse(OPEN) in page
    assert "The last way to your key: it stays." in page
    lock = lock_of(user.person_id or 0)
    assert lock is not None
    assert lock.needs_every_passkey


def test_the_secret_is_in_no_table_no_letter_and_no_log(
    client: Client,
    user: User,
    ring: Ring,
    lose_store: Callable[[], None],
    caplog: pytest.LogCaptureFixture,
    mailoutbox: list[Any],
) -> None:
    call_command("createcachetable")
    key = SoftKey()
    passkey = make_passkey(user, key)
    with caplog.at_level(logging.DEBUG):
        question = asked(client, LET_OPEN, passkey.pk)
        secret = key.secret(question)
        send(client, key.show(question), secret, LET_OPEN, passkey.pk)
        lose_store()
        send(client, key.show(asked(client, OPEN)), secret, OPEN)
    run_jobs()
    assert opens(user, ring)

    raw = key.evaluated(salt_kept())
    assert to_text(raw) == secret
    forms = (secret, raw.hex(), str(raw)[2:-1])
    letters = "".join(str(letter.message()) for letter in mailoutbox)
    assert letters
    assert any(to_text(salt_kept()) in said for _table, said in tables()), "a control"
    for where, said in (("log", caplog.text), ("mail", letters), *tables()):
        assert not any(form in said for form in forms), where


def salt_kept() -> bytes:
    return from_text(KeySlot.objects.get(kind="passkey").parameters["evaluated"])


def tables() -> list[tuple[str, str]]:
    """Every row of the database, as text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            rows = [[_as_text(value) for value in row] for row in cursor.fetchall()]
            found.append((table, "\n".join(" ".join(row) for row in rows)))
    return found


def _as_text(value: Any) -> str:
    """Both databases give bytes in their own way."""
    if isinstance(value, bytes | memoryview):
        return f"{bytes(value)!r} {bytes(value).hex()}"
    return str(value)
