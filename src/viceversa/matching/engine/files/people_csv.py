"""Reads people.csv; every mistake is a sentence with file, row and column.

The file is read in blocks of rows, each turned into arrays at once, so that memory stays with the
arrays however large the file is and wherever its mistakes are.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import islice
from operator import itemgetter
from pathlib import Path

import numpy as np

from viceversa.matching.engine.files.cell_numbers import Mistake
from viceversa.matching.engine.files.csv_rows import (
    Table,
    must_be_a_file,
    not_in_utf_8,
    open_table,
    unreadable_row,
)
from viceversa.matching.engine.files.faults import BadFiles, Faults, nearest
from viceversa.matching.engine.files.people_cells import Gathered
from viceversa.matching.engine.files.people_names import check_names, unknown_managers
from viceversa.matching.engine.files.programme_toml import Programme
from viceversa.matching.engine.people.columns import People
from viceversa.matching.engine.people.gathering import arranged, order_by_id
from viceversa.matching.engine.solving.instance import Ints

COLUMNS = (
    *("id", "name", "email", "title", "level", "unit", "location", "timezone", "languages"),
    *("manager_id", "hired_on", "role", "demand", "capacity", "offers", "wants", "goals"),
    *("asks", "keep_apart"),
)
OPTIONAL = (
    *("field", "working_hours", "minimum", "adviser_wishes", "decides_pay_of"),
    *("past_partners", "stage", "priority"),
)
BLOCK = 1 << 8  # rows read at a time
STEP = 0.02  # share of the file after which progress is told
Progress = Callable[[str, float], None]
Block = tuple[Ints, list[list[str]]]


@dataclass(frozen=True)
class PeopleFile:
    """``unknown_columns`` are kept as attributes; ``unknown_managers`` end a reporting line."""

    people: People
    unknown_columns: tuple[str, ...]
    unknown_managers: int


def read_people(path: Path, programme: Programme, progress: Progress | None = None) -> PeopleFile:
    """The people, or BadFiles with the mistakes found.

    ``progress("reading", share)`` is told how much of the file has been read.
    """
    try:
        must_be_a_file(path)
        size = path.stat().st_size
        with path.open(encoding="utf-8-sig", newline="") as text:
            return _read(text, Faults(path.name), programme, _Told(progress, size))
    except OSError as reason:
        raise BadFiles([f"{path}: the file cannot be read ({reason.strerror})."]) from reason
    except UnicodeDecodeError as reason:
        raise not_in_utf_8(path) from reason
    except csv.Error as reason:
        raise unreadable_row(path, reason) from reason


class _Told:
    """Tells how far reading is, every few percent."""

    def __init__(self, progress: Progress | None, size: int) -> None:
        self.progress = progress
        self.size = size
        self.share = -STEP

    def at(self, byte: int) -> None:
        share = min(byte / max(self.size, 1), 1.0)
        if self.progress and (share >= self.share + STEP or share == 1.0 > self.share):
            self.share = share
            self.progress("reading", share)


def _read(text: TextIOWrapper, faults: Faults, programme: Programme, told: _Told) -> PeopleFile:
    table = open_table(text, faults.file)
    header = [" ".join(name.split()).casefold().replace(" ", "_") for name in next(table.reader)]
    _check_header(header, faults)
    unknown = tuple(name for name in header if name and name not in (*COLUMNS, *OPTIONAL))
    gathered = Gathered(unknown, programme)
    for rows, cells in _blocks(table):
        _add(gathered, rows, cells, header, faults)
        told.at(os.lseek(text.fileno(), 0, os.SEEK_CUR))
        if gathered.gave_up or not faults.complete:
            raise BadFiles(faults.sentences, complete=False)
    return _checked(gathered, unknown, faults)


def _checked(gathered: Gathered, unknown: tuple[str, ...], faults: Faults) -> PeopleFile:
    """What was read, once everybody it names is known to exist."""
    draft = gathered.draft()
    if not len(draft.own) and not faults.sentences:
        faults.say("there are no people in it, only a header.")
    if not faults.sentences:
        check_names(draft, gathered.rows, faults)
    if faults.sentences:
        raise faults.bad_files()
    people = People(arranged(draft, order_by_id(draft)))
    return PeopleFile(people, unknown, unknown_managers(draft))


def _check_header(header: list[str], faults: Faults) -> None:
    missing = [name for name in ("id", "role") if name not in header]
    for name in missing:
        faults.say(f'the column "{name}" is missing.{nearest(name, header)}')
    for name in sorted({name for name in header if name and header.count(name) > 1}):
        faults.say(f'the column "{name}" is there twice.')
    if faults.sentences:
        raise faults.bad_files()


def _blocks(table: Table) -> Iterator[Block]:
    """Rows with their numbers as a spreadsheet shows them."""
    first = table.top + 1
    while cells := list(islice(table.reader, BLOCK)):
        yield np.arange(first, first + len(cells)), cells
        first += len(cells)


def _add(
    gathered: Gathered, rows: Ints, cells: list[list[str]], header: list[str], faults: Faults
) -> None:
    """Rows without mistakes are kept as long as there is no mistake in the whole file."""
    mistakes: list[Mistake] = []
    even = set(map(len, cells)) == {len(header)}
    if not even or not all(map(str.strip, map(itemgetter(header.index("id")), cells))):
        rows, cells, mistakes = _evened(rows, cells, len(header))
    if cells:
        table = dict(zip(header, zip(*cells, strict=True), strict=True))
        keep = not (faults.sentences or mistakes)
        mistakes += gathered.add(table, rows, keep)
    for mistake in sorted(mistakes, key=lambda mistake: mistake.row):
        faults.row(mistake.row, mistake.column, mistake.sentence)


def _evened(
    rows: Ints, cells: Sequence[list[str]], width: int
) -> tuple[Ints, list[list[str]], list[Mistake]]:
    """Blank rows are left out, short ones filled, and long ones are mistakes."""
    kept, even, mistakes = [], [], []
    for number, row in zip(rows.tolist(), cells, strict=True):
        if len(row) > width and any(cell.strip() for cell in row):
            sentence = "there are more cells than columns."
            mistakes.append(Mistake(number, str(width + 1), sentence))
        elif any(cell.strip() for cell in row):
            kept.append(number)
            even.append([*row, *[""] * (width - len(row))])
    return np.array(kept, np.int64), even, mistakes
