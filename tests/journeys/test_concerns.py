"""Somebody without a name reports, a contact answers, and with eight words the two agree."""

from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.factories import make_person, make_user
from tests.factories.safeguarding import make_contact
from tests.journeys.pages import Witness
from viceversa.safeguarding.models import Concern

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(600),
    pytest.mark.django_db(transaction=True),
]
LONG = "He asks me who in my team said what. I said no twice. " + "Not" + "again" * 40


def by_label(page: Page, name: str) -> Any:
    return page.get_by_role("button", name=name, exact=True)


def test_a_concern_from_report_to_close(
    live_server: Any,
    browser: Browser,
    page: Page,
    context: Any,
    sign_in_browser: Any,
    now: datetime,
) -> None:
    ada = make_contact("Ada Low", now=now, title="Legal director")
    make_contact("Ben High", now=now)
    boss = make_contact("Cora Chief", now=now)
    make_person("Max Vane", manager=boss)

    window = browser.new_context()
    reporter = window.new_page()
    sent_by_browser: list[dict[str, str]] = []
    reporter.on("request", lambda request: sent_by_browser.append(request.all_headers()))
    witness = Witness(reporter, "concern-reporter")
    reporter.goto(f"{live_server.url}/sign-in/")
    reporter.get_by_role("link", name="If something is wrong").click()
    witness.look("if something is wrong")
    reporter.get_by_role("link", name="Write what happened").click()
    by_label(reporter, "Choose who receives it").click()
    witness.look("nothing written")
    reporter.get_by_label("What happened").fill(LONG)
    reporter.get_by_label("Whom it is about").fill("max vane")
    witness.look("report")
    by_label(reporter, "Choose who receives it").click()
    expect(reporter.get_by_label("Cora Chief")).to_have_count(0)
    by_label(reporter, "Send it").click()
    witness.look("one is not enough")
    reporter.get_by_label("Ada Low, Legal director").check()
    reporter.get_by_label("Ben High").check()
    by_label(reporter, "Send it").click()
    words = reporter.get_by_label("All eight").input_value()
    witness.look("receipt")
    reporter.reload()
    expect(reporter.get_by_label("All eight")).to_have_value(words)
    assert Concern.objects.count() == 1

    sign_in_browser(make_user(ada))
    handler = Witness(page, "concern-handler")
    page.goto(f"{live_server.url}/")
    page.get_by_role("link", name="Concerns").click()
    handler.look("list")
    page.get_by_role("link", name="Concern of the week").click()
    expect(page.get_by_text("He asks me who in my team")).to_be_visible()
    expect(by_label(page, "We have spoken with the person named")).to_have_count(0)
    page.get_by_label("Your message").fill("Thank you. May we speak with Max Vane?")
    by_label(page, "Answer the reporter").click()
    by_label(page, "Ask leave to speak with the person named").click()
    handler.look("asked")

    reporter.goto(f"{live_server.url}/concern/")
    reporter.get_by_role("link", name="I have eight words").click()
    reporter.get_by_label("Your eight words").fill("wrong words")
    by_label(reporter, "Open the inbox").click()
    witness.look("wrong words")
    reporter.get_by_label("Your eight words").fill(words.upper())
    by_label(reporter, "Open the inbox").click()
    expect(reporter.get_by_text("May we speak with Max Vane?")).to_be_visible()
    witness.look("inbox")
    by_label(reporter, "Yes, they may").click()
    expect(reporter.get_by_text("You said yes")).to_be_visible()
    reporter.get_by_label("Your message").fill("Please do not say that it was me.")
    by_label(reporter, "Send it").click()
    witness.look("agreed")

    page.reload()
    expect(page.get_by_text("Please do not say that it was me.")).to_be_visible()
    by_label(page, "We have spoken with the person named").click()
    by_label(page, "Close it").click()
    handler.look("closed")
    concern = Concern.objects.get()
    assert (concern.has_spoken, concern.is_open) == (True, False)

    assert witness.faults == handler.faults == []
    assert {one["name"] for one in window.cookies()} <= {"csrftoken"}  # of the sign-in page
    seen = [one for one in sent_by_browser if one.get("referer", "").find("/concern/") >= 0]
    assert seen == []
    assert not any(word in reporter.url for word in words.split())
    window.close()
