"""Two people side by side, from the second yes to the certificate."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.factories import (
    make_coordinator,
    make_enrolment,
    make_partnership,
    make_person,
    make_programme,
    make_user,
)
from tests.journeys.pages import Witness, run_jobs
from viceversa.accounts.models import User
from viceversa.meetings.models import Help, Meeting
from viceversa.partnerships.models import Partnership
from viceversa.toolkit import clock

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(600),
    pytest.mark.django_db(transaction=True),
]

Enter = Callable[[User], Page]
PHONE = {"width": 390, "height": 844}
OF_BOTH: dict[str, Mapping[str, Any]] = {
    "you": {"background": "Many years of long letters.", "expects": "We come prepared."},
    "aims": {"aims": "To speak about short video.", "engagement": "long"},
    "trust": {"confidentiality": "goals", "political": "Some may smile."},
    "meet": {"every_days": "7", "minutes": "30", "channel": "video"},
    "back": {"how_we_end": "Either of us may say that it is enough."},
}
OF_THE_LEARNER: dict[str, Mapping[str, Any]] = {
    "aims": {"outcomes": "Make one short video"},
    "leave": {"interrupt": True, "disagree": True, "words": "Tell me when I am wrong."},
    "back": {"return_stream": "How decisions are made here."},
}


@dataclass
class Two:
    """The learner's and the adviser's window on one partnership."""

    base: str
    learner: Page
    adviser: Page
    partnership: Partnership

    @property
    def home(self) -> str:
        return f"{self.base}/partnerships/{self.partnership.key}/"


@pytest.fixture
def enter(live_server: Any, browser: Browser, sign_in_browser: Any, context: Any) -> Any:
    """A window of its own for each person, signed in."""
    opened = []

    def open_window(user: User) -> Page:
        sign_in_browser(user)
        window = browser.new_context(storage_state=context.storage_state())
        opened.append(window)
        return window.new_page()

    yield open_window
    for window in opened:
        window.close()


@pytest.fixture
def two(live_server: Any, enter: Enter) -> Two:
    programme = make_programme("Digital half hour", state="running")
    learner = make_enrolment(programme, make_person("Odile Wren"), learner=True)
    adviser = make_enrolment(programme, make_person("Juno Okapi"), adviser=True)
    partnership = make_partnership(programme, learner=learner, adviser=adviser)
    windows = [enter(make_user(part.person)) for part in (learner, adviser)]
    return Two(live_server.url, windows[0], windows[1], partnership)


def heading(page: Page) -> Any:
    return page.get_by_role("heading", level=1)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()
    page.wait_for_load_state("networkidle")


def fill(page: Page, values: Mapping[str, Any]) -> None:
    """By the names of the fields, whichever way each is drawn."""
    for name, value in values.items():
        field = page.locator(f"main [name='{name}']:not([type=hidden])")
        kind = field.first.get_attribute("type")
        if kind == "radio":
            page.locator(f"main [name='{name}'][value='{value}']").check()
        elif kind == "checkbox":
            field.first.set_checked(bool(value))
        elif field.first.evaluate("element => element.tagName") == "SELECT":
            field.first.select_option(value)
        else:
            field.first.fill(str(value))


def submit(page: Page) -> None:
    page.locator("main form button.primary").first.click()
    page.wait_for_load_state("networkidle")


def accept(two: Two) -> None:
    for page in (two.learner, two.adviser):
        page.goto(two.home)
        press(page, "Yes, let us start")
    expect(two.adviser.locator("main")).to_contain_text("Purpose")


def answer_apart(two: Two, page: Page, own: Mapping[str, Mapping[str, Any]]) -> None:
    for step in ("you", "aims", "leave", "trust", "meet", "back"):
        values = {**OF_BOTH.get(step, {}), **own.get(step, {})}
        if step == "leave" and "leave" not in own:
            continue
        page.goto(f"{two.home}agreement/answer/{step}/")
        fill(page, values)
        submit(page)
    expect(page.locator("main")).to_contain_text("Handed in.")


def agree(two: Two, look: Callable[[str], None], look_adviser: Callable[[str], None]) -> None:
    two.learner.goto(f"{two.home}agreement/")
    look("agreement-apart")
    two.learner.goto(f"{two.home}agreement/answer/leave/")
    look("agreement-permission")
    answer_apart(two, two.learner, OF_THE_LEARNER)
    two.adviser.goto(f"{two.home}agreement/")
    expect(two.adviser.locator("main")).not_to_contain_text("Tell me when I am wrong.")
    answer_apart(two, two.adviser, {})
    two.adviser.goto(f"{two.home}agreement/replies/")
    look_adviser("agreement-replies")
    two.adviser.locator("main input[type=radio]").first.check()
    submit(two.adviser)
    two.learner.goto(f"{two.home}agreement/")
    look("agreement-side-by-side")
    press(two.learner, "Put it together")
    look("agreement-draft")
    two.learner.locator("#commits").check()
    press(two.learner, "Sign version 1")
    two.adviser.goto(f"{two.home}agreement/")
    press(two.adviser, "Sign version 1")
    two.learner.goto(two.base)
    expect(two.learner.locator("main")).to_contain_text("Fix the next half hour")
    two.learner.goto(two.home)
    look("partnership-active")


def tomorrow(hour: int) -> datetime:
    day = clock.now() + timedelta(days=1)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


def book(two: Two, at: datetime, look: Callable[[str], None] | None = None) -> Meeting:
    two.learner.goto(f"{two.home}half-hours/book/")
    if look:
        look("book")
    fill(two.learner, {"day": at.date().isoformat(), "at": at.strftime("%H:%M")})
    press(two.learner, "Book it")
    return Meeting.objects.filter(partnership=two.partnership, state="booked").latest("id")


def meet(two: Two, look: Callable[[str], None], look_adviser: Callable[[str], None]) -> None:
    meeting = book(two, tomorrow(10), look)
    here = f"{two.home}half-hours/{meeting.key}/"
    two.learner.set_viewport_size({"width": 390, "height": 844})
    two.learner.goto(f"{here}prepare/")
    fill(two.learner, {"questions": "How long may it be?", "concerns": "That I look silly."})
    submit(two.learner)
    two.learner.goto(f"{here}prepare/")
    look("prepare")
    two.adviser.goto(f"{here}prepare/")
    expect(two.adviser.locator("main")).to_contain_text("How long may it be?")
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=clock.now() - timedelta(minutes=5))
    two.adviser.goto(f"{here}room/")
    look_adviser("room")
    expect(two.adviser.locator("main")).to_contain_text("Tell me when I am wrong.")
    press(two.adviser, "We met")
    two.learner.goto(f"{here}after/")
    fill(two.learner, {"thanks": "your patience", "surprised": "Twenty seconds are enough."})
    two.learner.locator("main [name$='said']").first.fill("Film upright")
    two.learner.locator("main [name$='will']").first.fill("Film one minute")
    look("after")
    submit(two.learner)
    two.learner.goto(f"{two.home}promises/")
    expect(two.learner.locator("main")).to_contain_text("Film one minute")
    look("promises")


def call_off_twice(two: Two, coordinator: Page, look: Callable[[str], None]) -> None:
    for hour in (9, 14):
        meeting = book(two, tomorrow(hour))
        two.learner.goto(f"{two.home}half-hours/{meeting.key}/cancel/")
        press(two.learner, "Call off")
    assert Help.objects.filter(partnership=two.partnership, kind="cancellations").exists()
    two.learner.goto(f"{two.home}half-hours/")
    expect(two.learner.get_by_role("button", name="Book").first).to_be_visible()
    look("help-offered")
    coordinator.goto(f"{two.base}/programmes/{two.partnership.programme.slug}/help/")
    expect(coordinator.locator("main")).to_contain_text("Odile Wren")
    expect(coordinator.locator("main")).not_to_contain_text("Film")


def close(two: Two, look: Callable[[str], None]) -> None:
    for page in (two.learner, two.adviser):
        page.goto(two.home)
        page.get_by_role("button", name="close").first.click()
        page.wait_for_load_state("networkidle")
    for page in (two.learner, two.adviser):
        page.goto(f"{two.home}closing/")
        fill(page, {"worked": "Half an hour was enough.", "take_along": "Ask more often."})
        fill(page, {"gained": "yes", "wants_more": "no"})
        submit(page)
    two.learner.goto(f"{two.home}closing/")
    look("side-by-side")
    press(two.learner, "Finish")
    look("completed")
    two.learner.goto(f"{two.home}certificate/")
    look("certificate")


def test_from_the_second_yes_to_the_certificate(two: Two, enter: Enter) -> None:
    learner = Witness(two.learner, "partnership-learner")
    adviser = Witness(two.adviser, "partnership-adviser")
    coordinator = enter(make_user(make_coordinator(two.partnership.programme)))

    accept(two)
    agree(two, learner.look, adviser.look)
    meet(two, learner.look, adviser.look)
    call_off_twice(two, coordinator, learner.look)
    close(two, learner.look)
    run_jobs()

    two.partnership.refresh_from_db()
    assert two.partnership.state == "completed"
    assert [*learner.faults, *adviser.faults] == []
