"""One door for every file of rows: size first, then kind, then the right reader."""

from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from viceversa.toolkit.tables.delimited import read_delimited
from viceversa.toolkit.tables.encodings import binary_file, decode
from viceversa.toolkit.tables.guards import refuse_other_kinds
from viceversa.toolkit.tables.table import Limits, Row, Table, UnreadableTable
from viceversa.toolkit.tables.workbook import read_workbook

DEFAULT_LIMITS = Limits()


def read_table(
    source: bytes | Path | BinaryIO,
    *,
    filename: str = "",
    limits: Limits = DEFAULT_LIMITS,
    sheet: str | None = None,
    encoding: str | None = None,
    delimiter: str | None = None,
) -> Table:
    """Read a CSV file or an Excel workbook. Raises UnreadableTable with a sentence and a code.

    Rows without any value are passed over. `sheet`, `encoding` and `delimiter` overrule what
    would be found out.
    """
    data = _bytes_of(source, limits)
    refuse_other_kinds(data, filename)
    if data.startswith(b"PK"):
        found = read_workbook(data, limits=limits, sheet=sheet)
        return _table(found.rows, Table((), (), "xlsx", sheet=found.sheet, sheets=found.sheets))
    text, name = decode(data, encoding=encoding)
    if not text.strip():
        raise _empty()
    if _is_noise(text):
        raise binary_file()
    rows, sign = read_delimited(text, limits=limits, delimiter=delimiter)
    return _table(rows, Table((), (), "csv", encoding=name, delimiter=sign))


def _bytes_of(source: bytes | Path | BinaryIO, limits: Limits) -> bytes:
    """At most one byte beyond the limit is read, so a huge upload costs nothing."""
    if isinstance(source, bytes):
        data = source
    elif isinstance(source, Path):
        with source.open("rb") as file:
            data = file.read(limits.size + 1)
    else:
        data = source.read(limits.size + 1)
    if len(data) > limits.size:
        raise _too_big(limits)
    return data


def _is_noise(text: str) -> bool:
    head = text[:5000]
    strange = sum(1 for letter in head if letter < " " and letter not in "\t\r\n\x1b\x08\x07\x0b")
    return strange > 0.02 * len(head)


def _table(rows: Sequence[Row], shape: Table) -> Table:
    if not rows:
        raise _empty()
    width = max(len(_trimmed(rows[0].cells)), 1)
    headers = _distinct(rows[0].cells[:width])
    if len(rows) == 1:
        raise _header_only()
    body = tuple(row if len(row.cells) == width else _fitted(row, width) for row in rows[1:])
    return Table(
        headers, body, shape.kind, shape.encoding, shape.delimiter, shape.sheet, shape.sheets
    )


def _trimmed(cells: tuple[str, ...]) -> tuple[str, ...]:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _fitted(row: Row, width: int) -> Row:
    """Short rows are filled up; a long row keeps its surplus only where it holds a value."""
    cells = row.cells
    if len(cells) < width:
        return Row(row.number, cells + ("",) * (width - len(cells)))
    return Row(row.number, cells if any(cells[width:]) else cells[:width])


def _distinct(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Headers on one line, none empty, no two alike: the second “Name” becomes “Name (2)”."""
    taken: dict[str, None] = {}
    for place, cell in enumerate(cells, start=1):
        base = " ".join(cell.split()) or f"Column {place}"
        name, number = base, 2
        while name in taken:
            name, number = f"{base} ({number})", number + 1
        taken[name] = None
    return tuple(taken)


def _too_big(limits: Limits) -> UnreadableTable:
    return UnreadableTable(
        f"This file is bigger than {limits.size // 1_000_000} MB. "
        "Keep only the columns that describe people, or split it into smaller files.",
        "too_big",
    )


def _empty() -> UnreadableTable:
    return UnreadableTable(
        "This file is empty. Choose the file that holds the list of people.", "empty"
    )


def _header_only() -> UnreadableTable:
    return UnreadableTable(
        "This file has a row of headers and nothing below it. Export it again with its rows.",
        "header_only",
    )
