"""Goals for programs, as one of the two."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema
from ninja.responses import Status

from viceversa.partnerships.actions.goal import (
    accept_goal,
    drop_goal,
    propose_goal,
    reach_goal,
    reply_to_goal,
    set_progress,
)
from viceversa.partnerships.models import Goal, GoalChange
from viceversa.partnerships.queries.goals import GoalRow, goal_for, opened_goal, opened_goals
from viceversa.partnerships.queries.opening import Words
from viceversa.partnerships.queries.seat import seat_for
from viceversa.people.queries.skills import skill_by_slug
from viceversa.toolkit import clock
from viceversa.toolkit.http import actor_of

router = Router()


class ChangeOut(Schema):
    """What one of the two would like, until the other agrees."""

    is_mine: bool
    title: str
    words: str
    target: int | None
    at: datetime


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
    change: ChangeOut | None
    share: ChangeOut | None
    shared_title: str
    is_closed_to_you: bool
    created_at: datetime


class GoalIn(Schema):
    stream: Goal.Stream
    kind: Goal.Kind
    title: str = Field(min_length=1, max_length=120)
    words: str = Field("", max_length=4000)
    skill: str | None = None
    target: int | None = Field(None, ge=1, le=4)


class ReplyIn(Schema):
    reply: Goal.Reply
    words: str = Field("", max_length=1000)


class ProgressIn(Schema):
    progress: int = Field(ge=0, le=100)


def _change_out(waiting: tuple[GoalChange, Words] | None, reader: int) -> dict[str, Any] | None:
    if waiting is None:
        return None
    change, words = waiting
    return {
        "is_mine": change.author_id == reader,
        "title": words.get("title"),
        "words": words.get("words"),
        "target": words.get("target") or None,
        "at": change.at,
    }


def _goal_out(row: GoalRow, reader: int) -> dict[str, Any]:
    goal = row.goal
    return {
        **{name: getattr(goal, name) for name in ("key", "stream", "kind", "target", "state")},
        "skill": goal.skill.slug if goal.skill else None,
        "progress": goal.progress,
        "title": row.words.get("title"),
        "words": row.words.get("words"),
        "reply": goal.reply,
        "reply_words": row.reply.get("words"),
        "change": _change_out(row.change, reader),
        "share": _change_out(row.share, reader),
        "shared_title": goal.shared_title,
        "is_closed_to_you": bool(row.words.trouble),
        "created_at": goal.created_at,
    }


@router.get("/partnerships/{key}/goals", response=list[GoalOut])
def list_goals(request: HttpRequest, key: str) -> list[dict[str, Any]]:
    """The goals of a partnership, for its two people only."""
    seat = seat_for(actor_of(request), key)
    streams = opened_goals(seat)
    return [_goal_out(row, seat.me.pk) for rows in streams.values() for row in rows]


@router.post("/partnerships/{key}/goals", response={201: GoalOut})
def propose(request: HttpRequest, key: str, goal: GoalIn) -> Status[dict[str, Any]]:
    """Propose a goal, as one of the two. It counts once the other agrees."""
    actor = actor_of(request)
    seat = seat_for(actor, key)
    values = {**goal.dict(), "skill": skill_by_slug(goal.skill) if goal.skill else None}
    made = propose_goal(partnership=seat.partnership, **values, by=actor, now=clock.now())
    return Status(201, _goal_out(opened_goal(seat, made), seat.me.pk))


@router.get("/partnerships/{key}/goals/{goal}", response=GoalOut)
def read_goal(request: HttpRequest, key: str, goal: str) -> dict[str, Any]:
    """One goal, for the two people only."""
    seat = seat_for(actor_of(request), key)
    return _goal_out(opened_goal(seat, goal_for(seat, goal)), seat.me.pk)


@router.put("/partnerships/{key}/goals/{goal}/progress", response=GoalOut)
def progress(request: HttpRequest, key: str, goal: str, values: ProgressIn) -> dict[str, Any]:
    """How far it has come, said by whose goal it is."""
    return done(request, key, goal, set_progress, progress=values.progress)


@router.post("/partnerships/{key}/goals/{goal}/accept", response=GoalOut)
def accept(request: HttpRequest, key: str, goal: str) -> dict[str, Any]:
    """Agree to what the other proposed."""
    return done(request, key, goal, accept_goal)


@router.post("/partnerships/{key}/goals/{goal}/reply", response=GoalOut)
def reply(request: HttpRequest, key: str, goal: str, values: ReplyIn) -> dict[str, Any]:
    """How far you can help: can, partly or cannot, as the one whose goal it is not."""
    return done(request, key, goal, reply_to_goal, reply=values.reply, words=values.words)


@router.post("/partnerships/{key}/goals/{goal}/reach", response=GoalOut)
def reach(request: HttpRequest, key: str, goal: str) -> dict[str, Any]:
    """Say that it is reached, as the one whose goal it is."""
    return done(request, key, goal, reach_goal)


@router.post("/partnerships/{key}/goals/{goal}/drop", response=GoalOut)
def drop(request: HttpRequest, key: str, goal: str) -> dict[str, Any]:
    """Let it go."""
    return done(request, key, goal, drop_goal)


def done(
    request: HttpRequest, key: str, goal: str, action: Callable[..., Goal], **values: Any
) -> dict[str, Any]:
    actor = actor_of(request)
    seat = seat_for(actor, key)
    action(goal=goal_for(seat, goal), **values, by=actor, now=clock.now())
    return _goal_out(opened_goal(seat, goal_for(seat, goal)), seat.me.pk)
