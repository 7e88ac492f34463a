"""The sentences with which a workbook is refused."""

from viceversa.toolkit.tables.table import UnreadableTable


def damaged() -> UnreadableTable:
    return UnreadableTable(
        "This workbook is damaged and cannot be opened. Open it in your spreadsheet program, "
        "save it again as .xlsx, and choose the new file.",
        "damaged_workbook",
    )


def bomb() -> UnreadableTable:
    return UnreadableTable(
        "This workbook unpacks to far more than a list of people needs, so it was not opened. "
        "Save only the sheet with the people, as .xlsx or CSV.",
        "zip_bomb",
    )


def unsafe() -> UnreadableTable:
    return UnreadableTable(
        "This workbook holds instructions that a list of people never needs, so it was not "
        "opened. Save the list as CSV and choose that file.",
        "unsafe_workbook",
    )


def locked() -> UnreadableTable:
    return UnreadableTable(
        "This workbook is protected with a password. Save a copy without the password.",
        "encrypted_workbook",
    )


def old_workbook() -> UnreadableTable:
    return UnreadableTable(
        "This is an old Excel file (.xls). Open it and save it as .xlsx or CSV.", "old_workbook"
    )


def binary_workbook() -> UnreadableTable:
    return UnreadableTable(
        "This is a binary Excel workbook (.xlsb). Save it as .xlsx or CSV.", "other_workbook"
    )


def strict_workbook() -> UnreadableTable:
    return UnreadableTable(
        "This workbook was saved as “Strict Open XML Spreadsheet”. Open it and save it as an "
        "ordinary “Excel Workbook” (.xlsx) or CSV.",
        "other_workbook",
    )


def no_workbook() -> UnreadableTable:
    return UnreadableTable(
        "This file is not an Excel workbook. Save the list as .xlsx or CSV.", "other_workbook"
    )


def no_such_sheet(wanted: str, sheets: tuple[str, ...]) -> UnreadableTable:
    names = ", ".join(f"“{name}”" for name in sheets)
    return UnreadableTable(
        f"This workbook has no sheet named “{wanted}”. Its sheets are {names}.", "no_such_sheet"
    )
