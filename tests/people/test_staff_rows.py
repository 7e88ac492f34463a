"""Every row of a staff file is read, or named with its number, column, value and reason."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.people.staff_files import HEADERS, MAPPING, checked, codes, person, staff_table
from viceversa.people.rules.fields import Field
from viceversa.people.rules.ladder_terms import LadderLevel
from viceversa.people.rules.mapping import Mapping, RowFilter
from viceversa.people.rules.problems import SENTENCES, Severity
from viceversa.people.rules.records import StaffRecord
from viceversa.people.rules.rows import check_rows
from viceversa.toolkit.tables import Row, Table

BLNS = Path(__file__).parents[1] / "toolkit" / "data" / "blns.json"
LADDER = (LadderLevel("Officer", ("G1", "Grade 1")), LadderLevel("Head"))


def test_good_row_is_read_whole() -> None:
    result = checked(
        person("1", "Zoë  Ash ", email="Zoe@Firm.TEST", title="Lead\n buyer", level="grade 1",
               unit="Buying", place="Leeds", zone="europe/london", languages="English; fr, de-CH",
               hired="31/01/2020"),
        person("2", "Ben", manager="zoe@firm.test"),
        ladder=LADDER,
    )  # fmt: skip

    assert result.problems == ()
    assert result.rows[0][:13] == (
        *(2, "1", "Zoë  Ash", "zoe@firm.test", "Lead buyer", "Officer", "Buying", "Leeds"),
        *("Europe/London", ("en", "fr", "de"), "", date(2020, 1, 31), None),
    )
    assert result.rows[1].manager == "1"


@pytest.mark.parametrize(
    ("cells", "code", "column"),
    [
        ({"hired": "31.02.2020"}, "bad_date", "Hired"),
        ({"hired": "soon"}, "bad_date", "Hired"),
        ({"email": "ann at firm"}, "bad_email", "Email"),
        ({"email": "a@b"}, "bad_email", "Email"),
        ({"level": "Grand vizier"}, "unknown_level", "Level"),
        ({"zone": "Mars/Base"}, "unknown_time_zone", "Zone"),
        ({"name": "Ann\x1b[31m"}, "control_characters", "Name"),
        ({"name": "Ann\u202eneB"}, "control_characters", "Name"),
        ({"name": "x" * 201}, "too_long", "Name"),
        ({"title": "x" * 301}, "too_long", "Title"),
        ({"hired": "2020-01-02", "left": "2020-01-01"}, "left_before_hired", "Left"),
    ],
)
def test_bad_row_is_left_out_and_the_rest_imports(
    cells: dict[str, str], code: str, column: str
) -> None:
    result = checked(person("1", **cells), person("2"), ladder=LADDER)

    assert [row.external_id for row in result.rows] == ["2"]
    assert result.kept_back == {"1"}
    (found,) = result.problems
    assert (found.row, found.code, found.column) == (2, code, column)
    assert found.severity is Severity.BAD_ROW
    assert found.value == person("1", **cells)[HEADERS.index(column)]


def test_every_fault_of_a_row_is_named() -> None:
    result = checked(person("1", hired="x", email="y"), ladder=LADDER)

    assert sorted(codes(result)) == [(2, "bad_date"), (2, "bad_email")]


def test_rows_without_id_are_bad() -> None:
    assert codes(checked(person(""), person("N/A"))) == [(2, "missing_id"), (3, "missing_id")]


def test_first_row_of_an_id_stays_and_the_same_row_twice_is_only_noted() -> None:
    result = checked(person("1", unit="A"), person("1", unit="B"), person("1", unit="A"))

    assert [(row.number, row.unit) for row in result.rows] == [(2, "A")]
    assert codes(result) == [(3, "duplicate_id"), (4, "same_row_twice")]
    assert result.kept_back == frozenset()
    assert "row 2" in result.problems[0].sentence


def test_row_with_too_many_cells_is_bad() -> None:
    table = Table(("ID", "Name"), (Row(2, ("1", "Ash", "Ann")),), "csv")
    mapping = Mapping(columns={Field.EXTERNAL_ID: "ID", Field.NAME: "Name"})

    assert codes(check_rows(table, mapping)) == [(2, "too_many_cells")]


def test_unknown_and_own_managers_are_left_out_of_rows_that_import() -> None:
    result = checked(
        person("1", manager="XX"), person("2", manager="99"), person("3", manager="3"),
        person("4", manager="1.0"), person("5", manager="-"),
    )  # fmt: skip

    assert codes(result) == [(3, "unknown_manager"), (4, "self_manager")]
    assert [row.manager for row in result.rows] == ["", "", "", "1", ""]
    assert [Field.MANAGER in row.left_out for row in result.rows] == [
        False,
        True,
        True,
        False,
        False,
    ]


def test_manager_whose_own_row_is_bad_is_known_if_the_directory_has_them() -> None:
    known = {"1": StaffRecord("1", "Ann")}
    rows = [person("1", hired="bad"), person("2", manager="1")]

    assert [row.manager for row in checked(*rows, known_people=known).rows] == ["1"]
    assert codes(checked(*rows)) == [(2, "bad_date"), (3, "unknown_manager")]


def test_circle_of_managers_refuses_the_file_and_names_the_people() -> None:
    result = checked(
        person("1", "Ann", manager="3"), person("2", "Ben", manager="1"),
        person("3", "Cy", manager="2"), person("4", "Di", manager="1"),
    )  # fmt: skip

    (found,) = result.of(Severity.REFUSAL)
    assert result.is_refused
    assert (found.row, found.code, found.column) == (2, "manager_cycle", "Manager")
    assert all(name in found.sentence for name in ("Ann (row 2)", "Ben (row 3)", "Cy (row 4)"))
    assert "Di" not in found.sentence


def test_circle_through_a_person_whose_row_is_bad_refuses_the_file() -> None:
    known = {"1": StaffRecord("1", "Ann", manager="2"), "2": StaffRecord("2", "Ben")}

    result = checked(person("1", hired="bad"), person("2", "Ben", manager="1"), known_people=known)

    assert result.is_refused
    assert "Ann (1)" in result.of(Severity.REFUSAL)[0].sentence


def test_manager_kept_from_before_gives_way_to_a_circle() -> None:
    known = {"1": StaffRecord("1", "Ann", manager="2"), "2": StaffRecord("2", "Ben")}

    result = checked(
        person("1", manager="nobody known"), person("2", manager="1"), known_people=known
    )

    assert not result.is_refused
    assert Field.MANAGER not in result.rows[0].left_out


def test_two_people_with_one_email_refuse_the_file_in_both_rows() -> None:
    result = checked(
        person("1", "Ann", email="a@x.test"), person("2", "Ben", email="A@X.test"), person("3")
    )

    assert codes(result) == [(2, "same_email"), (3, "same_email")]
    assert result.is_refused
    assert "Ann (row 2) and Ben (row 3)" in result.problems[0].sentence


def test_email_of_somebody_else_in_the_directory_is_a_bad_row() -> None:
    known = {"9": StaffRecord("9", "Old Hand", "a@x.test")}

    result = checked(person("1", email="a@x.test"), person("2"), known_people=known)

    assert codes(result) == [(2, "email_taken")]
    assert "Old Hand (9)" in result.problems[0].sentence
    assert not result.is_refused


def test_email_may_pass_from_one_person_of_the_file_to_another() -> None:
    known = {"1": StaffRecord("1", "Ann", "a@x.test"), "2": StaffRecord("2", "Ben", "b@x.test")}

    result = checked(
        person("1", email="b@x.test"), person("2", email="a@x.test"), known_people=known
    )

    assert result.problems == ()


def test_person_left_out_keeps_an_address_from_being_passed_on() -> None:
    known = {
        "1": StaffRecord("1", "Ann", "a@x.test"),
        "8": StaffRecord("8", "Hal", "h@x.test"),
    }

    result = checked(
        person("1", email="h@x.test"), person("2", email="a@x.test"), known_people=known
    )

    assert codes(result) == [(2, "email_taken"), (3, "email_taken")]


def test_missing_name_is_stood_in_for_by_title_and_id() -> None:
    result = checked(person("7", "N/D", title="Head of Sport"), person("8", ""))

    assert [row.name for row in result.rows] == ["Head of Sport (7)", "Person (8)"]
    assert codes(result) == [(2, "missing_name"), (3, "missing_name")]
    assert all(row.name_stands_in for row in result.rows)


def test_given_and_family_name_make_the_name() -> None:
    table = staff_table([["1", "Ann", "Ash"], ["2", "", "Birch"]], ("ID", "First", "Last"))
    mapping = Mapping(
        columns={
            Field.EXTERNAL_ID: "ID",
            Field.GIVEN_NAME: "First",
            Field.FAMILY_NAME: "Last",
        }
    )

    assert [row.name for row in check_rows(table, mapping).rows] == ["Ann Ash", "Birch"]


def test_fixed_values_and_email_pattern_fill_what_the_file_lacks() -> None:
    mapping = MAPPING.with_changes(
        fixed={Field.TIME_ZONE: "Europe/London", Field.LANGUAGES: "en"},
        email_pattern="{external_id}@firm.test",
    )

    result = checked(
        person("A 1"), person("2", email="own@firm.test", zone="Asia/Tokyo"), mapping=mapping
    )

    assert [(row.email, row.time_zone, row.languages) for row in result.rows] == [
        ("a.1@firm.test", "Europe/London", ("en",)),
        ("own@firm.test", "Asia/Tokyo", ("en",)),
    ]


def test_only_chosen_rows_are_read_and_the_others_counted() -> None:
    mapping = MAPPING.with_changes(only=RowFilter("Unit", ("HR", "IT")))

    result = checked(person("1", unit="hr"), person("", unit="Other"), mapping=mapping)

    assert (len(result.rows), result.rows_read, result.rows_filtered) == (1, 2, 1)
    assert result.problems == ()


def test_unknown_language_is_noted_and_the_others_stay() -> None:
    result = checked(person("1", languages="English, Klingon"))

    assert result.rows[0].languages == ("en",)
    assert [(found.code, found.value) for found in result.problems] == [
        ("unknown_language", "Klingon")
    ]


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        (Mapping(), "no_id_column"),
        (Mapping(columns={Field.EXTERNAL_ID: "Nowhere"}), "column_missing"),
        (MAPPING.with_changes(only=RowFilter("Gone", ("x",))), "column_missing"),
        (MAPPING.with_changes(only=RowFilter("Unit", ("x",))), "no_rows_kept"),
        (MAPPING.with_changes(fixed={Field.TIME_ZONE: "Mars"}), "bad_fixed_value"),
    ],
)
def test_mapping_that_does_not_fit_refuses_the_file(mapping: Mapping, code: str) -> None:
    result = checked(person("1"), mapping=mapping)

    assert result.is_refused
    assert result.rows == ()
    assert [found.code for found in result.problems] == [code]


def test_file_without_names_says_so_once() -> None:
    mapping = Mapping(columns={Field.EXTERNAL_ID: "ID"})

    assert codes(checked(person("1"), person("2"), mapping=mapping)) == [(1, "no_name_column")]


def test_without_a_ladder_every_text_is_a_level() -> None:
    assert checked(person("1", level=" Grand  vizier ")).levels == ("Grand vizier",)


def test_aliases_of_the_mapping_lead_to_the_ladder() -> None:
    mapping = MAPPING.with_changes(level_aliases={"Band A": "head"})

    assert checked(person("1", level="band a"), mapping=mapping, ladder=LADDER).levels == ("Head",)


def test_nasty_strings_as_names_import_as_they_are_or_are_named() -> None:
    strings = json.loads(BLNS.read_text("utf-8"))

    result = checked(*[person(f"E{place}", text) for place, text in enumerate(strings)])

    by_row = {row.number: row for row in result.rows}
    named = {found.row for found in result.problems}
    assert not result.is_refused
    assert len(result.rows) > 440
    for number, text in enumerate(strings, start=2):
        assert number in named or by_row[number].name == text.strip()


CELL = st.one_of(
    st.sampled_from(["", "1", "2", "3", "a@x.test", "2020-01-01", "UTC", "en", "-", "XX", "\x00"]),
    st.text(max_size=6),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(CELL, min_size=12, max_size=12), max_size=8), st.booleans())
def test_any_rows_are_read_or_named_and_never_raise(rows: list[list[str]], has_known: bool) -> None:
    known = {"1": StaffRecord("1", "Ann", "a@x.test", manager="2"), "2": StaffRecord("2", "Ben")}

    result = checked(*rows, ladder=LADDER, known_people=known if has_known else {})

    for found in result.problems:
        assert found.row >= 1
        assert found.sentence.endswith(".")
        assert found.code in SENTENCES
    silent = {number for number, row in enumerate(rows, start=2) if any(map(str.strip, row))}
    silent -= {row.number for row in result.rows} | {found.row for found in result.problems}
    assert silent == set()
