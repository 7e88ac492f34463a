"""Somebody who can write every row of the database, and holds neither the key store nor a key of
the two: wraps, public keys, versions and slots are changed, and nothing is read."""

from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from tests.factories import make_person
from tests.vault.test_rings import NOTE, actor, lose_the_store
from viceversa.people.models import Person
from viceversa.toolkit.actor import system
from viceversa.toolkit.errors import NotAllowed, Refused
from viceversa.vault import actions
from viceversa.vault.models import KeySlot, Ring, RingWrap, UserKey
from viceversa.vault.models.ring import about
from viceversa.vault.queries import NoKey, keyring, lock_of, open_keys
from viceversa.vault.rules import keys

pytestmark = pytest.mark.django_db
SYSTEM = system("tests", via="job")
CHOSEN = b"c" * 32


@pytest.fixture(autouse=True)
def own_store(settings: Any, tmp_path: Path) -> None:
    settings.KEY_STORE = tmp_path / "keys"


@pytest.fixture
def pair() -> tuple[Person, Person]:
    return make_person(), make_person()


@pytest.fixture
def ring(pair: tuple[Person, Person], now: datetime) -> Ring:
    return actions.make_ring(pair, now=now)


@pytest.fixture
def thief(now: datetime) -> Person:
    """With a key of their own, like everybody."""
    thief = make_person()
    actions.make_ring([thief], now=now)
    return thief


def written_in(ring: Ring, person: Person, wrapped: bytes = b"nothing") -> RingWrap:
    """A row like that of a member, which anybody can make out of what the database holds."""
    key = UserKey.objects.get(person=person)
    values = {"generation": key.generation, "wrapped": wrapped}
    row, _new = RingWrap.objects.update_or_create(
        ring=ring, version=ring.version, person=person, defaults=values
    )
    return row


def wrapped_for(ring: Ring, person: Person) -> bytes:
    key = UserKey.objects.get(person=person)
    bound = about(ring.pk, ring.version, person.pk, key.generation)
    return keys.wrap(CHOSEN, bytes(key.public), about=bound)


def test_a_row_among_the_members_gets_no_key_at_the_next_turn(
    pair: tuple[Person, Person], ring: Ring, thief: Person, now: datetime
) -> None:
    written_in(ring, thief, wrapped_for(ring, thief))

    turned = actions.turn(ring, by=SYSTEM, now=now)

    sealed = keyring(actor(pair[0]), [turned]).seal(turned, NOTE, "between us")
    assert keyring(actor(pair[1]), [turned]).open(turned, NOTE, sealed) == "between us"
    with pytest.raises(NoKey):
        keyring(actor(thief), [turned]).open(turned, NOTE, sealed)


def test_nothing_is_sealed_with_a_key_that_was_put_in_their_place(
    pair: tuple[Person, Person], ring: Ring
) -> None:
    """Anybody can wrap a key of their choice for a public key."""
    Ring.objects.filter(pk=ring.pk).update(version=2)
    ring.refresh_from_db()
    for person in pair:
        written_in(ring, person, wrapped_for(ring, person))

    with pytest.raises(NoKey):
        keyring(actor(pair[0]), [ring]).seal(ring, NOTE, "between us")


def test_what_was_wrapped_for_another_version_does_not_open(
    pair: tuple[Person, Person], ring: Ring, now: datetime
) -> None:
    old = RingWrap.objects.get(ring=ring, person=pair[0])
    turned = actions.turn(ring, by=SYSTEM, now=now)
    RingWrap.objects.filter(ring=ring, person=pair[0], version=2).update(wrapped=old.wrapped)

    with pytest.raises(NoKey):
        keyring(actor(pair[0]), [turned]).seal(turned, NOTE, "between us")


def test_nothing_is_wrapped_for_a_public_key_that_was_swapped(
    pair: tuple[Person, Person], ring: Ring, now: datetime
) -> None:
    private, public = keys.new_pair()
    UserKey.objects.filter(person=pair[1]).update(public=public)

    rings = [actions.turn(ring, by=SYSTEM, now=now), actions.make_ring(pair, now=now)]

    for one in rings:
        sealed = keyring(actor(pair[0]), [one]).seal(one, NOTE, "between us")
        assert keyring(actor(pair[0]), [one]).open(one, NOTE, sealed) == "between us"
        for wrap in RingWrap.objects.filter(ring=one, version=one.version, person=pair[1]):
            with pytest.raises(keys.WrongSecret):
                keys.unwrap(bytes(wrap.wrapped), private, about=wrap.about)
    assert [key.person_id for key in open_keys([person.pk for person in pair])] == [pair[0].pk]


def test_nobody_is_let_in_by_a_row_or_with_a_swapped_key(
    pair: tuple[Person, Person], ring: Ring, thief: Person, now: datetime
) -> None:
    by = actor(pair[0])
    written_in(ring, thief)
    lock = lock_of(thief.pk)
    assert lock is not None
    with pytest.raises(NotAllowed, match="from the start"):
        actions.reshare(ring, to=thief, seen=lock.fingerprint, by=by, now=now)

    _private, public = keys.new_pair()
    UserKey.objects.filter(person=pair[1]).update(public=public)
    with pytest.raises(Refused, match="open it first"):
        actions.reshare(ring, to=pair[1], seen=keys.fingerprint(public), by=by, now=now)


@pytest.mark.parametrize("what", ["slots", "wraps"])
def test_rows_swapped_between_people_open_nothing_and_break_nothing(
    pair: tuple[Person, Person], ring: Ring, what: str
) -> None:
    rows: Any = KeySlot.objects.order_by("pk") if what == "slots" else RingWrap.objects
    field = "locked" if what == "slots" else "wrapped"
    one, other = rows.all()[:2]
    mine, theirs = getattr(one, field), getattr(other, field)
    for row, value in ((one, theirs), (other, mine)):
        type(row).objects.filter(pk=row.pk).update(**{field: value})

    for person in pair:
        with pytest.raises(NoKey):
            keyring(actor(person), [ring]).seal(ring, NOTE, "between us")


def test_a_turn_while_nobodys_key_opens_leaves_the_key_that_they_come_back_to(
    pair: tuple[Person, Person], ring: Ring, now: datetime, settings: Any, tmp_path: Path
) -> None:
    me, partner = actor(pair[0]), actor(pair[1])
    codes = [actions.make_recovery_code(by=one, now=now) for one in (me, partner)]
    sealed = keyring(me, [ring]).seal(ring, NOTE, "still here")
    lose_the_store(settings, tmp_path)

    turned = actions.turn(ring, by=SYSTEM, now=now)
    actions.recover(kind="recovery", secret=codes[0], by=me, now=now)
    turned = actions.turn(turned, by=SYSTEM, now=now)
    after = keyring(me, [turned]).seal(turned, NOTE, "and this")
    actions.recover(kind="recovery", secret=codes[1], by=partner, now=now)

    assert keyring(partner, [turned]).open(turned, NOTE, sealed) == "still here"
    lock = lock_of(pair[1].pk)
    assert lock is not None
    actions.reshare(turned, to=pair[1], seen=lock.fingerprint, by=me, now=now)
    assert keyring(partner, [turned]).open(turned, NOTE, after) == "and this"


def test_own_notes_go_on_after_the_store_was_lost(
    pair: tuple[Person, Person], now: datetime, settings: Any, tmp_path: Path
) -> None:
    me = actor(pair[0])
    mine = actions.own_ring(pair[0], now=now)
    sealed = keyring(me, [mine]).seal(mine, NOTE, "for myself")
    code = actions.make_recovery_code(by=me, now=now)
    lose_the_store(settings, tmp_path)
    for _time in range(2):
        with pytest.raises(NoKey):
            keyring(me, [mine]).seal(actions.own_ring(pair[0], now=now), NOTE, "for myself")
    actions.recover(kind="recovery", secret=code, by=me, now=now)

    mine = actions.own_ring(pair[0], now=now)
    assert keyring(me, [mine]).open(mine, NOTE, sealed) == "for myself"
    assert keyring(me, [mine]).can_open(mine)
    assert mine.version == 1


def test_what_was_there_before_vouchers_is_vouched_for_where_the_store_is(
    pair: tuple[Person, Person], ring: Ring, settings: Any, tmp_path: Path
) -> None:
    vouch = import_module("viceversa.vault.migrations.0003_vouchers").vouch_for_what_is_here
    sealed = keyring(actor(pair[0]), [ring]).seal(ring, NOTE, "still here")
    for model in (RingWrap, UserKey):
        model.objects.update(voucher=b"")
    with pytest.raises(NoKey):
        keyring(actor(pair[1]), [ring]).open(ring, NOTE, sealed)
    here = settings.KEY_STORE
    lose_the_store(settings, tmp_path)
    with pytest.raises(RuntimeError, match="where the key store is"):
        vouch(apps, None)

    settings.KEY_STORE = here
    vouch(apps, None)

    assert keyring(actor(pair[1]), [ring]).open(ring, NOTE, sealed) == "still here"
    assert all(key.is_vouched for key in UserKey.objects.all())
