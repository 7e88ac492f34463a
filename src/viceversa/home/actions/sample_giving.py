"""What the pairs of the sample say about themselves, and what the learner gives back."""

from datetime import datetime, timedelta
from typing import Any

from viceversa.home.actions.sample_pair import Pair
from viceversa.home.sample import talk
from viceversa.partnerships.actions.check import say_use
from viceversa.partnerships.actions.confidence import say_confidence
from viceversa.partnerships.actions.explaining import say_level
from viceversa.partnerships.actions.feedback import give_feedback, hear_feedback
from viceversa.partnerships.actions.forward import (
    agree_to_forward,
    ask_to_put_forward,
    put_forward,
)
from viceversa.partnerships.actions.goal import accept_goal, propose_goal
from viceversa.partnerships.rules.feedback import Feedback, Referral
from viceversa.people.models import Skill


def say_for_themselves(pair: Pair, at: datetime) -> None:
    """How often the learner uses it, and how sure the adviser feels, as both begin."""
    title, words = talk.SKILL_GOAL
    goal = propose_goal(
        partnership=pair.partnership,
        stream="learning",
        kind="literacy",
        title=title,
        words=words,
        skill=Skill.objects.get(slug="short-video"),
        by=pair.learner,
        now=at,
    )
    goal = accept_goal(goal=goal, by=pair.adviser, now=at)
    step, like, compare = talk.LEVEL
    say_level(goal=goal, level=step, like=like, words=compare, by=pair.learner, now=at)
    said: dict[str, Any] = {"moment": "before", "step": 2, "is_counted": True, "now": at}
    say_use(goal=goal, by=pair.learner, **said)
    say_confidence(partnership=pair.partnership, by=pair.adviser, **said)


def give_back(pair: Pair, at: datetime) -> None:
    """One name put forward, one more thing that is asked, and a note that was read."""
    asked = [
        ask_to_put_forward(
            partnership=pair.partnership, kind=kind, what=what, by=pair.learner, now=at
        )
        for kind, what in talk.FORWARD
    ]
    agree_to_forward(forward=asked[0], by=pair.adviser, now=at)
    put_forward(forward=asked[0], by=pair.learner, now=at + timedelta(days=1))
    note = give_feedback(
        partnership=pair.partnership, feedback=_feedback(), by=pair.learner, now=at
    )
    hear_feedback(note=note, by=pair.adviser, now=at + timedelta(hours=2))


def _feedback() -> Feedback:
    saw, matters, step, referral = talk.FEEDBACK
    return Feedback(saw, matters, step, Referral(*referral))
