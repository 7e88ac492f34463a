"""What a workbook says is read whole or refused; openpyxl never drops a part of it in silence."""

import io
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from viceversa.toolkit.tables import (
    Cell,
    Limits,
    Row,
    Table,
    UnreadableTable,
    read_table,
    write_xlsx,
)

SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
TYPES = "[Content_Types].xml"
SHARED_TYPE = (
    b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
    b'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)
GOOD = write_xlsx(["id", "name"], [["1", "Ann"]])


def with_part(path: str, text: bytes) -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(GOOD)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name != path:
                new.writestr(name, old.read(name))
        new.writestr(path, text)
    return buffer.getvalue()


def with_sheet(rows: str, before: str = "", after: str = "") -> bytes:
    text = f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    return with_part(SHEET, text.encode())


def refusal(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableTable) as caught:
        read_table(data, filename="staff.xlsx", limits=limits or Limits())
    return caught.value.code


def read_cells(data: bytes) -> list[tuple[int, tuple[str, ...]]]:
    table = read_table(data)
    return [(1, table.headers), *table.rows]


def test_cells_and_rows_without_references_are_counted() -> None:
    rows = '<row><c t="inlineStr"><is><t>id</t></is></c></row><row><c/></row><row><c><v>7</v></c>'

    assert read_cells(with_sheet(f"{rows}</row>")) == [(1, ("id",)), (3, ("7",))]


@pytest.mark.parametrize("size", ["A1", "A1:A1", "C5:D9", "A1:XFD1048576"])
def test_wrongly_stated_size_of_a_sheet_loses_nothing(size: str) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>2</v></c></row>'
    rows += '<row r="4"><c r="B4"><v>3</v></c></row>'

    table = read_table(with_sheet(rows, before=f'<dimension ref="{size}"/>'))

    assert table.headers == ("1", "Column 2", "2")
    assert table.rows == (Row(4, ("", "3", "")),)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="3"><c r="A3"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2000000000"><c><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFE1"><v>2</v></c></row>',
        '<row r="1"><c r="1A"><v>1</v></c></row>',
        '<row r="0"><c><v>1</v></c></row>',
        '<row r="1"><c t="s"><v>900</v></c></row>',
        '<row r="1"><c><v>many</v></c></row>',
    ],
)
def test_misplaced_or_impossible_cells_are_refused_never_dropped(rows: str) -> None:
    assert refusal(with_sheet(rows)) == "damaged_workbook"


def test_sheets_that_span_far_more_than_they_hold_are_refused() -> None:
    rows = "".join(f'<row r="{row}"><c r="XFD{row}"/></row>' for row in range(1, 6_300))

    assert refusal(with_sheet(rows)) == "zip_bomb"


@pytest.mark.parametrize("place", ["sheetData", "row"])
def test_parts_of_millions_of_elements_are_refused(place: str) -> None:
    many = b"<x/>" * 3_000_001
    text = f'<worksheet xmlns="{MAIN}"><{place}>'.encode() + many

    outcome = refusal(with_part(SHEET, text), Limits(packing_ratio=2_000))

    assert outcome == "zip_bomb"


def test_large_part_that_openpyxl_reads_whole_is_refused() -> None:
    text = f'<styleSheet xmlns="{MAIN}"><!--{" " * 20_000_001}--></styleSheet>'.encode()

    assert refusal(with_part("xl/styles.xml", text), Limits(packing_ratio=2_000)) == "zip_bomb"


@pytest.mark.parametrize("path", ["xl/worksheets/sheet1.bin", "xl/media/logo.png", "any"])
def test_entities_are_refused_under_any_name(path: str) -> None:
    text = b'<?xml version="1.0"?>\n<!-- - --><!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'

    assert refusal(with_part(path, text)) == "unsafe_workbook"


def test_declaration_across_the_boundary_of_chunks_is_refused() -> None:
    text = b"<!--" + b" " * ((1 << 20) - 10) + b"--><!DOCTYPE a><a/>"

    assert refusal(with_part("xl/a.xml", text), Limits(packing_ratio=2_000)) == "unsafe_workbook"


def test_pictures_and_other_parts_do_no_harm() -> None:
    assert read_table(with_part("xl/media/image1.png", b"\x89PNG\r\n\x1a\n\0")).headers
    assert read_table(with_part("xl/drawings/vmlDrawing1.vml", b"<xml><br></xml>")).headers


def test_strict_workbook_is_refused_with_what_to_do() -> None:
    text = b'<worksheet xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"><sheetData/>'

    with pytest.raises(UnreadableTable, match="ordinary “Excel Workbook”") as caught:
        read_table(with_part(SHEET, text + b"</worksheet>"))

    assert caught.value.code == "other_workbook"


def test_cells_after_the_last_text_do_not_count_as_columns() -> None:
    empty = '<c r="CV1" s="0"/>'
    rows = f'<row r="1"><c r="A1"><v>1</v></c>{empty}</row><row r="2"><c r="A2"><v>2</v></c></row>'
    wide = rows.replace(empty, '<c r="CV1"><v>5</v></c>')
    few = Limits(columns=99)

    assert read_table(with_sheet(rows), limits=few).headers == ("1",)
    assert refusal(with_sheet(wide), few) == "too_many_columns"


@pytest.mark.filterwarnings("ignore:Cell .* is marked as a date:UserWarning")
def test_stored_kinds_become_clean_text() -> None:
    book = openpyxl.Workbook()
    values = [1e20, timedelta(hours=30, minutes=2), 44_000.5, 10**9, "=1/0", 0.25, "#N/A"]
    for row in (["a"] * 7, values):
        book.active.append(row)
    for column, code in {"C2": "yyyy-mm-dd hh:mm", "D2": "yyyy-mm-dd", "F2": "h:mm"}.items():
        book.active[column].number_format = code
    buffer = io.BytesIO()
    book.save(buffer)

    cells = read_table(buffer.getvalue()).rows[0].cells

    assert cells == ("1e+20", "1 day, 6:02:00", "2020-06-18 12:00:00", "", "", "06:00:00", "")


def test_texts_that_cells_share_are_read_whole_and_without_their_phonetic_hints() -> None:
    texts = ["<t>name</t>", "<r><t>Rich </t></r><r><t xml:space='preserve'> text</t></r>"]
    texts += ["<t>Zoë</t><rPh sb='0' eb='1'><t>hint</t></rPh>", "<t>a_x000D_b</t>", "<t>'=x</t>"]
    items = "".join(f"<si>{text}</si>" for text in texts)
    rows = "".join(f'<row><c t="s"><v>{place}</v></c></row>' for place in range(len(texts)))
    with zipfile.ZipFile(io.BytesIO(with_sheet(rows))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{items}</sst>'.encode()
    parts[TYPES] = parts[TYPES].replace(b"</Types>", SHARED_TYPE + b"</Types>")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)

    read = [cells[0] for _, cells in read_cells(buffer.getvalue())]

    assert read == ["name", "Rich  text", "Zoë", "a\rb", "=x"]


def test_texts_that_openpyxl_takes_for_something_else_come_back() -> None:
    texts: list[Cell] = ["#N/A", "#REF!", "=", "'", "_x0041_", "_x005F_", "a\rb", "\ud800", " "]
    texts += ["\x01", "12", "1E5", "TRUE", "2024-02-29", 12345678901234567, -(10**15)]

    table = read_table(write_xlsx([f"c{place}" for place in range(len(texts))], [texts]))

    assert table.rows[0].cells == tuple(str(text) for text in texts)


def test_name_of_the_sheet_is_made_one_that_spreadsheets_allow() -> None:
    table = read_table(write_xlsx(["a"], [["1"]], sheet="Unit: A/B [all] " + "x" * 40))

    assert isinstance(table, Table)
    assert table.sheet == "Unit  A B  all  xxxxxxxxxxxxxxx"


def test_failing_export_leaves_no_people_behind_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def rows() -> Iterator[list[Cell]]:
        yield ["Ann"]
        assert list(tmp_path.iterdir())
        raise ConnectionError

    with pytest.raises(ConnectionError):
        write_xlsx(["name"], rows())

    assert list(tmp_path.iterdir()) == []
