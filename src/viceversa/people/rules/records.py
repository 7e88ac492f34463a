"""A person as the directory has them, and as one row of a staff file describes them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from viceversa.people.rules.fields import DEFAULT_TIME_ZONE, Field


class FileRow(Protocol):
    @property
    def number(self) -> int: ...
    @property
    def cells(self) -> Sequence[str]: ...


class FileTable(Protocol):
    """What the rules need of a table; `toolkit.tables.Table` is one."""

    @property
    def headers(self) -> Sequence[str]: ...
    @property
    def rows(self) -> Iterable[FileRow]: ...


class StaffRecord(NamedTuple):
    """A person in the directory. `manager` is the manager's external ID, "" for nobody."""

    external_id: str
    name: str
    email: str = ""
    title: str = ""
    level: str = ""
    unit: str = ""
    place: str = ""
    time_zone: str = DEFAULT_TIME_ZONE
    languages: tuple[str, ...] = ()
    manager: str = ""
    hired_on: date | None = None
    left_on: date | None = None


class StaffRow(NamedTuple):
    """One row of the file, read and checked.

    The value of a field in `left_out` says nothing: a person in the directory keeps theirs.
    """

    number: int
    external_id: str
    name: str
    email: str = ""
    title: str = ""
    level: str = ""
    unit: str = ""
    place: str = ""
    time_zone: str = ""
    languages: tuple[str, ...] = ()
    manager: str = ""
    hired_on: date | None = None
    left_on: date | None = None
    left_out: frozenset[Field] = frozenset()
    name_stands_in: bool = False

    def as_record(self) -> StaffRecord:
        """The person that this row alone would make."""
        record = StaffRecord._make(self[1:13])
        return record if record.time_zone else record._replace(time_zone=DEFAULT_TIME_ZONE)


def stand_in_name(title: str, external_id: str) -> str:
    """What a person is called whose name the file does not give."""
    return f"{title[:110] or 'Person'} ({external_id})"
