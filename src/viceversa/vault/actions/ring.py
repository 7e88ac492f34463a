"""Rings: a new one for people who begin together, a turn when somebody leaves, and the end."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.people.models import Person
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed, Refused
from viceversa.vault.actions.user_key import keys_for
from viceversa.vault.models import Ring, RingWrap, UserKey
from viceversa.vault.models.ring import about
from viceversa.vault.queries import has_wrap, keyring
from viceversa.vault.rules import keys


def make_ring(members: Sequence[Person], *, now: datetime) -> Ring:
    return make_rings([members], now=now)[0]


@transaction.atomic
def make_rings(groups: Sequence[Sequence[Person]], *, now: datetime) -> list[Ring]:
    """One ring for each group. Only its members can ever open it: no key is kept elsewhere."""
    known = keys_for({person.pk for group in groups for person in group}, now=now)
    rings = Ring.objects.bulk_create(Ring(created_at=now) for _group in groups)
    wraps = [
        wrap
        for ring, group in zip(rings, groups, strict=True)
        for wrap in _wraps(ring, keys.new_ring_key(), [known[person.pk] for person in group])
    ]
    RingWrap.objects.bulk_create(wraps, batch_size=1000)
    return rings


@transaction.atomic
def own_ring(person: Person, *, now: datetime) -> Ring:
    """The ring of one person alone; made when it is first needed. Somebody who lost their key
    goes on with a new version of it."""
    ring, is_new = Ring.objects.get_or_create(owner=person, defaults={"created_at": now})
    key = keys_for({person.pk}, now=now)[person.pk]
    if key.is_vouched and not has_wrap(ring, key):
        ring = Ring.objects.select_for_update().get(pk=ring.pk)
        _check_not_shredded(ring)
        if not is_new:
            ring.version += 1
            ring.save(update_fields=["version"])
        RingWrap.objects.bulk_create(_wraps(ring, keys.new_ring_key(), [key]))
    return ring


def _wraps(ring: Ring, ring_key: bytes, members: Iterable[UserKey]) -> list[RingWrap]:
    """A member whose key cannot be vouched for gets the seat alone; the partner lets them in."""
    seats = [
        RingWrap(
            ring=ring,
            version=ring.version,
            person_id=member.person_id,
            generation=member.generation,
            wrapped=_wrapped(ring, ring_key, member) if member.is_vouched else b"",
        )
        for member in members
    ]
    return [seat.vouched() for seat in seats]


def _wrapped(ring: Ring, ring_key: bytes, member: UserKey) -> bytes:
    bound = about(ring.pk, ring.version, member.person_id, member.generation)
    return keys.wrap(ring_key, bytes(member.public), about=bound)


@transaction.atomic
def turn(ring: Ring, *, by: Actor, now: datetime) -> Ring:
    """A new version for the same members: what is sealed from now on needs the new key. Members
    are those this server made so, whatever was written among them. While it can vouch for none,
    since its store is a new one, the key stays: nobody could come back to another."""
    ring = Ring.objects.select_for_update().get(pk=ring.pk)
    _check_not_shredded(ring)
    seats = RingWrap.objects.filter(ring=ring, version=ring.version)
    known = keys_for({seat.person_id for seat in seats if seat.is_vouched}, now=now)
    if not known:
        return ring
    ring.version += 1
    ring.save(update_fields=["version"])
    RingWrap.objects.bulk_create(_wraps(ring, keys.new_ring_key(), known.values()))
    record(by=by, verb="vault.turned", target=ring, detail={"version": ring.version}, now=now)
    return ring


@transaction.atomic
def shred(ring: Ring, *, by: Actor, now: datetime) -> None:
    """Destroys every wrap, so that nothing sealed with the ring can be opened again. A copy of the
    database made before holds them still, until it is thrown away."""
    ring = Ring.objects.select_for_update().get(pk=ring.pk)
    RingWrap.objects.filter(ring=ring).delete()
    ring.shredded_at = now
    ring.save(update_fields=["shredded_at"])
    record(by=by, verb="vault.shredded", target=ring, now=now)


@transaction.atomic
def reshare(ring: Ring, *, to: Person, seen: str, by: Actor, now: datetime) -> int:
    """A member who still holds the keys wraps them for a member who lost theirs.

    `seen` is the fingerprint that the two compared. Returns how many versions were shared.
    """
    ring = Ring.objects.select_for_update().get(pk=ring.pk)
    _check_not_shredded(ring)
    if not any(seat.is_vouched for seat in RingWrap.objects.filter(ring=ring, person=to)):
        raise NotAllowed(
            _("Only somebody who belonged to this from the start can be let in again.")
        )
    held = keyring(by, [ring]).held
    if not held:
        raise NotAllowed(_("You hold no key to this yourself."), code="no_key")
    member = keys_for({to.pk}, now=now)[to.pk]
    if keys.fingerprint(bytes(member.public)) != seen:
        raise Refused(_("The fingerprint has changed. Compare it once more."), code="fingerprint")
    if not member.is_vouched:
        raise Refused(
            _("%(name)s's key does not open here. They have to open it first, on My key.")
            % {"name": to.name},
            code="locked",
        )
    _seat_again(ring, held, member)
    record(by=by, verb="vault.shared_again", target=ring, detail={"with": to.pk}, now=now)
    return len(held)


def _seat_again(ring: Ring, held: Mapping[tuple[int, int], bytes], member: UserKey) -> None:
    for (_ring, version), ring_key in held.items():
        seat, _is_new = RingWrap.objects.get_or_create(
            ring=ring,
            version=version,
            person_id=member.person_id,
            defaults={"generation": member.generation, "wrapped": b""},
        )
        bound = about(ring.pk, version, member.person_id, member.generation)
        seat.generation = member.generation
        seat.wrapped = keys.wrap(ring_key, bytes(member.public), about=bound)
        seat.vouched().save()


def _check_not_shredded(ring: Ring) -> None:
    if ring.shredded_at is not None:
        raise Refused(_("What was sealed here has been destroyed."), code="shredded")
