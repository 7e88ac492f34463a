"""The pages around a half hour in a real browser, with and without a script."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.factories import make_user
from tests.meetings.writing import adviser_of, book_begun, learner_of, page_of, sign
from viceversa.accounts.models import User
from viceversa.meetings.actions.commitment import NewPromise, make_promises
from viceversa.meetings.actions.note import write_note
from viceversa.meetings.actions.preparation import prepare
from viceversa.meetings.actions.unclear import did_not_follow, follows_now
from viceversa.meetings.models import Meeting, Note
from viceversa.meetings.rules.words import Preparing, Promise
from viceversa.partnerships.rules.terms import Permission, Terms
from viceversa.toolkit import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SECRET = "unsent-tangerine"


@pytest.fixture
def meeting(now: datetime) -> Meeting:
    meeting = book_begun()
    learner, adviser = learner_of(meeting.partnership), adviser_of(meeting.partnership)
    prepare(meeting=meeting, words=Preparing(questions="Where?"), by=adviser, now=now)
    write_note(meeting=meeting, kind="together", text="One", by=adviser, now=now)
    promises = [NewPromise(Promise(will="Watch a film"))]
    make_promises(partnership=meeting.partnership, promises=promises, by=learner, now=now)
    return meeting


@pytest.fixture
def learner(meeting: Meeting, sign_in_browser: Callable[[User], None]) -> User:
    user = make_user(meeting.partnership.learner.person)
    sign_in_browser(user)
    return user


@pytest.mark.usefixtures("learner")
def test_what_is_typed_in_the_pause_never_leaves_the_browser(
    page: Any, live_server: Any, meeting: Meeting
) -> None:
    sent: list[str] = []
    page.on("request", lambda one: sent.append(f"{one.url} {one.headers} {one.post_data or ''}"))
    page.goto(live_server.url + page_of("room", meeting))
    page.get_by_text("A pause for power").click()
    page.get_by_label("For yourself").fill(SECRET)
    page.get_by_text("Write for both").click()
    page.get_by_label("A new note for both").fill("Kept words")
    page.get_by_role("button", name="Keep for both").click()
    page.get_by_text("Kept words").wait_for()

    assert [one for one in sent if "Kept+words" in one or "Kept words" in one]
    assert [one for one in sent if SECRET in one] == []
    stored = "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"
    assert SECRET not in page.evaluate(stored)
    assert Note.objects.count() == 2


@pytest.mark.usefixtures("learner")
def test_the_timer_says_what_is_on_and_starts_when_the_two_do(
    page: Any, live_server: Any, meeting: Meeting
) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(live_server.url + page_of("room", meeting))
    page.get_by_role("timer").wait_for()
    page.get_by_role("button", name="We start now").click()
    assert page.locator("#agenda > [aria-current=step] .row-title").inner_text() == "Arrive"
    assert page.get_by_role("timer").inner_text().startswith(("3:", "2:", "1:"))
    page.reload()
    page.get_by_role("timer").wait_for()
    assert page.locator("#agenda > [aria-current=step] .row-title").inner_text() == "Arrive"
    assert not page.get_by_role("button", name="We start now").is_visible()
    assert faults == []


@pytest.mark.usefixtures("learner")
def test_on_a_phone_permission_and_clock_share_the_first_screen_and_help_is_folded(
    page: Any, live_server: Any, meeting: Meeting, now: datetime
) -> None:
    leave = Permission(directive=True, interrupt=True, disagree=True, homework=True, words="Stop.")
    sign(meeting, Terms(permission=leave, off_limits="The merger."), now=now)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(live_server.url + page_of("room", meeting))
    for seen in (page.locator("#permission"), page.get_by_role("button", name="We start now")):
        box = seen.bounding_box()
        assert box["y"] + box["height"] < 844 - 60
    assert page.evaluate("document.documentElement.scrollHeight") < 2800
    for who in ("Write for both", "Write for myself"):
        assert "can read this" in page.locator("summary", has_text=who).inner_text()


def test_without_a_script_the_agenda_has_its_times(
    browser: Any, live_server: Any, meeting: Meeting, learner: User, context: Any
) -> None:
    bare = browser.new_context(java_script_enabled=False)
    bare.add_cookies(context.cookies())
    page = bare.new_page()
    page.goto(live_server.url + page_of("room", meeting))
    assert not page.get_by_role("timer").is_visible()
    assert page.locator("#agenda time").count() >= 5
    page.get_by_text("Write for both").click()
    page.get_by_label("A new note for both").fill("Without a script")
    page.get_by_role("button", name="Keep for both").click()
    assert page.get_by_text("Without a script").is_visible()
    bare.close()


@pytest.mark.usefixtures("learner")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_pages_can_be_used_by_everybody(
    page: Any, live_server: Any, meeting: Meeting, width: int, scheme: str
) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 844})
    for name in ("prepare", "agenda", "room", "after"):
        page.goto(live_server.url + page_of(name, meeting))
        assert Axe().run(page).response["violations"] == [], name
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, name


def test_the_adviser_sees_within_seconds_what_was_not_followed(
    page: Any, live_server: Any, meeting: Meeting, sign_in_browser: Callable[[User], None]
) -> None:
    sent: list[str] = []
    page.on("request", lambda one: sent.append(f"{one.url} {one.headers} {one.post_data or ''}"))
    name = meeting.partnership.learner.person.name
    sign_in_browser(make_user(meeting.partnership.adviser.person))
    page.goto(live_server.url + page_of("room", meeting))
    page.get_by_text("Write for both").click()
    page.get_by_label("A new note for both").fill("Half a no")
    page.get_by_text("A pause for power").click()
    page.get_by_label("For yourself").fill(SECRET)

    said = did_not_follow(meeting=meeting, by=learner_of(meeting.partnership), now=clock.now())
    page.get_by_role("heading", name=f"{name} did not follow").wait_for(timeout=15_000)
    assert page.get_by_label("A new note for both").input_value() == "Half a no"
    assert page.get_by_label("For yourself").input_value() == SECRET
    assert Axe().run(page).response["violations"] == []

    follows_now(unclear=said, by=learner_of(meeting.partnership), now=clock.now())
    page.get_by_role("heading", name=f"{name} did not follow").wait_for(
        state="detached", timeout=15_000
    )
    assert [one for one in sent if SECRET in one] == []
