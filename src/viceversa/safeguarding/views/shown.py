"""Stored results as pictures and tables want them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from viceversa.safeguarding.forms import words
from viceversa.safeguarding.models import Wave


@dataclass(frozen=True)
class Bar:
    """A count between two ends. `high` is the most that can have answered, where it is open."""

    label: str
    low: int
    high: int
    most: int
    is_open: bool

    @property
    def said(self) -> str:
        if self.is_open:
            return _("%(low)s or more") % {"low": self.low}
        return _("%(low)s to %(high)s") % {"low": self.low, "high": self.high}


@dataclass(frozen=True)
class Row:
    group: str
    base: str
    bars: list[Bar]


@dataclass(frozen=True)
class Table:
    breakdown: str
    rows: list[Row]


@dataclass(frozen=True)
class Question:
    name: str
    text: str
    bars: list[Bar]
    tables: list[Table]


@dataclass(frozen=True)
class Shown:
    base: str
    questions: list[Question]
    left_out: list[str]
    comments: list[str]


def drawn(wave: Wave) -> Shown | None:
    stored: dict[str, Any] | None = wave.results
    if not stored:
        return None
    everybody, *cells = stored["cells"]
    return Shown(
        base=_base(everybody["base"]),
        questions=[
            _question(key, number, wave.breakdowns, everybody, cells)
            for number, key in enumerate(wave.questions)
        ],
        left_out=[str(words.BREAKDOWNS[each]) for each in stored["left_out"]],
        comments=stored["comments"],
    )


def _question(key: str, number: int, breakdowns: list[str], everybody: Any, cells: Any) -> Question:
    tables = [
        Table(
            str(words.BREAKDOWNS[each]),
            [_row(cell, number) for cell in cells if cell["cell"][0] == each],
        )
        for each in breakdowns
    ]
    return Question(
        name=str(words.NAMES[key]),
        text=str(words.QUESTIONS[key]),
        bars=_bars(everybody, number),
        tables=[table for table in tables if any(row.bars for row in table.rows)],
    )


def _row(cell: Any, number: int) -> Row:
    return Row(words.value_in_words(cell["cell"][1]), _base(cell["base"]), _bars(cell, number))


def _bars(cell: Any, number: int) -> list[Bar]:
    bands, most = cell["bands"][number], cell["base"][1]
    if not bands:
        return []
    labels = map(str, words.ANSWERS.values())
    return [_bar(label, band, most) for label, band in zip(labels, bands, strict=True)]


def _bar(label: str, band: Any, most: int) -> Bar:
    low, high = band
    return Bar(label, low, most if high is None else high, most, is_open=high is None)


def _base(band: Any) -> str:
    low, high = band
    return str(low) if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}
