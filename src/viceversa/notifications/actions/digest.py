"""What waits becomes one letter, at the hour that each person chose."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import QuerySet
from django.urls import reverse

from viceversa.notifications.messages import Digest
from viceversa.notifications.models import Delivery, Gathered, Notification
from viceversa.notifications.rules import EMAIL, REGISTRY, Message
from viceversa.people.models import Person
from viceversa.toolkit.jobs import later

PEOPLE_AT_ONCE = 200


@transaction.atomic
def gather_digests(*, now: datetime, people: int = PEOPLE_AT_ONCE) -> bool:
    """Puts the digests that are due on their way. A line belongs to one digest for ever, so a
    second run finds nothing. True when there may be more."""
    waiting = Gathered.objects.filter(digest__isnull=True, due_at__lte=now)
    chosen = list(waiting.order_by("person").values_list("person", flat=True).distinct()[:people])
    told, untold = _sorted_out(_locked(waiting.filter(person__in=chosen)), now=now)
    Gathered.objects.filter(pk__in=[row.pk for row in untold]).delete()
    by_person = defaultdict(list)
    for row in told:
        by_person[row.person].append(row)
    for person, rows in by_person.items():
        _put_on_its_way(person, rows, now=now)
    if told:
        later("notifications.deliver")
    return len(chosen) == people


def _locked(waiting: QuerySet[Gathered]) -> list[Gathered]:
    if connection.features.has_select_for_update_skip_locked:
        waiting = waiting.select_for_update(skip_locked=True, of=("self",))
    return list(waiting.select_related("notification", "person").order_by("id"))


def _sorted_out(
    rows: Sequence[Gathered], *, now: datetime
) -> tuple[list[Gathered], list[Gathered]]:
    told = [row for row in rows if _is_worth_telling(row, now=now)]
    kept = {row.pk for row in told}
    return told, [row for row in rows if row.pk not in kept]


def _is_worth_telling(row: Gathered, *, now: datetime) -> bool:
    """Not what was read in the meantime or is no longer true, and not to somebody who left."""
    line, person = row.notification, row.person
    if line.read_at is not None or not person.is_present or not person.email:
        return False
    return REGISTRY.get(line.kind, Message).stands(line.about, now=now)


def _put_on_its_way(person: Person, rows: Sequence[Gathered], *, now: datetime) -> None:
    message = Digest(number=len(rows))
    digest = Notification.objects.create(
        person=person,
        kind=message.kind,
        title=message.title,
        body=message.body,
        path=reverse("notifications:inbox"),
        created_at=now,
        read_at=now,
        in_inbox=False,
    )
    Gathered.objects.filter(pk__in=[row.pk for row in rows]).update(digest=digest)
    Delivery.objects.create(
        notification=digest, channel=EMAIL, address=person.email or "", not_before=now
    )
