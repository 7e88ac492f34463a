"""Rows out: lossless, and no cell begins with a sign that a spreadsheet would run."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES

from viceversa.toolkit.tables.formulas import shield

Cell = str | int | float | Decimal | bool | date | datetime | None

_UNSTORABLE = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_ROUNDED_FROM = 10**15


def write_csv(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte order mark, every cell quoted: Excel and `read_table` agree on it."""
    buffer = io.BytesIO()
    write_csv_to(buffer, headers, rows)
    return buffer.getvalue()


def write_csv_to(file: IO[bytes], headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    stream = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([shield(header) for header in headers])
    writer.writerows([shield(cell_text(cell)) for cell in row] for row in rows)
    stream.flush()
    stream.detach()


def write_xlsx(
    headers: Sequence[str], rows: Iterable[Sequence[Cell]], *, sheet: str = "People"
) -> bytes:
    """One sheet; numbers stay numbers, everything else is text that is never a formula.

    A cell of a workbook holds 32,767 characters; openpyxl cuts off what is longer.
    """
    book = Workbook(write_only=True)
    page = book.create_sheet(_NOT_IN_SHEET_NAMES.sub(" ", sheet)[:31] or "Sheet")
    buffer = io.BytesIO()
    try:
        for row in chain([headers], rows):
            page.append([_stored(cell, page) for cell in row])
    finally:
        book.save(buffer)  # even after a failure: it removes openpyxl's temporary file
    return buffer.getvalue()


def cell_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _stored(cell: Cell, page: Any) -> Any:
    """Numbers as they are, unless a spreadsheet would round them; everything else as text."""
    if _is_number(cell):
        return cell
    text = _storable(shield(cell_text(cell)))
    if text not in ERROR_CODES:
        return text or None
    named_like_an_error = WriteOnlyCell(page, text)
    named_like_an_error.data_type = "s"
    return named_like_an_error


def _is_number(cell: Cell) -> bool:
    if isinstance(cell, int):
        return not isinstance(cell, bool) and abs(cell) < _ROUNDED_FROM
    return isinstance(cell, (float, Decimal))


def _storable(text: str) -> str:
    """Control characters, and texts that look like their escapes, as workbooks write them."""
    return _UNSTORABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
