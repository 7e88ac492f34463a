"""A pasted list or file of people: one identifier per line, or the first column of a table."""

import re
from dataclasses import dataclass

MOST_LINES = 5_000
LONGEST = 254
_BETWEEN = re.compile(r"[;,\t]")
_HEADINGS = frozenset(
    {"email", "e-mail", "mail", "id", "external id", "external_id", "employee id"}
)


@dataclass(frozen=True)
class Line:
    number: int
    text: str


def lines_of(text: str) -> tuple[Line, ...]:
    """Identifiers with the number of the line they stood on; empty lines and a heading fall out.

    Of a line with several columns the first one that looks like an e-mail address counts,
    else the first.
    """
    found = []
    for number, raw in enumerate(text.replace("\x00", "").splitlines(), start=1):
        picked = _pick(raw)
        if picked and not (number == 1 and picked.casefold() in _HEADINGS):
            found.append(Line(number, picked[:LONGEST]))
    return tuple(found)


def _pick(raw: str) -> str:
    cells = [cell.strip().strip('"<>').strip() for cell in _BETWEEN.split(raw.lstrip("\ufeff"))]
    with_at = next((cell for cell in cells if "@" in cell), "")
    return with_at or next((cell for cell in cells if cell), "")
