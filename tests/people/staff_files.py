"""Small staff files for the tests of the import rules."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from viceversa.people.rules.fields import Field
from viceversa.people.rules.ladder_terms import LadderLevel
from viceversa.people.rules.mapping import Mapping
from viceversa.people.rules.records import StaffRecord
from viceversa.people.rules.rows import Checked, check_rows
from viceversa.people.rules.sync import Sync
from viceversa.toolkit.tables import Row, Table, read_table

DATA = Path(__file__).parent / "data"
HEADERS = (
    *("ID", "Name", "Email", "Title", "Level", "Unit", "Place", "Zone", "Languages"),
    *("Manager", "Hired", "Left"),
)
COLUMNS = dict(zip(list(Field)[:12], HEADERS, strict=True))
MAPPING = Mapping(columns=COLUMNS)


def staff_table(
    rows: Iterable[Sequence[str]], headers: Sequence[str] = HEADERS, first: int = 2
) -> Table:
    """Rows may be short; the first stands on line 2."""
    width = len(headers)
    filled = (tuple(row) + ("",) * (width - len(row)) for row in rows)
    numbered = tuple(Row(number, cells) for number, cells in enumerate(filled, start=first))
    return Table(tuple(headers), numbered, "csv")


def person(external_id: str, name: str = "Ann Ash", **cells: str) -> list[str]:
    """The cells of one row, under HEADERS."""
    given = {"ID": external_id, "Name": name} | {key.title(): text for key, text in cells.items()}
    return [given.get(header, "") for header in HEADERS]


def checked(
    *rows: list[str],
    mapping: Mapping = MAPPING,
    ladder: Sequence[LadderLevel] = (),
    known_people: dict[str, StaffRecord] | None = None,
) -> Checked:
    return check_rows(staff_table(rows), mapping, ladder=ladder, known_people=known_people or {})


def codes(result: Checked) -> list[tuple[int, str]]:
    return [(found.row, found.code) for found in result.problems]


def data_table(name: str) -> Table:
    return read_table(DATA / name, filename=name)


def applied(current: dict[str, StaffRecord], sync: Sync) -> dict[str, StaffRecord]:
    """The directory as it is once a sync has been written."""
    after = dict(current)
    for row in sync.joined:
        after[row.external_id] = row.as_record()
    for update in sync.updates:
        after[update.after.external_id] = update.after
    for leaver in sync.left:
        record = after[leaver.external_id]
        if record.left_on is None:
            after[leaver.external_id] = record._replace(left_on=date(2024, 6, 30))
    return after
