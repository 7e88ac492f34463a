from datetime import UTC
from typing import Any

from django.db.models import Model, Q, QuerySet

from viceversa.history.models import Entry, Head
from viceversa.history.rules import FIRST_HASH, commitment, entry_hash


def entries_about(target: Model) -> QuerySet[Entry]:
    """Newest first."""
    return Entry.objects.filter(
        target_type=target._meta.label_lower, target_id=str(target.pk)
    ).order_by("-id")


def entries(*, area: str = "", search: str = "") -> QuerySet[Entry]:
    """Newest first; `search` looks at who acted and on whom or what."""
    found = Entry.objects.order_by("-id")
    if area:
        found = found.filter(verb__gte=f"{area}.", verb__lt=f"{area}/")
    if search:
        found = found.filter(Q(actor_label__icontains=search) | Q(target_label__icontains=search))
    return found


def first_broken_entry(*, newest: int | None = None) -> int | None:
    """The id of the first entry that does not follow from the one before it, or is missing at the
    end; None when the chain is whole. With `newest` only so many of the last entries are read."""
    chain = Entry.objects.order_by("id")
    previous, last = _start_of(newest)
    for entry in chain.filter(pk__gt=last).iterator(chunk_size=2000):
        if entry.previous_hash != previous or entry.hash != entry_hash(previous, facts_of(entry)):
            return entry.pk
        previous, last = entry.hash, entry.pk
    head = Head.objects.values_list("hash", flat=True).first() or FIRST_HASH
    return None if head == previous else last + 1


def _start_of(newest: int | None) -> tuple[str, int]:
    """Hash and id of the entry before the first that is to be read."""
    if newest is None:
        return FIRST_HASH, 0
    before = Entry.objects.order_by("-id").values_list("hash", "pk")[newest : newest + 1]
    return next(iter(before), (FIRST_HASH, 0))


def facts_of(entry: Entry) -> dict[str, Any]:
    return {
        "at": entry.at.astimezone(UTC).isoformat(),
        "actor": commitment(entry.salt, f"{entry.actor_id}\x00{entry.actor_label}"),
        "via": entry.via,
        "verb": entry.verb,
        "target_type": entry.target_type,
        "target_id": entry.target_id,
        "target": commitment(entry.salt, entry.target_label),
        "detail": entry.detail,
    }
