"""The life of a round."""

OPEN = frozenset({"gathered", "solving", "ready", "failed"})
STEPS = ("gather", "solve", "review", "publish")
WEAK_BELOW = 4000

_STEP_OF_STATE = {
    "gathered": 1,
    "solving": 1,
    "failed": 1,
    "ready": 2,
    "published": 4,
    "undone": 4,
}


def may_gather(state: str) -> bool:
    """The snapshot may be taken anew until the round is published."""
    return state in OPEN and state != "solving"


def may_solve(state: str) -> bool:
    return state in ("gathered", "ready", "failed")


def is_solved(state: str) -> bool:
    return state in ("ready", "published", "undone")


def may_wish(state: str) -> bool:
    """Pins and forbidden pairs are noted at any time before publishing."""
    return state in OPEN


def may_publish(state: str) -> bool:
    return state == "ready"


def may_undo(state: str) -> bool:
    return state == "published"


def state_of_step(state: str, step: str) -> str:
    """done, current or todo, for the row of steps above the page."""
    reached, place = _STEP_OF_STATE[state], STEPS.index(step)
    if place < reached:
        return "done"
    return "current" if place == reached else "todo"
