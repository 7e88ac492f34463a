"""Promises for programs: read by the two, made and closed by the learner. What is sealed is opened
for them and for nobody else."""

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Field, Router, Schema

from viceversa.meetings.actions.commitment import (
    NewPromise,
    close_promise,
    make_promises,
    publish_promise,
    unpublish_promise,
)
from viceversa.meetings.models import Commitment
from viceversa.meetings.queries.promises import (
    opened_promise,
    promise_of_mine,
    promises_in_order_made,
    today_at,
)
from viceversa.meetings.rules.words import Promise
from viceversa.partnerships.queries.seat import Seat, seat_for
from viceversa.toolkit import clock
from viceversa.toolkit.cursor import cursor_page
from viceversa.toolkit.http import actor_of

router = Router(tags=["commitments"])


class CommitmentOut(Schema):
    key: str
    state: str
    due_on: date | None
    is_overdue: bool
    said: str | None = Field(description="None where you hold no key to it.")
    will: str | None
    published: str
    made_at: datetime
    closed_at: datetime | None


class CommitmentsOut(Schema):
    items: list[CommitmentOut]
    next: str | None


class CommitmentIn(Schema):
    said: str = Field("", max_length=1000)
    will: str = Field(min_length=1, max_length=1000, pattern=r"\S")
    due_on: date | None = None


class ClosingIn(Schema):
    outcome: Literal["kept", "dropped"]


class PublishingIn(Schema):
    words: str = Field(min_length=1, max_length=300, pattern=r"\S")


@router.get("/partnerships/{key}/commitments", response=CommitmentsOut)
def list_commitments(
    request: HttpRequest, key: str, state: str = "", after: str | None = None, limit: int = 50
) -> dict[str, Any]:
    """Of a partnership of yours, oldest first."""
    seat = seat_for(actor_of(request), key)
    page = cursor_page(promises_in_order_made(seat, state=state), after=after, limit=limit)
    return {**page, "items": [_out(seat, row) for row in page["items"]]}


@router.post("/partnerships/{key}/commitments", response={201: CommitmentOut})
def make_commitment(request: HttpRequest, key: str, body: CommitmentIn) -> tuple[int, Any]:
    """Promise something, as the learner."""
    actor = actor_of(request)
    seat = seat_for(actor, key)
    promise = NewPromise(Promise(said=body.said, will=body.will), body.due_on)
    made = make_promises(
        partnership=seat.partnership, promises=[promise], by=actor, now=clock.now()
    )
    return 201, _out(seat, made[0])


@router.get("/commitments/{key}", response=CommitmentOut)
def read_commitment(request: HttpRequest, key: str) -> dict[str, Any]:
    """One promise of a partnership of yours."""
    seat, commitment = promise_of_mine(actor_of(request), key)
    return _out(seat, commitment)


@router.post("/commitments/{key}/close", response=CommitmentOut)
def close_commitment(request: HttpRequest, key: str, body: ClosingIn) -> dict[str, Any]:
    """Say that you kept it or let go of it, as the learner. Once."""
    actor = actor_of(request)
    seat, commitment = promise_of_mine(actor, key)
    closed = close_promise(commitment=commitment, outcome=body.outcome, by=actor, now=clock.now())
    return _out(seat, closed)


@router.post("/commitments/{key}/publish", response=CommitmentOut)
def publish_commitment(request: HttpRequest, key: str, body: PublishingIn) -> dict[str, Any]:
    """Let everyone in the programme read words typed for them, as the learner."""
    actor = actor_of(request)
    seat, commitment = promise_of_mine(actor, key)
    shown = publish_promise(commitment=commitment, words=body.words, by=actor, now=clock.now())
    return _out(seat, shown)


@router.post("/commitments/{key}/unpublish", response=CommitmentOut)
def unpublish_commitment(request: HttpRequest, key: str) -> dict[str, Any]:
    """Take it back, as the learner."""
    actor = actor_of(request)
    seat, commitment = promise_of_mine(actor, key)
    return _out(seat, unpublish_promise(commitment=commitment, by=actor, now=clock.now()))


def _out(seat: Seat, row: Commitment) -> dict[str, Any]:
    opened = opened_promise(seat, row, today=today_at(seat, clock.now()))
    words = opened.promise.words
    return {
        "key": row.key,
        "state": row.state,
        "due_on": row.due_on,
        "is_overdue": opened.is_overdue,
        "said": words.said if words else None,
        "will": words.will if words else None,
        "published": row.published,
        "made_at": row.made_at,
        "closed_at": row.closed_at,
    }
