"""What every writing around a half hour asks first, and the sealing of it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from viceversa.meetings.models import Meeting
from viceversa.meetings.queries.content import HalfHour, half_hour_at
from viceversa.meetings.rules import writing as rules
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.permissions import check_is_member
from viceversa.partnerships.queries.seat import Seat
from viceversa.partnerships.rules.lifecycle import LIVE
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused
from viceversa.vault.queries import NoKey
from viceversa.vault.rules.envelope import Place

SENTENCES = {
    "held": gettext_lazy("This half hour is over. Write a note about it instead."),
    "cancelled": gettext_lazy("This half hour was called off, so nothing is written about it."),
}


def writer_at(by: Actor, meeting: Meeting) -> HalfHour:
    """The one of the two who writes. Raises NotAllowed for everybody else."""
    check_is_member(by, meeting.partnership)
    return half_hour_at(by, meeting)


def check_goes_on(partnership: Partnership) -> None:
    if partnership.state not in LIVE:
        raise Refused(
            _("This partnership is over. You can still read, but nothing more is written in it."),
            code="over",
        )


def check_may_prepare(meeting: Meeting) -> None:
    check_goes_on(meeting.partnership)
    _refuse(rules.wrong_with_preparing(meeting.state))


def check_may_write(meeting: Meeting) -> None:
    check_goes_on(meeting.partnership)
    _refuse(rules.wrong_with_writing(meeting.state))


def _refuse(code: str | None) -> None:
    if code is not None:
        raise Refused(str(SENTENCES[code]), code=code)


def seal(seat: Seat, place: Place, text: str) -> bytes:
    """With the key of the two. Raises NoKey where the writer does not hold it."""
    ring = seat.partnership.ring
    if ring is None:
        raise NoKey(_("This is sealed, and you hold no key to it."), code="no_key")
    return seat.keys.seal(ring, place, text)
