"""The two-way ledger: each writes about themselves and strikes what is their own."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.notifications.actions import notify
from viceversa.partnerships.actions.seated import sealed, seat_to_write
from viceversa.partnerships.messages.letter import LedgerWritten
from viceversa.partnerships.models import LedgerEntry, Partnership
from viceversa.partnerships.queries.ledger import MOST_SHOWN, place_of_entry
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed, Refused


@transaction.atomic
def write_in_ledger(
    *, partnership: Partnership, kind: str, text: str, by: Actor, now: datetime
) -> LedgerEntry:
    seat = seat_to_write(by, partnership)
    if LedgerEntry.objects.filter(partnership=seat.partnership).count() >= MOST_SHOWN:
        raise Refused(_("The ledger is full. Strike what matters least."), code="full")
    entry = LedgerEntry(
        partnership=seat.partnership, author=seat.me, side=seat.side, kind=kind, at=now
    )
    entry.sealed = sealed(seat, place_of_entry(entry.key, seat.me.pk), {"text": text})
    entry.save()
    detail = {"kind": kind, "side": seat.side}
    record(by=by, verb="partnerships.ledger.written", target=entry, detail=detail, now=now)
    message = LedgerWritten(partnership=seat.partnership, partner=seat.me.name)
    notify(to=[seat.partner], message=message, now=now)
    return entry


@transaction.atomic
def strike_entry(*, entry: LedgerEntry, by: Actor, now: datetime) -> None:
    """Gone from both sides."""
    seat = seat_to_write(by, entry.partnership)
    if entry.author_id != seat.me.pk:
        raise NotAllowed(_("You can strike what you wrote yourself."))
    record(by=by, verb="partnerships.ledger.struck", target=entry, now=now)
    entry.delete()
