import json
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.factories import actor_for_person, make_level, make_person
from tests.people.importing import (
    ADMINISTRATOR,
    COLUMNS_MAPPING,
    DATA,
    csv_of,
    imported,
    state_of_directory,
)
from viceversa.history.models import Entry
from viceversa.people.actions import add_level
from viceversa.people.actions.importing import import_file
from viceversa.people.models import ImportRun, Level, Person
from viceversa.people.queries import everyone_below
from viceversa.people.rules.fields import Field
from viceversa.people.rules.mapping import Mapping, RowFilter
from viceversa.toolkit.errors import NotAllowed

pytestmark = pytest.mark.django_db

FACTS = json.loads((DATA / "culture_department_facts.json").read_text())
CULTURE = Mapping(
    columns={
        Field.EXTERNAL_ID: "Post Unique Reference",
        Field.NAME: "Name",
        Field.TITLE: "Job Title",
        Field.LEVEL: "Grade (or equivalent)",
        Field.UNIT: "Unit",
        Field.MANAGER: "Reports to Senior Post",
    },
    only=RowFilter("Senior/Junior", ("Senior",)),
)


def culture(month: str) -> bytes:
    return (DATA / f"culture_department_{month}.csv").read_bytes()


def test_people_levels_units_and_lines_are_written(now: datetime) -> None:
    report = imported(
        csv_of(
            ["1", "Ada Low", "ada@firm.example", "Analyst", "Junior", "Sales", "2"],
            ["2", "Bo Tall", "bo@firm.example", "Chief", "Senior", "Board", ""],
        ),
        now=now,
    )

    ada = Person.objects.select_related("manager", "level", "unit").get(external_id="1")
    assert report.applied
    assert report.counts["joined"] == 2
    assert (ada.name, ada.email, ada.title) == ("Ada Low", "ada@firm.example", "Analyst")
    assert (str(ada.level), str(ada.unit), str(ada.manager)) == ("Junior", "Sales", "Bo Tall")
    assert ada.search == " ada low 1 ada firm example analyst"
    assert report.new_levels == ("Junior", "Senior")
    assert Entry.objects.get().verb == "people.imported"


def test_the_same_file_twice_changes_nothing(now: datetime) -> None:
    content = (DATA / "development_department.csv").read_bytes()
    first = imported(content, mapping=None, now=now)
    before = state_of_directory()

    second = imported(content, mapping=None, now=now)

    assert first.counts["joined"] > 300
    assert second.applied
    assert {name: second.counts[name] for name in ("joined", "left", "moved", "changed")} == {
        "joined": 0,
        "left": 0,
        "moved": 0,
        "changed": 0,
    }
    assert second.counts["unchanged"] == first.counts["joined"]
    assert state_of_directory() == before


def test_culture_department_of_march_holds_the_known_facts(now: datetime) -> None:
    facts = FACTS["Mar-12"]

    report = imported(culture("Mar-12"), mapping=CULTURE, filename="Mar-12.csv", now=now)

    assert report.counts["joined"] == facts["distinct_ids"]
    assert report.rows_read - report.rows_filtered == facts["senior_rows"]
    assert len(report.bad_rows) + len(report.notes) >= facts["duplicate_rows"]
    assert Person.objects.filter(manager=None).count() == facts["roots_XX"]
    root = Person.objects.get(manager=None)
    assert everyone_below(root).count() == facts["distinct_ids"] - 1


def test_culture_department_of_september_reports_the_known_changes(now: datetime) -> None:
    facts = FACTS["sync"]
    imported(culture("Mar-12"), mapping=CULTURE, filename="Mar-12.csv", now=now)

    report = imported(culture("Sep-12"), mapping=None, filename="Sep-12.csv", now=now)

    assert report.applied
    assert report.counts["joined"] == facts["joined"]
    assert report.counts["left"] == facts["left"]
    assert report.counts["new_manager"] == facts["manager_changed"]
    assert Person.objects.filter(left_on=None).count() == facts["after"]
    assert [found.code for found in report.notes].count("unknown_manager") == (
        FACTS["Sep-12"]["unknown_manager"]
    )


def test_a_dry_run_writes_nothing(now: datetime) -> None:
    report = import_file(
        content=csv_of(["1", "Ada Low"]),
        filename="staff.csv",
        mapping=COLUMNS_MAPPING,
        dry_run=True,
        by=ADMINISTRATOR,
        now=now,
    )

    assert report.counts["joined"] == 1
    assert not report.applied
    assert not Person.objects.exists()
    assert not ImportRun.objects.exists()


def test_bad_rows_are_named_and_the_others_imported(now: datetime) -> None:
    report = imported(
        csv_of(
            ["1", "Ada Low", "not an address"],
            ["", "No Number"],
            ["3", "Cleo Marsh", "cleo@firm.example"],
        ),
        now=now,
    )

    told = [(found.row, found.column, found.value, found.code) for found in report.bad_rows]
    assert told == [(2, "Email", "not an address", "bad_email"), (3, "ID", "", "missing_id")]
    assert all(found.sentence.endswith(".") for found in report.bad_rows)
    assert [person.name for person in Person.objects.all()] == ["Cleo Marsh"]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["1", "A", "", "", "", "", "2"], ["2", "B", "", "", "", "", "1"]], "manager_cycle"),
        ([["1", "A", "x@firm.example"], ["2", "B", "x@firm.example"]], "same_email"),
    ],
)
def test_a_refusal_writes_nothing(rows: list[list[str]], code: str, now: datetime) -> None:
    report = imported(csv_of(*rows), now=now)

    assert code in {found.code for found in report.refusals}
    assert not report.applied
    assert not Person.objects.exists()
    assert not ImportRun.objects.exists()


def test_people_who_are_not_in_the_file_leave_and_come_back(now: datetime) -> None:
    everybody = [[str(number), f"Person {number}"] for number in range(1, 21)]
    imported(csv_of(*everybody), now=now)

    without = imported(csv_of(*everybody[1:]), now=now)
    gone = Person.objects.get(external_id="1").left_on
    again = imported(csv_of(*everybody), now=now)

    assert without.counts["left"] == 1
    assert gone == now.date()
    assert again.counts["came_back"] == 1
    assert Person.objects.get(external_id="1").is_present


def test_more_than_one_in_ten_leavers_asks_again(now: datetime) -> None:
    everybody = [[str(number), f"Person {number}"] for number in range(1, 11)]
    imported(csv_of(*everybody), now=now)

    asked = imported(csv_of(*everybody[:8]), now=now)
    stayed = Person.objects.filter(left_on=None).count()
    confirmed = imported(csv_of(*everybody[:8]), now=now, confirm_leavers=True)

    assert [found.code for found in asked.refusals] == ["many_leavers"]
    assert "2 of 10 people" in asked.refusals[0].sentence
    assert stayed == 10
    assert confirmed.counts["left"] == 2


def test_two_people_may_swap_their_addresses(now: datetime) -> None:
    imported(csv_of(["1", "Ada", "one@firm.example"], ["2", "Bo", "two@firm.example"]), now=now)

    imported(csv_of(["1", "Ada", "two@firm.example"], ["2", "Bo", "one@firm.example"]), now=now)

    assert list(Person.objects.order_by("id").values_list("email", flat=True)) == [
        "two@firm.example",
        "one@firm.example",
    ]


def test_a_level_that_the_ladder_does_not_know_is_a_bad_row(now: datetime) -> None:
    make_level(1, "Junior")

    report = imported(csv_of(["1", "Ada", "", "", "Wizard"]), now=now)

    assert [found.code for found in report.bad_rows] == ["unknown_level"]
    assert Level.objects.count() == 1


def test_another_word_for_a_level_is_understood(now: datetime) -> None:
    level = add_level(name="Vice President", by=ADMINISTRATOR, now=now)
    level.aliases = ["VP"]
    level.save()

    imported(csv_of(["1", "Ada", "", "", "vp"]), now=now)

    assert Person.objects.get().level == level


def test_levels_that_differ_in_case_only_become_one(now: datetime) -> None:
    content = csv_of(["1", "Ada", "", "", "Senior"], ["2", "Bo", "", "", "SENIOR"])
    imported(content, now=now)

    again = imported(content, now=now)

    assert Level.objects.count() == 1
    assert again.counts["unchanged"] == 2


def test_an_import_is_for_directory_administrators(now: datetime) -> None:
    nobody = actor_for_person(make_person())

    with pytest.raises(NotAllowed):
        import_file(content=b"", filename="", dry_run=True, by=nobody, now=now)


def test_only_directory_fields_come_from_a_file(now: datetime) -> None:
    """Columns called like fields of an account or like keys change neither."""
    content = b"id,key,is_active,password,search,name\n1,evil,0,secret,zzz,Ada Low\n"

    report = imported(content, mapping=None, now=now)

    person = Person.objects.get()
    assert report.applied
    assert (person.name, person.search) == ("Ada Low", " ada low 1")
    assert person.key != "evil"


def test_the_last_applied_mapping_is_remembered(now: datetime) -> None:
    odd = b"a,b\n1,Ada\n2,Bo\n"
    mapping = Mapping(columns={Field.EXTERNAL_ID: "a", Field.NAME: "b"}, headers=("a", "b"))
    imported(odd, mapping=mapping, now=now)

    report = imported(odd, mapping=None, now=now)

    assert report.counts["unchanged"] == 2


def test_a_hire_date_is_read(now: datetime, tmp_path: Path) -> None:
    imported(b"ID,Name,Hire date\n1,Ada,31/01/2024\n", mapping=None, now=now)

    assert Person.objects.get().hired_on == date(2024, 1, 31)
