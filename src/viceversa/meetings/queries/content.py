"""What the two wrote around a half hour, opened for the one of them who asks."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from viceversa.meetings.models import Afterword, Meeting, Preparation
from viceversa.meetings.queries.booking import meeting_in
from viceversa.meetings.rules import agenda, places
from viceversa.meetings.rules.agenda import Slot
from viceversa.meetings.rules.words import LookingBack, Preparing
from viceversa.partnerships.queries.agreement import Terms, signed_terms
from viceversa.partnerships.queries.seat import Seat, seat_at, seat_for
from viceversa.toolkit.actor import Actor
from viceversa.vault.models import Ring
from viceversa.vault.queries import NoKey
from viceversa.vault.rules.envelope import Place

Read = TypeVar("Read")


@dataclass(frozen=True)
class HalfHour:
    """One of the two at one of their meetings. `number` is 1 for the first they have."""

    seat: Seat
    meeting: Meeting
    number: int

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.seat.me.time_zone)

    @property
    def is_first(self) -> bool:
        return self.number == 1


@dataclass(frozen=True)
class Opened(Generic[Read]):
    """A text of somebody: it may not be there, or may not open for this person."""

    words: Read | None = None
    is_there: bool = False

    @property
    def is_shut(self) -> bool:
        return self.is_there and self.words is None


def half_hour_for(actor: Actor, key: str, meeting_key: str) -> HalfHour:
    """For the two people only. A meeting of another partnership is as good as none."""
    return _half_hour(seat_for(actor, key), meeting_key)


def half_hour_at(actor: Actor, meeting: Meeting) -> HalfHour:
    return _half_hour(seat_at(actor, meeting.partnership), meeting.key)


def _half_hour(seat: Seat, meeting_key: str) -> HalfHour:
    meeting = meeting_in(seat.partnership, meeting_key)
    before = Meeting.objects.filter(
        partnership=seat.partnership, starts_at__lt=meeting.starts_at
    ).exclude(state=Meeting.State.CANCELLED)
    return HalfHour(seat, meeting, before.count() + 1)


def opened(
    seat: Seat,
    ring: Ring | None,
    place: Place,
    sealed: bytes | memoryview | None,
    read: Callable[[str], Read],
) -> Opened[Read]:
    """Never an error: an envelope that was moved, changed or locked for this person stays shut."""
    if not sealed:
        return Opened()
    if ring is None:
        return Opened(is_there=True)
    try:
        return Opened(read(seat.keys.open(ring, place, sealed)), is_there=True)
    except (NoKey, ValueError, KeyError, TypeError):
        return Opened(is_there=True)


def preparations(half_hour: HalfHour) -> tuple[Opened[Preparing], Opened[Preparing]]:
    """One's own and the partner's, in one query."""
    seat, meeting = half_hour.seat, half_hour.meeting
    found = {row.author_id: row for row in Preparation.objects.filter(meeting=meeting)}
    mine, theirs = (
        _preparation(half_hour, found.get(person.pk)) for person in (seat.me, seat.partner)
    )
    return mine, theirs


def _preparation(half_hour: HalfHour, row: Preparation | None) -> Opened[Preparing]:
    if row is None:
        return Opened()
    place = places.preparation(half_hour.meeting.key, row.author_id)
    seat = half_hour.seat
    return opened(seat, seat.partnership.ring, place, row.sealed, Preparing.from_text)


def agenda_of(half_hour: HalfHour) -> Opened[list[Slot]]:
    """As the learner left it; none as long as it is only drafted."""
    meeting, seat = half_hour.meeting, half_hour.seat
    if meeting.agenda is None or meeting.agenda_author_id is None:
        return Opened()
    place = places.agenda(meeting.key, meeting.agenda_author_id)
    return opened(seat, seat.partnership.ring, place, meeting.agenda, agenda.from_text)


def afterwords(half_hour: HalfHour) -> tuple[Opened[LookingBack], Opened[LookingBack]]:
    """One's own and the partner's, in one query."""
    seat, meeting = half_hour.seat, half_hour.meeting
    found = {row.author_id: row for row in Afterword.objects.filter(meeting=meeting)}
    mine, theirs = (
        _afterword(half_hour, found.get(person.pk)) for person in (seat.me, seat.partner)
    )
    return mine, theirs


def _afterword(half_hour: HalfHour, row: Afterword | None) -> Opened[LookingBack]:
    if row is None:
        return Opened()
    place = places.afterword(half_hour.meeting.key, row.author_id)
    seat = half_hour.seat
    return opened(seat, seat.partnership.ring, place, row.sealed, LookingBack.from_text)


def terms_of(seat: Seat) -> Terms | None:
    """What the two signed; None before that, and where it does not open."""
    try:
        return signed_terms(seat)
    except (NoKey, ValueError, KeyError, TypeError):
        return None
