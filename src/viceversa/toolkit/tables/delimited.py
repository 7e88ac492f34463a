"""Reading CSV: which sign separates the cells, and the rows themselves."""

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from viceversa.toolkit.tables.formulas import unshield
from viceversa.toolkit.tables.table import Limits, Row, UnreadableTable

if TYPE_CHECKING:
    from _csv import Reader

_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_TEXT = 100_000
_SAMPLE_ROWS = 200
_LONGEST_CELL = 131_072
_DECLARED = re.compile(r"\s*\"?sep=(.)\"?[ \t]*(\r\n|\n|\r)", re.IGNORECASE)


def read_delimited(text: str, *, limits: Limits, delimiter: str | None) -> tuple[list[Row], str]:
    """All rows that hold a value, the header row first, and the delimiter."""
    declared = _DECLARED.match(text)
    if declared:
        text, delimiter = text[declared.end() :], declared[1]
    sign = delimiter or find_delimiter(text)
    skipped = 1 if declared else 0
    return list(_rows(text, sign, skipped, limits)), sign


def find_delimiter(text: str) -> str:
    """The sign that cuts the sample into the most columns, most evenly; quotes are respected."""
    best = max(_DELIMITERS, key=lambda sign: _evenness(text, sign))
    return best if _evenness(text, best) > (0.0, 0) else ","


def _evenness(text: str, sign: str) -> tuple[float, int]:
    widths = _widths(text, sign)
    if not widths or widths[0] < 2:
        return 0.0, 0
    same = sum(1 for width in widths if width == widths[0])
    return round(same / len(widths), 1), widths[0]


def _widths(text: str, sign: str) -> list[int]:
    sample, is_cut = text[:_SAMPLE_TEXT], len(text) > _SAMPLE_TEXT
    widths: list[int] = []
    try:
        for cells in islice(_cells(sample, sign), _SAMPLE_ROWS):
            if cells:
                widths.append(len(cells))
    except csv.Error:
        return widths
    return widths[:-1] if is_cut and len(widths) > 1 else widths


def _cells(text: str, sign: str) -> "Reader":
    """The limit belongs to the whole process, so whoever reads sets their own."""
    csv.field_size_limit(_LONGEST_CELL)
    spaced = bool(re.search(re.escape(sign) + ' "', text[:_SAMPLE_TEXT]))
    lines = io.StringIO(text, newline="")
    return csv.reader(lines, delimiter=sign, strict=True, skipinitialspace=spaced)


def _rows(text: str, sign: str, skipped: int, limits: Limits) -> Iterator[Row]:
    reader = _cells(text, sign)
    begins, count = 1, 0
    try:
        for cells in reader:
            if any(cells):
                count += 1
                _check_size(count, cells, limits)
                yield Row(begins + skipped, _restored(cells))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise _unreadable(error, begins + skipped) from error


def _restored(cells: list[str]) -> tuple[str, ...]:
    if "'" in "".join(cells):
        return tuple([unshield(cell) if cell[:1] == "'" else cell for cell in cells])
    return tuple(cells)


def _check_size(count: int, cells: list[str], limits: Limits) -> None:
    if count > limits.rows + 1:
        raise too_many_rows(limits)
    if len(cells) > limits.columns:
        raise too_many_columns(len(cells), limits)


def too_many_rows(limits: Limits) -> UnreadableTable:
    return UnreadableTable(
        f"This file has more than {limits.rows:,} rows. Split it into smaller files.",
        "too_many_rows",
    )


def too_many_columns(columns: int, limits: Limits) -> UnreadableTable:
    return UnreadableTable(
        f"This file has {columns:,} columns; {limits.columns} are allowed. "
        "Keep only the columns that describe people.",
        "too_many_columns",
    )


def _unreadable(error: csv.Error, line: int) -> UnreadableTable:
    if "field limit" in str(error):
        return UnreadableTable(
            f"A cell in the row that begins on line {line} is longer than 131,000 characters. "
            "A quotation mark may be missing there.",
            "cell_too_long",
        )
    return UnreadableTable(
        f"The quotation marks in the row that begins on line {line} do not pair up. "
        "Correct that row, or save the file again from your spreadsheet program.",
        "unbalanced_quotes",
    )
