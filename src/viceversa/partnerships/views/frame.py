"""What the pages of the two share: the seat, the way back, and what cannot be opened."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from viceversa.partnerships.queries.seat import Seat, seat_for
from viceversa.partnerships.rules import lifecycle
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.http import actor_of
from viceversa.vault.queries import without_wrap


def seat_of(request: HttpRequest, key: str) -> Seat:
    """Raises NotFound for everybody but the two, and Refused before both said yes."""
    seat = seat_for(actor_of(request), key)
    if seat.partnership.ring is None:
        raise Refused(_("This begins once both of you have said yes."), code="no_ring")
    return seat


def frame(seat: Seat, current: str) -> dict[str, Any]:
    ring = seat.partnership.ring
    partner_is_out = ring is not None and seat.can_open and without_wrap(ring, seat.partner.pk)
    return {
        "seat": seat,
        "partnership": seat.partnership,
        "partner": seat.partner,
        "partner_role": "adviser" if seat.is_learner else "learner",
        "current": current,
        "can_open": seat.can_open,
        "may_write": seat.can_open and seat.partnership.state in lifecycle.LIVE,
        "partner_is_out": partner_is_out,
    }
