"""Two files of one department: what an import finds and what it would change."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.people.staff_files import (
    DATA,
    MAPPING,
    applied,
    checked,
    data_table,
    person,
)
from viceversa.people.rules.fields import Field
from viceversa.people.rules.guess import guess_mapping
from viceversa.people.rules.records import StaffRecord
from viceversa.people.rules.reporting import cycles, greatest_depth, roots
from viceversa.people.rules.rows import Checked, check_rows
from viceversa.people.rules.sync import PersonChange, compare

FACTS = json.loads((DATA / "culture_department_facts.json").read_text("utf-8"))


def culture(half_year: str, known: dict[str, StaffRecord] | None = None) -> Checked:
    table = data_table(f"culture_department_{half_year}.csv")
    mapping = guess_mapping(table.headers, [row.cells for row in table.rows])
    return check_rows(table, mapping, known_people=known or {})


def count(result: Checked, *codes: str) -> int:
    return sum(1 for found in result.problems if found.code in codes)


@pytest.mark.parametrize("half_year", ["Mar-12", "Sep-12"])
def test_culture_department_has_the_known_facts(half_year: str) -> None:
    facts = FACTS[half_year]

    result = culture(half_year)

    managers = {row.external_id: row.manager for row in result.rows}
    orphans = {row.external_id for row in result.rows if Field.MANAGER in row.left_out}
    assert result.rows_read - result.rows_filtered == facts["senior_rows"]
    assert result.rows_filtered == facts["junior_rows"]
    assert len(result.rows) == facts["distinct_ids"]
    assert count(result, "duplicate_id", "same_row_twice") == facts["duplicate_rows"]
    assert count(result, "self_manager") == facts["self_reporting"]
    assert count(result, "unknown_manager") == facts["unknown_manager"]
    assert len(set(roots(managers)) - orphans) == facts["roots_XX"] + facts["blank_manager"]
    assert cycles(managers) == facts["cycles"]
    assert greatest_depth(managers) == facts["max_depth"]


def test_second_file_after_the_first_reports_the_known_changes() -> None:
    facts = FACTS["sync"]
    before = applied({}, compare(culture("Mar-12"), {}))

    sync = compare(culture("Sep-12", before), before)

    after = applied(before, sync)
    renamed = [update for update in sync.changed if update.change_of(Field.NAME)]
    assert len(before) == facts["before"]
    assert len(sync.joined) == facts["joined"]
    assert len(sync.left) == facts["left"]
    assert len(sync.new_manager) == facts["manager_changed"]
    assert sum(not update.row.name_stands_in for update in renamed) == facts["holder_name_changed"]
    assert sum(record.left_on is None for record in after.values()) == facts["after"]
    assert not sync.needs_second_look


@pytest.mark.parametrize("half_year", ["Mar-12", "Sep-12"])
def test_same_file_twice_changes_nothing(half_year: str) -> None:
    before = applied({}, compare(culture("Mar-12"), {}))
    once = applied(before, compare(culture(half_year, before), before))

    assert compare(culture(half_year, once), once).is_empty


def test_development_department_imports_whole_and_only_once() -> None:
    table = data_table("development_department.csv")
    mapping = guess_mapping(table.headers, [row.cells for row in table.rows])
    result = check_rows(table, mapping)
    after = applied({}, compare(result, {}))

    assert len(after) == 321
    assert count(result, "missing_name") == 246
    assert {found.code for found in result.problems} == {"missing_name"}
    assert compare(check_rows(table, mapping, known_people=after), after).is_empty


def directory(*people: StaffRecord) -> dict[str, StaffRecord]:
    return {record.external_id: record for record in people}


def test_each_kind_of_change_is_told() -> None:
    current = directory(
        StaffRecord("1", "Ann", unit="A"),
        StaffRecord("2", "Ben", manager="1"),
        StaffRecord("3", "Cy"),
        StaffRecord("4", "Di"),
        StaffRecord("5", "Ed", left_on=date(2023, 1, 1)),
        StaffRecord("6", "Flo"),
    )

    sync = compare(
        checked(
            person("1", "Ann", unit="B"), person("2", "Ben"), person("3", "Cyril"),
            person("5", "Ed"), person("6", "Flo"), person("7", "Gus"),
        ),
        current,
    )  # fmt: skip

    def ids(updates: tuple[PersonChange, ...]) -> list[str]:
        return [update.after.external_id for update in updates]

    assert [row.external_id for row in sync.joined] == ["7"]
    assert [record.external_id for record in sync.left] == ["4"]
    assert ids(sync.moved) == ["1"]
    assert ids(sync.new_manager) == ["2"]
    assert [update.change_of(Field.NAME) for update in sync.changed][:1] == [
        (Field.NAME, "Cy", "Cyril", False)
    ]
    assert ids(sync.came_back) == ["5"]
    assert sync.unchanged == 1
    assert (sync.present_before, sync.share_left) == (5, 0.2)
    assert sync.needs_second_look


def test_person_whose_row_is_bad_stays_and_has_not_left() -> None:
    current = directory(StaffRecord("1", "Ann"), StaffRecord("2", "Ben"))

    sync = compare(checked(person("1", "Ann", hired="bad"), person("2", "Ben")), current)

    assert sync.is_empty


def test_fields_that_the_file_does_not_give_stay() -> None:
    current = directory(StaffRecord("1", "Ann", "a@x.test", unit="A", hired_on=date(2020, 1, 1)))
    mapping = MAPPING.with_changes(columns={Field.EXTERNAL_ID: "ID", Field.NAME: "Name"})

    assert compare(checked(person("1", "Ann"), mapping=mapping), current).is_empty


def test_given_but_empty_cell_clears_the_field_except_name_and_time_zone() -> None:
    current = directory(StaffRecord("1", "Ann", unit="A", time_zone="Europe/Paris"))

    sync = compare(checked(person("1", "")), current)

    assert [change.field for change in sync.updates[0].changes] == [Field.UNIT]


def test_leaving_date_in_the_file_is_leaving_once_it_has_come() -> None:
    current = directory(StaffRecord("1", "Ann"), StaffRecord("2", "Ben"))
    result = checked(person("1", "Ann", left="2024-05-01"), person("2", "Ben", left="2030-01-01"))

    sync = compare(result, current, today=date(2024, 6, 1))

    assert [record.external_id for record in sync.left] == ["1"]
    assert [update.after.left_on for update in sync.updates] == [
        date(2024, 5, 1),
        date(2030, 1, 1),
    ]


def test_name_that_stands_in_follows_the_title_without_counting_as_a_change_of_name() -> None:
    before = applied({}, compare(checked(person("1", "", title="Head")), {}))

    sync = compare(checked(person("1", "", title="Chief")), before)

    (update,) = sync.changed
    assert update.after.name == "Chief (1)"
    assert update.change_of(Field.NAME) == (Field.NAME, "Head (1)", "Chief (1)", True)


ROW = st.builds(
    person,
    st.sampled_from(["1", "2", "3", "4", ""]),
    st.sampled_from(["Ann", "Ben", "", "\x1b"]),
    manager=st.sampled_from(["", "1", "2", "9"]),
    unit=st.sampled_from(["", "A", "B"]),
    title=st.sampled_from(["", "Head"]),
    hired=st.sampled_from(["", "2020-01-01", "bad"]),
    left=st.sampled_from(["", "2021-01-01"]),
)


@settings(max_examples=200, deadline=None)
@given(st.lists(ROW, max_size=5), st.lists(ROW, max_size=5))
def test_importing_any_file_a_second_time_changes_nothing(
    first: list[list[str]], second: list[list[str]]
) -> None:
    start = checked(*first)
    before = {} if start.is_refused else applied({}, compare(start, {}))
    result = checked(*second, known_people=before)
    if result.is_refused:
        return

    after = applied(before, compare(result, before))

    assert compare(checked(*second, known_people=after), after).is_empty
    assert cycles({name: record.manager for name, record in after.items()}) == []
