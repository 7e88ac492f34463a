"""One who still holds the key lets in the partner who lost theirs."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.notifications.actions import notify
from viceversa.partnerships.messages.letter import SharedAgain
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.permissions import check_is_member
from viceversa.partnerships.queries.seat import seat_at
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused
from viceversa.vault.actions import reshare


@transaction.atomic
def let_partner_in(*, partnership: Partnership, seen: str, by: Actor, now: datetime) -> None:
    """`seen` is the fingerprint that the two compared."""
    check_is_member(by, partnership)
    seat = seat_at(by, partnership)
    if partnership.ring is None:
        raise Refused(_("This begins once both of you have said yes."), code="no_ring")
    reshare(partnership.ring, to=seat.partner, seen=seen, by=by, now=now)
    record(by=by, verb="partnerships.let_in", target=partnership, now=now)
    message = SharedAgain(partnership=partnership, partner=seat.me.name)
    notify(to=[seat.partner], message=message, now=now)
