"""Partnerships for programs: one's own, and those of programmes one coordinates."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from viceversa.partnerships.actions import accept_partnership, decline_partnership
from viceversa.partnerships.actions.lifecycle import (
    end_without_fault,
    pause_partnership,
    resume_partnership,
)
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.queries import partnership_for, visible_to
from viceversa.partnerships.queries.seat import seat_for
from viceversa.toolkit import clock
from viceversa.toolkit.cursor import cursor_page
from viceversa.toolkit.http import actor_of

router = Router()


class PersonOut(Schema):
    key: str
    name: str
    external_id: str


class PartnershipOut(Schema):
    key: str
    programme: str
    state: str
    reason: str
    learner: PersonOut
    adviser: PersonOut
    created_at: datetime
    started_at: datetime | None
    paused_until: date | None
    ended_at: datetime | None
    needs_new_partner: bool

    @staticmethod
    def resolve_programme(row: Partnership) -> str:
        return row.programme.slug

    @staticmethod
    def resolve_learner(row: Partnership) -> Any:
        return row.learner.person

    @staticmethod
    def resolve_adviser(row: Partnership) -> Any:
        return row.adviser.person


class PartnershipsOut(Schema):
    items: list[PartnershipOut]
    next: str | None


@router.get("/partnerships", response=PartnershipsOut)
def list_partnerships(
    request: HttpRequest,
    programme: str = "",
    state: str = "",
    after: str | None = None,
    limit: int = 50,
) -> dict[str, Any]:
    """Those you may see, oldest first."""
    found = visible_to(actor_of(request))
    if programme:
        found = found.filter(programme__slug=programme)
    if state:
        found = found.filter(state=state)
    return cursor_page(found, after=after, limit=limit)


@router.get("/partnerships/{key}", response=PartnershipOut)
def read_partnership(request: HttpRequest, key: str) -> Partnership:
    """One partnership."""
    return partnership_for(actor_of(request), key)


@router.post("/partnerships/{key}/accept", response=PartnershipOut)
def accept(request: HttpRequest, key: str) -> Partnership:
    """Say yes, as one of the two."""
    actor = actor_of(request)
    partnership = partnership_for(actor, key)
    accept_partnership(partnership=partnership, by=actor, now=clock.now())
    return partnership_for(actor, key)


@router.post("/partnerships/{key}/decline", response=PartnershipOut)
def decline(request: HttpRequest, key: str) -> Partnership:
    """Say no, as one of the two. The partner is not told who said it, nor why."""
    actor = actor_of(request)
    partnership = partnership_for(actor, key)
    decline_partnership(partnership=partnership, by=actor, now=clock.now())
    return partnership_for(actor, key)


class PauseIn(Schema):
    until: date | None = None


@router.post("/partnerships/{key}/pause", response=PartnershipOut)
def pause(request: HttpRequest, key: str, pause: PauseIn) -> Partnership:
    """Pause until a day, or until one of the two goes on. No reason is asked for."""
    actor = actor_of(request)
    partnership = seat_for(actor, key).partnership
    pause_partnership(partnership=partnership, until=pause.until, by=actor, now=clock.now())
    return partnership_for(actor, key)


@router.post("/partnerships/{key}/resume", response=PartnershipOut)
def resume(request: HttpRequest, key: str) -> Partnership:
    """Go on after a pause."""
    actor = actor_of(request)
    partnership = seat_for(actor, key).partnership
    resume_partnership(partnership=partnership, by=actor, now=clock.now())
    return partnership_for(actor, key)


@router.post("/partnerships/{key}/leave", response=PartnershipOut)
def leave(request: HttpRequest, key: str) -> Partnership:
    """End without fault, in private: nobody is told who ended it, or why."""
    actor = actor_of(request)
    partnership = seat_for(actor, key).partnership
    end_without_fault(partnership=partnership, by=actor, now=clock.now())
    return partnership_for(actor, key)
