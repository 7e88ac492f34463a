"""The states of an enrolment, and who may move it where."""

from collections.abc import Mapping
from types import MappingProxyType

ACTIVE = frozenset({"invited", "enrolled", "waiting"})
HOLDS_A_PLACE = frozenset({"invited", "enrolled"})

BY_COORDINATOR: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "invited": frozenset({"enrolled", "waiting", "withdrawn"}),
        "enrolled": frozenset({"waiting", "withdrawn"}),
        "waiting": frozenset({"enrolled", "withdrawn"}),
        "declined": frozenset({"invited"}),
        "withdrawn": frozenset({"invited"}),
    }
)


def coordinator_may_move(state: str, to: str) -> bool:
    """Whoever said no or stopped can be invited again, never enrolled over their head."""
    return to in BY_COORDINATOR.get(state, frozenset())


def state_on_adding(before: str, asked_for: str) -> str:
    """The state of somebody whom a coordinator adds; `before` is empty for new people."""
    if before in ("declined", "withdrawn"):
        return "invited"
    return asked_for
