"""Half hours for programs: those of one's own partnerships. When and where, never what about."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router, Schema
from pydantic import AwareDatetime, Field

from viceversa.meetings.actions import booking, proposing
from viceversa.meetings.models import Meeting, Proposal
from viceversa.meetings.queries.booker import booker_for
from viceversa.meetings.queries.booking import meeting_in, meetings_of, open_proposal
from viceversa.meetings.rules.booking import LONGEST, SHORTEST
from viceversa.toolkit import clock
from viceversa.toolkit.cursor import cursor_page
from viceversa.toolkit.errors import NotFound
from viceversa.toolkit.http import actor_of

router = Router(tags=["meetings"])


class MeetingOut(Schema):
    key: str
    state: str
    starts_at: datetime
    minutes: int
    zone: str
    place: str
    link: str
    called_off_by: str
    hours_before: float | None

    @staticmethod
    def resolve_called_off_by(row: Meeting) -> str:
        """A side, or nothing."""
        fact = getattr(row, "cancellation", None)
        return fact.side if fact else ""

    @staticmethod
    def resolve_hours_before(row: Meeting) -> float | None:
        fact = getattr(row, "cancellation", None)
        return float(fact.hours_before) if fact else None


class ProposalOut(Schema):
    key: str
    side: str
    starts_at: datetime


class ProposeIn(Schema):
    starts_at: AwareDatetime


class MissedIn(Schema):
    side: Literal["learner", "adviser"]


class MeetingsOut(Schema):
    items: list[MeetingOut]
    next: str | None


class BookIn(Schema):
    starts_at: AwareDatetime
    minutes: int | None = Field(None, ge=SHORTEST, le=LONGEST)
    place: str = Field("", max_length=200)
    link: str = Field("", max_length=500)
    make_link: bool = False


class MoveIn(Schema):
    starts_at: AwareDatetime
    minutes: int | None = Field(None, ge=SHORTEST, le=LONGEST)
    place: str | None = Field(None, max_length=200)
    link: str | None = Field(None, max_length=500)


@router.get("/partnerships/{key}/meetings", response=MeetingsOut)
def list_meetings(
    request: HttpRequest, key: str, state: str = "", after: str | None = None, limit: int = 50
) -> dict[str, Any]:
    """Half hours of one of your partnerships, in the order in which they were booked."""
    found = meetings_of(booker_for(actor_of(request), key).partnership)
    if state:
        found = found.filter(state=state)
    return cursor_page(found, after=after, limit=limit)


@router.get("/partnerships/{key}/meetings/{meeting}", response=MeetingOut)
def read_meeting(request: HttpRequest, key: str, meeting: str) -> Meeting:
    """One half hour."""
    return _meeting(request, key, meeting)


@router.post("/partnerships/{key}/meetings", response={201: MeetingOut})
def book_meeting(request: HttpRequest, key: str, data: BookIn) -> tuple[int, Meeting]:
    """Book one, as the learner."""
    actor = actor_of(request)
    partnership = booker_for(actor, key).partnership
    made = booking.book_meeting(
        partnership=partnership, by=actor, now=clock.now(), **data.model_dump()
    )
    return 201, meeting_in(partnership, made.key)


@router.post("/partnerships/{key}/meetings/{meeting}/move", response=MeetingOut)
def move_meeting(request: HttpRequest, key: str, meeting: str, data: MoveIn) -> Meeting:
    """Move one to another time or place, as the learner. What is left out stays."""
    row = _meeting(request, key, meeting)
    booking.move_meeting(meeting=row, by=actor_of(request), now=clock.now(), **data.model_dump())
    return _meeting(request, key, meeting)


@router.post("/partnerships/{key}/meetings/{meeting}/cancel", response=MeetingOut)
def cancel_meeting(request: HttpRequest, key: str, meeting: str) -> Meeting:
    """Call one off, as either of the two. No reason is asked for."""
    row = _meeting(request, key, meeting)
    booking.cancel_meeting(meeting=row, by=actor_of(request), now=clock.now())
    return _meeting(request, key, meeting)


@router.post("/partnerships/{key}/meetings/{meeting}/missed", response=MeetingOut)
def miss_meeting(request: HttpRequest, key: str, meeting: str, data: MissedIn) -> Meeting:
    """Say that one did not take place, and which side could not come."""
    row = _meeting(request, key, meeting)
    booking.miss_meeting(meeting=row, side=data.side, by=actor_of(request), now=clock.now())
    return _meeting(request, key, meeting)


@router.get("/partnerships/{key}/meetings/{meeting}/proposal", response=ProposalOut)
def read_proposal(request: HttpRequest, key: str, meeting: str) -> Proposal:
    """The other time that waits for an answer."""
    found = open_proposal(_meeting(request, key, meeting))
    if found is None:
        raise NotFound(_("No other time is proposed."))
    return found


@router.post("/partnerships/{key}/meetings/{meeting}/proposal", response={201: ProposalOut})
def propose_time(
    request: HttpRequest, key: str, meeting: str, data: ProposeIn
) -> tuple[int, Proposal]:
    """Propose another time. The newest takes the place of one that waited."""
    row, actor = _meeting(request, key, meeting), actor_of(request)
    at = data.starts_at
    return 201, proposing.propose_time(meeting=row, starts_at=at, by=actor, now=clock.now())


@router.post("/partnerships/{key}/meetings/{meeting}/proposal/{proposal}/take", response=MeetingOut)
def take_proposal(request: HttpRequest, key: str, meeting: str, proposal: str) -> Meeting:
    """Take it, as the side that did not propose it."""
    row, actor = _meeting(request, key, meeting), actor_of(request)
    proposing.take_proposal(meeting=row, key=proposal, by=actor, now=clock.now())
    return _meeting(request, key, meeting)


@router.post(
    "/partnerships/{key}/meetings/{meeting}/proposal/{proposal}/leave", response=MeetingOut
)
def leave_proposal(request: HttpRequest, key: str, meeting: str, proposal: str) -> Meeting:
    """Leave it: the time stays as it is."""
    row, actor = _meeting(request, key, meeting), actor_of(request)
    proposing.drop_proposal(meeting=row, key=proposal, by=actor, now=clock.now())
    return _meeting(request, key, meeting)


def _meeting(request: HttpRequest, key: str, meeting: str) -> Meeting:
    return meeting_in(booker_for(actor_of(request), key).partnership, meeting)
