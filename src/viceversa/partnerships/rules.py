"""The life of a partnership up to the moment both have accepted."""

OPEN = frozenset({"proposed", "accepted"})


def state_after_accept(*, learner_accepted: bool, adviser_accepted: bool) -> str:
    return "accepted" if learner_accepted and adviser_accepted else "proposed"


def may_answer(state: str) -> bool:
    return state == "proposed"
