"""What people write around a half hour, as it goes into an envelope and comes out again."""

import json
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

NEVER, HEARD, TRIED, USES = "never", "heard", "tried", "uses"
KNOWING = (NEVER, HEARD, TRIED, USES)
CHECKLIST = {
    "learner": ("goals", "promises", "question", "quiet"),
    "adviser": ("goals", "show", "sources", "plain"),
}
MOST_FACTS = 3


@dataclass(frozen=True)
class Words:
    """Texts of one row, sealed together. What is unknown to this version is left out."""

    def as_text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Raises ValueError for what was never put in."""
        found = json.loads(text)
        if not isinstance(found, dict):
            raise ValueError("These are not the words of a row.")
        known = {field.name for field in fields(cls)}
        return cls(**{name: _frozen(said) for name, said in found.items() if name in known})


def _frozen(said: Any) -> Any:
    return tuple(_frozen(part) for part in said) if isinstance(said, list) else said


@dataclass(frozen=True)
class Preparing(Words):
    """`facts` holds pairs of what is so and the address of its source."""

    questions: str = ""
    concerns: str = ""
    ideas: str = ""
    knows: str = ""
    knows_more: str = ""
    hands_on: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    ready: tuple[str, ...] = ()


@dataclass(frozen=True)
class LookingBack(Words):
    thanks: str = ""
    surprised: str = ""
    better: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.thanks or self.surprised or self.better)


@dataclass(frozen=True)
class Promise(Words):
    """You said → I will."""

    said: str = ""
    will: str = ""


@dataclass(frozen=True)
class Lost(Words):
    """Where somebody did not follow: the kind of the part that was on, and its first line."""

    part: str = ""
    line: str = ""
