"""Short texts in people's own words: goals, directions, and what they would rather not discuss."""

from collections.abc import Sequence
from random import Random

from viceversa.home.sample.chance import pick
from viceversa.home.sample.shapes import SkillWish
from viceversa.home.sample.skills import JUNIOR_UP_TO, MIDDLE, skill_names

Texts = tuple[str, ...]

SENIOR_GOALS = (
    "I want to understand {a} well enough to talk to clients about it. I would also try {b}.",
    "My team uses {a} every day and I nod along. I would like to stop nodding, and see {b} too.",
    "Show me {a} on a real task of mine, then {b}. Basics are enough.",
    "I decide about money for {a} without having used it. Let us start there, then {b}.",
    "I want an honest picture of {a}: what it is good for and what it is not. Later {b}.",
    "Half an hour a week on {a}. If there is time left, {b}.",
    "I would like to use {a} myself before the next planning round. After that, {b}.",
    "Clients ask me about {a} and I pass the question on. I want to answer it. Then {b}.",
)
MIDDLE_GOALS = (
    "I manage people who know {a} better than I do. I want to keep up, and learn about {b}.",
    "I would like a wider view: {a} first, then {b}.",
    "I am moving into a larger role and need {a}. {b_first} would help as well.",
    "I can show others a fair amount. In return I want to learn {a} and {b}.",
)
JUNIOR_GOALS = (
    "I want to see {a} from the inside, and learn more about {b}.",
    "I have good ideas and no picture of {a}. Knowing more about {b} would help me place them.",
    "I would like to practise {a} with somebody who does it every week. Also {b}.",
    "In my first years here I want to learn {a} and {b} from people who have done both.",
    "I want to get better at {a}. I would value a straight word about {b} too.",
    "Nobody has explained {a} to me yet. I would like to ask, and to hear about {b}.",
)
SENIOR_CAREERS = (
    "To leave the team more able than I found it.",
    "To keep my own judgement fresh for the next five years.",
    "To move from running a department to shaping what the firm does next.",
    "To hand over well, and to know the people I hand over to.",
)
MIDDLE_CAREERS = (
    "To lead a department in two or three years.",
    "To stay close to the craft while managing people.",
    "To move to another office with a larger team.",
)
JUNIOR_CAREERS = (
    "To lead a small team within two years.",
    "To become the person others ask about my subject.",
    "To try another part of the firm before I choose a direction.",
    "To work directly with clients.",
    "I do not know yet, and would like to find out.",
)
OFF_LIMITS = (
    "my pay",
    "other people's pay",
    "my line manager",
    "plans for reorganisation",
    "named clients",
    "my health",
    "my family",
    "legal cases",
    "elections and parties",
)


def goals_text(level: int, wants: Sequence[SkillWish], rng: Random) -> str:
    """Say in two sentences what someone wants, from the two skills wanted most."""
    names = skill_names()
    first, second = names[wants[0].slug], names[wants[1].slug]
    pattern = pick(_by_level(level, JUNIOR_GOALS, MIDDLE_GOALS, SENIOR_GOALS), rng)
    return pattern.format(a=first, b=second, b_first=second[0].upper() + second[1:])


def career_text(level: int, rng: Random) -> str:
    """Say in one sentence where someone would like to go."""
    return pick(_by_level(level, JUNIOR_CAREERS, MIDDLE_CAREERS, SENIOR_CAREERS), rng)


def off_limits(rng: Random) -> tuple[str, ...]:
    """Return up to three topics someone would rather leave out; often none."""
    return tuple(rng.sample(OFF_LIMITS, pick((0, 0, 1, 1, 2, 3), rng)))


def _by_level(level: int, junior: Texts, middle: Texts, senior: Texts) -> Texts:
    if level <= JUNIOR_UP_TO:
        return junior
    return middle if level == MIDDLE else senior


DIGITAL_LETTER = """\
Dear colleagues,

each of us in a senior post decides every week about tools and networks that we have hardly \
used. The people who use them well mostly work three or four levels away from us. This \
programme puts half an hour a week between the two.

If you are an adviser: you have been asked because you know something. You may interrupt, \
disagree and set homework; your learner has agreed to that in writing. Nothing you say here \
reaches your manager or your review.

If you are a learner: the half hour is yours to prepare and yours to keep. Please do not send \
it away twice in a row. And give something back: how things are really decided here is worth \
as much as any tool.

I have a partner too, and I have asked more beginner's questions than I expected.

Sabra North
Chief people officer"""

FRESH_EYES_LETTER = """\
Dear colleagues,

after some years in one place we stop seeing it. People who joined in the last eighteen months \
still do. Fresh eyes asks them to say what they saw when they were hired, in their first weeks \
and since, to somebody senior enough to change it.

What is said stays between the two of you. What reaches me is themes, never names.

Sabra North
Chief people officer"""
