"""Small imports for the tests."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from viceversa.people.actions.importing import ImportReport, import_file
from viceversa.people.models import Person
from viceversa.people.rules.fields import Field
from viceversa.people.rules.mapping import Mapping
from viceversa.toolkit.actor import system
from viceversa.toolkit.tables import write_csv

DATA = Path(__file__).parent / "data"
ADMINISTRATOR = system("tests", via="command")
HEADERS = ("ID", "Name", "Email", "Title", "Level", "Unit", "Manager")
COLUMNS_MAPPING = Mapping(
    columns={
        Field.EXTERNAL_ID: "ID",
        Field.NAME: "Name",
        Field.EMAIL: "Email",
        Field.TITLE: "Title",
        Field.LEVEL: "Level",
        Field.UNIT: "Unit",
        Field.MANAGER: "Manager",
    }
)


def csv_of(*rows: Sequence[str]) -> bytes:
    """Rows may be short."""
    return write_csv(HEADERS, [[*row, *[""] * (len(HEADERS) - len(row))] for row in rows])


def imported(
    content: bytes,
    *,
    mapping: Mapping | None = COLUMNS_MAPPING,
    filename: str = "staff.csv",
    confirm_leavers: bool = False,
    now: datetime,
) -> ImportReport:
    return import_file(
        content=content,
        filename=filename,
        mapping=mapping,
        dry_run=False,
        confirm_leavers=confirm_leavers,
        by=ADMINISTRATOR,
        now=now,
    )


def state_of_directory() -> list[dict[str, Any]]:
    return list(Person.objects.order_by("id").values())
