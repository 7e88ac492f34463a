import secrets
from datetime import datetime
from typing import Any

from django.db import models, transaction

from viceversa.history.models import Entry, Head
from viceversa.history.queries import facts_of
from viceversa.history.rules import FIRST_HASH, entry_hash
from viceversa.toolkit import clock
from viceversa.toolkit.actor import Actor


@transaction.atomic
def record(
    *,
    by: Actor,
    verb: str,
    target: models.Model,
    detail: dict[str, Any] | None = None,
    now: datetime | None = None,
) -> Entry:
    """Adds one entry in the caller's transaction. `detail` holds facts, never content."""
    Head.objects.get_or_create(id=1, defaults={"hash": FIRST_HASH})
    head = Head.objects.select_for_update().get(id=1)
    entry = Entry(
        at=now or clock.now(),
        actor_id=by.person_id,
        actor_label=by.label[:200],
        via=by.via,
        verb=verb,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        target_label=str(target)[:200],
        detail=detail or {},
        salt=secrets.token_hex(16),
        previous_hash=head.hash,
    )
    entry.hash = entry_hash(head.hash, facts_of(entry))
    entry.save()
    head.hash = entry.hash
    head.save(update_fields=["hash"])
    return entry
