"""Columns are found by what they mean, and remembered through drifting headers."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.people.staff_files import MAPPING, data_table
from viceversa.people.rules.fields import Field
from viceversa.people.rules.guess import guess_mapping, settled
from viceversa.people.rules.ladder import guess_ladder, order_levels
from viceversa.people.rules.mapping import BadMapping, Mapping, RowFilter
from viceversa.people.rules.records import StaffRow

CULTURE = {
    Field.EXTERNAL_ID: "Post Unique Reference",
    Field.NAME: "Name",
    Field.EMAIL: "Contact E-mail",
    Field.TITLE: "Job Title",
    Field.LEVEL: "Grade (or equivalent)",
    Field.UNIT: "Unit",
    Field.MANAGER: "Reports to Senior Post",
}


def guessed(name: str, remembered: Mapping | None = None) -> Mapping:
    table = data_table(name)
    return guess_mapping(table.headers, [row.cells for row in table.rows], remembered)


@pytest.mark.parametrize("name", ["Mar-12", "Sep-12"])
def test_culture_department_is_understood(name: str) -> None:
    mapping = guessed(f"culture_department_{name}.csv")

    assert mapping.columns == CULTURE
    assert mapping.only == RowFilter("Senior/Junior", ("Senior",))


def test_development_department_is_understood() -> None:
    mapping = guessed("development_department.csv")

    assert mapping.columns == {
        Field.EXTERNAL_ID: "id",
        Field.NAME: "name",
        Field.TITLE: "jobTitle",
        Field.LEVEL: "grade",
        Field.UNIT: "unit",
        Field.MANAGER: "parentId",
    }
    assert mapping.only is None


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Employee No.", Field.EXTERNAL_ID),
        ("Personalnummer", Field.EXTERNAL_ID),
        ("E-Mail-Adresse", Field.EMAIL),
        ("Work email", Field.EMAIL),
        ("Start date", Field.HIRED_ON),
        ("Eintrittsdatum", Field.HIRED_ON),
        ("Last day", Field.LEFT_ON),
        ("Office location", Field.PLACE),
        ("TIMEZONE", Field.TIME_ZONE),
        ("Departement", Field.UNIT),
        ("Line Manager ID", Field.MANAGER),
        ("Job-Titel", Field.TITLE),
        ("Pay Grade", Field.LEVEL),
        ("Surname", Field.FAMILY_NAME),
    ],
)
def test_header_is_recognised(header: str, field: Field) -> None:
    assert guess_mapping([header, "Zzz"], []).columns.get(field) == header


def test_values_speak_where_headers_do_not() -> None:
    rows = [
        [f"K{number}", f"p{number}@a.test", f"K{number // 3}", "Europe/Paris"]
        for number in range(1, 40)
    ]

    mapping = guess_mapping(["A", "B", "C", "D"], rows)

    assert mapping.columns == {
        Field.EXTERNAL_ID: "A",
        Field.EMAIL: "B",
        Field.MANAGER: "C",
        Field.TIME_ZONE: "D",
    }


def test_name_of_the_manager_is_not_taken_for_the_manager_where_the_id_is_given() -> None:
    rows = [[f"E{n}", f"Person {n}", f"Person {n // 4}", f"E{n // 4}"] for n in range(1, 60)]

    mapping = guess_mapping(["ID", "Employee", "Manager name", "Manager"], rows)

    assert mapping.columns[Field.MANAGER] == "Manager"


@pytest.mark.parametrize(
    ("dates", "order"), [(["03/04/2020", "25/12/2021"], "dmy"), (["12/25/2021"], "mdy")]
)
def test_order_of_day_and_month_is_read_off_the_values(dates: list[str], order: str) -> None:
    rows = [[f"E{place}", text] for place, text in enumerate(dates)]

    assert guess_mapping(["ID", "Start date"], rows).date_order == order


def test_remembered_columns_are_found_where_they_moved_or_were_renamed() -> None:
    rows = [["E1", "Ann", "SCS1", "90,000"], ["E2", "Ben", "SCS2", "95,000"]]
    first = guess_mapping(["Ref", "Who", "Tier", "Actual Pay Floor (£)"], rows)
    told = first.with_changes(
        columns={
            Field.EXTERNAL_ID: "Ref",
            Field.NAME: "Who",
            Field.LEVEL: "Tier",
            Field.PLACE: "Actual Pay Floor (£)",
        }
    )
    later = [[pay, level, key, name] for key, name, level, pay in rows]

    mapping = guess_mapping(["Actual Pay Floor ()", "tier", "Ref", "Who is it"], later, told)

    assert mapping.columns == {
        Field.EXTERNAL_ID: "Ref",
        Field.NAME: "Who is it",
        Field.LEVEL: "tier",
        Field.PLACE: "Actual Pay Floor ()",
    }
    assert mapping.reasons[Field.NAME] == "was “Who” last time"


def test_settled_mapping_is_found_again_by_shape_and_place_alone() -> None:
    rows = [[f"AB{place}00", f"Person {place}", f"x{place}@a.test"] for place in range(9)]
    chosen = Mapping(columns={Field.EXTERNAL_ID: "Ref", Field.NAME: "Who"})
    told = settled(chosen, ["Ref", "Who", "Other"], rows)

    mapping = guess_mapping(["Zeichen", "Who", "Other"], rows, told)

    assert mapping.columns == {Field.EXTERNAL_ID: "Zeichen", Field.NAME: "Who"}


def test_column_that_was_put_aside_is_not_guessed_again() -> None:
    rows = [["E1", "Leeds"], ["E2", "York"]]
    told = guess_mapping(["ID", "Place"], rows).with_changes(columns={Field.EXTERNAL_ID: "ID"})

    assert guess_mapping(["ID", "Place"], rows, told).columns == {Field.EXTERNAL_ID: "ID"}


def test_remembered_answers_stay() -> None:
    first = guessed("culture_department_Mar-12.csv").with_changes(
        email_pattern="{external_id}@culture.test",
        fixed={Field.TIME_ZONE: "Europe/London"},
        level_aliases={"SCS 1": "SCS1"},
    )

    second = guessed("culture_department_Sep-12.csv", first)

    assert second == first


def test_row_filter_follows_its_renamed_column() -> None:
    rows = [["E1", "Senior"], ["", "Junior"], ["E2", "Senior"], ["", "Junior"]]
    first = guess_mapping(["ID", "Senior/Junior"], rows)

    second = guess_mapping(["ID", "Senior or junior?"], rows, first)

    assert second.only == RowFilter("Senior or junior?", ("Senior",))


def test_mapping_survives_json() -> None:
    mapping = guessed("culture_department_Mar-12.csv").with_changes(
        fixed={Field.TIME_ZONE: "Europe/London"}, level_aliases={"Band A": "SCS1"}
    )

    assert Mapping.from_text(mapping.to_text()) == mapping
    assert json.loads(MAPPING.to_text())["columns"]["external_id"] == "ID"


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "nonsense", '{"columns": {"age": "Age"}}', '{"columns": []}', '{"colums": {}}'),
        *('{"only": {"column": "x"}}', '{"date_order": "dym"}', '{"nobody": "XX"}', "[" * 100_000),
        '{"only": {"column": 1, "values": []}}',
    ],
)
def test_broken_mapping_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(BadMapping) as caught:
        Mapping.from_text(text)

    assert caught.value.sentence.endswith(".")


def test_ladder_of_the_development_department_is_proposed() -> None:
    table, mapping = data_table("development_department.csv"), guessed("development_department.csv")

    levels = guess_ladder(table, mapping)

    assert levels[:3] == ["C2 (AA)", "C1 (AO)", "B2 (EO)"]
    assert levels[-6:] == ["A2 (G7)", "A1 (G6)", "SCS1", "SCS2", "SCS3", "SCS4"]
    assert len(levels) == 12


def test_levels_alike_in_depth_are_told_apart_by_their_names() -> None:
    boss = StaffRow(2, "B", "Boss", level="Director")
    staff = [
        StaffRow(3 + place, f"E{place}", "x", level=level, manager="B")
        for place, level in enumerate(["Senior analyst", "Intern", "Analyst"])
    ]

    assert order_levels([boss, *staff]) == ["Intern", "Analyst", "Senior analyst", "Director"]


def test_numbers_in_levels_count_as_numbers() -> None:
    chain = [
        StaffRow(
            place, f"E{place}", "x", level=f"G{12 - place}", manager=f"E{place - 1}" * (place > 0)
        )
        for place in range(4)
    ]
    flat = [StaffRow(9, "F1", "x", level="G10b", manager="E0")]

    assert order_levels([*chain, *flat])[0] == "G9"


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.text(max_size=12), min_size=1, max_size=6, unique=True),
    st.lists(st.lists(st.text(max_size=8), max_size=7), max_size=8),
)
def test_any_table_gets_a_mapping_of_its_own_columns(
    headers: list[str], rows: list[list[str]]
) -> None:
    mapping = guess_mapping(headers, rows)

    assert set(mapping.columns.values()) <= set(headers)
    assert len(set(mapping.columns.values())) == len(mapping.columns)
    assert guess_mapping(headers, rows, mapping).columns == mapping.columns
    assert Mapping.from_text(mapping.to_text()) == mapping
