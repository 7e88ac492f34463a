from typing import Any

from viceversa.toolkit.actor import Actor

NOBODY = Actor(person_id=None, label="signed out")


def actor_for(user: Any, *, via: str = "page") -> Actor:
    """One query: the account's roles. Signed out gives an actor without any right."""
    if not user.is_authenticated:
        return NOBODY
    roles = frozenset(user.grants.values_list("role", flat=True))
    label = user.person.name if user.person_id else user.email
    return Actor(person_id=user.person_id, label=label, roles=roles, via=via)
