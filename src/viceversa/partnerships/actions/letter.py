"""Messages between the two: written, and struck from both copies."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.notifications.actions import notify
from viceversa.partnerships.actions.seated import sealed, seat_to_write
from viceversa.partnerships.messages.letter import LetterSent
from viceversa.partnerships.models import Letter, Partnership
from viceversa.partnerships.queries.letters import place_of_letter
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed, Refused


@transaction.atomic
def write_letter(*, partnership: Partnership, text: str, by: Actor, now: datetime) -> Letter:
    """The partner is told that there is a message, not what it says."""
    seat = seat_to_write(by, partnership)
    if not text.strip():
        raise Refused(_("Write something first."), code="empty")
    letter = Letter(partnership=seat.partnership, author=seat.me, sent_at=now)
    letter.sealed = sealed(seat, place_of_letter(letter.key, seat.me.pk), {"text": text})
    letter.save()
    record(by=by, verb="partnerships.letter.sent", target=letter, now=now)
    message = LetterSent(partnership=seat.partnership, partner=seat.me.name)
    notify(to=[seat.partner], message=message, now=now)
    return letter


@transaction.atomic
def strike_letter(*, letter: Letter, by: Actor, now: datetime) -> Letter:
    """What it said is destroyed; that something was struck stays in view."""
    seat = seat_to_write(by, letter.partnership)
    letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if letter.author_id != seat.me.pk:
        raise NotAllowed(_("You can strike what you wrote yourself."))
    if letter.struck_at is not None:
        raise Refused(_("This message is struck already."), code="struck")
    letter.sealed, letter.struck_at = None, now
    letter.save(update_fields=["sealed", "struck_at"])
    record(by=by, verb="partnerships.letter.struck", target=letter, now=now)
    return letter
