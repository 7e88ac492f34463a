"""Opening and sealing. A keyring holds the keys that one person really has, for one request."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed, Refused
from viceversa.vault import store
from viceversa.vault.models import KeySlot, Ring, RingWrap, UserKey
from viceversa.vault.rules import envelope, keys
from viceversa.vault.rules.envelope import Place


class NoKey(NotAllowed):
    """The person holds no key to this, whatever a row in the database says."""


@dataclass(frozen=True)
class Keyring:
    """Ring and version → the key, for the versions that were wrapped for this person."""

    person_id: int | None
    held: dict[tuple[int, int], bytes] = field(default_factory=dict, repr=False)

    def can_open(self, ring: Ring | None) -> bool:
        return ring is not None and (ring.pk, ring.version) in self.held

    def seal(self, ring: Ring, place: Place, text: str) -> bytes:
        """Raises NoKey, and Refused for a text that is too long."""
        key = self.held.get((ring.pk, ring.version))
        if key is None:
            raise _no_key()
        try:
            return envelope.seal(text, ring=ring.key, version=ring.version, key=key, place=place)
        except envelope.TooLong:
            raise Refused(
                _("This is too long. Keep it under 60,000 characters."), code="too_long"
            ) from None

    def open(self, ring: Ring, place: Place, sealed: bytes | memoryview | None) -> str:
        """Raises NoKey, and Broken for an envelope that was moved or changed."""
        if not sealed:
            return ""
        raw = bytes(sealed)
        key = self.held.get((ring.pk, envelope.version_of(raw)))
        if key is None:
            raise _no_key()
        return envelope.open_(raw, ring=ring.key, key=key, place=place)


def _no_key() -> NoKey:
    return NoKey(_("This is sealed, and you hold no key to it."), code="no_key")


def keyring(by: Actor, rings: Iterable[Ring]) -> Keyring:
    """Two queries for any number of rings; empty for those who hold nothing."""
    if by.person_id is None:
        return Keyring(None)
    ids = {ring.pk for ring in rings}
    opened = private_key(by.person_id) if ids else None
    if opened is None:
        return Keyring(by.person_id)
    private, generation = opened
    wraps = RingWrap.objects.filter(
        ring__in=ids, person_id=by.person_id, generation=generation, ring__shredded_at__isnull=True
    ).exclude(wrapped=b"")
    return Keyring(
        by.person_id,
        {
            (wrap.ring_id, wrap.version): keys.unwrap(
                bytes(wrap.wrapped), private, about=wrap.about
            )
            for wrap in wraps
            if wrap.is_vouched
        },
    )


def private_key(person_id: int) -> tuple[bytes, int] | None:
    """Through the key store; None where the person has no key, the store is another one, or the
    slot is not this person's."""
    slot = (
        KeySlot.objects.filter(user_key__person=person_id, kind=keys.STORE)
        .select_related("user_key")
        .first()
    )
    if slot is None or slot.parameters.get("store") != store.name():
        return None
    owner = slot.user_key.owner
    try:
        raw = keys.unlock(
            bytes(slot.locked), keys.STORE, store.secret(), slot.parameters, owner=owner
        )
    except keys.WrongSecret:
        return None
    return raw, slot.user_key.generation


@dataclass(frozen=True)
class Passkey:
    """A passkey that opens somebody's key. `credential` is its id, in base64url."""

    credential: str
    name: str
    public: str
    salt: str
    added_at: datetime


def passkeys_of(person_id: int | None) -> list[Passkey]:
    """Those that open this person's key, oldest first."""
    slots = KeySlot.objects.filter(user_key__person=person_id, kind=keys.PASSKEY).order_by("pk")
    return [_passkey(slot) for slot in slots] if person_id is not None else []


def _passkey(slot: KeySlot) -> Passkey:
    said = {name: slot.parameters[name] for name in ("name", "public")}
    return Passkey(
        credential=slot.credential,
        salt=slot.parameters["evaluated"],
        added_at=slot.created_at,
        **said,
    )


@dataclass(frozen=True)
class Lock:
    """What the page about one's own key says."""

    fingerprint: str
    has_passphrase: bool
    has_recovery: bool
    opens: bool
    passkeys: Sequence[Passkey] = ()

    @property
    def has_code(self) -> bool:
        """Something that can be typed."""
        return self.has_passphrase or self.has_recovery

    @property
    def needs_every_passkey(self) -> bool:
        """Without its one passkey the key would be lost."""
        return not self.opens and not self.has_code and len(self.passkeys) == 1


def lock_of(person_id: int) -> Lock | None:
    key = UserKey.objects.filter(person=person_id).prefetch_related("slots").first()
    if key is None:
        return None
    slots = list(key.slots.all())
    kinds = {slot.kind: slot for slot in slots}
    stored = kinds.get(keys.STORE)
    return Lock(
        fingerprint=keys.fingerprint(bytes(key.public)),
        has_passphrase=keys.PASSPHRASE in kinds,
        has_recovery=keys.RECOVERY in kinds,
        opens=stored is not None and stored.parameters.get("store") == store.name(),
        passkeys=[_passkey(slot) for slot in slots if slot.kind == keys.PASSKEY],
    )


def fingerprints(person_ids: Iterable[int]) -> dict[int, str]:
    rows = UserKey.objects.filter(person__in=list(person_ids)).values_list("person", "public")
    return {person: keys.fingerprint(bytes(public)) for person, public in rows}


def without_wrap(ring: Ring, person_id: int) -> bool:
    """Whether this member cannot open the ring's present version."""
    return not has_wrap(ring, UserKey.objects.filter(person=person_id).first())


def has_wrap(ring: Ring, key: UserKey | None) -> bool:
    """Of the ring's present version, for the person's present key."""
    wraps = RingWrap.objects.filter(ring=ring, version=ring.version).exclude(wrapped=b"")
    return (
        key is not None and wraps.filter(person=key.person_id, generation=key.generation).exists()
    )


def own_ring_of(by: Actor) -> Ring | None:
    """None as long as the person has sealed nothing of their own."""
    return Ring.objects.filter(owner=by.person_id).first() if by.person_id is not None else None


def open_keys(person_ids: Iterable[int]) -> list[UserKey]:
    """The keys of those of them who can open what is sealed to them today, without more ado."""
    slots = KeySlot.objects.filter(user_key__person__in=list(person_ids), kind=keys.STORE)
    return [
        slot.user_key
        for slot in slots.select_related("user_key__person")
        if slot.parameters.get("store") == store.name() and slot.user_key.is_vouched
    ]
