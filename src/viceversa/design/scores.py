"""A score as a stacked bar: where each part begins, how wide it is, and the same in words."""

from collections.abc import Sequence
from typing import NamedTuple

TONES = ("tide", "ember", "plum", "plain")
GAP = 0.8


class Part(NamedTuple):
    """One part of a score. `share` is its length, as a part of the whole bar from 0 to 1."""

    label: str
    share: float
    tone: str = ""


class Segment(NamedTuple):
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
    for index, (label, share, tone) in enumerate(parts):
        width = min(share * 100, 100 - x)
        if width > 0:
            tone = tone or TONES[min(index, len(TONES) - 1)]
            shown = round(max(width - GAP, 0.2), 2)
            found.append(Segment(label, tone, round(x, 2), shown, short(share)))
            x += width
    return found


def in_words(parts: Sequence[Part]) -> str:
    return ", ".join(f"{label} {short(share)}" for label, share, _tone in parts if share > 0)
