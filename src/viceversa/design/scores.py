"""A score as a stacked bar: where each part begins, how wide it is, and the same in words."""

from collections.abc import Sequence
from dataclasses import dataclass

TONES = ("tide", "ember", "plum", "plain")
GAP = 0.8


@dataclass(frozen=True)
class Part:
    """One part of a score. `share` is its length, as a part of the whole bar from 0 to 1."""

    label: str
    share: float
    tone: str = ""


@dataclass(frozen=True)
class Segment:
    label: str
    tone: str
    x: float
    width: float
    share: str


def short(share: float) -> str:
    """.85 for 0.85; 1.00 stays as it is."""
    text = f"{share:.2f}"
    return text[1:] if text.startswith("0") else text


def segments(parts: Sequence[Part]) -> list[Segment]:
    """Positions in a box 100 wide; parts that would run over the end are cut there."""
    found: list[Segment] = []
    x = 0.0
    for index, part in enumerate(parts):
        width = min(max(part.share, 0.0) * 100, 100 - x)
        tone = part.tone or TONES[min(index, len(TONES) - 1)]
        if width > 0:
            shown = max(width - GAP, 0.2)
            found.append(Segment(part.label, tone, round(x, 2), round(shown, 2), short(part.share)))
        x += width
    return found


def in_words(parts: Sequence[Part]) -> str:
    return ", ".join(f"{part.label} {short(part.share)}" for part in parts if part.share > 0)
