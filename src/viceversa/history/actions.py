import json
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction

from viceversa.history.models import Entry, Head
from viceversa.history.queries import facts_of
from viceversa.history.rules import FIRST_HASH, entry_hash
from viceversa.toolkit import clock
from viceversa.toolkit.actor import Actor


def record(
    *,
    by: Actor,
    verb: str,
    target: models.Model,
    detail: dict[str, Any] | None = None,
    now: datetime | None = None,
) -> Entry:
    """Adds one entry in the caller's transaction. `detail` holds facts, never content."""
    return record_many(by=by, verb=verb, targets=[target], detail=detail, now=now)[0]


@transaction.atomic
def record_many(
    *,
    by: Actor,
    verb: str,
    targets: Iterable[models.Model],
    detail: dict[str, Any] | None = None,
    now: datetime | None = None,
) -> list[Entry]:
    """The same about several: one lock, one insert, one entry each."""
    at = (now or clock.now()).astimezone(UTC)
    facts = _as_stored(detail or {})
    entries = [_entry(by, verb, target, facts, at) for target in targets]
    head, _new = Head.objects.select_for_update().get_or_create(id=1, defaults={"hash": FIRST_HASH})
    for entry in entries:
        entry.previous_hash = head.hash
        entry.hash = head.hash = entry_hash(head.hash, facts_of(entry))
    Entry.objects.bulk_create(entries, batch_size=1000)
    head.save(update_fields=["hash"])
    return entries


def _entry(by: Actor, verb: str, target: models.Model, facts: Any, at: datetime) -> Entry:
    return Entry(
        at=at,
        actor_id=by.person_id,
        actor_label=_storable(by.label)[:200],
        via=by.via,
        verb=verb,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        target_label=_storable(str(target))[:200],
        detail=facts,
        salt=secrets.token_hex(16),
    )


def _as_stored(detail: dict[str, Any]) -> Any:
    """What both databases give back unchanged: texts as keys, broken numbers as texts."""
    return json.loads(
        _storable(json.dumps(detail, cls=DjangoJSONEncoder)), parse_float=str, parse_constant=str
    )


def _storable(text: str) -> str:
    """Without the one sign that PostgreSQL cannot keep."""
    return text.replace("\x00", "\ufffd").replace("\\u0000", "\\ufffd")
