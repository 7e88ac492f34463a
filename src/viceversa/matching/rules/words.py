"""Words for rules, parts and losses. What must not be told apart carries one name."""

from collections.abc import Mapping

PRIVATE = frozenset({"keep_apart", "ruled_out", "pay_or_promotion", "reporting_line"})
PRIVATE_NAME = "lines_and_limits"
PRIVATE_SENTENCE = (
    "Reporting lines and private limits do not allow it. Which of them it is, is shown to nobody."
)

RULES: Mapping[str, str] = {
    "same_person": "The same person",
    "capacity": "No place wanted or offered",
    "forbidden": "Ruled out by you, or by partners of now",
    PRIVATE_NAME: "Reporting lines and private limits",
    "min_rank_gap": "Least rank gap",
    "max_rank_gap": "Largest rank gap",
    "same_unit": "Same unit",
    "past_partners": "Partners before",
    "shared_language": "No shared language",
    "shared_hours": "Too few shared hours",
    "wanted_skill": "No wanted skill at the level wanted",
}
PARTS: Mapping[str, str] = {
    "skills": "Skills wanted and offered",
    "goals": "Goals alike",
    "wishes": "The learner's wishes",
    "adviser_wishes": "The adviser's wishes",
    "other_unit": "Another unit",
    "place": "Same place",
    "hours": "Shared hours",
}
TONES: Mapping[str, str] = {"skills": "tide", "goals": "ember", "other_unit": "plum"}


def masked(removed: Mapping[str, int]) -> dict[str, int]:
    """Counts per rule, with those that protect people under one name."""
    found: dict[str, int] = {}
    for name, count in removed.items():
        shown = PRIVATE_NAME if name in PRIVATE else name
        found[shown] = found.get(shown, 0) + count
    return found


def points(score: int) -> str:
    """.85 for 8,500 of 10,000."""
    text = f"{score / 10_000:.2f}"
    return text[1:] if text.startswith("0") else text


def given_up(score: int) -> str:
    """Of a sum of scores; nothing stays nothing."""
    return points(score) if score >= 50 else "under .01" if score else ""


def at_least(loss: int) -> str:
    """The prices give a lower bound, so that is what is said."""
    return f"at least {points(loss)}" if loss >= 50 else "a little at least"


def cost(objective: str, loss: int) -> str:
    """What the whole programme would lose at least by one more pair."""
    return {
        "": "Possible. By the prices nothing need be lost; work it out to be sure.",
        "coverage": "Possible, at a cost: at least "
        f"{_many(loss, 'learner', 'learners')} more would have no adviser.",
        "floor": f"Possible, at a cost: the weakest first match would fall by {at_least(loss)}.",
        "places": f"Possible, at a cost: at least {_many(loss, 'place', 'places')} fewer "
        "would be filled.",
        "total": f"Possible, at a cost: the whole programme would lose {at_least(loss)}.",
    }[objective]


def _many(count: int, one: str, more: str) -> str:
    return f"{count:,} {one if count == 1 else more}"


def out_of(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,}"
