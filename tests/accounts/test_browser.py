from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.accounts.helpers import PASSWORD, code_in_mail, run_jobs
from tests.factories import make_person, make_user
from viceversa.accounts.actions import invite_person
from viceversa.accounts.models import User
from viceversa.accounts.queries import link_secret
from viceversa.toolkit import clock
from viceversa.toolkit.actor import system

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = [(390, "light"), (390, "dark"), (1280, "light"), (1280, "dark")]
OUTSIDE = ["account_login", "account_request_login_code", "account_reset_password"]
INSIDE = [
    "accounts:account",
    "accounts:token_new",
    "accounts:list",
    "accounts:invitations",
    "accounts:without",
    "accounts:roles",
    "notifications:inbox",
    "notifications:preferences",
    "history:list",
    "account_change_password",
]


def _check(page: Page, address: str) -> None:
    page.goto(address)
    found = [violation["id"] for violation in Axe().run(page).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    assert (address, found, wide) == (address, [], False)


@pytest.mark.parametrize(("width", "scheme"), SIZES)
def test_every_page_is_fit_for_everybody(
    width: int,
    scheme: Any,
    page: Page,
    live_server: Any,
    sign_in_browser: Callable[[User], None],
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    for name in OUTSIDE:
        _check(page, live_server.url + reverse(name))
    by = system("tests", via="command")
    invitation = invite_person(person=make_person("Wren Ashby"), by=by, now=clock.now())
    address = reverse("accounts:invitation", args=[link_secret(invitation.key)])
    _check(page, live_server.url + address)
    make_person("Kit Tallow")
    sign_in_browser(make_user(make_person("Opal Reed"), roles=("operator",)))

    for name in INSIDE:
        _check(page, live_server.url + reverse(name))


def test_one_signs_in_by_password_and_lands_where_one_wanted(page: Page, live_server: Any) -> None:
    user = make_user()
    page.goto(live_server.url + reverse("accounts:account"))

    page.get_by_label("Work e-mail").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()

    expect(page.get_by_role("heading", name="My account")).to_be_visible()


def test_one_signs_in_by_a_code_that_came_by_email(page: Page, live_server: Any) -> None:
    user = make_user()
    page.goto(live_server.url + reverse("account_login") + "?next=/account/")
    page.get_by_role("link", name="Send me a code instead").click()
    page.get_by_label("Work e-mail").fill(user.email)
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", name="Type the code")).to_be_visible()
    run_jobs()

    page.get_by_label("Code").fill(code_in_mail())
    page.get_by_role("button", name="Sign in", exact=True).click()

    expect(page.get_by_role("heading", name="My account")).to_be_visible()


def test_one_accepts_an_invitation_without_a_script(browser: Any, live_server: Any) -> None:
    by = system("tests", via="command")
    invitation = invite_person(person=make_person("Wren Ashby"), by=by, now=clock.now())
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(live_server.url + reverse("accounts:invitation", args=[link_secret(invitation.key)]))

    page.get_by_label("Choose a password").fill("four plain words here")
    page.get_by_role("button", name="Save and go in").click()
    page.goto(live_server.url + reverse("accounts:account"))

    expect(page.get_by_role("heading", name="My account")).to_be_visible()
