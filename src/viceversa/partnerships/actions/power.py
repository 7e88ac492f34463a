"""Where one of the two has power over the other, a partnership stands still."""

from datetime import datetime

from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.partnerships.actions.locking import locked
from viceversa.partnerships.actions.moving import move, turn_key
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.queries.lifecycle import is_held
from viceversa.partnerships.rules import lifecycle
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused


def hold_partnership(*, partnership: Partnership, by: Actor, now: datetime) -> Partnership | None:
    """Pauses it without an end, and a pause that stands already loses its end. None where there is
    nothing to hold. Part of an action that tells the two."""
    partnership = locked(partnership)
    if lifecycle.may("pause", partnership.state):
        partnership.paused_at, partnership.paused_until, partnership.next_at = now, None, None
        turn_key(partnership, by=by, now=now)
        paused = Partnership.State.PAUSED
        return move(partnership, paused, verb="partnerships.held", by=by, now=now)
    if partnership.state != Partnership.State.PAUSED:
        return None
    partnership.paused_until = None
    partnership.save(update_fields=["paused_until"])
    record(by=by, verb="partnerships.held", target=partnership, now=now)
    return partnership


def check_not_held(partnership: Partnership) -> None:
    if is_held(partnership):
        raise Refused(
            _(
                "One of you now stands above the other, or has a say in the other's pay or "
                "promotion. While that is so, you do not meet as partners. You can end it without "
                "fault; the coordinators look for somebody else for each of you."
            ),
            code="power",
        )
