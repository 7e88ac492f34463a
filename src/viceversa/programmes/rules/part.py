"""What somebody may say about their part: how many topics, which, and a sentence of their own."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import time

MOST_OFFERS = 6
MOST_CAPACITY = 5
STATEMENT_PROMPTS: tuple[tuple[str, str], ...] = (
    ("I can show you …", "use an AI assistant for the notes you write every week"),
    ("I know it because …", "I have used one daily for a year, at work and at home"),
    ("After four half hours you will …", "draft, check and correct without asking anyone"),
)


@dataclass(frozen=True, kw_only=True)
class Topics:
    """Ids of skills in order of wish, and the least a programme says about them."""

    wants: Sequence[int]
    offers: Sequence[int]
    most_wants: int
    of_programme: Mapping[int, str]


def topic_problems(topics: Topics, *, is_learner: bool, is_adviser: bool) -> dict[str, str]:
    """Field → sentence, fields being `wants` and `offers`."""
    found = {}
    if len(set(topics.wants)) != len(topics.wants):
        found["wants"] = "You named the same topic twice."
    elif len(topics.wants) > topics.most_wants:
        found["wants"] = (
            f"Name at most {topics.most_wants}: one narrow topic teaches more than ten."
        )
    elif is_learner and not is_adviser:
        found.update(_outside_programme(topics.wants, topics.of_programme))
    if len(set(topics.offers)) != len(topics.offers):
        found["offers"] = "You named the same skill twice."
    elif len(topics.offers) > MOST_OFFERS:
        found["offers"] = f"Name at most {MOST_OFFERS}, those you like to show best."
    return found


def _outside_programme(wants: Collection[int], of_programme: Mapping[int, str]) -> dict[str, str]:
    if not of_programme or all(want in of_programme for want in wants):
        return {}
    names = ", ".join(sorted(of_programme.values())[:12])
    return {"wants": f"This programme is about: {names}. Choose among these."}


def hours_problem(start: time | None, end: time | None) -> str:
    if start is not None and end is not None and end <= start:
        return "The end of your hours must lie after the start."
    return ""


def value_statement(parts: Sequence[str]) -> str:
    """Joins the three answers of an adviser into sentences that a learner reads."""
    starts = ("I can show you", "I know it because", "After four half hours you will")
    sentences = [
        f"{start} {_tidy(part)}." for start, part in zip(starts, parts, strict=False) if _tidy(part)
    ]
    return " ".join(sentences)


def _tidy(part: str) -> str:
    return " ".join(part.split()).rstrip(" .…")
