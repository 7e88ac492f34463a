"""The gallery in a real browser: nothing blocked, nothing inaccessible, nothing too wide."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from pytest_django.fixtures import Settings

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTHS = {"phone": 390, "desk": 1280}


@pytest.fixture(autouse=True)
def building(settings: Settings) -> None:
    settings.DEBUG = True


def complaints(page: Any) -> list[str]:
    """What the browser says in its console, collected from now on."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if bad(message) else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def bad(message: Any) -> bool:
    return message.type == "error" or "Content Security Policy" in message.text


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("path", ["/design/", "/design/letter/"])
def test_gallery_is_accessible(
    page: Any, live_server: Any, path: str, width: str, scheme: str
) -> None:
    said = complaints(page)
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": WIDTHS[width], "height": 844})
    page.goto(live_server.url + path)
    found = Axe().run(page)
    assert found.response["violations"] == []
    assert said == []


@pytest.mark.parametrize("width", [320, 390, 640, 899, 1280])
@pytest.mark.parametrize("path", ["/design/", "/design/letter/"])
def test_page_never_scrolls_sideways(page: Any, live_server: Any, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(live_server.url + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_touch_targets_are_big_enough(browser: Any, live_server: Any) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto(live_server.url + "/design/")
    heights = page.evaluate(
        "[...document.querySelectorAll('.button, .bottom-bar a, .bottom-bar button, .steps a')]"
        ".filter(one => one.checkVisibility())"
        ".map(one => [one.textContent.trim(), one.getBoundingClientRect().height])"
    )
    assert [one for one in heights if one[1] < 44] == []
    context.close()


def test_navigation_and_theme_work_without_javascript(browser: Any, live_server: Any) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + "/design/")
    page.get_by_role("button", name="More", exact=True).click()
    assert page.get_by_role("navigation", name="Main").get_by_text("Fresh eyes").is_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Menu of Mira Ibis").click()
    page.get_by_role("button", name="Dark").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert page.url == live_server.url + "/design/"
    context.close()


def test_theme_changes_at_once_and_is_kept(page: Any, live_server: Any) -> None:
    page.goto(live_server.url + "/design/")
    page.get_by_role("button", name="Mira Ibis").first.click()
    page.get_by_role("button", name="Dark").click()
    page.wait_for_selector("html[data-theme=dark]")
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_dialog_opens_is_named_and_gives_the_focus_back(page: Any, live_server: Any) -> None:
    page.goto(live_server.url + "/design/")
    opener = page.get_by_role("link", name="Undo publishing")
    opener.click()
    dialog = page.get_by_role("dialog", name="Undo publishing?")
    assert dialog.is_visible()
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert opener.evaluate("one => one === document.activeElement")


def test_sorting_renews_the_table_only(page: Any, live_server: Any) -> None:
    said = complaints(page)
    page.goto(live_server.url + "/design/")
    page.evaluate("window.same = true")
    page.locator("#table").get_by_role("link", name="Learner").click()
    page.wait_for_url("**/design/?order=learner")
    assert page.evaluate("window.same") is True
    assert said == []


def test_filter_sends_itself_while_one_types(page: Any, live_server: Any) -> None:
    page.goto(live_server.url + "/design/")
    page.get_by_label("Search").fill("ana")
    page.wait_for_url("**q=ana**")
    assert page.get_by_label("Search").input_value() == "ana"
