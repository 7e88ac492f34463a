"""Who may do what with a goal, and what a goal may become.

The learner owns what the learner wants to learn; the adviser owns what comes back.
"""

PROPOSED, OPEN, REACHED, DROPPED = "proposed", "open", "reached", "dropped"
LEARNING, RETURN = "learning", "return"
ENOUGH = frozenset({"can", "partly"})
READS_GOALS = frozenset({"goals", "story"})
STEPS = (
    (1, "New to me", "I could not say what it is for."),
    (2, "Heard of it", "I know what it is for and have seen somebody use it."),
    (3, "With help", "I can do it while somebody sits beside me."),
    (4, "On my own", "I can do it alone and notice when it goes wrong."),
    (5, "Could show others", "I can explain it and help somebody else begin."),
)
BANDS = ((2, "basic"), (3, "working"), (5, "strong"))
FEWEST_IN_REPORTS = 5
MOST_OPEN = 12


def owner_of(stream: str) -> str:
    return "learner" if stream == LEARNING else "adviser"


def helper_of(stream: str) -> str:
    """The side that says how far it can help."""
    return "adviser" if stream == LEARNING else "learner"


def is_live(state: str) -> bool:
    return state in (PROPOSED, OPEN)


def may_accept(state: str, *, is_author: bool) -> bool:
    return state == PROPOSED and not is_author


def opens_with_reply(state: str, reply: str, *, is_author: bool) -> bool:
    """Saying that one can help, wholly or in part, also says yes to the other's proposal."""
    return may_accept(state, is_author=is_author) and reply in ENOUGH


def may_drop(state: str, *, is_owner: bool, is_author: bool) -> bool:
    """Its owner lets go of a goal; who proposed one may take it back before it is agreed."""
    return is_live(state) and (is_owner or (is_author and state == PROPOSED))


def may_move(state: str, *, is_owner: bool) -> bool:
    """Progress, and saying that it is reached."""
    return state == OPEN and is_owner


def may_share(confidentiality: str | None) -> bool:
    """Whether the signed agreement lets coordinators read goals marked as shared."""
    return confidentiality in READS_GOALS


def may_check(state: str, moment: str, *, has_before: bool, has_after: bool) -> bool:
    """Before comes first, and stays as it was once there is an after."""
    if moment == "before":
        return is_live(state) and not has_after
    return has_before and state in (OPEN, REACHED)


def is_about_rise(*, stream: str, kind: str) -> bool:
    """Top roles, promotions, pay: where a senior's word could be taken for a promise."""
    return stream == RETURN and kind == "career"
