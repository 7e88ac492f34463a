"""What only a browser can show: lists that renew while one types, a tree that opens in steps."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.factories import make_level, make_person, make_user
from tests.people.importing import ADMINISTRATOR, DATA
from viceversa.accounts.models import User
from viceversa.people.actions import load_taxonomy
from viceversa.people.actions.importing import start_check, start_import
from viceversa.people.models import Offer, Person
from viceversa.people.queries.skills import find_skill

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def me(now: datetime) -> User:
    load_taxonomy(by=ADMINISTRATOR, now=now)
    root = make_person("Rowan Root", level=make_level(3, "Chief"))
    middle = make_person("Mika Middle", manager=root, level=make_level(2, "Lead"))
    person = make_person("Ada Min", manager=middle, level=make_level(1, "Junior"))
    skill = find_skill("LinkedIn")
    assert skill is not None
    Offer.objects.create(person=middle, skill=skill)
    return make_user(person, roles=("directory_administrator",))


@pytest.fixture
def desk(page: Page, live_server: Any, me: User, sign_in_browser: Callable[[User], None]) -> Page:
    sign_in_browser(me)
    page.goto(f"{live_server.url}/people/")
    return page


def test_the_directory_narrows_while_one_types(desk: Page) -> None:
    desk.get_by_label("Search", exact=True).last.fill("mika")

    expect(desk.locator("#people tbody tr")).to_have_count(1)
    expect(desk.locator("#people")).to_contain_text("Mika Middle")
    assert "q=mika" in desk.url


def test_the_chart_opens_step_by_step(desk: Page, live_server: Any) -> None:
    desk.goto(f"{live_server.url}/people/chart/")

    desk.locator("summary", has_text="Rowan Root").click()
    desk.locator("summary", has_text="Mika Middle").click()

    expect(desk.locator(".tree .tree .tree")).to_contain_text("Ada Min")


def test_a_skill_is_suggested_and_pressed(desk: Page, live_server: Any) -> None:
    desk.goto(f"{live_server.url}/people/me/")

    desk.get_by_role("textbox", name="I can teach").press_sequentially("linkdi")
    desk.locator("#offer-near").get_by_role("button", name="Professional networks").click()

    expect(desk.locator("#offers .held")).to_contain_text("Professional networks")


@pytest.fixture
def without_scripts(browser: Browser, live_server: Any, context: Any, desk: Page) -> Iterator[Page]:
    plain = browser.new_context(java_script_enabled=False)
    plain.add_cookies(context.cookies())
    yield plain.new_page()
    plain.close()


def test_everything_works_without_scripts(without_scripts: Page, live_server: Any) -> None:
    page = without_scripts
    page.goto(f"{live_server.url}/people/me/")
    page.get_by_role("textbox", name="I want to learn").fill("linkdin")
    page.locator("#wants").get_by_role("button", name="Add").click()
    page.get_by_role("button", name="Professional networks").click()
    expect(page.locator("#wants .held")).to_contain_text("Professional networks")

    page.goto(f"{live_server.url}/people/chart/")
    page.locator("summary", has_text="Rowan Root").click()
    page.get_by_role("link", name="Who reports to Rowan Root").click()
    expect(page.locator("h1")).to_have_text("Rowan Root")

    page.goto(f"{live_server.url}/people/import/")
    page.get_by_label("Staff file").set_input_files(DATA / "development_department.csv")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="See what would change").click()
    expect(page.locator("h1")).to_have_text("Words your ladder does not know")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_have_no_barriers(
    desk: Page, live_server: Any, now: datetime, width: int, scheme: Any
) -> None:
    desk.set_viewport_size({"width": width, "height": 844})
    desk.emulate_media(color_scheme=scheme)
    root = Person.objects.get(name="Rowan Root")
    run = start_import(
        content=(DATA / "culture_department_Mar-12.csv").read_bytes(),
        filename="staff.csv",
        by=ADMINISTRATOR,
        now=now,
    )
    start = f"/people/import/{run.key}"
    pages = [
        *("/people/", "/people/?q=zzz", f"/people/{root.key}/", f"/people/{root.key}/edit/"),
        *("/people/chart/", f"/people/chart/{root.key}/", "/people/skills/?q=link", "/people/me/"),
        *("/people/ladder/", "/people/add/", "/people/import/", f"{start}/", f"{start}/levels/"),
        *(f"/people/{root.key}/left/", f"/people/{root.key}/apart/", "/people/skills/new/"),
    ]
    for address in pages:
        _check(desk, f"{live_server.url}{address}")
    start_check(run=run, by=ADMINISTRATOR, now=now)
    _check(desk, f"{live_server.url}{start}/report/")


def _check(page: Page, address: str) -> None:
    page.goto(address)
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == [], address
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
