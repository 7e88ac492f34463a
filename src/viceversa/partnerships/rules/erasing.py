"""Destroying what two people wrote: only once it is over, and only when both wish it."""

from collections.abc import Collection

from viceversa.partnerships.rules.lifecycle import COMPLETED, ENDED

SIDES = frozenset({"learner", "adviser"})
AFTERWARDS = frozenset({COMPLETED, ENDED})


def may_ask(state: str, *, is_erased: bool) -> bool:
    return state in AFTERWARDS and not is_erased


def is_agreed(wished: Collection[str], gone: Collection[str]) -> bool:
    """Whoever has left the organisation cannot be asked any more: then one is enough."""
    return bool(wished) and {*wished, *gone} == SIDES
