"""A partnership in which nothing happens makes room for somebody who waits."""

from datetime import datetime

from viceversa.partnerships.actions.moving import check_move, move, turn_key
from viceversa.partnerships.models import Partnership
from viceversa.toolkit.actor import Actor


def end_quietly(partnership: Partnership, *, by: Actor, now: datetime) -> Partnership:
    """Part of an action that holds the row and tells both. Without fault on either side."""
    check_move("end", partnership)
    partnership.ended_at, partnership.next_at = now, None
    partnership.needs_new_partner = True
    turn_key(partnership, by=by, now=now)
    return move(partnership, Partnership.State.ENDED, verb="partnerships.ended", by=by, now=now)
