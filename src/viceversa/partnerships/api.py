"""Partnerships for programs: one's own, and those of programmes one coordinates."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.responses import Status

from viceversa.partnerships.actions import accept_partnership, decline_partnership
from viceversa.partnerships.actions.goal import propose_goal, set_progress
from viceversa.partnerships.actions.lifecycle import (
    end_without_fault,
    pause_partnership,
    resume_partnership,
)
from viceversa.partnerships.actions.signing import sign_agreement
from viceversa.partnerships.models import Goal, Partnership
from viceversa.partnerships.queries import partnership_for, visible_to
from viceversa.partnerships.queries.agreement import facts_of
from viceversa.partnerships.queries.agreement_page import current_of
from viceversa.partnerships.queries.goals import GoalRow, goal_for, opened_goal, opened_goals
from viceversa.partnerships.queries.seat import seat_for
from viceversa.partnerships.rules import agreement as agreement_rules
from viceversa.partnerships.rules.terms import Terms
from viceversa.people.queries.skills import skill_by_slug
from viceversa.toolkit import clock
from viceversa.toolkit.cursor import cursor_page
from viceversa.toolkit.http import actor_of

router = Router(tags=["partnerships"])


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


class GoalOut(Schema):
    key: str
    stream: str
    kind: str
    skill: str | None
    target: int | None
    state: str
    progress: int
    title: str
    words: str
    reply: str
    reply_words: str
    is_closed_to_you: bool
    created_at: datetime


class GoalIn(Schema):
    stream: Goal.Stream
    kind: Goal.Kind
    title: str = Field(min_length=1, max_length=120)
    words: str = Field("", max_length=4000)
    skill: str | None = None
    target: int | None = Field(None, ge=1, le=4)


class ProgressIn(Schema):
    progress: int = Field(ge=0, le=100)


def _goal_out(row: GoalRow) -> dict[str, Any]:
    goal = row.goal
    return {
        **{name: getattr(goal, name) for name in ("key", "stream", "kind", "target", "state")},
        "skill": goal.skill.slug if goal.skill else None,
        "progress": goal.progress,
        "title": row.words.get("title"),
        "words": row.words.get("words"),
        "reply": goal.reply,
        "reply_words": row.reply.get("words"),
        "is_closed_to_you": bool(row.words.trouble),
        "created_at": goal.created_at,
    }


@router.get("/partnerships/{key}/goals", response=list[GoalOut])
def list_goals(request: HttpRequest, key: str) -> list[dict[str, Any]]:
    """The goals of a partnership, for its two people only."""
    streams = opened_goals(seat_for(actor_of(request), key))
    return [_goal_out(row) for rows in streams.values() for row in rows]


@router.post("/partnerships/{key}/goals", response={201: GoalOut})
def propose(request: HttpRequest, key: str, goal: GoalIn) -> Status[dict[str, Any]]:
    """Propose a goal, as one of the two. It counts once the other agrees."""
    actor = actor_of(request)
    seat = seat_for(actor, key)
    values = {**goal.dict(), "skill": skill_by_slug(goal.skill) if goal.skill else None}
    made = propose_goal(partnership=seat.partnership, **values, by=actor, now=clock.now())
    return Status(201, _goal_out(opened_goal(seat, made)))


@router.get("/partnerships/{key}/goals/{goal}", response=GoalOut)
def read_goal(request: HttpRequest, key: str, goal: str) -> dict[str, Any]:
    """One goal, for the two people only."""
    seat = seat_for(actor_of(request), key)
    return _goal_out(opened_goal(seat, goal_for(seat, goal)))


@router.put("/partnerships/{key}/goals/{goal}/progress", response=GoalOut)
def progress(request: HttpRequest, key: str, goal: str, values: ProgressIn) -> dict[str, Any]:
    """How far it has come, said by whose goal it is."""
    actor = actor_of(request)
    seat = seat_for(actor, key)
    set_progress(goal=goal_for(seat, goal), progress=values.progress, by=actor, now=clock.now())
    return _goal_out(opened_goal(seat, goal_for(seat, goal)))


class MissingOut(Schema):
    what: str
    whose: str


class AgreementStateOut(Schema):
    """Who has done what so far; nothing that anybody wrote."""

    stage: str
    draft: int | None
    signed: int | None
    draft_signed_by: list[str]
    missing: list[MissingOut]
    turn_of: list[str]


class AgreementOut(AgreementStateOut):
    draft_terms: dict[str, Any] | None
    signed_terms: dict[str, Any] | None
    is_closed_to_you: bool


class SignatureIn(Schema):
    version: int = Field(ge=1, le=10_000_000)
    commits: bool = False


class PauseIn(Schema):
    until: date | None = None


def _state_of(partnership: Partnership) -> dict[str, Any]:
    facts = facts_of(partnership)
    return {
        "stage": agreement_rules.stage(facts),
        "draft": facts.draft,
        "signed": facts.signed,
        "draft_signed_by": sorted(facts.draft_signed),
        "missing": [asdict(one) for one in agreement_rules.missing(facts)],
        "turn_of": sorted(agreement_rules.turn_of(facts)),
    }


@router.get("/partnerships/{key}/agreement/state", response=AgreementStateOut)
def read_agreement_state(request: HttpRequest, key: str) -> dict[str, Any]:
    """What is missing before the first meeting and whose turn it is, for the two and for
    coordinators."""
    return _state_of(partnership_for(actor_of(request), key))


@router.get("/partnerships/{key}/agreement", response=AgreementOut)
def read_agreement(request: HttpRequest, key: str) -> dict[str, Any]:
    """The terms in force and the draft, for the two people only."""
    seat = seat_for(actor_of(request), key)
    draft, signed = current_of(seat)
    return {
        **_state_of(seat.partnership),
        "draft_terms": _terms_out(draft),
        "signed_terms": _terms_out(signed),
        "is_closed_to_you": seat.partnership.ring is not None and not seat.can_open,
    }


def _terms_out(terms: Terms | None) -> dict[str, Any] | None:
    return asdict(terms) if terms else None


@router.post("/partnerships/{key}/agreement/sign", response=AgreementStateOut)
def sign(request: HttpRequest, key: str, signature: SignatureIn) -> dict[str, Any]:
    """Sign exactly this version. The learner also commits to their own progress."""
    actor = actor_of(request)
    seat = seat_for(actor, key)
    sign_agreement(
        partnership=seat.partnership,
        version=signature.version,
        commits=signature.commits,
        by=actor,
        now=clock.now(),
    )
    return _state_of(seat.partnership)


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
