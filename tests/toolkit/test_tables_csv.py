"""CSV files of every sort are read as their authors meant them."""

import json
from io import BytesIO
from pathlib import Path

import pytest

from viceversa.toolkit.tables import Limits, read_table

DATA = Path(__file__).parent / "data"
SPECTRUM = sorted(path.stem for path in (DATA / "spectrum").glob("*.csv"))


def test_all_twelve_spectrum_files_are_here() -> None:
    assert len(SPECTRUM) == 12


@pytest.mark.parametrize("name", SPECTRUM)
def test_spectrum_file_reads_as_its_answer_says(name: str) -> None:
    answer = json.loads((DATA / "spectrum_answers" / f"{name}.json").read_text("utf-8"))
    if name == "location_coordinates":
        answer = [answer | {"Contact Phone Number": "2095257564"}]

    table = read_table(DATA / "spectrum" / f"{name}.csv", filename=f"{name}.csv")

    assert list(table.records()) == answer


def test_rows_carry_the_line_on_which_they_begin() -> None:
    table = read_table(DATA / "spectrum" / "newlines.csv")

    assert [row.number for row in table.rows] == [2, 3, 5]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_encoding_is_found(encoding: str) -> None:
    text = "Name;Ort\r\nJörg Weiß;Köln\r\nZoë O’Brien;São Paulo – Centro\r\nPrice £5;Ü\r\n"

    table = read_table(text.encode(encoding))

    assert table.rows[0].cells == ("Jörg Weiß", "Köln")
    assert table.rows[1].cells == ("Zoë O’Brien", "São Paulo – Centro")
    assert table.delimiter == ";"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Имя,Город\nАнна Петрова,Москва\nИван Сидоров,Санкт-Петербург\n" * 3),
        ("cp1250", "Imię,Miasto\nWałęsa Łukasz,Łódź\nMałgorzata Żółć,Kraków\n" * 3),
        ("cp932", "名前,都市\n山田太郎,東京\n鈴木花子,大阪\nさとうゆき,なごや\n" * 3),
    ],
)
def test_other_alphabets_are_found(encoding: str, text: str) -> None:
    assert read_table(text.encode(encoding)).rows[0].cells == tuple(text.splitlines()[1].split(","))


def test_named_encoding_overrules_the_guess() -> None:
    table = read_table("Name,Ort\nIvan,Ždár\n".encode("cp1250"), encoding="cp1250")

    assert table.rows[0].cells == ("Ivan", "Ždár")


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_delimiter_is_found_in_spite_of_quoted_ones(sign: str) -> None:
    other = ";" if sign == "," else ","
    text = sign.join(["Name", "Unit", "Title"]) + "\n"
    text += sign.join([f'"Doe{other} Jane{sign}"', f'"A{other}B{other}C"', "Head"]) + "\n"

    table = read_table(text.encode())

    assert table.delimiter == sign
    assert table.rows[0].cells == (f"Doe{other} Jane{sign}", f"A{other}B{other}C", "Head")


def test_delimiter_named_on_the_first_line_is_taken() -> None:
    table = read_table(b"sep=;\r\nid;name\r\n1;Ann, the first\r\n")

    assert (table.headers, table.rows[0]) == (("id", "name"), (3, ("1", "Ann, the first")))


def test_spaces_before_quotes_do_not_split_cells() -> None:
    table = read_table(b'id, name\n1, "Doe, Jane"\n')

    assert table.rows[0].cells == ("1", "Doe, Jane")


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_is_read(ending: str) -> None:
    table = read_table(ending.join(["id,name", "1,Ann", "2,Ben", ""]).encode())

    assert [row.cells for row in table.rows] == [("1", "Ann"), ("2", "Ben")]


def test_empty_rows_are_passed_over_and_numbers_stay_those_of_the_file() -> None:
    table = read_table(b"\nid,name\n\n,\n1,Ann\n,,,\n2,Ben\n")

    assert [row.number for row in table.rows] == [5, 7]


def test_short_rows_are_filled_and_surplus_cells_are_kept_for_the_caller_to_see() -> None:
    table = read_table(b"id,name,unit\n1\n2,Ben,HR,,\n3,Cy,HR,extra\n")

    assert [row.cells for row in table.rows] == [
        ("1", "", ""),
        ("2", "Ben", "HR"),
        ("3", "Cy", "HR", "extra"),
    ]


def test_headers_become_distinct_and_nameless_ones_get_a_name() -> None:
    table = read_table(b'Name,Name,,"Start\n date",\n1,2,3,4,\n')

    assert table.headers == ("Name", "Name (2)", "Column 3", "Start date")


def test_a_stream_is_read_no_further_than_the_limit() -> None:
    stream = BytesIO(b"id,name\n" + b"1,Ann\n" * 1000)

    with pytest.raises(ValueError, match="bigger"):
        read_table(stream, limits=Limits(size=100))

    assert stream.tell() == 101


def test_one_column_of_semicolons_in_quotes_stays_one_column() -> None:
    assert read_table(b'"a;b"\n"c;d;e"\n').rows[0].cells == ("c;d;e",)
