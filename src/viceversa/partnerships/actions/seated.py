"""Taking a seat to write: a member, in a partnership that is lived and whose key one holds."""

import json
from typing import Any

from django.utils.translation import gettext as _

from viceversa.partnerships.actions.locking import locked
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.permissions import check_is_member
from viceversa.partnerships.queries.seat import Seat, seat_at
from viceversa.partnerships.rules import lifecycle
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused
from viceversa.vault.rules.envelope import Place


def seat_to_write(by: Actor, partnership: Partnership) -> Seat:
    """Locks the partnership. Raises NotAllowed for others, Refused when it is not lived now."""
    check_is_member(by, partnership)
    partnership = locked(partnership)
    if partnership.state not in lifecycle.LIVE:
        raise Refused(_not_now(partnership), code="not_live")
    return seat_at(by, partnership)


def _not_now(partnership: Partnership) -> str:
    if partnership.state == Partnership.State.PROPOSED:
        return _("This begins once both of you have said yes.")
    return _("This partnership is over. What was written stays; nothing is added.")


def sealed(seat: Seat, place: Place, values: dict[str, Any]) -> bytes:
    """With the key of the two. Raises NoKey, and Refused for what is too long."""
    ring = seat.partnership.ring
    if ring is None:
        raise Refused(_("This begins once both of you have said yes."), code="no_ring")
    return seat.keys.seal(ring, place, json.dumps(values, ensure_ascii=False))
