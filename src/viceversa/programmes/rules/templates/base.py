"""What a template is: plain values that a new programme starts with and may change freely."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from viceversa.programmes.rules.setup import DEFAULT_WEIGHTS

Part = Literal["top", "bottom", "any"]


@dataclass(frozen=True, kw_only=True)
class Template:
    """`learners` and `advisers` say which part of the ladder is suggested; `weeks` how long it
    runs; `skills` are slugs of the starter taxonomy; `fields` are columns of a programme."""

    key: str
    name: str
    summary: str
    shape: str
    learners: Part
    advisers: Part
    weeks: int
    fields: Mapping[str, object]
    skills: tuple[str, ...] = ()
    weights: Mapping[str, int] = field(default_factory=lambda: dict(DEFAULT_WEIGHTS))


def ranks_of(part: Part, ranks: Sequence[int]) -> tuple[int | None, int | None]:
    """Lowest and highest rank that a part of an organisation's ladder covers."""
    if part == "any" or not ranks:
        return None, None
    ladder = sorted(ranks)
    cut = max(1, round(len(ladder) * 0.4))
    if part == "top":
        return ladder[-cut], None
    return None, ladder[cut - 1]


def text(*lines: str) -> str:
    """Paragraphs, each given as one string."""
    return "\n\n".join(" ".join(line.split()) for line in lines)


def points(*lines: str) -> str:
    return "\n".join(f"- {' '.join(line.split())}" for line in lines)
