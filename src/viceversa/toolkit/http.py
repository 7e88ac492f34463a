"""What the middleware put on a request, typed."""

from typing import cast

from django.http import HttpRequest

from viceversa.toolkit.actor import Actor


def actor_of(request: HttpRequest) -> Actor:
    return cast(Actor, request.actor)  # type: ignore[attr-defined]
