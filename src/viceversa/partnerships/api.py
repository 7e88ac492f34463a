"""Partnerships for programs: one's own, and those of programmes one coordinates."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.responses import Status

from viceversa.partnerships.actions import accept_partnership, decline_partnership
from viceversa.partnerships.actions.goal import propose_goal, set_progress
from viceversa.partnerships.models import Goal, Partnership
from viceversa.partnerships.queries import partnership_for, visible_to
from viceversa.partnerships.queries.goals import GoalRow, goal_for, opened_goal, opened_goals
from viceversa.partnerships.queries.seat import seat_for
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
    ended_at: datetime | None

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
