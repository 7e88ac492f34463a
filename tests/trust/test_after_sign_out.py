"""A computer that others use next: nothing that was read stays with the browser."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect

from tests.factories import make_user
from tests.meetings.writing import adviser_of, book_begun, page_of
from viceversa.accounts.models import User
from viceversa.meetings.actions.note import write_note

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = "between tangerines"


@pytest.fixture
def usual_page(browser_type: Any, browser_type_launch_args: dict[str, Any]) -> Iterator[Any]:
    """Pages that one goes back to are kept as they were, which tests otherwise switch off."""
    kept = ["--disable-back-forward-cache"]
    with browser_type.launch(**browser_type_launch_args, ignore_default_args=kept) as browser:
        yield browser.new_page()


def sign_in(page: Any, live_server: Any, user: User) -> None:
    client = Client()
    client.force_login(user, backend="viceversa.accounts.backend.Backend")
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])


def test_after_signing_out_the_way_back_shows_nothing_of_it(
    usual_page: Any, live_server: Any, now: datetime
) -> None:
    page, meeting = usual_page, book_begun()
    write_note(
        meeting=meeting, kind="together", text=WORDS, by=adviser_of(meeting.partnership), now=now
    )
    sign_in(page, live_server, make_user(meeting.partnership.learner.person))
    page.goto(live_server.url + page_of("room", meeting))
    page.get_by_text(WORDS).wait_for()

    page.goto(f"{live_server.url}/sign-in/out/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.get_by_label("Password").wait_for()
    for _page in ("signing out", "the room"):
        page.evaluate("history.back()")
        page.wait_for_timeout(700)
        expect(page.get_by_text(WORDS)).to_have_count(0)
    page.get_by_label("Password").wait_for()
