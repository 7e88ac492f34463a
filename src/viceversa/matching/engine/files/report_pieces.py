"""Tables, figures and pictures of report.html. Every text is escaped here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from viceversa.matching.engine.explaining.shares import Share

MARK = (
    '<svg class="mark" viewBox="0 0 36 24" aria-hidden="true">'
    '<path class="give" d="M3 8h26l-6-5"></path><path class="back" d="M33 16H7l6 5"></path></svg>'
)
PER_CENT = "\u00a0%"  # never at the beginning of a line


@dataclass(frozen=True)
class Cell:
    """A piece of the page that is markup already, as a cell of a table."""

    markup: str


def paragraph(text: str, kind: str = "") -> str:
    return f"<p{_class(kind)}>{escape(text)}</p>"


def figures(shown: Iterable[tuple[str, str]]) -> str:
    items = "".join(
        f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>" for label, value in shown
    )
    return f"<dl>{items}</dl>"


def table(
    header: Sequence[str],
    rows: Iterable[Sequence[str | Cell]],
    *,
    numbers: Sequence[int] = (),
    people: Sequence[int] = (),
    caption: str = "",
    look: str = "",
) -> str:
    """A table. On narrow screens, rows of ``cards`` stand one by one with their labels, and
    ``shares`` are without their last column, a picture."""
    kinds = [_kind(at, numbers, people) for at in range(len(header))]
    head = "".join(
        f'<th scope="col"{_class(kind)}>{escape(text)}</th>'
        for kind, text in zip(kinds, header, strict=True)
    )
    labels = [f' data-label="{escape(text)}"' if look == "cards" else "" for text in header]
    body = "".join(f"<tr>{_row(row, kinds, labels)}</tr>" for row in rows)
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    return (
        f"<table{_class(look)}>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _row(row: Sequence[str | Cell], kinds: Sequence[str], labels: Sequence[str]) -> str:
    return "".join(
        f"<td{_class(kind)}{label}>{cell.markup if isinstance(cell, Cell) else escape(cell)}</td>"
        for cell, kind, label in zip(row, kinds, labels, strict=True)
    )


def _kind(at: int, numbers: Sequence[int], people: Sequence[int]) -> str:
    return "number" if at in numbers else "people" if at in people else ""


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


def bars(labels: Sequence[str], counts: Sequence[int], said: str) -> str:
    """A bar for each count, with its number above; the same figures belong in a table beside."""
    most, wide, high = max((*counts, 1)), 400 / max(len(counts), 1), 150
    drawn = []
    for at, (label, count) in enumerate(zip(labels, counts, strict=True)):
        tall = -(-high * count // most)
        middle = round((at + 0.5) * wide, 1)
        drawn.append(
            f'<rect x="{round(at * wide + 3, 1)}" y="{high + 16 - tall}" '
            f'width="{round(wide - 6, 1)}" height="{tall}" rx="2"></rect>'
            f'<text x="{middle}" y="{high + 11 - tall}">{count if count else ""}</text>'
            f'<text x="{middle}" y="{high + 32}">{escape(label)}</text>'
        )
    base = f'<line x1="0" x2="400" y1="{high + 16.5}" y2="{high + 16.5}"></line>'
    return (
        f'<svg class="bars" viewBox="0 0 400 {high + 38}" role="img" aria-label="{escape(said)}">'
        f"{base}{''.join(drawn)}</svg>"
    )


def share_row(label: str, share: Share) -> list[str | Cell]:
    """Label, count, per cent, the range in words and as a line with a dot."""
    return [
        label,
        f"{share.count:,} of {share.base:,}",
        percent(share.part),
        f"{percent(share.low).removesuffix(PER_CENT)}–{percent(share.high)}",
        Cell(_range(share)),
    ]


def percent(part: float) -> str:
    return f"{int(100 * part + 0.5)}{PER_CENT}"


def _range(share: Share) -> str:
    low, dot, high = (round(2 + 124 * part, 1) for part in (share.low, share.part, share.high))
    return (
        '<svg class="range" viewBox="0 0 128 16" aria-hidden="true">'
        '<line class="whole" x1="2" x2="126" y1="8" y2="8"></line>'
        f'<line x1="{low}" x2="{high}" y1="8" y2="8"></line>'
        f'<circle cx="{dot}" cy="8" r="4"></circle></svg>'
    )
