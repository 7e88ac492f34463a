"""Every page of the directory: who may see it, and how many questions it asks the database."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from tests.factories import make_level, make_person, make_skill, make_user
from tests.people.importing import ADMINISTRATOR, csv_of
from viceversa.people.actions import load_taxonomy
from viceversa.people.actions.importing import start_check, start_import
from viceversa.people.models import ImportRun, Offer, Person, Unit, Want
from viceversa.people.queries.skills import find_skill

pytestmark = pytest.mark.django_db

SignIn = Callable[..., Client]
Queries = Callable[[int], Any]


@pytest.fixture
def administrator(signed_in: SignIn) -> Client:
    return signed_in(make_user(make_person("Ada Min"), roles=("directory_administrator",)))


@pytest.fixture
def colleague(signed_in: SignIn) -> Client:
    return signed_in(make_user(make_person("Col League")))


def make_run(now: datetime) -> ImportRun:
    run = start_import(
        content=csv_of(["1", "Ada Low", "x"], ["2", "Bo Tall"]),
        filename="staff.csv",
        by=ADMINISTRATOR,
        now=now,
    )
    return start_check(run=run, by=ADMINISTRATOR, now=now)


def addresses(person: Person, run: ImportRun) -> dict[str, list[str]]:
    return {
        "everyone": [
            *("/people/", "/people/chart/", "/people/skills/", "/people/me/"),
            *(f"/people/{person.key}/", f"/people/chart/{person.key}/", "/people/skills/linkedin/"),
        ],
        "administrators": [
            *("/people/add/", "/people/ladder/", "/people/import/", "/people/skills/new/"),
            *("/people/export.csv", "/people/export.xlsx", f"/people/{person.key}/edit/"),
            *(f"/people/{person.key}/left/", f"/people/{person.key}/apart/"),
            *(f"/people/import/{run.key}/", f"/people/import/{run.key}/report/"),
            f"/people/import/{run.key}/levels/",
        ],
    }


def test_pages_for_everyone_and_pages_for_administrators(
    administrator: Client, colleague: Client, now: datetime
) -> None:
    make_skill("LinkedIn")
    pages = addresses(make_person(manager=make_person()), make_run(now))

    for address in pages["everyone"]:
        assert colleague.get(address).status_code == 200, address
        assert administrator.get(address).status_code == 200, address
        assert Client().get(address).status_code == 302, address
    for address in pages["administrators"]:
        assert administrator.get(address).status_code == 200, address
        assert colleague.get(address).status_code in {403, 404}, address
        assert Client().get(address).status_code == 302, address


@pytest.mark.parametrize(
    "address",
    [
        *("/people/skills/load/", "/people/ladder/{level}/move/"),
        *("/people/ladder/{level}/remove/", "/people/{key}/back/", "/people/{key}/left/"),
        *("/people/{key}/edit/", "/people/add/"),
    ],
)
def test_colleagues_cannot_change_the_directory(colleague: Client, address: str) -> None:
    person = make_person(rank=1)
    assert person.level is not None

    answer = colleague.post(address.format(key=person.key, level=person.level.pk))

    assert answer.status_code == 403


def test_numbers_and_hire_dates_are_for_administrators(
    administrator: Client, colleague: Client
) -> None:
    person = make_person(external_id="SECRET-7", hired_on="2020-02-03")
    page = f"/people/{person.key}/"

    assert "SECRET-7" in administrator.get(page).content.decode()
    for address in (page, "/people/", "/people/?order=-hired", f"/people/chart/{person.key}/"):
        text = colleague.get(address).content.decode()
        assert "SECRET-7" not in text
        assert "2020" not in text


def test_an_unknown_person_is_not_found(colleague: Client) -> None:
    assert colleague.get("/people/nobody-of-this-name/").status_code == 404


@pytest.mark.parametrize(
    "address", ["/people/", "/people/chart/", "/people/skills/", "/people/{key}/", "/people/me/"]
)
def test_a_page_asks_as_much_for_three_as_for_one(
    administrator: Client,
    django_assert_max_num_queries: Queries,
    address: str,
) -> None:
    root = make_person("Root", manager=None)
    address = address.format(key=root.key)
    _crowd(root, 1)
    with django_assert_max_num_queries(30) as one:
        administrator.get(address)
    _crowd(root, 3)

    with django_assert_max_num_queries(len(one)):
        administrator.get(address)


def _crowd(root: Person, size: int) -> None:
    me = Person.objects.get(name="Ada Min")
    for number in range(size):
        skill = make_skill(f"Skill {size} {number}")
        unit = Unit.objects.create(name=f"Unit {size} {number}")
        person = make_person(manager=root, unit=unit, level=make_level(10 * size + number))
        make_person(manager=person)
        Offer.objects.create(person=person, skill=skill)
        Offer.objects.create(person=me, skill=skill)
        Want.objects.create(person=me, skill=skill)
        Want.objects.create(person=root, skill=skill)


def test_words_must_all_occur_and_cards_narrow_further(colleague: Client) -> None:
    unit = Unit.objects.create(name="Finance")
    make_person("Tamsin Marlow", title="VP Finance", unit=unit)
    make_person("Tamsin Quist", title="Analyst")

    both = colleague.get("/people/?q=tamsin").content.decode()
    one = colleague.get("/people/?q=TAMSIN+vp").content.decode()
    by_unit = colleague.get("/people/?unit=Finance").content.decode()
    none = colleague.get("/people/?q=tamsin+zzz").content.decode()

    assert ["Marlow" in text for text in (both, one, by_unit)] == [True, True, True]
    assert ["Quist" in text for text in (both, one, by_unit)] == [True, False, False]
    assert "Nobody fits" in none


def test_people_are_found_by_another_name_of_a_skill(colleague: Client, now: datetime) -> None:
    load_taxonomy(by=ADMINISTRATOR, now=now)
    person = make_person("Juno Okapi")
    skill = find_skill("LinkedIn")
    assert skill is not None
    Offer.objects.create(person=person, skill=skill)

    found = colleague.get("/people/?offers=linkedIN").content.decode()
    unknown = colleague.get("/people/?offers=linkedinn").content.decode()

    assert "Juno Okapi" in found
    assert "No skill is called" in unknown
    assert "Did you mean" in unknown


def test_left_people_are_shown_on_request_only(colleague: Client, now: datetime) -> None:
    make_person("Gone Girl", left_on=now.date())

    assert "Gone Girl" not in colleague.get("/people/").content.decode()
    assert "Gone Girl" in colleague.get("/people/?state=left").content.decode()


@pytest.mark.parametrize("order", ["name", "-name", "level", "-level", "unit", "-unit", "nonsense"])
def test_any_order_shows_everyone(colleague: Client, order: str) -> None:
    make_person("Has None")
    make_person("Has Level", rank=3)

    text = colleague.get(f"/people/?order={order}").content.decode()

    assert "Has None" in text
    assert "Has Level" in text


def test_nonsense_in_the_address_is_passed_over(colleague: Client) -> None:
    answer = colleague.get("/people/?level=x&page=-3&state=ghosts&unit=%00&q=%FF%00")

    assert answer.status_code == 200


def test_the_chart_jumps_to_the_one_person_found(colleague: Client) -> None:
    person = make_person("Unique Name")

    answer = colleague.get("/people/chart/?q=unique+name")

    assert answer.headers["Location"] == f"/people/chart/{person.key}/"
