"""What the two agree on, as plain values, and the one text in which it is sealed."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from typing import Any

NOTHING, GOALS, STORY = "nothing", "goals", "story"
STRICTEST_FIRST = (NOTHING, GOALS, STORY)
CAN, PARTLY, CANNOT = "can", "partly", "cannot"
REPLIES = (CAN, PARTLY, CANNOT)


@dataclass(frozen=True)
class Outcome:
    """What the learner wants to have in the end, and how far the adviser can help with it."""

    text: str
    reply: str = ""
    words: str = ""


@dataclass(frozen=True)
class Permission:
    """The learner's leave for the adviser, in the learner's own words."""

    directive: bool = False
    interrupt: bool = False
    disagree: bool = False
    homework: bool = False
    words: str = ""

    @property
    def is_given(self) -> bool:
        said = self.directive or self.interrupt or self.disagree or self.homework
        return said and bool(self.words.strip())


@dataclass(frozen=True)
class Terms:
    """One version of the agreement, opened."""

    version: int = 0
    learner_background: str = ""
    adviser_background: str = ""
    learner_expects: str = ""
    learner_implied: str = ""
    adviser_expects: str = ""
    adviser_implied: str = ""
    learner_aims: str = ""
    adviser_aims: str = ""
    outcomes: tuple[Outcome, ...] = ()
    engagement: str = "long"
    permission: Permission = field(default_factory=Permission)
    comfort: str = ""
    off_limits: str = ""
    confidentiality: str = NOTHING
    political: str = ""
    talked_over: bool = False
    every_days: int = 7
    minutes: int = 30
    channel: str = "video"
    place: str = ""
    ends_on: date | None = None
    learner_role: str = ""
    adviser_role: str = ""
    return_stream: str = ""
    how_we_end: str = ""

    @property
    def has_purpose(self) -> bool:
        aims = self.learner_aims.strip() and self.adviser_aims.strip()
        return bool(aims) and any(outcome.text.strip() for outcome in self.outcomes)


NAMES = tuple(one.name for one in fields(Terms) if one.name != "version")


def as_text(terms: Terms) -> str:
    values = asdict(terms)
    del values["version"]
    values["ends_on"] = terms.ends_on.isoformat() if terms.ends_on else None
    return json.dumps(values, ensure_ascii=False)


def from_text(text: str, *, version: int) -> Terms:
    values = json.loads(text)
    values["outcomes"] = tuple(Outcome(**outcome) for outcome in values["outcomes"])
    values["permission"] = Permission(**values["permission"])
    values["ends_on"] = date.fromisoformat(values["ends_on"]) if values["ends_on"] else None
    return Terms(version=version, **values)


def changed(terms: Terms, changes: Mapping[str, Any]) -> Terms:
    """With some fields changed; an outcome that stays keeps the adviser's reply."""
    values = dict(changes)
    if "outcomes" in values:
        known = {outcome.text: outcome for outcome in terms.outcomes}
        values["outcomes"] = tuple(
            one if one.reply else known.get(one.text, one) for one in values["outcomes"]
        )
    return replace(terms, **values)


def changed_names(before: Terms, after: Terms) -> list[str]:
    """The fields that differ, in the order of the agreement."""
    return [name for name in NAMES if getattr(before, name) != getattr(after, name)]


def stricter(one: str, other: str) -> str:
    return min(one, other, key=STRICTEST_FIRST.index)


def is_stricter(level: str, than: str) -> bool:
    return STRICTEST_FIRST.index(level) < STRICTEST_FIRST.index(than)
