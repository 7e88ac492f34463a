"""What comes with a request, typed."""

from typing import cast

from django.http import HttpRequest

from viceversa.toolkit.actor import Actor


def actor_of(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def words_typed(request: HttpRequest) -> str:
    """What is searched for."""
    return as_typed(request.GET.get("q", ""))


def as_typed(typed: str) -> str:
    """Cut, and without what databases cannot read."""
    return typed.replace("\x00", "").strip()[:100]
