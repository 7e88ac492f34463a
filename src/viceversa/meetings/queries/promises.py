"""Promises: you said → I will. Opened for the two; some published in the learner's own words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from viceversa.meetings.models import Commitment
from viceversa.meetings.queries.content import HalfHour, Opened, opened
from viceversa.meetings.rules import places
from viceversa.meetings.rules.commitments import is_overdue
from viceversa.meetings.rules.words import Promise
from viceversa.partnerships.queries import partnerships_of
from viceversa.partnerships.queries.seat import Seat, seat_at
from viceversa.programmes.models import Programme
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotFound

State = Commitment.State
MOST_AT_A_GLANCE = 8


@dataclass(frozen=True)
class OpenedPromise:
    row: Commitment
    promise: Opened[Promise]
    is_overdue: bool


def promises_of(seat: Seat, *, state: str = "") -> QuerySet[Commitment]:
    """The open ones first, by the day they are due; then the closed ones, the latest first."""
    return promises_in_order_made(seat, state=state).order_by(
        F("closed_at").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "id"
    )


def promises_in_order_made(seat: Seat, *, state: str = "") -> QuerySet[Commitment]:
    found = Commitment.objects.filter(partnership=seat.partnership).order_by("pk")
    return found.filter(state=state) if state in State.values else found


def opened_promises(seat: Seat, rows: Iterable[Commitment], *, today: date) -> list[OpenedPromise]:
    return [opened_promise(seat, row, today=today) for row in rows]


def opened_promise(seat: Seat, row: Commitment, *, today: date) -> OpenedPromise:
    place = places.commitment(row.key, row.author_id)
    promise = opened(seat, seat.partnership.ring, place, row.sealed, Promise.from_text)
    return OpenedPromise(row, promise, is_overdue(row.state, row.due_on, today=today))


def open_promises(seat: Seat, *, today: date) -> list[OpenedPromise]:
    rows = promises_of(seat, state=State.OPEN)[:MOST_AT_A_GLANCE]
    return opened_promises(seat, rows, today=today)


def promises_made_at(half_hour: HalfHour, *, today: date) -> list[OpenedPromise]:
    rows = promises_of(half_hour.seat).filter(meeting=half_hour.meeting)[:MOST_AT_A_GLANCE]
    return opened_promises(half_hour.seat, rows, today=today)


def promise_for(seat: Seat, key: str) -> Commitment:
    found = Commitment.objects.filter(partnership=seat.partnership, key=key).first()
    if found is None:
        raise _missing()
    found.partnership = seat.partnership
    return found


def promise_of_mine(actor: Actor, key: str) -> tuple[Seat, Commitment]:
    """By its key alone, for one of the two."""
    found = Commitment.objects.filter(partnership__in=partnerships_of(actor), key=key).first()
    if found is None:
        raise _missing()
    partnership = partnerships_of(actor).select_related("ring").get(pk=found.partnership_id)
    found.partnership = partnership
    return seat_at(actor, partnership), found


def _missing() -> NotFound:
    return NotFound(_("There is no such promise, or it is not yours to see."))


def today_at(seat: Seat, now: datetime) -> date:
    """The day it is for the one who asks."""
    return now.astimezone(ZoneInfo(seat.me.time_zone)).date()


def published_promises(programme: Programme) -> QuerySet[Commitment]:
    """In the words that the learners typed for everyone; never the sealed ones."""
    return (
        Commitment.objects.filter(partnership__programme=programme)
        .exclude(published="")
        .select_related("author")
        .order_by("-made_at", "-id")
    )
