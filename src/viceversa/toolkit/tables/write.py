"""Rows out: lossless, and no cell begins with a sign that a spreadsheet would run."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from viceversa.toolkit.tables.formulas import shield
from viceversa.toolkit.tables.workbook_parts import SHEET_FOOT, SHEET_HEAD, fixed_parts, safe_text

Cell = str | int | float | Decimal | bool | date | datetime | None


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
    """One sheet; numbers stay numbers, everything else is text that is never a formula."""
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED, compresslevel=4) as package:
        for path, text in fixed_parts(sheet):
            package.writestr(path, text)
        with package.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as stream:
            _write_sheet(stream, headers, rows)
    return buffer.getvalue()


def cell_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _write_sheet(stream: IO[bytes], headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    stream.write(SHEET_HEAD)
    stream.write(_row_xml(headers))
    for row in rows:
        stream.write(_row_xml(row))
    stream.write(SHEET_FOOT)


def _row_xml(cells: Sequence[Cell]) -> bytes:
    return f"<row>{''.join(map(_cell_xml, cells))}</row>".encode()


def _cell_xml(cell: Cell) -> str:
    if isinstance(cell, (int, float, Decimal)) and not isinstance(cell, bool):
        return f"<c><v>{cell}</v></c>"
    text = shield(cell_text(cell))
    if not text:
        return "<c/>"
    inner = escape(safe_text(text))
    return f'<c t="inlineStr"><is><t xml:space="preserve">{inner}</t></is></c>'
