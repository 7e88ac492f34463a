"""Pages of a story in a real browser, wide and narrow, light and dark."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from tests.factories import make_partnership, make_user
from tests.factories.goals import sign_level
from tests.journeys.pages import Witness
from tests.partnerships.test_closing import hand_in
from tests.partnerships.test_story import WORDS, propose, publish
from viceversa.accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_drafting_and_reading_a_story_can_be_done_by_everybody(
    page: Any, live_server: Any, sign_in_browser: Callable[[User], None], now: datetime
) -> None:
    pair = make_partnership(state="closing")
    sign_level(pair, "story")
    for side in ("learner", "adviser"):
        hand_in(pair, side, now, story_consent=True)
    publish(pair, "adviser", now, propose(pair, "learner", now).draft)
    propose(pair, "learner", now, "Other words, for next year.")
    sign_in_browser(make_user(pair.adviser.person))
    witness = Witness(page, "story")
    for name, path in (("draft", f"{pair.key}/story/"), ("read", "stories/")):
        page.goto(f"{live_server.url}/partnerships/{path}")
        page.get_by_text(WORDS).wait_for()
        witness.look(name)
    assert not witness.faults, "\n".join(witness.faults)
