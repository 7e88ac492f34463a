"""A file that cannot be read is refused with a sentence that says what to do."""

import csv
import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viceversa.toolkit.tables import Limits, Table, UnreadableTable, read_table, write_xlsx

DATA = Path(__file__).parent / "data"
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def refusal(data: bytes, filename: str = "staff.csv", limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableTable) as caught:
        read_table(data, filename=filename, limits=limits or Limits())
    assert caught.value.sentence.endswith(".")
    assert len(caught.value.sentence) > 30
    return caught.value.code


def read_or_refusal(data: bytes, filename: str) -> Table | str:
    try:
        return read_table(data, filename=filename)
    except UnreadableTable as refused:
        return refused.sentence


def package(parts: dict[str, bytes | str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def changed(workbook: bytes, path: str, text: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        parts: dict[str, bytes | str] = {name: archive.read(name) for name in archive.namelist()}
    return package(parts | {path: text})


GOOD = write_xlsx(["id", "name"], [["1", "Ann"]])
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b" \r\n\n ", "empty"),
        (b",,,\n,,,\n", "empty"),
        (b"id,name\n", "header_only"),
        (b"id,name\n,\n\n", "header_only"),
        (b"id,name\n1,A\0nn\n", "binary_file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "binary_file"),
        (b"%PDF-1.7\n%\xe2\xe3", "binary_file"),
        (bytes(range(256)) * 20, "binary_file"),
        (b"\x01\x02\x03\x04\x05,\x06\n" * 20, "binary_file"),
        (b'id,name\n1,"Ann\n2,Ben\n', "unbalanced_quotes"),
        (b'id,name\n1,"Ann" B,\n', "unbalanced_quotes"),
        (b"id,name\n1,\xc3\xa9\xc3\xa8\xc3\xa0\xc3\xb6 and \xe9\n", "wrong_encoding"),
        (b"id,name\n1," + bytes(range(128, 256)) + b"\n", "wrong_encoding"),
        (b"id," * 300 + b"\n1,2\n", "too_many_columns"),
        (b"id,name\n1," + b"x" * 140_000 + b"\n", "cell_too_long"),
        (b"<html><table><tr><td>id</td></tr></table>", "web_page"),
        (OLD, "old_workbook"),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "encrypted_workbook"),
    ],
)
def test_unreadable_file_gets_its_sentence(data: bytes, code: str) -> None:
    assert refusal(data) == code


def test_file_of_50_mb_is_refused_and_100_000_people_fit() -> None:
    assert refusal(b"id,name\n" + b"x" * 50_000_000) == "too_big"
    assert Limits().size > 100_000 * 300


def test_too_many_rows_are_refused_in_both_kinds() -> None:
    few = Limits(rows=3)
    rows = [[str(number), "x"] for number in range(4)]

    assert refusal(b"id,name\n" + b"1,x\n" * 4, limits=few) == "too_many_rows"
    assert refusal(write_xlsx(["id", "name"], rows), limits=few) == "too_many_rows"
    assert len(read_table(b"id,name\n" + b"1,x\n" * 3, limits=few).rows) == 3


def test_zip_bomb_is_refused_by_its_declared_size() -> None:
    bomb = changed(GOOD, SHEET, b" " * 60_000_000)

    assert refusal(bomb, "staff.xlsx") == "zip_bomb"


def test_zip_bomb_that_lies_about_its_size_is_refused() -> None:
    bomb = bytearray(changed(GOOD, SHEET, b" " * 60_000_000))
    true_size, claimed = (60_000_000).to_bytes(4, "little"), (5_000).to_bytes(4, "little")

    assert refusal(bytes(bomb.replace(true_size, claimed)), "x.xlsx") == "damaged_workbook"


def test_workbook_with_thousands_of_parts_is_refused() -> None:
    parts: dict[str, bytes | str] = {f"xl/{number}.xml": "<a/>" for number in range(2_001)}

    assert refusal(package({"xl/workbook.xml": "<a/>", **parts})) == "zip_bomb"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_workbook_with_entities_is_refused(encoding: str) -> None:
    text = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><worksheet>&b;</worksheet>'

    assert refusal(changed(GOOD, SHEET, text.encode(encoding))) == "unsafe_workbook"


@pytest.mark.parametrize(
    "data",
    [
        GOOD[:200],
        GOOD[:-30],
        b"PK\x03\x04" + bytes(100),
        changed(GOOD, SHEET, b"<worksheet><sheetData><row>"),
        changed(GOOD, "xl/workbook.xml", b"not xml"),
        changed(GOOD, SHEET, b'<worksheet><row r="x"><c><v>1</v></c></row></worksheet>'),
        package({"xl/workbook.xml": b"<a/>"}),
    ],
)
def test_damaged_workbook_is_refused(data: bytes) -> None:
    assert refusal(data, "staff.xlsx") == "damaged_workbook"


def test_other_packages_are_refused() -> None:
    assert refusal(package({"word/document.xml": "<a/>"})) == "other_workbook"
    assert refusal(package({"mimetype": "application/vnd.oasis"})) == "other_workbook"
    assert refusal(package({"xl/workbook.bin": b"x"})) == "other_workbook"


def test_empty_and_header_only_workbooks_are_refused() -> None:
    workbook = openpyxl.Workbook()
    empty, header_only = io.BytesIO(), io.BytesIO()
    workbook.save(empty)
    workbook.active.append(["id", "name"])
    workbook.save(header_only)

    assert refusal(empty.getvalue()) == "empty"
    assert refusal(header_only.getvalue()) == "header_only"


def test_text_under_the_name_of_a_workbook_is_refused() -> None:
    assert refusal(b"id,name\n1,Ann\n", "staff.xlsx") == "damaged_workbook"


def test_unknown_sheet_is_named_with_the_sheets_there_are() -> None:
    with pytest.raises(UnreadableTable, match=r"“Staff”.*“People”"):
        read_table(GOOD, sheet="Staff")


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=200).map(str.encode)))
def test_any_bytes_are_a_table_or_a_refusal(data: bytes) -> None:
    outcome = read_or_refusal(data, "x.csv")

    if isinstance(outcome, Table):
        assert outcome.rows
        assert len(set(outcome.headers)) == len(outcome.headers)
    else:
        assert outcome.endswith(".")


@settings(max_examples=150, deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=4))
def test_workbook_with_broken_bytes_is_a_table_or_a_refusal(place: int, noise: bytes) -> None:
    data = GOOD[:place] + noise + GOOD[place + len(noise) :]
    outcome = read_or_refusal(data, "x.xlsx")

    assert isinstance(outcome, Table) or outcome.endswith(".")


def test_every_nasty_string_survives_as_a_cell() -> None:
    strings = [text for text in json.loads((DATA / "blns.json").read_text("utf-8")) if text]
    rows = [[str(number), text] for number, text in enumerate(strings)]

    table = read_table(write_xlsx(["id", "name"], rows))

    assert [row.cells[1] for row in table.rows] == strings


def test_a_cell_is_too_long_whatever_was_read_before() -> None:
    csv.field_size_limit(10_000_000)
    assert refusal(b"id,name\n1," + b"x" * 140_000 + b"\n") == "cell_too_long"
