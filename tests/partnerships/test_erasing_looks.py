"""Destroying what two people wrote, in a real browser, wide and narrow, light and dark."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from tests.factories import make_partnership, make_user
from tests.factories.goals import actor_of_side
from tests.journeys.pages import Witness
from viceversa.accounts.models import User
from viceversa.partnerships.actions.erasing import wish_to_erase
from viceversa.partnerships.actions.letter import write_letter
from viceversa.partnerships.models import Partnership

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_asking_for_it_and_what_is_left_can_be_read_by_everybody(
    page: Any, live_server: Any, sign_in_browser: Callable[[User], None], now: datetime
) -> None:
    pair = make_partnership(state="active")
    by = actor_of_side(pair, "adviser")
    write_letter(partnership=pair, text="See you on Monday.", by=by, now=now)
    Partnership.objects.filter(pk=pair.pk).update(state="completed", ended_at=now)
    pair.refresh_from_db()
    wish_to_erase(partnership=pair, by=by, now=now)
    sign_in_browser(make_user(pair.learner.person))
    witness = Witness(page, "erasing")
    home = f"{live_server.url}/partnerships/{pair.key}/"

    page.goto(home)
    page.get_by_role("link", name="Destroy what you two wrote").click()
    page.get_by_role("heading", name="wishes it. Do you?").wait_for()
    witness.look("asked")
    page.get_by_label("I understand").check()
    page.get_by_role("button", name="Destroy it now").click()
    page.get_by_role("heading", name="What you two wrote was destroyed").wait_for()
    witness.look("destroyed")
    page.goto(f"{home}messages/")
    page.get_by_text("This was destroyed").wait_for()
    witness.look("messages")
    page.goto(home)
    witness.look("overview")
    assert not witness.faults, "\n".join(witness.faults)
