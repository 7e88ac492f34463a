"""Answers to a proposal, and what the two could give each other."""


def state_after_accept(*, learner_accepted: bool, adviser_accepted: bool) -> str:
    return "accepted" if learner_accepted and adviser_accepted else "proposed"


def may_answer(state: str) -> bool:
    return state == "proposed"


def has_answer(state: str, *, learner_accepted: bool, adviser_accepted: bool) -> bool:
    """Once one of the two has said anything, a publication can no longer be taken back."""
    return state != "proposed" or learner_accepted or adviser_accepted


def what_the_other_gives(
    wants: list[tuple[int, int]], offers: dict[int, int], *, most: int = 4
) -> list[int]:
    """Skills that one wants and the other offers. `wants` holds (skill, priority), 1 first;
    `offers` maps a skill to the mastery offered. The most wanted come first."""
    shared = [(priority, -offers[skill], skill) for skill, priority in wants if skill in offers]
    return [skill for _priority, _mastery, skill in sorted(shared)][:most]


def said_to(side: str, reason: str) -> str:
    """The reason as the learner reads it: your first want, not the learner's."""
    return reason.replace("the learner's ", "your ") if side == "learner" else reason
