"""Passkeys as a way to one's own key. Whoever calls has checked that the passkey answered; what is
given here as `secret` is what it made of the salt (the PRF extension), and is never kept."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotFound, Refused
from viceversa.vault.actions.user_key import open_slot, opened_key, own_person
from viceversa.vault.models import KeySlot, UserKey
from viceversa.vault.queries import lock_of
from viceversa.vault.rules import keys

SECRET = 32


@transaction.atomic
def add_passkey(
    *, credential: str, name: str, public: str, salt: str, secret: bytes, by: Actor, now: datetime
) -> None:
    """Locks one's private key with what the passkey makes of `salt`. The same passkey once more
    replaces what it was."""
    if len(secret) != SECRET:
        raise Refused(_("Your passkey gave no secret to lock a key with."), code="no_secret")
    key, private = opened_key(by=by, now=now)
    KeySlot.objects.filter(user_key=key, kind=keys.PASSKEY, credential=credential).delete()
    slot = KeySlot(user_key=key, kind=keys.PASSKEY, credential=credential, created_at=now)
    slot.locked, parameters = keys.lock(private, keys.PASSKEY, secret, owner=slot.owner)
    slot.parameters = {**parameters, "name": name, "public": public, "evaluated": salt}
    slot.save()
    record(by=by, verb="vault.added_passkey", target=key, now=now)


@transaction.atomic
def open_with_passkey(*, credential: str, secret: bytes, by: Actor, now: datetime) -> None:
    """Opens one's key, and locks it with this server's store."""
    slot = _own_slot(credential, by=by)
    try:
        open_slot(slot, secret, by=by, now=now)
    except keys.WrongSecret:
        raise Refused(
            _("This passkey answered, but it does not open your key. Try another way."),
            code="wrong",
        ) from None


@transaction.atomic
def remove_passkey(*, credential: str, by: Actor, now: datetime) -> str:
    """Answers its name. The last way to a key that does not open otherwise stays."""
    person_id = own_person(by)
    UserKey.objects.select_for_update().filter(person=person_id).first()
    slot = _own_slot(credential, by=by)
    lock = lock_of(person_id)
    if lock is None or lock.needs_every_passkey:
        raise Refused(
            _("This passkey is the last way to your key. Open your key with it first."),
            code="last_way",
        )
    name = str(slot.parameters["name"])
    slot.delete()
    record(by=by, verb="vault.removed_passkey", target=slot.user_key, now=now)
    return name


def name_passkey(*, credential: str, name: str, by: Actor) -> None:
    """Does nothing where the passkey opens no key."""
    slot = KeySlot.objects.filter(
        user_key__person=own_person(by), kind=keys.PASSKEY, credential=credential
    ).first()
    if slot is not None:
        slot.parameters["name"] = name
        slot.save(update_fields=["parameters"])


def _own_slot(credential: str, *, by: Actor) -> KeySlot:
    slot = (
        KeySlot.objects.select_for_update(of=("self",))
        .filter(user_key__person=own_person(by), kind=keys.PASSKEY, credential=credential)
        .select_related("user_key")
        .first()
    )
    if slot is None:
        raise NotFound(_("This passkey opens no key of yours."))
    return slot
