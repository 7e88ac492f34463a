"""What is written comes back as it was, and a spreadsheet runs none of it."""

import io
import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viceversa.toolkit.tables import Cell, read_table, write_csv, write_xlsx
from viceversa.toolkit.tables.formulas import FORMULA_SIGNS, shield, unshield

BLNS = Path(__file__).parent / "data" / "blns.json"
TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffe\uffff"), max_size=20
).filter(lambda text: all(letter >= " " or letter in "\t\r\n" for letter in text))
FORMULAS = st.builds(
    "".join,
    st.tuples(st.sampled_from(["", "'", "''", " ", "\t'"]), st.sampled_from(FORMULA_SIGNS), TEXTS),
)
CELLS = st.one_of(TEXTS, FORMULAS)
HEADERS = st.lists(
    CELLS.map(lambda text: " ".join(text.split())).filter(bool), min_size=1, max_size=4, unique=True
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    headers = draw(HEADERS)
    row = st.lists(CELLS, min_size=len(headers), max_size=len(headers)).filter(any)
    return headers, draw(st.lists(row, min_size=1, max_size=6))


@settings(max_examples=300, deadline=None)
@given(tables())
def test_csv_comes_back_as_it_was(table: tuple[list[str], list[list[str]]]) -> None:
    headers, rows = table

    back = read_table(write_csv(headers, rows))

    assert list(back.headers) == headers
    assert [list(row.cells) for row in back.rows] == rows
    assert (back.encoding, back.delimiter) == ("utf-8", ",")


@settings(max_examples=200, deadline=None)
@given(tables())
def test_workbook_comes_back_as_it_was(table: tuple[list[str], list[list[str]]]) -> None:
    headers, rows = table

    back = read_table(write_xlsx(headers, rows))

    assert list(back.headers) == headers
    assert [list(row.cells) for row in back.rows] == rows


@given(CELLS)
def test_shielded_text_never_begins_with_a_formula_sign_and_is_undone(text: str) -> None:
    assert not shield(text).lstrip().startswith(tuple(FORMULA_SIGNS))
    assert unshield(shield(text)) == text


def test_nothing_written_runs_in_a_spreadsheet() -> None:
    dangers = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", " =1", "'=1", "-5.5"]

    lines = write_csv(["a"], [[text] for text in dangers]).decode("utf-8-sig")
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(["a"], [[text] for text in dangers])))

    assert all(f'"\'{text}"' in lines for text in dangers)
    assert {cell.data_type for cell in book.active["A"]} == {"s"}


def test_negative_numbers_stay_numbers_in_a_workbook_and_come_back_in_both() -> None:
    rows: list[list[Cell]] = [[-5, -2.5, Decimal("-0.10")]]

    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(["a", "b", "c"], rows)))

    assert [cell.value for cell in book.active[2]] == [-5, -2.5, -0.1]
    assert read_table(write_csv(["a", "b", "c"], rows)).rows[0].cells == ("-5", "-2.5", "-0.10")
    assert read_table(write_xlsx(["a", "b", "c"], rows)).rows[0].cells == ("-5", "-2.5", "-0.1")


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_typed_values_become_clean_text(write: object) -> None:
    row = [None, True, date(2024, 2, 29), datetime.fromisoformat("2024-02-29 08:30"), "x"]
    assert callable(write)

    cells = read_table(write(["a", "b", "c", "d", "e"], [row])).rows[0].cells

    assert cells == ("", "TRUE", "2024-02-29", "2024-02-29 08:30:00", "x")


def test_every_nasty_string_comes_back_from_csv() -> None:
    strings = [text for text in json.loads(BLNS.read_text("utf-8")) if text]

    table = read_table(write_csv(["name", "id"], [[text, "1"] for text in strings]))

    assert [row.cells[0] for row in table.rows] == strings


def test_workbook_of_another_program_reads_as_clean_text() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Cover"
    sheet = book.create_sheet("Staff")
    sheet.append(["id", "name", "since", "at", "share", "real", "whole", "gone", "link"])
    sheet.append(
        [
            *(7, "Zoë & <Co>", date(2020, 1, 31), datetime.fromisoformat("2020-01-31 09:05")),
            *(0.1 + 0.2, True, 12.0, None, "_x000D_ok"),
        ]
    )
    sheet["A4"] = 8
    sheet["B4"] = "Two\nlines"
    buffer = io.BytesIO()
    book.save(buffer)

    table = read_table(buffer.getvalue())

    assert (table.sheet, table.sheets) == ("Staff", ("Cover", "Staff"))
    assert table.rows[0].cells[:7] == (
        *("7", "Zoë & <Co>", "2020-01-31", "2020-01-31 09:05:00", "0.3", "TRUE", "12"),
    )
    assert table.rows[1] == (4, ("8", "Two\nlines", "", "", "", "", "", "", ""))
