"""Pages of a story in a real browser, wide and narrow, light and dark."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.factories import make_partnership, make_user
from tests.factories.goals import sign_level
from tests.journeys.pages import SCREENSHOTS
from tests.partnerships.test_closing import hand_in
from tests.partnerships.test_story import WORDS, propose, publish
from viceversa.accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_drafting_and_reading_a_story_can_be_done_by_everybody(
    page: Any,
    live_server: Any,
    sign_in_browser: Callable[[User], None],
    now: datetime,
    width: int,
    scheme: str,
) -> None:
    pair = make_partnership(state="closing")
    sign_level(pair, "story")
    for side in ("learner", "adviser"):
        hand_in(pair, side, now, story_consent=True)
    publish(pair, "adviser", now, propose(pair, "learner", now).draft)
    propose(pair, "learner", now, "Other words, for next year.")
    sign_in_browser(make_user(pair.adviser.person))
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 844})
    for name, path in (("draft", f"{pair.key}/story/"), ("read", "stories/")):
        page.goto(f"{live_server.url}/partnerships/{path}")
        page.get_by_text(WORDS).wait_for()
        _keep_picture(page, f"story-{name}-{width}-{scheme}.png")
        assert Axe().run(page).response["violations"] == [], name
        assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0


def _keep_picture(page: Any, name: str) -> None:
    Path(SCREENSHOTS).mkdir(parents=True, exist_ok=True)
    page.screenshot(path=str(SCREENSHOTS / name), full_page=True)
