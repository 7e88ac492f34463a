"""Files that cannot be imported: a sentence each, no row written, no server error."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from tests.factories import make_person, make_user
from tests.people.importing import COLUMNS_MAPPING, csv_of, imported
from viceversa.people.models import ImportRun, Person
from viceversa.toolkit.tables import write_xlsx

pytestmark = pytest.mark.django_db

SignIn = Callable[..., Client]
NASTY = json.loads((Path(__file__).parents[1] / "toolkit" / "data" / "blns.json").read_text())


def zip_bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    return buffer.getvalue()


BAD = {
    "zip bomb": (zip_bomb(), "staff.xlsx"),
    "binary": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "staff.csv"),
    "noise": (bytes(range(256)) * 40, "staff.csv"),
    "empty": (b" ", "staff.csv"),
    "headers only": (b"ID,Name\n", "staff.csv"),
    "headers only, Excel": (write_xlsx(["ID", "Name"], []), "staff.xlsx"),
    "no Excel at all": (b"this is not a workbook", "staff.xlsx"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "staff.xls"),
    "web page": (b"<html><table><tr><td>1</td></tr></table></html>", "staff.csv"),
    "quotes that do not pair up": (b'ID,Name\n1,"Ada\n2,Bo\n', "staff.csv"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_a_sentence_and_writes_nothing(
    name: str, signed_in: SignIn, now: datetime
) -> None:
    content, filename = BAD[name]
    me = make_person()
    client = signed_in(make_user(me, roles=("directory_administrator",)))

    answer = client.post("/people/import/", {"file": SimpleUploadedFile(filename, content)})
    report = imported(content, filename=filename, mapping=None, now=now)

    assert answer.status_code == 422
    assert len(report.refusals) == 1
    assert report.refusals[0].sentence.endswith(".")
    assert not report.applied
    assert list(Person.objects.all()) == [me]
    assert not ImportRun.objects.exists()


def test_a_file_beyond_the_limit_is_refused_unread(
    signed_in: SignIn, settings: Settings, now: datetime
) -> None:
    settings.IMPORT_MAX_BYTES = 2 * 1024 * 1024
    client = signed_in(make_user(roles=("directory_administrator",)))
    big = csv_of(["1", "Ada"]) + b"2,Bo\n" * 600_000

    answer = client.post("/people/import/", {"file": SimpleUploadedFile("big.csv", big)})
    report = imported(big, now=now)

    assert answer.status_code == 422
    assert "bigger than 2 MB" in answer.content.decode()
    assert [found.code for found in report.refusals] == ["too_big"]
    assert not ImportRun.objects.exists()


def test_no_file_at_all_asks_for_one(signed_in: SignIn) -> None:
    client = signed_in(make_user(roles=("directory_administrator",)))

    answer = client.post("/people/import/", {})

    assert answer.status_code == 422
    assert "Choose a file first." in answer.content.decode()


def test_nasty_strings_as_names_are_kept_or_named(now: datetime) -> None:
    rows = [[str(number), text] for number, text in enumerate(NASTY, start=1)]

    report = imported(csv_of(*rows), now=now)

    left_out = {found.row for found in report.bad_rows}
    kept = dict(Person.objects.values_list("external_id", "name"))
    assert len(NASTY) == 461
    assert report.rows_read == 461
    assert len(kept) == 461 - len(left_out)
    for external_id, name in kept.items():
        wanted = NASTY[int(external_id) - 1].strip()
        assert name == wanted or "(" in name


def test_nasty_strings_do_no_harm_on_the_pages(signed_in: SignIn, now: datetime) -> None:
    rows = [[str(number), text] for number, text in enumerate(NASTY, start=1)]
    imported(csv_of(*rows), now=now)
    client = signed_in(make_user(roles=("directory_administrator",)))

    for page in range(1, 21):
        answer = client.get(f"/people/?page={page}")
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()
    for text in NASTY:
        assert client.get("/people/", {"q": text, "unit": text}).status_code == 200


@pytest.mark.parametrize("column", ["ID", "Email", "Title", "Level", "Unit", "Manager"])
def test_nasty_strings_anywhere_write_all_or_name_the_row(column: str, now: datetime) -> None:
    headers = ("ID", "Name", "Email", "Title", "Level", "Unit", "Manager")
    rows = []
    for number, text in enumerate(NASTY, start=1):
        row = [f"n{number}", "Ada", *[""] * 5]
        row[headers.index(column)] = text
        rows.append(row)

    report = imported(csv_of(*rows), mapping=COLUMNS_MAPPING, now=now)

    assert report.rows_read == 461
    if not report.refusals:
        assert report.applied
        assert Person.objects.count() == report.counts["joined"]
    else:
        assert not Person.objects.exists()
