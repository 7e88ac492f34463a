"""Small first things to do together: an app, a setting, a change of a system. Half an hour is
enough for one, and one is enough for a start."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, zip_longest

MOST = 5
BY_FACET = {
    "channel": (
        ("app", "{topic}: put it on your own telephone, and look at three things in it together."),
        ("setting", "{topic}: find out who sees what you do there, and change one setting."),
    ),
    "tool": (
        ("app", "{topic}: open it on your own device, and do the smallest task in it."),
        ("setting", "{topic}: change one setting that saves you a minute a day."),
    ),
    "technology": (
        ("try", "{topic}: ask it one question from your own work, and judge the answer together."),
        ("words", "{topic}: three words that people use, said so that a child would follow."),
    ),
    "trend": (
        ("look", "{topic}: one example from this week. Who likes it, and why?"),
        ("words", "{topic}: three words that people use, said so that a child would follow."),
    ),
    "craft": (
        ("work", "{topic}: bring one small piece of your own work, and better one line of it."),
        ("look", "{topic}: a good example and a poor one. What is different?"),
    ),
    "organisation": (
        ("eyes", "{topic}: what surprised the newer of you two most, and does it still?"),
        ("change", "{topic}: one thing that changed lately, and how it looks from below."),
    ),
}
FOR_ALL = (
    ("change", "One change of a system in the last months that people work around, and how."),
    ("setting", "Switch off three notifications that interrupt you, on each telephone."),
    ("app", "The app the newer of you two opens first in the morning: what is it good for?"),
)
KINDS = {
    "app": "An app",
    "setting": "A setting",
    "try": "Something to try",
    "words": "Plain words",
    "look": "Something to look at",
    "work": "Your own work",
    "eyes": "Fresh eyes",
    "change": "A change",
}


@dataclass(frozen=True)
class Topic:
    slug: str
    name: str
    facet: str


@dataclass(frozen=True)
class Idea:
    """`code` names it on a button; `text` is what goes into the agenda."""

    code: str
    kind: str
    text: str

    @property
    def label(self) -> str:
        return KINDS[self.kind]


def first_ideas(topics: Sequence[Topic]) -> list[Idea]:
    """One of each topic first, the most wanted before the others; then a second of each; then what
    fits everybody."""
    of_topics = zip_longest(*(_about(topic) for topic in topics))
    wanted = [idea for idea in chain.from_iterable(of_topics) if idea is not None]
    anyway = [Idea(f"all-{place}", kind, text) for place, (kind, text) in enumerate(FOR_ALL)]
    return [*wanted, *anyway][:MOST]


def _about(topic: Topic) -> list[Idea]:
    return [
        Idea(f"{topic.slug}-{place}", kind, text.format(topic=topic.name))
        for place, (kind, text) in enumerate(BY_FACET.get(topic.facet, ()))
    ]
