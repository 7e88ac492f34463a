"""Putting the adviser's name forward: asked first, for one thing at a time, never without a yes."""

ASKED, AGREED, DECLINED, DONE, BACK = "asked", "agreed", "declined", "done", "back"
OPEN = frozenset({ASKED, AGREED})
KINDS = ("project", "role", "talk", "award", "other")
MOST_OPEN = 5


def may_agree(state: str) -> bool:
    return state == ASKED


def may_decline(state: str) -> bool:
    """Also after a yes, as long as the name has not been put forward."""
    return state in OPEN


def may_put_forward(state: str) -> bool:
    return state == AGREED


def may_take_back(state: str) -> bool:
    return state in OPEN
