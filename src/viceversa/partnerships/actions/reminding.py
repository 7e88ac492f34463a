"""Reminding of what waits, once of each turn, however often and however late this runs."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from viceversa.history.actions import record_many
from viceversa.notifications.actions import notify_many
from viceversa.notifications.rules import Message
from viceversa.partnerships.messages.reminding import OF_TURNS
from viceversa.partnerships.models import Partnership, Reminder
from viceversa.partnerships.queries.turns import may_wait, turns_in
from viceversa.partnerships.rules.reminders import Turn, is_due
from viceversa.people.models import Person
from viceversa.toolkit.actor import Actor

BATCH = 500


def remind_of_turns(*, by: Actor, now: datetime, batch: int = BATCH) -> int:
    """How many reminders went out."""
    sent = last = 0
    while ids := _next_ids(last, batch, now):
        sent += _remind(ids, by=by, now=now)
        last = ids[-1]
    return sent


def _next_ids(last: int, batch: int, now: datetime) -> list[int]:
    found = may_wait(now).filter(pk__gt=last).order_by("pk")
    return list(found.values_list("pk", flat=True)[:batch])


@transaction.atomic
def _remind(ids: Sequence[int], *, by: Actor, now: datetime) -> int:
    """Held meanwhile, so that two runs at a time say nothing twice."""
    partnerships = list(
        Partnership.objects.select_for_update(of=("self",))
        .select_related("programme", "learner__person", "adviser__person")
        .filter(pk__in=ids)
    )
    turns = turns_in(partnerships, now.date())
    reminded = set(Reminder.objects.filter(partnership__in=ids).values_list("partnership", "turn"))
    due = [
        (one, turn)
        for one in partnerships
        for turn in turns[one.pk]
        if is_due(turn, now) and (one.pk, turn.code) not in reminded
    ]
    Reminder.objects.bulk_create(
        Reminder(partnership=one, turn=turn.code, sent_at=now) for one, turn in due
    )
    notify_many((_told(one, turn) for one, turn in due), now=now)
    if due:
        record_many(by=by, verb="partnerships.reminded", targets=_once(due), now=now)
    return len(due)


def _told(partnership: Partnership, turn: Turn) -> tuple[Person, Message]:
    partner = partnership.partner_of(turn.side).name
    message = OF_TURNS[turn.what](partnership=partnership, turn=turn, partner=partner)
    return partnership.person_on(turn.side), message


def _once(due: Sequence[tuple[Partnership, Turn]]) -> list[Partnership]:
    return list({one.pk: one for one, _turn in due}.values())
