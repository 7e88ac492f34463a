"""Other words for a goal, and its title for coordinators: both take the yes of the other."""

from typing import Any

from django.http import HttpRequest
from ninja import Field, Router, Schema

from viceversa.partnerships.actions.goal_change import (
    adjust_goal,
    agree_to_change,
    offer_to_share,
    refuse_change,
    stop_sharing,
)
from viceversa.partnerships.api.goals import GoalOut, done
from viceversa.partnerships.models import GoalChange

router = Router()
Kind = GoalChange.Kind
GOAL = "/partnerships/{key}/goals/{goal}"


class WordsIn(Schema):
    title: str = Field(min_length=1, max_length=120)
    words: str = Field("", max_length=4000)
    target: int | None = Field(None, ge=1, le=4)


class TitleIn(Schema):
    title: str = Field(min_length=1, max_length=120)


@router.put(f"{GOAL}/change", response=GoalOut)
def adjust(request: HttpRequest, key: str, goal: str, values: WordsIn) -> dict[str, Any]:
    """Other words, or how far to understand a skill. Until the other agrees, it stands as it is."""
    return done(request, key, goal, adjust_goal, **values.dict())


@router.post(f"{GOAL}/change/agree", response=GoalOut)
def agree(request: HttpRequest, key: str, goal: str) -> dict[str, Any]:
    """Agree to the other's words."""
    return done(request, key, goal, agree_to_change, kind=Kind.WORDS)


@router.post(f"{GOAL}/change/refuse", response=GoalOut)
def refuse(request: HttpRequest, key: str, goal: str) -> dict[str, Any]:
    """Keep the old words, or take back one's own proposal."""
    return done(request, key, goal, refuse_change, kind=Kind.WORDS)


@router.put(f"{GOAL}/share", response=GoalOut)
def share(request: HttpRequest, key: str, goal: str, values: TitleIn) -> dict[str, Any]:
    """Offer a title to coordinators, typed anew. The other is asked first."""
    return done(request, key, goal, offer_to_share, title=values.title)


@router.post(f"{GOAL}/share/agree", response=GoalOut)
def agree_to_share(request: HttpRequest, key: str, goal: str) -> dict[str, Any]:
    """From now on coordinators read the title."""
    return done(request, key, goal, agree_to_change, kind=Kind.SHARE)


@router.post(f"{GOAL}/share/refuse", response=GoalOut)
def refuse_to_share(request: HttpRequest, key: str, goal: str) -> dict[str, Any]:
    """Nobody else reads a title, or take back one's own offer."""
    return done(request, key, goal, refuse_change, kind=Kind.SHARE)


@router.delete(f"{GOAL}/share", response=GoalOut)
def unshare(request: HttpRequest, key: str, goal: str) -> dict[str, Any]:
    """Stop sharing the title, at once; either of the two may."""
    return done(request, key, goal, stop_sharing)
