"""Everything that can be wrong with a staff file, with the sentence that says what to do."""

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """REFUSAL: nothing is written. BAD_ROW: this row is left out. NOTE: only the value is."""

    REFUSAL = "refusal"
    BAD_ROW = "bad_row"
    NOTE = "note"


class Problem(NamedTuple):
    """`row` is the row in the file (1 is the headers), `column` the header in the file."""

    row: int
    column: str
    value: str
    code: str
    severity: Severity
    sentence: str


_REFUSALS = {
    "no_id_column": "No column is chosen for the ID of each person. Choose the one whose value "
    "never changes, such as the employee number.",
    "column_missing": "The mapping expects a column “{column}”, which this file does not have. "
    "Choose another column or none.",
    "bad_fixed_value": "The value “{value}” given for all rows as {label} cannot be used. "
    "Correct it in the mapping.",
    "no_rows_kept": "No row is left: in none of them is “{column}” one of {value}. "
    "Change which rows are imported.",
    "manager_cycle": "These people report to each other in a circle: {people}. "
    "Correct the manager of one of them.",
    "same_email": "“{value}” is given as the e-mail of {count} people: {people}. "
    "Give each person an address of their own.",
}
_BAD_ROWS = {
    "missing_id": "This row has no ID. Give the person the ID by which the file knows them.",
    "duplicate_id": "The ID “{value}” already stands in row {first}. That row is kept.",
    "bad_date": "“{value}” is not a date that can be read. Write it as {example}.",
    "bad_email": "“{value}” is not an e-mail address.",
    "unknown_level": "“{value}” is not a level of your ladder. Say in the mapping which level "
    "it means, or add it to the ladder.",
    "unknown_time_zone": "“{value}” is not a time zone. Write it like Europe/London.",
    "control_characters": "This {label} holds characters that cannot be seen, perhaps copied "
    "from another program. Type it again.",
    "too_long": "This {label} has {length} characters; {limit} are allowed.",
    "left_before_hired": "This person left before they were hired. Correct one of the two dates.",
    "too_many_cells": "This row has more cells than there are headers, so its values may stand "
    "in the wrong columns. Put quotation marks around cells that hold the delimiter.",
    "email_taken": "“{value}” is already the e-mail of {people}. Correct the address, or the ID "
    "if it is the same person.",
}
_NOTES = {
    "same_row_twice": "This row says the same as row {first} and is read once.",
    "unknown_manager": "No person with the ID or e-mail “{value}” is in this file. "
    "The row is imported without it; a manager already known stays.",
    "self_manager": "This person is given as their own manager. "
    "The row is imported without it; a manager already known stays.",
    "missing_name": "This row has no name. A new person is called “{name}”; "
    "a name already known stays.",
    "no_name_column": "No column is chosen for the name. New people are called by their job "
    "title and ID.",
    "unknown_language": "“{value}” is not a language that is known here. It is left out; "
    "write languages like: en; fr.",
}
_KINDS = (
    (Severity.REFUSAL, _REFUSALS),
    (Severity.BAD_ROW, _BAD_ROWS),
    (Severity.NOTE, _NOTES),
)
SENTENCES = {code: text for _, sentences in _KINDS for code, text in sentences.items()}
SEVERITIES = {code: severity for severity, sentences in _KINDS for code in sentences}
_SHOWN = 80


def problem(code: str, *, row: int, column: str = "", value: str = "", **facts: object) -> Problem:
    shown = visible(value)
    sentence = SENTENCES[code].format(value=shown, column=column, **facts)
    return Problem(row, column, value, code, SEVERITIES[code], sentence)


def visible(value: str) -> str:
    """A value fit for a sentence: short, and without characters that cannot be seen."""
    short = value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"
    return "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in short
    )


def listed(names: list[str], most: int = 10) -> str:
    """“Ann, Ben and 3 more”."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)
