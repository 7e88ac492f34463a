"""Every page of the sample organisation in a real browser, for everybody who may open it.

A page made later is walked without a line here. Which pages look alike is told by their elements
and classes: what a role sees in its own way is looked at, what others saw before is not.
"""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Page

from tests.journeys.everywhere import Walker, unknown_parts, walkers
from tests.journeys.furnishing import furnish
from tests.journeys.pages import WAYS as ALL_WAYS
from tests.journeys.pages import keep_picture, look_at
from viceversa.accounts.models import User
from viceversa.home.management.sample import run_sample
from viceversa.toolkit import clock

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.timeout(600),
]

# Pages take turns, so that an address with two looks is seen in all four ways.
WAYS = [[(1280, "light"), (390, "dark")], [(390, "light"), (1280, "dark")]]
WAYS += [[other, one] for one, other in WAYS]
PICTURES = os.environ.get("EVERYWHERE_SCREENSHOTS", "")
ELEMENT = re.compile(r"<([a-z]+)(?=[\s>])[^>]*?(?: class=\"([^\"]*)\")?[\s>]")
SHUT = {302, 403, 404, 405, 409, 410}
SignIn = Callable[[User], None]


@pytest.fixture
def organisation(transactional_db: None, settings: Any) -> None:
    """Nobody is asked once more who is there: pages behind that question are walked too."""
    settings.MFA_REAUTHENTICATION_REQUIRED = False
    call_command("createcachetable", verbosity=0)
    run_sample(people=240, seed=2026, echo=lambda line: None, tell=False)
    furnish(clock.now())


def look_of(html: str) -> set[tuple[str, str]]:
    """Which elements with which classes a page is made of."""
    return set(ELEMENT.findall(html.partition("<main")[2]))


def pages_to_look_at() -> Iterator[tuple[Walker, str, str, bool]]:
    """A page whose look no page of its address has shown before, and whether it is the first."""
    seen: dict[str, set[tuple[str, str]]] = {}
    buttons: set[str] = set()
    for walker in walkers():
        client = Client()
        if walker.user is not None:
            client.force_login(walker.user, backend="viceversa.accounts.backend.Backend")
        for name, path in walker.pages():
            if name in buttons:
                continue
            answer = client.get(path)
            if answer.status_code == 405:
                buttons.add(name)
            if answer.status_code in SHUT or "text/html" not in answer.headers["Content-Type"]:
                continue
            assert answer.status_code == 200, (walker.name, path, answer.status_code)
            look = look_of(answer.content.decode())
            if not look <= seen.get(name, set()):
                yield walker, name, path, name not in seen
                seen[name] = seen.get(name, set()) | look


class Watcher:
    """Asks axe about pages, and keeps what is wrong."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        self.now = ""
        page.on("pageerror", lambda error: self.faults.append(f"{self.now}: {error}"))
        page.on("console", self._heard)

    def _heard(self, message: Any) -> None:
        if message.type == "error":
            self.faults.append(f"{self.now}: {message.text}")

    def open(self, address: str, name: str, ways: list[tuple[int, str]]) -> None:
        self.page.goto(address)
        for width, scheme, faults in look_at(self.page, ways):
            self.faults += [f"{self.now} at {width}, {scheme}: {fault}" for fault in faults]
            if PICTURES:
                keep_picture(self.page, Path(PICTURES), f"{name}-{width}-{scheme}")


def test_every_page_is_accessible_at_both_widths_in_light_and_dark(
    organisation: None, live_server: Any, page: Page, sign_in_browser: SignIn
) -> None:
    """Each address in two opposite ways, what others see of it in one. With EVERYWHERE_SCREENSHOTS
    all four pictures of each are kept."""
    watcher, signed_in, taken = Watcher(page), "", 0
    for walker, name, path, is_first in list(pages_to_look_at()):
        if walker.name != signed_in:
            page.context.clear_cookies()
            if walker.user is not None:
                sign_in_browser(walker.user)
        signed_in, watcher.now = walker.name, f"{path} as {walker.name}"
        ways = ALL_WAYS if PICTURES else WAYS[taken % 4][: 1 + is_first]
        watcher.open(live_server.url + path, f"{name}-{walker.name}-{taken}", ways)
        taken += 1
    assert not watcher.faults, "\n".join(watcher.faults)
    assert taken > 150


def test_every_address_with_a_key_in_it_is_walked_with_a_real_one(organisation: None) -> None:
    assert unknown_parts() == set(), "say in everywhere.py what stands there"
