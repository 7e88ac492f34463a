"""A person's own key: made when it is first needed, and the ways back to it."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed, Refused
from viceversa.vault import store
from viceversa.vault.models import KeySlot, RingWrap, UserKey
from viceversa.vault.queries import private_key
from viceversa.vault.rules import keys


@transaction.atomic
def keys_for(person_ids: Collection[int], *, now: datetime) -> dict[int, UserKey]:
    """By person; those who have none get one, locked with the key store."""
    known = {key.person_id: key for key in UserKey.objects.filter(person__in=person_ids)}
    missing = sorted(set(person_ids) - set(known))
    if missing:
        _make_pairs(missing, now=now)
        found = UserKey.objects.filter(person__in=missing)
        known.update({key.person_id: key for key in found})
    return known


def _make_pairs(person_ids: list[int], *, now: datetime) -> None:
    """Somebody else may make the same key at this moment: then theirs stays."""
    pairs = {person: keys.new_pair() for person in person_ids}
    UserKey.objects.bulk_create(
        (
            UserKey(person_id=person, public=public, created_at=now).vouched()
            for person, (_private, public) in pairs.items()
        ),
        ignore_conflicts=True,
    )
    made = UserKey.objects.filter(person__in=person_ids).exclude(slots__kind=keys.STORE)
    ours = [key for key in made if bytes(key.public) == pairs[key.person_id][1]]
    KeySlot.objects.bulk_create(
        _slot(key, keys.STORE, store.secret(), pairs[key.person_id][0], now=now) for key in ours
    )


def _slot(
    key: UserKey, kind: str, secret: bytes | str, private: bytes, *, now: datetime
) -> KeySlot:
    slot = KeySlot(user_key=key, kind=kind, created_at=now)
    slot.locked, slot.parameters = keys.lock(private, kind, secret, owner=slot.owner)
    if kind == keys.STORE:
        slot.parameters["store"] = store.name()
    return slot


@transaction.atomic
def add_passphrase(*, passphrase: str, by: Actor, now: datetime) -> None:
    """A second way to the key, for the day the key store is lost."""
    if len(passphrase) < keys.SHORTEST_PASSPHRASE:
        raise Refused(
            _("Take at least %(n)s characters: several words that belong to you are best.")
            % {"n": keys.SHORTEST_PASSPHRASE},
            code="too_short",
        )
    _put_slot(keys.PASSPHRASE, passphrase, by=by, now=now)


@transaction.atomic
def make_recovery_code(*, by: Actor, now: datetime) -> str:
    """Shown once and never stored; a new one replaces the one before."""
    code = keys.new_recovery_code()
    _put_slot(keys.RECOVERY, code, by=by, now=now)
    return code


def _put_slot(kind: str, secret: str, *, by: Actor, now: datetime) -> None:
    key, private = opened_key(by=by, now=now)
    KeySlot.objects.filter(user_key=key, kind=kind).delete()
    _slot(key, kind, secret, private, now=now).save()
    record(by=by, verb=f"vault.added_{kind}", target=key, now=now)


def opened_key(*, by: Actor, now: datetime) -> tuple[UserKey, bytes]:
    """One's own key and its private half; a key that does not open here gets no new slot."""
    person_id = own_person(by)
    key = keys_for({person_id}, now=now)[person_id]
    opened = private_key(person_id)
    if opened is None:
        raise Refused(
            _("Your key cannot be opened here. Use your recovery code first."), code="locked"
        )
    return key, opened[0]


@transaction.atomic
def recover(*, kind: str, secret: str, by: Actor, now: datetime) -> None:
    """Opens one's key with the passphrase or the recovery code, and locks it with this store."""
    slot = (
        KeySlot.objects.select_for_update(of=("self",))
        .filter(user_key__person=own_person(by), kind=kind, credential="")
        .select_related("user_key")
        .first()
    )
    if slot is None:
        raise Refused(_("You have not set this up, so it cannot help now."), code="no_slot")
    try:
        open_slot(slot, secret, by=by, now=now)
    except keys.WrongSecret:
        raise Refused(
            _("That does not open your key. Check it letter by letter."), code="wrong"
        ) from None


def open_slot(slot: KeySlot, secret: bytes | str, *, by: Actor, now: datetime) -> None:
    """Locks the key with this store. Raises WrongSecret."""
    key, kind = slot.user_key, slot.kind
    private = keys.unlock(bytes(slot.locked), kind, secret, slot.parameters, owner=slot.owner)
    if private_key(key.person_id) is None:
        _vouch_again(key, private)
    KeySlot.objects.filter(user_key=key, kind=keys.STORE).delete()
    _slot(key, keys.STORE, store.secret(), private, now=now).save()
    record(by=by, verb="vault.recovered", target=key, detail={"with": kind}, now=now)


def _vouch_again(key: UserKey, private: bytes) -> None:
    """The store that vouched is lost. Whoever brings the private half back is believed about the
    rest: the new store vouches for their key, and for all who share a ring with them."""
    key.public = keys.public_of(private)
    key.vouched().save(update_fields=["public", "voucher"])
    own = RingWrap.objects.filter(person=key.person_id).values("ring")
    seats = RingWrap.objects.filter(ring__in=own)
    RingWrap.objects.bulk_update([seat.vouched() for seat in seats], ["voucher"], batch_size=500)


@transaction.atomic
def start_anew(*, by: Actor, now: datetime) -> UserKey:
    """A new pair when every way to the old one is lost. What was sealed stays closed until a
    partner shares it again."""
    person_id = own_person(by)
    key = UserKey.objects.select_for_update().filter(person=person_id).first()
    if key is None:
        return keys_for({person_id}, now=now)[person_id]
    if private_key(person_id) is not None:
        raise Refused(_("Your key still opens; there is no need for a new one."), code="not_lost")
    private, key.public = keys.new_pair()
    key.generation += 1
    key.created_at = now
    key.vouched().save()
    key.slots.all().delete()
    _slot(key, keys.STORE, store.secret(), private, now=now).save()
    record(by=by, verb="vault.started_anew", target=key, now=now)
    return key


def own_person(by: Actor) -> int:
    if by.person_id is None:
        raise NotAllowed(_("Only a person of the directory has a key."))
    return by.person_id
