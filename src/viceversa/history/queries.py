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


def first_broken_entry() -> int | None:
    """The id of the first entry that does not follow from the one before it, or is missing at the
    end; None when the chain is whole."""
    last = 0
    previous = FIRST_HASH
    for entry in Entry.objects.order_by("id").iterator(chunk_size=2000):
        if entry.previous_hash != previous or entry.hash != entry_hash(previous, facts_of(entry)):
            return entry.pk
        previous, last = entry.hash, entry.pk
    newest = Head.objects.values_list("hash", flat=True).first() or FIRST_HASH
    return None if newest == previous else last + 1


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
