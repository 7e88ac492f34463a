from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_person
from viceversa.people.models import Person
from viceversa.toolkit.actor import Actor, system
from viceversa.toolkit.errors import NotAllowed, Refused
from viceversa.vault import actions, store
from viceversa.vault.models import Ring, RingWrap
from viceversa.vault.queries import NoKey, keyring, lock_of
from viceversa.vault.rules.envelope import SEALED, Place

pytestmark = pytest.mark.django_db
NOTE = Place(SEALED, "test.Note.text", "n1", 1)


@pytest.fixture(autouse=True)
def own_store(settings: Any, tmp_path: Path) -> None:
    settings.KEY_STORE = tmp_path / "keys"


def actor(person: Person, *roles: str) -> Actor:
    return Actor(person_id=person.pk, label=person.name, roles=frozenset(roles))


def lose_the_store(settings: Any, tmp_path: Path) -> None:
    settings.KEY_STORE = tmp_path / "another"


@pytest.fixture
def pair() -> tuple[Person, Person]:
    return make_person(), make_person()


@pytest.fixture
def ring(pair: tuple[Person, Person], now: datetime) -> Ring:
    return actions.make_ring(pair, now=now)


def test_both_members_read_what_one_of_them_sealed(pair: tuple[Person, Person], ring: Ring) -> None:
    one, other = pair
    sealed = keyring(actor(one), [ring]).seal(ring, NOTE, "between us")
    assert b"between us" not in sealed
    assert keyring(actor(other), [ring]).open(ring, NOTE, sealed) == "between us"


def test_nobody_else_holds_a_key_whatever_their_role(
    pair: tuple[Person, Person], ring: Ring
) -> None:
    sealed = keyring(actor(pair[0]), [ring]).seal(ring, NOTE, "between us")
    roles = ("operator", "directory_administrator", "safeguarding_contact")
    for other in (actor(make_person(), *roles), system("job", via="job")):
        with pytest.raises(NoKey):
            keyring(other, [ring]).open(ring, NOTE, sealed)
        with pytest.raises(NoKey):
            keyring(other, [ring]).seal(ring, NOTE, "x")


def test_a_wrap_copied_to_another_person_opens_nothing(
    pair: tuple[Person, Person], ring: Ring, now: datetime
) -> None:
    thief = make_person()
    actions.make_ring([thief], now=now)
    wrap = RingWrap.objects.filter(ring=ring).first()
    assert wrap is not None
    RingWrap.objects.create(
        ring=ring, version=1, person=thief, generation=1, wrapped=bytes(wrap.wrapped)
    )
    sealed = keyring(actor(pair[0]), [ring]).seal(ring, NOTE, "between us")
    with pytest.raises(NoKey):
        keyring(actor(thief), [ring]).open(ring, NOTE, sealed)


def test_after_a_turn_the_old_stays_readable_and_the_new_has_a_new_key(
    pair: tuple[Person, Person], ring: Ring, now: datetime
) -> None:
    before = keyring(actor(pair[0]), [ring]).seal(ring, NOTE, "before")
    turned = actions.turn(ring, by=system("tests", via="job"), now=now)
    keys = keyring(actor(pair[1]), [turned])
    after = keys.seal(turned, NOTE, "after")
    assert (keys.open(turned, NOTE, before), keys.open(turned, NOTE, after)) == ("before", "after")
    assert keys.held[ring.pk, 1] != keys.held[ring.pk, 2]


def test_shredding_leaves_nothing_to_open(
    pair: tuple[Person, Person], ring: Ring, now: datetime
) -> None:
    sealed = keyring(actor(pair[0]), [ring]).seal(ring, NOTE, "gone")
    actions.shred(ring, by=actor(pair[0]), now=now)
    with pytest.raises(NoKey):
        keyring(actor(pair[0]), [ring]).open(ring, NOTE, sealed)
    with pytest.raises(Refused, match="destroyed"):
        actions.turn(ring, by=actor(pair[0]), now=now)


def test_any_number_of_rings_opens_in_two_queries(
    pair: tuple[Person, Person], now: datetime
) -> None:
    rings = actions.make_rings([pair] * 5, now=now)
    for some in (rings[:1], rings):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert len(keyring(actor(pair[0]), some).held) == len(some)
        assert len(queries) == 2


def test_database_without_its_key_store_opens_nothing(
    pair: tuple[Person, Person], ring: Ring, settings: Any, tmp_path: Path
) -> None:
    sealed = keyring(actor(pair[0]), [ring]).seal(ring, NOTE, "safe")
    lose_the_store(settings, tmp_path)
    with pytest.raises(NoKey):
        keyring(actor(pair[0]), [ring]).open(ring, NOTE, sealed)
    lock = lock_of(pair[0].pk)
    assert lock is not None
    assert not lock.opens


@pytest.mark.parametrize("kind", ["passphrase", "recovery"])
def test_passphrase_or_code_brings_everything_back(
    pair: tuple[Person, Person],
    ring: Ring,
    now: datetime,
    settings: Any,
    tmp_path: Path,
    kind: str,
) -> None:
    me = actor(pair[0])
    sealed = keyring(me, [ring]).seal(ring, NOTE, "still here")
    secret = "a heron in the reeds"
    if kind == "passphrase":
        actions.add_passphrase(passphrase=secret, by=me, now=now)
    else:
        secret = actions.make_recovery_code(by=me, now=now)
    lose_the_store(settings, tmp_path)

    with pytest.raises(Refused, match="does not open"):
        actions.recover(kind=kind, secret=secret + "x", by=me, now=now)
    actions.recover(kind=kind, secret=secret, by=me, now=now)

    assert keyring(me, [ring]).open(ring, NOTE, sealed) == "still here"


def test_partner_lets_back_in_somebody_who_lost_every_key(
    pair: tuple[Person, Person], ring: Ring, now: datetime, settings: Any, tmp_path: Path
) -> None:
    me, partner = actor(pair[0]), actor(pair[1])
    code = actions.make_recovery_code(by=partner, now=now)
    sealed = keyring(me, [ring]).seal(ring, NOTE, "still here")
    lose_the_store(settings, tmp_path)
    actions.recover(kind="recovery", secret=code, by=partner, now=now)
    actions.start_anew(by=me, now=now)
    with pytest.raises(NoKey):
        keyring(me, [ring]).open(ring, NOTE, sealed)

    lock = lock_of(pair[0].pk)
    assert lock is not None
    with pytest.raises(Refused, match="fingerprint"):
        actions.reshare(ring, to=pair[0], seen="AAAA", by=partner, now=now)
    with pytest.raises(NotAllowed):
        actions.reshare(ring, to=pair[0], seen=lock.fingerprint, by=me, now=now)
    actions.reshare(ring, to=pair[0], seen=lock.fingerprint, by=partner, now=now)

    assert keyring(me, [ring]).open(ring, NOTE, sealed) == "still here"


def test_nobody_can_be_let_in_who_was_never_a_member(
    pair: tuple[Person, Person], ring: Ring, now: datetime
) -> None:
    stranger = make_person()
    actions.make_ring([stranger], now=now)
    lock = lock_of(stranger.pk)
    assert lock is not None
    with pytest.raises(NotAllowed, match="from the start"):
        actions.reshare(ring, to=stranger, seen=lock.fingerprint, by=actor(pair[0]), now=now)


def test_a_key_that_opens_is_not_thrown_away(
    pair: tuple[Person, Person], ring: Ring, now: datetime
) -> None:
    with pytest.raises(Refused, match="still opens"):
        actions.start_anew(by=actor(pair[0]), now=now)


def test_short_passphrase_and_missing_slot_are_refused_in_words(
    pair: tuple[Person, Person], ring: Ring, now: datetime
) -> None:
    with pytest.raises(Refused, match="12 characters"):
        actions.add_passphrase(passphrase="short", by=actor(pair[0]), now=now)
    with pytest.raises(Refused, match="not set this up"):
        actions.recover(kind="recovery", secret="x", by=actor(pair[0]), now=now)
    with pytest.raises(NotAllowed):
        actions.add_passphrase(passphrase="long enough indeed", by=system("x", via="job"), now=now)


def test_the_store_is_one_file_that_only_its_owner_reads(settings: Any) -> None:
    assert store.secret() == store.secret()
    file = Path(settings.KEY_STORE) / store.NAME
    assert file.stat().st_mode & 0o077 == 0
    assert len(store.secret()) == 32


def test_a_text_of_five_megabytes_is_refused_in_words(
    pair: tuple[Person, Person], ring: Ring
) -> None:
    with pytest.raises(Refused, match="too long"):
        keyring(actor(pair[0]), [ring]).seal(ring, NOTE, "x" * 5_000_000)


def test_own_ring_is_its_owners_alone(pair: tuple[Person, Person], now: datetime) -> None:
    mine = actions.own_ring(pair[0], now=now)
    assert actions.own_ring(pair[0], now=now) == mine
    sealed = keyring(actor(pair[0]), [mine]).seal(mine, NOTE, "for myself")
    assert keyring(actor(pair[0]), [mine]).open(mine, NOTE, sealed) == "for myself"
    with pytest.raises(NoKey):
        keyring(actor(pair[1]), [mine]).open(mine, NOTE, sealed)
