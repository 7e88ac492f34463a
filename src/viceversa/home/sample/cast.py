"""The named people one can sign in as, and the posts they are given."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from viceversa.home.sample import setting
from viceversa.home.sample.hierarchy import Post
from viceversa.home.sample.shapes import SkillOffer, SkillWish
from viceversa.home.sample.skills import offer, wish


@dataclass(frozen=True, slots=True)
class Part:
    """What must be true of a named person; what is empty is left to chance."""

    name: str
    level: int
    branch: str
    craft: str = ""
    place: str = ""
    days_here: int = 0
    offers: tuple[SkillOffer, ...] = ()
    wants: tuple[SkillWish, ...] = ()
    goals: str = ""


PARTS = (
    Part(setting.CHIEF_EXECUTIVE, setting.CHIEF, "executive"),
    Part(setting.SPONSOR, setting.CHIEF, "people"),
    Part(
        setting.LEARNER,
        setting.VICE_PRESIDENT,
        "clients",
        place="london",
        days_here=4_100,
        offers=(
            offer("client-conversations", "expert"),
            offer("how-decisions-are-made", "expert"),
            offer("negotiation", "strong"),
            offer("sponsorship", "strong"),
        ),
        wants=(
            wish("short-video", "basic", 1),
            wish("ai-assistants", "basic", 2),
            wish("professional-networks", "working", 3),
        ),
        goals=(
            "Two clients asked me about short video last month and I changed the subject. "
            "I want to make one myself, and to know what an AI assistant can do for a pitch."
        ),
    ),
    Part(setting.COORDINATOR, 3, "people", craft="learning", place="london", days_here=1_700),
    Part(setting.CO_COORDINATOR, 4, "creative", craft="content", place="lisbon", days_here=2_300),
    Part(setting.ADMINISTRATOR, 3, "technology", craft="platform", place="london"),
    Part(setting.SAFEGUARDING_CONTACT, 4, "finance", craft="legal", place="london"),
    Part(
        setting.ADVISER,
        1,
        "technology",
        craft="data",
        place="london",
        days_here=330,
        offers=(
            offer("short-video", "strong"),
            offer("ai-assistants", "strong"),
            offer("prompt-writing", "strong"),
            offer("professional-networks", "working"),
            offer("data-literacy", "working"),
        ),
        wants=(
            wish("how-decisions-are-made", "basic", 1),
            wish("client-conversations", "working", 2),
            wish("career-coaching", "basic", 3),
        ),
        goals=(
            "I see what we build and never who decides about it. I want to learn how decisions "
            "are made, and to sit in on one client conversation."
        ),
    ),
)


def cast_parts(posts: Sequence[Post]) -> dict[int, Part]:
    """Give each part the first free post that fits best, and return post number → part."""
    taken: dict[int, Part] = {}
    for part in PARTS:
        taken[_fitting_post(posts, part, taken)] = part
    return taken


def _fitting_post(posts: Sequence[Post], part: Part, taken: dict[int, Part]) -> int:
    free = (number for number in _right_level(posts, part.level) if number not in taken)
    return min(free, key=lambda number: (posts[number].branch != part.branch, number))


def _right_level(posts: Sequence[Post], level: int) -> Iterator[int]:
    return (number for number, post in enumerate(posts) if post.level == level)
