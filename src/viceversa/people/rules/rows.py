"""Checking a staff file: what can be imported, and everything that cannot, by row and reason."""

from collections import Counter, abc, defaultdict
from dataclasses import dataclass

from viceversa.people.rules.fields import PARTS_OF_NAME, PERSON_FIELDS, Field
from viceversa.people.rules.ladder_terms import LadderLevel
from viceversa.people.rules.mapping import Mapping
from viceversa.people.rules.problems import Problem, Severity, listed, problem
from viceversa.people.rules.reading import RowReader
from viceversa.people.rules.records import FileRow, FileTable, StaffRecord, StaffRow
from viceversa.people.rules.referring import with_managers

NOBODY_KNOWN: abc.Mapping[str, StaffRecord] = {}


@dataclass(frozen=True, slots=True)
class Checked:
    """The good rows, what is wrong, and which fields the file speaks about at all.

    `kept_back` holds the IDs of bad rows: such a person stays in the directory as they are.
    """

    rows: tuple[StaffRow, ...]
    problems: tuple[Problem, ...]
    fields: frozenset[Field] = frozenset()
    kept_back: frozenset[str] = frozenset()
    rows_read: int = 0
    rows_filtered: int = 0

    def of(self, severity: Severity) -> list[Problem]:
        return [found for found in self.problems if found.severity is severity]

    @property
    def is_refused(self) -> bool:
        return any(found.severity is Severity.REFUSAL for found in self.problems)

    @property
    def levels(self) -> tuple[str, ...]:
        """Every level that the good rows name, as they come."""
        return tuple(dict.fromkeys(row.level for row in self.rows if row.level))


def check_rows(
    table: FileTable,
    mapping: Mapping,
    *,
    ladder: abc.Sequence[LadderLevel] = (),
    known_people: abc.Mapping[str, StaffRecord] = NOBODY_KNOWN,
) -> Checked:
    """Read every row by the mapping. Never raises for what a file or a mapping holds.

    `known_people` is the whole directory by external ID, people who have left included.
    Without a ladder every text counts as a level.
    """
    missing = _missing_columns(table.headers, mapping)
    if missing:
        return Checked((), tuple(missing))
    reader = RowReader(table.headers, mapping, ladder)
    unusable = reader.unusable_fixed_values()
    if unusable:
        return Checked((), tuple(unusable))
    kept, total, filtered = _kept(table, mapping)
    if not kept:
        return Checked((), _nothing_kept(mapping, total), rows_read=total, rows_filtered=filtered)
    problems = _opening_notes(mapping)
    rows = _distinct(kept, reader)
    rows = _with_own_emails(rows, reader, known_people)
    problems += reader.problems + _same_emails(rows, reader.header(Field.EMAIL))
    kept_back = frozenset(reader.bad_ids - {row.external_id for row in rows})
    rows, unresolved = with_managers(rows, mapping, kept_back, known_people)
    problems += unresolved
    problems.sort(key=lambda found: found.row)
    return Checked(tuple(rows), tuple(problems), spoken_about(mapping), kept_back, total, filtered)


def spoken_about(mapping: Mapping) -> frozenset[Field]:
    """Fields that the file gives; all others stay as the directory has them."""
    given = {field for field in PERSON_FIELDS if field in mapping.columns}
    given |= {field for field, text in mapping.fixed.items() if text.strip()} & {*PERSON_FIELDS}
    if any(part in mapping.columns for part in PARTS_OF_NAME):
        given.add(Field.NAME)
    if mapping.email_pattern:
        given.add(Field.EMAIL)
    return frozenset(given)


def _missing_columns(headers: abc.Sequence[str], mapping: Mapping) -> list[Problem]:
    wanted = [*mapping.columns.values(), *([mapping.only.column] if mapping.only else [])]
    missing = [header for header in dict.fromkeys(wanted) if header not in headers]
    found = [problem("column_missing", row=1, column=header) for header in missing]
    if Field.EXTERNAL_ID not in mapping.columns:
        found.append(problem("no_id_column", row=1))
    return found


def _kept(table: FileTable, mapping: Mapping) -> tuple[list[FileRow], int, int]:
    rows = [row for row in table.rows if "".join(row.cells).strip()]
    if mapping.only is None:
        return rows, len(rows), 0
    place = list(table.headers).index(mapping.only.column)
    values = {value.strip().casefold() for value in mapping.only.values}
    kept = [row for row in rows if row.cells[place].strip().casefold() in values]
    return kept, len(rows), len(rows) - len(kept)


def _nothing_kept(mapping: Mapping, total: int) -> tuple[Problem, ...]:
    if mapping.only is None or not total:
        return ()
    values = listed([f"“{value}”" for value in mapping.only.values])
    return (problem("no_rows_kept", row=1, column=mapping.only.column, value=values),)


def _opening_notes(mapping: Mapping) -> list[Problem]:
    is_named = Field.NAME in spoken_about(mapping)
    return [] if is_named else [problem("no_name_column", row=1)]


def _distinct(kept: list[FileRow], reader: RowReader) -> list[StaffRow]:
    """The first row of an ID counts; a later one is named, as bad where it says otherwise."""
    first: dict[str, StaffRow] = {}
    for file_row in kept:
        row = reader.read(file_row)
        if row is None:
            continue
        earlier = first.setdefault(row.external_id, row)
        if earlier is not row:
            reader.problems.append(_repeated(row, earlier, reader))
    return list(first.values())


def _repeated(row: StaffRow, earlier: StaffRow, reader: RowReader) -> Problem:
    is_same = row._replace(number=earlier.number) == earlier
    code = "same_row_twice" if is_same else "duplicate_id"
    return problem(
        code,
        row=row.number,
        column=reader.header(Field.EXTERNAL_ID),
        value=row.external_id,
        first=earlier.number,
    )


def _with_own_emails(
    rows: list[StaffRow], reader: RowReader, known: abc.Mapping[str, StaffRecord]
) -> list[StaffRow]:
    """Leave out rows whose address belongs to somebody else whom this file does not move.

    A person left out keeps their old address, so it is looked at again until nobody falls out.
    """
    while True:
        in_file = {row.external_id for row in rows}
        taken = {
            person.email.lower(): person
            for person in known.values()
            if person.email and person.external_id not in in_file
        }
        left = [row for row in rows if not _is_taken(row, taken.get(row.email), reader)]
        if len(left) == len(rows):
            return rows
        rows = left


def _is_taken(row: StaffRow, owner: StaffRecord | None, reader: RowReader) -> bool:
    if owner is None or not row.email:
        return False
    people = f"{owner.name} ({owner.external_id})"
    column = reader.header(Field.EMAIL)
    reader.problems.append(
        problem("email_taken", row=row.number, column=column, value=row.email, people=people)
    )
    reader.bad_ids.add(row.external_id)
    return True


def _same_emails(rows: list[StaffRow], column: str) -> list[Problem]:
    counts = Counter(row.email for row in rows)
    by_email: dict[str, list[StaffRow]] = defaultdict(list)
    for row in rows:
        if row.email and counts[row.email] > 1:
            by_email[row.email].append(row)
    return [_shared(row, sharing, column) for sharing in by_email.values() for row in sharing]


def _shared(row: StaffRow, sharing: list[StaffRow], column: str) -> Problem:
    people = listed([f"{other.name} (row {other.number})" for other in sharing])
    return problem(
        "same_email",
        row=row.number,
        column=column,
        value=row.email,
        count=len(sharing),
        people=people,
    )
