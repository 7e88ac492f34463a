"""Reads people.csv; every mistake is a sentence with file, row and column."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from zoneinfo import available_timezones

from viceversa.matching.engine.errors import BadInput
from viceversa.matching.engine.files.cells import (
    hours_of,
    listed_cell,
    number_of,
    offers_of,
    rank_of,
    roles_of,
    wants_of,
)
from viceversa.matching.engine.files.faults import BadFiles, Faults, nearest
from viceversa.matching.engine.files.programme_toml import Programme
from viceversa.matching.engine.people.hours import offset_minutes
from viceversa.matching.engine.people.participant import Participant

COLUMNS = (
    *("id", "name", "email", "title", "level", "unit", "location", "timezone", "languages"),
    *("manager_id", "hired_on", "role", "demand", "capacity", "offers", "wants", "goals"),
    *("asks", "keep_apart"),
)
OPTIONAL = (
    *("field", "working_hours", "minimum", "adviser_wishes", "decides_pay_of"),
    *("past_partners", "stage", "priority"),
)
FIELD_LIMIT = 1_000_000


@dataclass(frozen=True)
class PeopleFile:
    """``unknown_columns`` are kept as attributes; ``unknown_managers`` end a reporting line."""

    people: tuple[Participant, ...]
    unknown_columns: tuple[str, ...]
    unknown_managers: int


def read_people(path: Path, programme: Programme) -> PeopleFile:
    """The people, or BadFiles with every mistake found."""
    faults = Faults(path.name)
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            header, rows = _table(lines.read(), faults)
    except OSError as reason:
        raise BadFiles([f"{path}: the file cannot be read ({reason.strerror})."]) from reason
    except UnicodeDecodeError as reason:
        raise BadFiles(
            [f"{path.name}: the file is not in UTF-8. Save it as CSV UTF-8."]
        ) from reason
    unknown = tuple(name for name in header if name not in (*COLUMNS, *OPTIONAL))
    people = [
        person
        for number, row in rows
        if (person := _person(number, row, unknown, programme, faults)) is not None
    ]
    numbers = [number for number, _ in rows]
    if not people and not faults.sentences:
        faults.say("there are no people in it, only a header.")
    if not faults.sentences:
        _check_names(people, numbers, faults)
    if faults.sentences:
        raise BadFiles(faults.sentences)
    known = {person.id for person in people}
    lost = sum(1 for person in people if person.manager_id and person.manager_id not in known)
    return PeopleFile(tuple(people), unknown, lost)


def _table(text: str, faults: Faults) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """Header and rows as dictionaries, with row numbers as a spreadsheet shows them."""
    if not text.strip():
        raise BadFiles([f"{faults.file}: the file is empty."])
    if "\0" in text:
        raise BadFiles([f"{faults.file}: this is not a text file."])
    csv.field_size_limit(FIELD_LIMIT)
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = [" ".join(name.split()).casefold().replace(" ", "_") for name in next(reader)]
        _check_header(header, faults)
        return header, list(_rows(reader, header, faults))
    except csv.Error as reason:
        raise BadFiles([f"{faults.file}, row {reader.line_num}: {reason}."]) from reason


def _check_header(header: list[str], faults: Faults) -> None:
    missing = [name for name in ("id", "role") if name not in header]
    for name in missing:
        faults.say(f'the column "{name}" is missing.{nearest(name, header)}')
    for name in sorted({name for name in header if header.count(name) > 1}):
        faults.say(f'the column "{name}" is there twice.')
    if faults.sentences:
        raise BadFiles(faults.sentences)


def _rows(
    reader: Iterator[list[str]], header: list[str], faults: Faults
) -> Iterator[tuple[int, dict[str, str]]]:
    for number, cells in enumerate(reader, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            faults.row(number, str(len(header) + 1), "there are more cells than columns.")
            continue
        cells += [""] * (len(header) - len(cells))
        yield number, {name: cell.strip() for name, cell in zip(header, cells, strict=True)}


def _person(
    number: int, row: dict[str, str], unknown: tuple[str, ...], programme: Programme, faults: Faults
) -> Participant | None:
    """The participant of one row, or None when a cell of it is wrong."""
    before = len(faults.sentences)

    def cell(name: str) -> str:
        return row.get(name, "")

    def wrong(column: str, sentence: str) -> None:
        faults.row(number, column, sentence)

    if not cell("id"):
        wrong("id", "everybody needs an id.")
    zone = cell("timezone") or "UTC"
    try:
        offset_minutes(zone, programme.settings.reference_date)
    except BadInput as reason:
        wrong("timezone", f"{reason}{_near_zone(zone)}")
        zone = "UTC"
    person = Participant(
        id=cell("id"),
        name=cell("name"),
        rank=rank_of(cell("level"), programme.ladder, wrong) if programme.ladder_known else None,
        unit=cell("unit"),
        field=cell("field"),
        place=cell("location"),
        timezone=zone,
        working_hours=hours_of(cell("working_hours"), wrong),
        languages=frozenset(listed_cell(cell("languages"))),
        manager_id=cell("manager_id"),
        roles=roles_of(cell("role"), wrong),
        demand=number_of(cell("demand"), "demand", 1, wrong),
        capacity=number_of(cell("capacity"), "capacity", 1, wrong),
        minimum=number_of(cell("minimum"), "minimum", 0, wrong),
        offers=offers_of(cell("offers"), wrong),
        wants=wants_of(cell("wants"), programme.target_level, wrong),
        goals=cell("goals"),
        asks=listed_cell(cell("asks")),
        adviser_wishes=listed_cell(cell("adviser_wishes")),
        keep_apart=frozenset(listed_cell(cell("keep_apart"))),
        decides_pay_of=frozenset(listed_cell(cell("decides_pay_of"))),
        past_partners=frozenset(listed_cell(cell("past_partners"))),
        stage=cell("stage"),
        priority=number_of(cell("priority"), "priority", 1, wrong),
        attributes={name: cell(name) for name in unknown},
    )
    return person if len(faults.sentences) == before else None


def _near_zone(zone: str) -> str:
    return nearest(zone, sorted(available_timezones()))


def _check_names(people: list[Participant], numbers: list[int], faults: Faults) -> None:
    """Ids are there once, and everybody named in a list exists."""
    first: dict[str, int] = {}
    for number, person in zip(numbers, people, strict=True):
        if person.id in first:
            faults.row(number, "id", f'"{person.id}" is already in row {first[person.id]}.')
        first.setdefault(person.id, number)
    lists = ("asks", "adviser_wishes", "keep_apart", "decides_pay_of")
    for number, person in zip(numbers, people, strict=True):
        for column in lists:
            for named in sorted(getattr(person, column)):
                if named not in first:
                    near = nearest(named, list(first)) if len(first) <= 2000 else ""
                    faults.row(number, column, f'nobody has the id "{named}".{near}')
