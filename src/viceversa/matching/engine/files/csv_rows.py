"""The rows of a CSV file as people save it, and where in it something cannot be read.

Comma, semicolon, tab or bar; with or without a byte order mark, blank rows on top or the line with
which a spreadsheet names its separator.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import chain
from pathlib import Path
from typing import Any

from viceversa.matching.engine.files.faults import BadFiles

FIELD_LIMIT = 1_000_000
LINE_LIMIT = 20_000_000
DELIMITERS = ",;\t|"
WRONG = {
    "unexpected end": "a quotation mark opens a cell here and nothing closes it.",
    "expected after": "after the closing quotation mark of a cell comes more text. A quotation "
    "mark inside a cell is written twice.",
    "field larger": f"a cell is longer than {FIELD_LIMIT:,} characters. Perhaps a quotation mark "
    "is never closed.",
}


@dataclass(frozen=True)
class Table:
    """``reader`` gives the header, which is in row ``top``, and then the rows."""

    reader: Any
    top: int


def open_table(text: TextIOWrapper, name: str) -> Table:
    """The rows as lists of cells, divided by what divides the header most often."""
    lines, top, separator = _lines(text, name), 1, ""
    for line in lines:
        told = line.strip().casefold()
        if told.startswith("sep=") and len(told) < 6:
            separator = line.strip()[4:] or "\t"
        elif line.strip(DELIMITERS + " \r\n"):
            break
        top += 1
    else:
        raise BadFiles([f"{name}: the file is empty."])
    csv.field_size_limit(FIELD_LIMIT)
    delimiter = separator or max(DELIMITERS, key=line.count)
    return Table(csv.reader(chain([line], lines), delimiter=delimiter, strict=True), top)


def _lines(file: TextIOWrapper, name: str) -> Iterator[str]:
    """The lines of a text file; a line without end would fill the memory."""
    number = 0
    while line := file.readline(LINE_LIMIT):
        number += 1
        if "\0" in line:
            raise BadFiles(
                [f"{name}: this is not a text file. In line {number} there is a zero byte."]
            )
        if len(line) == LINE_LIMIT:
            raise BadFiles([f"{name}: a line is longer than {LINE_LIMIT:,} characters."])
        yield line


def unreadable_row(path: Path, reason: csv.Error) -> BadFiles:
    """The row in which reading ended, counted anew: nobody counts while all is well."""
    with path.open(encoding="utf-8-sig", newline="") as text:
        table = open_table(text, path.name)
        row = table.top
        with suppress(csv.Error):
            for _ in table.reader:
                row += 1
    said = next((words for mark, words in WRONG.items() if mark in str(reason)), f"{reason}.")
    return BadFiles([f"{path.name}, row {row}: {said}"])


def not_in_utf_8(path: Path, kind: str = "CSV UTF-8") -> BadFiles:
    """Names the first line that is not."""
    said = f"{path.name}: the file is not in UTF-8."
    with path.open("rb") as file:
        if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return BadFiles([f"{said} It begins like UTF-16. Save it as {kind}."])
        file.seek(0)
        for number, line in enumerate(file, start=1):
            try:
                line.decode()
            except UnicodeDecodeError:
                return BadFiles([f"{said} Save it as {kind}. Line {number} is the first."])
    return BadFiles([f"{said} Save it as {kind}."])


def must_be_a_file(path: Path) -> None:
    """What can be read once only, or never ends, is no input: it is read again for the proof."""
    if path.exists() and not path.is_file():
        what = "a folder" if path.is_dir() else "not an ordinary file"
        raise BadFiles([f"{path}: this is {what}; give a file."])
