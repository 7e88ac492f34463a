"""What the plainly fictional organisation has for those who learn: kind, title, words, whom to
ask, topics, who gains, and how many days ago its last review was to be."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Help:
    kind: str
    title: str
    words: str
    ask: str
    topics: tuple[str, ...]
    review_in_days: int = 150
    interests: str = ""


LIBRARY = (
    Help(
        "coaching",
        "Six talks with a coach of ours",
        "For anybody who takes on a new role or wants to. Six talks of 45 minutes with a trained "
        "colleague from another unit. What you say stays with the two of you.",
        "The coaches' desk, People and culture",
        ("career-coaching", "career-planning", "confidence"),
    ),
    Help(
        "on_the_job",
        "A week at the social desk",
        "You sit with the people who answer clients in public, first watching, then answering. "
        "Bring one question from your own work.",
        "The social desk, Client services",
        ("social-media-landscape", "community-management", "short-video"),
        9,
    ),
    Help(
        "on_the_job",
        "Shadow a vice president for a day",
        "You go along to every meeting but one. At the end of the day you say what you saw, and "
        "hear why it was so.",
        "The executive office",
        ("how-decisions-are-made", "executive-presence"),
    ),
    Help(
        "learning",
        "Numbers for people who like words",
        "Five evenings about reading a chart, a budget and a forecast. No mathematics beyond "
        "percentages.",
        "Finance and operations",
        ("data-literacy", "spreadsheets", "reading-accounts"),
        -20,
        "The teacher wrote the book that is used, and earns from it.",
    ),
    Help(
        "group",
        "New here",
        "Everybody who joined in the last two years. Lunch on the first Tuesday, and a chat in "
        "which no question is too small.",
        "Ask for “New here” at the front desk",
        ("onboarding", "building-a-network", "company-culture"),
    ),
    Help(
        "mentoring",
        "The old way round",
        "A year with somebody more experienced from another unit, four talks. It stands beside "
        "reverse mentoring; many do both.",
        "People and culture",
        ("career-planning", "informal-organisation"),
    ),
)
CHECK_NOTE = "Right, and safe as it is. I would try it with a text that is already public first."
EXPERTS_PACK = "ai-assistants"
ASKED_FOR = ("listening",)
