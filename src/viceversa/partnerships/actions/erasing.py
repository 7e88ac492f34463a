"""Both wish that what they wrote is destroyed: then the keys to it are, and nothing opens again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.notifications.actions import notify
from viceversa.partnerships.actions.locking import locked
from viceversa.partnerships.actions.telling import tell_both
from viceversa.partnerships.messages.erasing import ErasureWished, KeptAfterAll, WordsErased
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.permissions import check_holds_key, check_is_member
from viceversa.partnerships.queries.seat import Seat, seat_at
from viceversa.partnerships.rules import erasing as rules
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused
from viceversa.vault.actions import shred


@transaction.atomic
def wish_to_erase(*, partnership: Partnership, by: Actor, now: datetime) -> Partnership:
    """Asks the other; destroys once both have asked, or when the other has left."""
    seat = _seat_afterwards(by, partnership)
    partnership = seat.partnership
    if partnership.wishes_to_erase(seat.side):
        raise Refused(_("You have already said so. Your partner is asked."), code="already_wished")
    setattr(partnership, f"{seat.side}_erases_at", now)
    wished = {side for side in rules.SIDES if partnership.wishes_to_erase(side)}
    gone = {side for side in rules.SIDES if not partnership.person_on(side).is_present}
    if rules.is_agreed(wished, gone):
        return _erase(partnership, by=by, now=now)
    partnership.save(update_fields=[f"{seat.side}_erases_at"])
    record(by=by, verb="partnerships.wished_to_erase", target=partnership, now=now)
    told = ErasureWished(partnership=partnership, partner=seat.me.name)
    notify(to=[seat.partner], message=told, now=now)
    return partnership


@transaction.atomic
def keep_words(*, partnership: Partnership, by: Actor, now: datetime) -> Partnership:
    """Takes the own wish back, or says no to the other's. No reason is asked for."""
    seat = _seat_afterwards(by, partnership)
    partnership = seat.partnership
    if not any(partnership.wishes_to_erase(side) for side in rules.SIDES):
        raise Refused(_("Nobody has asked to destroy anything."), code="not_asked")
    partnership.learner_erases_at = partnership.adviser_erases_at = None
    partnership.save(update_fields=["learner_erases_at", "adviser_erases_at"])
    record(by=by, verb="partnerships.kept_words", target=partnership, now=now)
    tell_both(partnership, KeptAfterAll(partnership=partnership), now=now)
    return partnership


def _erase(partnership: Partnership, *, by: Actor, now: datetime) -> Partnership:
    """The keys go, and with them every word; titles that coordinators could read go too."""
    if partnership.ring is not None:
        shred(partnership.ring, by=by, now=now)
    partnership.erased_at = now
    partnership.save()
    partnership.goals.update(shared_title="", shared_at=None)
    record(by=by, verb="partnerships.erased", target=partnership, now=now)
    tell_both(partnership, WordsErased(partnership=partnership), now=now)
    return partnership


def _seat_afterwards(by: Actor, partnership: Partnership) -> Seat:
    check_is_member(by, partnership)
    partnership = locked(partnership)
    if partnership.erased_at is not None:
        raise Refused(_("What you two wrote has been destroyed already."), code="erased")
    if partnership.ring is None or not rules.may_ask(partnership.state, is_erased=False):
        raise Refused(
            _("What you two wrote can be destroyed once your partnership is over."), code="not_over"
        )
    seat = seat_at(by, partnership)
    check_holds_key(seat)
    return seat
