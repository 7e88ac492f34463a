"""The main job from end to end, in a real browser: a staff file becomes accepted partnerships."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories import make_person, make_user
from tests.journeys.pages import Witness, run_jobs
from viceversa.accounts.models import User
from viceversa.partnerships.models import Partnership
from viceversa.people.actions import load_taxonomy
from viceversa.people.models import Level, Person
from viceversa.programmes.models import Enrolment, Programme
from viceversa.toolkit import clock
from viceversa.toolkit.actor import system

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(900),
]

STAFF = Path(__file__).parent.parent / "people" / "data" / "development_department.csv"
SignIn = Callable[[User], None]


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state("networkidle")


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name).first.click()
    page.wait_for_load_state("networkidle")


def heading(page: Page) -> Any:
    return page.locator("h1")


def sign_in_by_hand(page: Page, base: str, user: User) -> None:
    page.goto(f"{base}/sign-in/")
    page.get_by_label("Work e-mail").fill(user.email)
    page.get_by_label("Password", exact=True).fill("correct horse battery")
    press(page, "Sign in")


def import_the_staff_file(page: Page, base: str, look: Callable[[str], None]) -> None:
    page.goto(f"{base}/people/import/")
    look("import")
    page.get_by_label("Staff file").set_input_files(STAFF)
    press(page, "Go on")
    expect(heading(page)).to_have_text("What is in which column?")
    page.get_by_label("Time zone of everyone").fill("Europe/London")
    page.get_by_label("E-mail pattern").fill("{external_id}@department.example")
    look("columns")
    press(page, "See what would change")
    look("ladder")
    press(page, "See what would change")
    expect(heading(page)).to_have_text("What would change")
    look("what-would-change")
    press(page, "Apply")
    run_jobs()
    page.reload()
    expect(heading(page)).to_have_text("What changed")
    assert Person.objects.count() == 322
    look("what-changed")


def set_up_digital_half_hour(page: Page, base: str, look: Callable[[str], None]) -> Programme:
    page.goto(f"{base}/programmes/new/")
    look("templates")
    follow(page, "Digital half hour")
    press(page, "Make the draft")
    programme = Programme.objects.get()
    for step in ("objectives", "levels", "guidelines", "growth", "support"):
        page.goto(f"{base}/programmes/{programme.slug}/set-up/{step}/")
        if step == "objectives":
            page.get_by_label("Starts on").fill("2027-01-11")
            page.get_by_label("Ends on").fill("2027-07-02")
        if step == "levels":
            choose_levels(page)
        look(f"set-up-{step}")
        page.locator("main form.form button.primary, main form button.primary").first.click()
        page.wait_for_load_state("networkidle")
        assert f"/{step}/" not in page.url, page.locator("main").inner_text()
    page.goto(f"{base}/programmes/{programme.slug}/readiness/")
    look("readiness")
    press(page, "Open enrolment")
    programme.refresh_from_db()
    assert programme.state == Programme.State.ENROLLING
    return programme


def choose_levels(page: Page) -> None:
    ladder = list(Level.objects.order_by("rank").values_list("name", flat=True))
    cards = page.locator("main .card select")
    cards.nth(0).select_option(label="SCS2")
    cards.nth(1).select_option(label=ladder[-1])
    cards.nth(2).select_option(label=ladder[0])
    cards.nth(3).select_option(label="A2 (G7)")


def enrol_by_level(page: Page, base: str, slug: str, look: Callable[[str], None]) -> None:
    for role in ("Learner", "Adviser"):
        page.goto(f"{base}/programmes/{slug}/participants/eligible/")
        page.get_by_label(role).first.check()
        page.get_by_label("Enrol").first.check()
        if role == "Learner":
            look("enrol-by-level")
        press(page, "Add everyone who fits")
        run_jobs()
    page.goto(f"{base}/programmes/{slug}/participants/")
    look("participants")
    assert Enrolment.objects.filter(is_learner=True, state="enrolled").count() == 19
    assert Enrolment.objects.filter(is_adviser=True, state="enrolled").count() > 100


def match_and_review(page: Page, base: str, slug: str, look: Callable[[str], None]) -> None:
    page.goto(f"{base}/programmes/{slug}/rounds/")
    look("rounds")
    press(page, "Start a round")
    look("solving")
    solved(page)
    look("review")
    row = page.locator("#pairs tbody tr").nth(1)
    row.get_by_role("link").first.click()
    expect(page.locator("#why")).to_be_visible()
    look("why-this-pair")


def solved(page: Page) -> None:
    run_jobs()
    page.reload()
    page.wait_for_load_state("networkidle")
    expect(heading(page)).to_contain_text("ready to review")


def pair_of_row(page: Page, number: int) -> tuple[str, str]:
    row = page.locator("#pairs tbody tr").nth(number)
    learner = row.locator("th .person a").inner_text()
    return learner, row.locator("td .person b, td .person a").first.inner_text()


def wish(page: Page, number: int, label: str) -> tuple[str, str]:
    pair = pair_of_row(page, number)
    row = page.locator("#pairs tbody tr").nth(number)
    row.get_by_role("button", name="Actions for").click()
    row.get_by_role("button", name=label).click()
    page.wait_for_load_state("networkidle")
    return pair


def shown_pairs(page: Page) -> set[tuple[str, str]]:
    rows = page.locator("#pairs tbody tr").count()
    return {pair_of_row(page, number) for number in range(rows)}


def test_from_a_staff_file_to_accepted_partnerships(
    live_server: Any, page: Page, sign_in_browser: SignIn
) -> None:
    witness = Witness(page, "staff-file")
    look, base = witness.look, live_server.url
    load_taxonomy(by=system("tests", via="command"), now=clock.now())
    coordinator = make_user(
        make_person("Tamsin Marlow", by_hand=True), roles=("directory_administrator",)
    )

    page.goto(base)
    look("sign-in")
    sign_in_by_hand(page, base, coordinator)
    look("today")

    import_the_staff_file(page, base, look)
    page.goto(f"{base}/people/")
    look("directory")
    page.goto(f"{base}/people/chart/")
    look("chart")

    slug = set_up_digital_half_hour(page, base, look).slug
    enrol_by_level(page, base, slug, look)
    page.goto(f"{base}/programmes/{slug}/")
    look("programme")
    match_and_review(page, base, slug, look)

    page.goto(f"{base}/programmes/{slug}/rounds/1/")
    pinned = wish(page, 0, "Pin")
    forbidden = wish(page, 1, "Forbid")
    look("pinned-and-forbidden")
    press(page, "Solve again")
    solved(page)
    look("solved-again")
    pairs = shown_pairs(page)
    assert pinned in pairs
    assert forbidden not in pairs

    page.get_by_role("link", name="Publish").or_(
        page.get_by_role("button", name="Publish")
    ).first.click()
    look("publish")
    press(page, "Publish now")
    run_jobs()
    look("published")

    partnership = Partnership.objects.select_related("learner__person", "adviser__person").first()
    assert partnership is not None
    for side in (partnership.learner, partnership.adviser):
        sign_in_browser(make_user(side.person))
        page.goto(base)
        look(f"today-{'learner' if side == partnership.learner else 'adviser'}")
        follow(page, "Look and answer")
        look("proposed")
        page.get_by_role("button", name="Yes").first.click()
        page.wait_for_load_state("networkidle")
        look("answered")

    partnership.refresh_from_db()
    assert partnership.state == Partnership.State.ACCEPTED
    assert witness.faults == []
