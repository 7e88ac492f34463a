"""Facts that packages above react to. `config/reactions.py` holds the one table of reactions."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, kw_only=True)
class Event:
    """Base of every event; the subclass holds plain values or model instances."""


@cache
def _reactions() -> dict[type[Event], tuple[Any, ...]]:
    table: dict[str, tuple[str, ...]] = import_string(settings.REACTIONS)
    return {
        import_string(event): tuple(import_string(function) for function in functions)
        for event, functions in table.items()
    }


def announce(event: Event) -> None:
    """Runs the reactions in the caller's transaction, in the order of the table."""
    for react in _reactions().get(type(event), ()):
        react(event)
