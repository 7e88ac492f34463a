"""The cells of one worksheet as clean text, read as a stream with expat."""

import re
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import IO
from xml.parsers import expat

from openpyxl.utils.datetime import from_excel

from viceversa.toolkit.tables.delimited import too_many_columns, too_many_rows
from viceversa.toolkit.tables.formulas import unshield
from viceversa.toolkit.tables.table import Limits, Row

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(slots=True)
class CellTexts:
    """What is needed to turn a stored cell into text."""

    shared: list[str]
    date_styles: frozenset[str]
    span_styles: frozenset[str]
    epoch: datetime
    _columns: dict[str, int] = field(default_factory=dict)

    def text(self, kind: str, style: str, stored: str) -> str:
        if kind == "s":
            return self.shared[int(stored)] if stored else ""
        if kind in {"inlineStr", "str"}:
            return clean_text(stored)
        if kind == "b":
            return "TRUE" if stored.strip() == "1" else "FALSE"
        if kind == "e" or not stored.strip():
            return ""
        if kind == "d":
            return moment_text(datetime.fromisoformat(stored.strip()))
        return self._number(style, stored.strip())

    def _number(self, style: str, stored: str) -> str:
        if style in self.span_styles:
            return str(timedelta(days=float(stored)))
        if style in self.date_styles:
            return moment_text(from_excel(float(stored), self.epoch))
        return number_text(stored)

    def column(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        known = self._columns.get(letters)
        if known is None:
            known = self._columns[letters] = _column_number(letters)
        return known


def number_text(stored: str) -> str:
    """12.0 as 12, 0.1 + 0.2 as 0.3, 1E+5 as 100000: what the spreadsheet shows."""
    if stored.isdecimal() and stored.isascii():
        return stored
    number = float(stored)
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return format(number, ".15g")


def moment_text(moment: object) -> str:
    if isinstance(moment, datetime):
        if moment.time() == time():
            return moment.date().isoformat()
        return moment.isoformat(sep=" ", timespec="seconds")
    return moment.isoformat() if isinstance(moment, time) else str(moment)


def clean_text(stored: str) -> str:
    """Undo the escapes that workbooks use for control characters (_x000D_)."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), stored) if "_x" in stored else stored


def read_shared_texts(stream: IO[bytes]) -> list[str]:
    reader = _SharedTexts()
    reader.parse(stream)
    return reader.texts


def read_sheet(stream: IO[bytes], texts: CellTexts, limits: Limits) -> list[Row]:
    reader = _Sheet(texts, limits)
    reader.parse(stream)
    return reader.rows


class _Reader:
    """Collects the text of <t> and <v>; phonetic hints (<rPh>) do not count."""

    def __init__(self) -> None:
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._find_namespace
        self._parser.EndElementHandler = self.closed
        self._space = ""
        self._pieces: list[str] = []

    def parse(self, stream: IO[bytes]) -> None:
        self._parser.ParseFile(stream)

    def _find_namespace(self, tag: str, _attributes: dict[str, str]) -> None:
        self._space = tag[: tag.rfind(" ") + 1]
        self._name_tags()
        self._parser.StartElementHandler = self.opened

    def _name_tags(self) -> None:
        """Whole tags are compared, as often as there are cells: no cutting, no look-up."""
        space = self._space
        self._texts_in = frozenset({f"{space}t", f"{space}v"})
        self._hint, self._item = f"{space}rPh", f"{space}si"
        self._cell_tag, self._row_tag = f"{space}c", f"{space}row"
        self._is_hint = False

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in self._texts_in:
            if not self._is_hint:
                self._parser.CharacterDataHandler = self._pieces.append
        elif tag == self._hint:
            self._is_hint = True

    def closed(self, tag: str) -> None:
        if tag in self._texts_in:
            self._parser.CharacterDataHandler = None
        elif tag == self._hint:
            self._is_hint = False


class _SharedTexts(_Reader):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def closed(self, tag: str) -> None:
        if tag == self._item:
            self.texts.append(clean_text("".join(self._pieces)))
            self._pieces.clear()
        else:
            super().closed(tag)


class _Sheet(_Reader):
    def __init__(self, texts: CellTexts, limits: Limits) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self._texts, self._limits = texts, limits
        self._cells: list[str] = []
        self._number = self._place = 0
        self._cell: dict[str, str] = {}

    def opened(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == self._cell_tag:
            self._cell = attributes
        elif tag == self._row_tag:
            self._number = int(attributes.get("r", self._number + 1))
            self._cells, self._place = [], 0
        else:
            super().opened(tag, attributes)

    def closed(self, tag: str) -> None:
        if tag == self._cell_tag:
            self._add_cell()
        elif tag == self._row_tag:
            self._add_row()
        else:
            super().closed(tag)

    def _add_row(self) -> None:
        if any(self._cells):
            if len(self.rows) > self._limits.rows:
                raise too_many_rows(self._limits)
            self.rows.append(Row(self._number, tuple(self._cells)))

    def _add_cell(self) -> None:
        get = self._cell.get
        reference = get("r")
        place = self._texts.column(reference) if reference else self._place
        self._place = place + 1
        if not self._pieces:
            return
        stored = "".join(self._pieces)
        self._pieces.clear()
        text = self._texts.text(get("t", "n"), get("s", ""), stored)
        if text:
            self._put(place, unshield(text))

    def _put(self, place: int, text: str) -> None:
        cells = self._cells
        if place >= self._limits.columns:
            raise too_many_columns(place + 1, self._limits)
        gap = place - len(cells)
        if gap < 0:
            raise ValueError("cells out of order")
        if gap:
            cells.extend([""] * gap)
        cells.append(text)


def _column_number(letters: str) -> int:
    if not re.fullmatch(r"[A-Z]{1,3}", letters):
        raise ValueError("not a cell reference")
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
