"""Who is doing something: a plain value that every action receives as `by`."""

from dataclasses import dataclass

ALL_ROLES = frozenset({"directory_administrator", "operator", "safeguarding_contact"})


@dataclass(frozen=True, kw_only=True)
class Actor:
    person_id: int | None
    label: str
    roles: frozenset[str] = frozenset()
    via: str = "page"

    def has(self, role: str) -> bool:
        return role in self.roles


def system(label: str, *, via: str) -> Actor:
    """An actor for commands and jobs, which run with the operator's rights on the machine."""
    return Actor(person_id=None, label=label, roles=ALL_ROLES, via=via)
