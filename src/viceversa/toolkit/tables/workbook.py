"""Reading Excel workbooks (.xlsx) through openpyxl, once the guards have let them pass."""

import io
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from viceversa.toolkit.tables.delimited import too_many_columns, too_many_rows
from viceversa.toolkit.tables.formulas import unshield
from viceversa.toolkit.tables.guards import check_package
from viceversa.toolkit.tables.refusals import damaged, no_such_sheet
from viceversa.toolkit.tables.table import Limits, Row, UnreadableTable

# What openpyxl would not write again (colours by rule, drop-down lists) says nothing about people.
warnings.filterwarnings("ignore", category=UserWarning, module="openpyxl")


@dataclass(frozen=True, slots=True)
class FoundSheet:
    rows: list[Row]
    sheet: str
    sheets: tuple[str, ...]


def read_workbook(data: bytes, *, limits: Limits, sheet: str | None) -> FoundSheet:
    """The named sheet, or the first that holds anything. Raises UnreadableTable."""
    try:
        with ZipFile(io.BytesIO(data)) as package:
            check_package(package, limits)
        return _found(data, limits, sheet)
    except UnreadableTable:
        raise
    except Exception as error:  # a broken file can break openpyxl anywhere, with any exception
        raise damaged() from error


def _found(data: bytes, limits: Limits, wanted: str | None) -> FoundSheet:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        names = tuple(sheet.title for sheet in book.worksheets)
        if wanted is not None and wanted not in names:
            raise no_such_sheet(wanted, names)
        rows: list[Row] = []
        name = ""
        for sheet in book.worksheets:
            if wanted in {None, sheet.title} and not rows:
                rows, name = _rows(sheet, limits), sheet.title
        return FoundSheet(rows, name, names)
    finally:
        book.close()


def _rows(sheet: Any, limits: Limits) -> list[Row]:
    sheet.reset_dimensions()  # some programs state a size that is not the sheet's
    rows: list[Row] = []
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        texts = _texts(cells)
        if not texts:
            continue
        if len(texts) > limits.columns:
            raise too_many_columns(len(texts), limits)
        if len(rows) > limits.rows:
            raise too_many_rows(limits)
        rows.append(Row(number, texts))
    return rows


def _texts(cells: Iterable[Any]) -> tuple[str, ...]:
    """Up to the last cell that holds anything."""
    texts = [_text(cell.value, cell.data_type) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)


def _text(value: object, kind: str) -> str:
    if value is None or kind == "e":
        return ""
    if isinstance(value, str):
        return unshield(unescape(value) if "_x" in value else value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    return _number_text(value) if isinstance(value, float) else _moment_text(value)


def _number_text(number: float) -> str:
    """12.0 as 12, 0.1 + 0.2 as 0.3, 1E+5 as 100000: what the spreadsheet shows."""
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return format(number, ".15g")


def _moment_text(moment: object) -> str:
    """A date without its midnight; a length of time as hours, minutes and seconds."""
    if isinstance(moment, datetime):
        if moment.time() == time():
            return moment.date().isoformat()
        return moment.isoformat(sep=" ", timespec="seconds")
    return moment.isoformat() if isinstance(moment, time) else str(moment)
