"""Concerns as their two sides read them. For anybody else there is nothing here."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from threading import BoundedSemaphore

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from viceversa.safeguarding.models import Concern, ConcernCount, Entry, Holder
from viceversa.safeguarding.queries.handlers import contacts, is_contact
from viceversa.safeguarding.rules import concern as rules
from viceversa.safeguarding.rules import receipt
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotFound, Refused
from viceversa.vault import store
from viceversa.vault.queries import private_key
from viceversa.vault.rules import envelope, keys

VERSION = 1
_AT_ONCE = BoundedSemaphore(2)  # 64 MiB each while words are tried
PATIENCE = 8.0  # seconds, so that a flood of words does not hold every thread of the server


@dataclass(frozen=True)
class Said:
    entry: Entry
    text: str

    is_whole: bool = True

    @property
    def is_reporters(self) -> bool:
        return self.entry.author == 0


@dataclass(frozen=True)
class Chosen:
    """A handler, and whether they receive concerns still."""

    name: str
    receives: bool


@dataclass(frozen=True)
class Opened:
    """A concern with its key, for one request."""

    concern: Concern
    key: bytes = field(repr=False)

    @property
    def named(self) -> str:
        return open_text(self, bytes(self.concern.named), named_place(self.concern))

    def thread(self) -> list[Said]:
        entries = self.concern.entries.select_related("handler")
        return [self._said(entry) for entry in entries]

    def _said(self, entry: Entry) -> Said:
        try:
            return Said(entry, open_text(self, bytes(entry.sealed), entry_place(entry)))
        except envelope.Broken:
            return Said(entry, "", is_whole=False)

    def handlers(self) -> list[Chosen]:
        holders = self.concern.holders.select_related("person").order_by("person__name")
        receiving = {person.pk for person in contacts()}
        return [Chosen(holder.person.name, holder.person_id in receiving) for holder in holders]


def about_holder(concern: Concern, person_id: int, generation: int) -> str:
    """What a wrapped key is bound to."""
    return f"viceversa concern {concern.key} for {person_id}/{generation}"


def about_reporter(concern: Concern) -> str:
    return f"viceversa concern {concern.key} for its reporter"


def entry_place(entry: Entry) -> envelope.Place:
    return envelope.Place("report", "entry.sealed", str(entry.pk), entry.author)


def named_place(concern: Concern) -> envelope.Place:
    return envelope.Place("report", "concern.named", concern.key, 0)


def seal_text(opened: Opened, text: str, place: envelope.Place) -> bytes:
    ring = opened.concern.key
    return envelope.seal(text, ring=ring, version=VERSION, key=opened.key, place=place)


def open_text(opened: Opened, sealed: bytes, place: envelope.Place) -> str:
    return envelope.open_(sealed, ring=opened.concern.key, key=opened.key, place=place)


def opener_of(words: str) -> receipt.Opener:
    """Always the same work, whether the words are right or wrong."""
    salt = hashlib.sha256(b"viceversa receipts" + store.secret()).digest()[:16]
    if not _AT_ONCE.acquire(timeout=PATIENCE):
        raise Refused(
            _("Very many words are tried just now. Wait a minute, then press again."), code="busy"
        )
    try:
        return receipt.opener(words, salt=salt)
    finally:
        _AT_ONCE.release()


def opened_by_words(words: str) -> Opened | None:
    found = opener_of(words)
    concern = Concern.objects.filter(lookup=found.lookup).first()
    return opened_with(concern, found) if concern is not None else None


def opened_with(concern: Concern, opener: receipt.Opener) -> Opened:
    key = keys.unlock(
        bytes(concern.locked),
        "receipt",
        opener.key,
        concern.lock_parameters,
        owner=about_reporter(concern),
    )
    return Opened(concern, key)


def concerns_of(actor: Actor) -> QuerySet[Holder]:
    """What was sealed to this contact, open ones first. None once the role is taken back."""
    if not is_contact(actor):
        return Holder.objects.none()
    found = Holder.objects.filter(person=actor.person_id).select_related("concern")
    return found.annotate(number=Count("concern__entries")).order_by(
        "-concern__state", "-concern__week", "pk"
    )


def holder_for(actor: Actor, key: str) -> Holder:
    holder = concerns_of(actor).filter(concern__key=key).first()
    if holder is None:
        raise NotFound(_("There is no such concern, or it was not sent to you."))
    return holder


def opened_for(actor: Actor, holder: Holder) -> Opened | None:
    """None where the contact has replaced the key that it was sealed to, or it was sealed to
    somebody else, whatever the row says."""
    private = private_key(holder.person_id) if holder.person_id == actor.person_id else None
    if private is None or private[1] != holder.generation:
        return None
    about = about_holder(holder.concern, holder.person_id, holder.generation)
    try:
        key = keys.unwrap(bytes(holder.wrapped), private[0], about=about)
    except keys.WrongSecret:
        return None
    return Opened(holder.concern, key)


def quarters(today: date) -> list[rules.Quarter]:
    counts = dict(ConcernCount.objects.values_list("quarter", "number"))
    return rules.quarters(counts, today)
