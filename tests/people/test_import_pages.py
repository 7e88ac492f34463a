"""A staff file through the pages, step by step."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories import make_level, make_person, make_user
from tests.people.importing import ADMINISTRATOR, COLUMNS_MAPPING, DATA, csv_of, imported
from viceversa.people.actions import Facts, edit_person
from viceversa.people.actions.importing import (
    apply_run,
    check_run,
    choose_mapping,
    forget_old_runs,
    start_apply,
    start_check,
    start_import,
)
from viceversa.people.models import ImportLine, ImportRun, Level, Person
from viceversa.people.rules.mapping import Mapping
from viceversa.toolkit.errors import Refused

pytestmark = pytest.mark.django_db

SignIn = Callable[..., Client]


@pytest.fixture
def administrator(signed_in: SignIn) -> Client:
    return signed_in(make_user(make_person("Ada Min"), roles=("directory_administrator",)))


def upload(client: Client, content: bytes, name: str = "staff.csv") -> ImportRun:
    answer = client.post("/people/import/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return ImportRun.objects.latest("id")


def checked(content: bytes, now: datetime) -> ImportRun:
    run = start_import(content=content, filename="staff.csv", by=ADMINISTRATOR, now=now)
    run = choose_mapping(run=run, mapping=COLUMNS_MAPPING, by=ADMINISTRATOR)
    return start_check(run=run, by=ADMINISTRATOR, now=now)


def columns_of(run: ImportRun) -> dict[str, str]:
    chosen = Mapping.from_json(run.mapping).columns
    answers = {f"column_{field.value}": header for field, header in chosen.items()}
    return {**answers, "date_order": "dmy"}


def test_from_upload_to_directory(administrator: Client) -> None:
    run = upload(administrator, (DATA / "development_department.csv").read_bytes())
    base = f"/people/import/{run.key}/"
    guessed = administrator.get(base).content.decode()

    mapped = administrator.post(base, {**columns_of(run), "fixed_time_zone": "Europe/London"})
    ladder = administrator.get(f"{base}levels/").content.decode()
    ordered = administrator.post(f"{base}levels/", _places(run, administrator))
    report = administrator.get(f"{base}report/").content.decode()
    written_before = Person.objects.count()
    applied = administrator.post(f"{base}apply/", {"confirm_leavers": "yes"})

    assert "parentId" in guessed
    assert mapped.headers["Location"] == f"{base}levels/"
    assert "most junior" in ladder
    assert ordered.headers["Location"] == f"{base}report/"
    assert "A new ladder" in report
    assert written_before == 1
    assert applied.headers["Location"] == f"{base}report/"
    assert Person.objects.filter(time_zone="Europe/London").count() > 300
    assert Level.objects.order_by("-rank")[0].name == "SCS4"


def _places(run: ImportRun, client: Client) -> dict[str, str]:
    text = client.get(f"/people/import/{run.key}/levels/").context["form"]
    return {name: str(field.initial) for name, field in text.fields.items()}


def test_the_report_names_every_bad_row_and_can_be_searched(
    administrator: Client, now: datetime
) -> None:
    rows = [[str(number), f"P{number}", "bad"] for number in range(1, 60)]
    run = checked(csv_of(*rows), now)
    page = f"/people/import/{run.key}/report/?list=bad_row"

    first = administrator.get(page).content.decode()
    found = administrator.get(f"{page}&q=row+zzz").content.decode()

    assert ImportLine.objects.filter(run=run, kind="bad_row").count() == 59
    assert "“bad” is not an e-mail address." in first
    assert "1 to 25 of 59" in first
    assert "No line fits" in found


def test_unknown_levels_are_matched_to_the_ladder(administrator: Client) -> None:
    make_level(1, "Junior")
    run = upload(administrator, csv_of(["1", "Ada", "", "", "Jr"]))
    base = f"/people/import/{run.key}/"

    asked = administrator.post(base, columns_of(run))
    administrator.post(f"{base}levels/", {"means_1": "Junior"})
    administrator.post(f"{base}apply/", {"confirm_leavers": "yes"})

    assert asked.headers["Location"] == f"{base}levels/"
    assert str(Person.objects.get(external_id="1").level) == "Junior"


def test_one_column_cannot_be_two_things(administrator: Client) -> None:
    run = upload(administrator, csv_of(["1", "Ada"]))

    answer = administrator.post(
        f"/people/import/{run.key}/", {**columns_of(run), "column_title": "Name"}
    )

    assert answer.status_code == 422
    assert "already chosen for name" in answer.content.decode()


def test_many_leavers_need_a_tick(administrator: Client, now: datetime) -> None:
    for _ in range(9):
        make_person()
    run = checked(csv_of(["1", "Ada"]), now)
    page = f"/people/import/{run.key}/apply/"

    administrator.post(page)
    state_without = ImportRun.objects.get(pk=run.pk).state
    administrator.post(page, {"confirm_leavers": "yes"})

    assert state_without == ImportRun.State.CHECKED
    assert ImportRun.objects.get(pk=run.pk).state == ImportRun.State.APPLIED
    assert Person.objects.filter(left_on=None).count() == 1


def test_a_change_since_the_check_is_shown_and_nothing_written(now: datetime) -> None:
    imported(csv_of(["1", "Ada"], ["2", "Bo"]), now=now)
    run = checked(csv_of(["1", "Ada"], ["2", "Bob"]), now)
    bo = Person.objects.get(external_id="2")
    edit_person(person=bo, facts=Facts(external_id="2", name="Bob"), by=ADMINISTRATOR, now=now)

    run = start_apply(run=run, confirm_leavers=False, by=ADMINISTRATOR, now=now)

    assert run.state == ImportRun.State.CHECKED
    assert "changed: 1 before, 0 now" in run.report["refusal"]
    assert run.applied_at is None


def test_whoever_imports_a_file_without_themselves_is_warned(
    administrator: Client, signed_in: SignIn
) -> None:
    everybody = [[f"E{number}", f"Person {number}"] for number in range(40)]
    for external_id, name in everybody:
        make_person(name, external_id=external_id)
    run = upload(administrator, csv_of(*everybody))
    administrator.post(f"/people/import/{run.key}/", columns_of(run))

    text = administrator.get(f"/people/import/{run.key}/report/").content.decode()
    administrator.post(f"/people/import/{run.key}/apply/")

    assert "You are not in this file yourself" in text
    assert Person.objects.get(name="Ada Min").is_present


def test_of_two_who_apply_one_is_told(now: datetime) -> None:
    run = checked(csv_of(["1", "Ada"]), now)
    start_apply(run=run, confirm_leavers=False, by=ADMINISTRATOR, now=now)

    with pytest.raises(Refused, match="already being applied"):
        start_apply(run=run, confirm_leavers=False, by=ADMINISTRATOR, now=now)


def test_of_two_imports_the_second_looks_again(now: datetime) -> None:
    one, other = checked(csv_of(["1", "Ada"]), now), checked(csv_of(["1", "Adah"]), now)
    start_apply(run=one, confirm_leavers=False, by=ADMINISTRATOR, now=now)

    run = start_apply(run=other, confirm_leavers=False, by=ADMINISTRATOR, now=now)

    assert run.state == ImportRun.State.CHECKED
    assert "joined: 1 before, 0 now" in run.report["refusal"]
    assert Person.objects.get().name == "Ada"


def test_a_long_file_is_checked_and_applied_by_jobs(now: datetime) -> None:
    rows = [[str(number), f"Person {number}"] for number in range(600)]
    run = start_import(content=csv_of(*rows), filename="a.csv", by=ADMINISTRATOR, now=now)

    run = start_check(run=run, by=ADMINISTRATOR, now=now)
    waiting = run.state
    run = check_run(run=run, now=now)
    run = start_apply(run=run, confirm_leavers=False, by=ADMINISTRATOR, now=now)
    applying = run.state
    apply_run(run=run, by=ADMINISTRATOR, now=now)
    apply_run(run=run, by=ADMINISTRATOR, now=now)

    run.refresh_from_db()
    assert (waiting, applying) == (ImportRun.State.CHECKING, ImportRun.State.APPLYING)
    assert run.state == ImportRun.State.APPLIED
    assert run.content is None
    assert Person.objects.count() == 600


def test_progress_is_shown_while_a_job_works(administrator: Client, now: datetime) -> None:
    rows = [[str(number), f"Person {number}"] for number in range(600)]
    run = start_import(content=csv_of(*rows), filename="a.csv", by=ADMINISTRATOR, now=now)
    start_check(run=run, by=ADMINISTRATOR, now=now)

    text = administrator.get(f"/people/import/{run.key}/report/").content.decode()

    assert "Checking every row" in text
    assert "Look again" in text


def test_a_file_with_refusals_cannot_be_applied(administrator: Client, now: datetime) -> None:
    circle = csv_of(["1", "A", "", "", "", "", "2"], ["2", "B", "", "", "", "", "1"])
    run = checked(circle, now)

    text = administrator.get(f"/people/import/{run.key}/report/").content.decode()
    answer = administrator.post(f"/people/import/{run.key}/apply/")

    assert run.state == ImportRun.State.REFUSED
    assert "report to each other in a circle" in text
    assert answer.status_code == 409
    assert Person.objects.count() == 1


def test_an_applied_import_can_no_longer_be_changed(now: datetime) -> None:
    run = checked(csv_of(["1", "Ada"]), now)
    start_apply(run=run, confirm_leavers=False, by=ADMINISTRATOR, now=now)

    with pytest.raises(Refused, match="can no longer be changed"):
        choose_mapping(run=run, mapping=Mapping(), by=ADMINISTRATOR)


def test_files_and_lines_are_forgotten_after_a_week(administrator: Client, now: datetime) -> None:
    run = checked(csv_of(["1", "Ada"]), now)

    early = forget_old_runs(now=now + timedelta(days=6))
    late = forget_old_runs(now=now + timedelta(days=8))

    run.refresh_from_db()
    assert (early, late) == (0, 1)
    assert run.content is None
    assert not ImportLine.objects.exists()
    assert administrator.get(f"/people/import/{run.key}/report/").status_code == 200
