"""Where somebody is with a goal and how they like it explained, for the one who explains."""

from collections.abc import Iterable
from dataclasses import dataclass

from viceversa.partnerships.queries.goals import GoalRow
from viceversa.partnerships.rules.explaining import AID_FOR_STEP, like_in_words
from viceversa.partnerships.rules.goals import STEPS


@dataclass(frozen=True)
class Explaining:
    """Of one goal. What is not said stays empty."""

    title: str
    where: str
    hint: str
    like: str
    words: str


def explaining_of(row: GoalRow) -> Explaining | None:
    """None where nothing was said, or where it does not open."""
    step, said = row.level.get("level"), row.level
    names = {number: f"{name}. {sentence}" for number, name, sentence in STEPS}
    if step not in names:
        return None
    return Explaining(
        title=row.words.get("title"),
        where=names[step],
        hint=AID_FOR_STEP[step],
        like=like_in_words(said.get("like")),
        words=said.get("words"),
    )


def to_explain(rows: Iterable[GoalRow]) -> list[Explaining]:
    """Of the partner's goals, as one who helps with them reads it."""
    said = (explaining_of(row) for row in rows if not row.is_owner)
    return [one for one in said if one is not None]
