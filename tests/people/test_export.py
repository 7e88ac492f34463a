"""Out and in again: nothing is lost, nothing changes, no cell is a formula."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from django.test import Client

from tests.factories import make_level, make_person, make_user
from tests.people.importing import imported, state_of_directory
from viceversa.history.models import Entry
from viceversa.people.actions import export
from viceversa.people.management.importing import run_import
from viceversa.people.models import Person, Place, Unit

pytestmark = pytest.mark.django_db

SignIn = Callable[..., Client]
HARD_NAMES = ("=1+1", "-5", "'quoted", "''=x", "NULL", "N/D", "@you", "None", "0", "Łukasz, “Ł”")


@pytest.fixture
def administrator(signed_in: SignIn) -> Client:
    user = make_user(make_person("Ada Min", rank=1), roles=("directory_administrator",))
    return signed_in(user)


def make_crowd() -> None:
    boss = make_person(
        "Boss",
        level=make_level(2, "N/A"),
        unit=Unit.objects.create(name="=Board"),
        place=Place.objects.create(name="-"),
        time_zone="Asia/Tokyo",
        languages=["en", "fr"],
        hired_on=date(2001, 2, 3),
    )
    for number, name in enumerate(HARD_NAMES):
        make_person(name, external_id=f"{name} {number}", title=name, manager=boss, email=None)
    make_person("Gone", external_id="NULL", left_on=date(2025, 1, 1), manager=boss)


def body_of(client: Client, address: str) -> bytes:
    answer = client.get(address)
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_export_and_import_change_nothing(
    administrator: Client, ending: str, now: datetime
) -> None:
    make_crowd()
    before = state_of_directory()

    content = body_of(administrator, f"/people/export.{ending}")
    report = imported(content, mapping=None, filename=f"people.{ending}", now=now)

    assert report.applied
    assert report.bad_rows == []
    assert report.counts["unchanged"] == len(before)
    assert state_of_directory() == before


def test_no_cell_of_the_export_is_a_formula(administrator: Client) -> None:
    make_crowd()

    text = body_of(administrator, "/people/export.csv").decode("utf-8-sig")

    cells = [cell for row in csv.reader(io.StringIO(text)) for cell in row]
    assert "'=1+1" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t"))]


def test_an_export_is_recorded(administrator: Client) -> None:
    body_of(administrator, "/people/export.csv")

    assert Entry.objects.get(verb="people.exported").detail == {"form": "csv"}


def test_an_empty_name_in_our_own_export_keeps_the_person(now: datetime) -> None:
    person = make_person("Kept", external_id="1")

    imported(b"ID,Name\n1,\n", mapping=None, now=now)

    assert Person.objects.get(pk=person.pk).name == "Kept"


class Terminal:
    def __init__(self) -> None:
        self.text = ""

    def echo(self, line: str) -> None:
        self.text += f"{line}\n"


def test_the_command_imports_and_says_so(tmp_path: Path) -> None:
    file, terminal = tmp_path / "staff.csv", Terminal()
    file.write_text("id,name,grade,email\n1,Ada,B,bad\n2,Bo,A,b@x.example\n3,Cy,A,c@x.example\n")

    dry = run_import(file, dry_run=True, echo=terminal.echo)
    count_after_dry_run = Person.objects.count()
    done = run_import(file, echo=terminal.echo)

    assert (dry, done, count_after_dry_run, Person.objects.count()) == (0, 0, 0, 2)
    assert "row 2, email: “bad” is not an e-mail address." in terminal.text
    assert "There was no ladder yet; this one was made" in terminal.text
    assert terminal.text.endswith("Applied.\n")


def test_the_command_answers_in_json_and_exits_with_2(tmp_path: Path) -> None:
    file, terminal = tmp_path / "staff.csv", Terminal()
    file.write_text("id,name,manager\n1,Ada,2\n2,Bo,1\n")

    code = run_import(file, as_json=True, echo=terminal.echo)

    answer = json.loads(terminal.text)
    assert code == 2
    assert answer["applied"] is False
    assert {found["code"] for found in answer["refusals"]} == {"manager_cycle"}
    assert set(answer) >= {
        *("joined", "left", "came_back", "moved", "new_manager", "changed", "unchanged"),
        *("bad_rows", "notes", "refusals", "applied", "rows_read"),
    }
    assert not Person.objects.exists()


def test_the_command_takes_a_mapping_and_names_a_bad_one(tmp_path: Path) -> None:
    file, mapping = tmp_path / "staff.csv", tmp_path / "mapping.json"
    file.write_text("a,b\n1,Ada\n")
    terminal = Terminal()

    mapping.write_text('{"columns": {"external_id": "a", "name": "b"}}')
    good = run_import(file, mapping_path=mapping, echo=terminal.echo)
    mapping.write_text("nonsense")
    bad = run_import(file, mapping_path=mapping, echo=terminal.echo)
    missing = run_import(tmp_path / "none.csv", echo=terminal.echo)

    assert (good, bad, missing) == (0, 2, 2)
    assert "This mapping is not a JSON file." in terminal.text
    assert Person.objects.get().name == "Ada"


def test_the_command_asks_twice_for_many_leavers(tmp_path: Path) -> None:
    for _ in range(10):
        make_person()
    file, terminal = tmp_path / "staff.csv", Terminal()
    file.write_text("id,name\n1,Ada\n")

    asked = run_import(file, echo=terminal.echo)
    stayed = Person.objects.filter(left_on=None).count()
    confirmed = run_import(file, confirm_leavers=True, echo=terminal.echo)

    assert (asked, stayed, confirmed) == (2, 10, 0)
    assert Person.objects.filter(left_on=None).count() == 1


def test_a_large_directory_is_exported_as_csv_only(
    administrator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "MOST_IN_WORKBOOK", 5)
    make_crowd()

    refused = administrator.get("/people/export.xlsx")

    assert refused.status_code == 409
    assert "Export it as CSV" in refused.content.decode()
    assert not Entry.objects.filter(verb="people.exported").exists()
    assert "Łukasz" in body_of(administrator, "/people/export.csv").decode("utf-8-sig")
