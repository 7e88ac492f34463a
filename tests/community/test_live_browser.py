"""A live chat in a browser: what others say comes by itself, and nobody loses what they type."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories import actor_for_person, make_enrolment, make_programme, make_user
from tests.factories.community import make_chat
from tests.journeys.pages import Witness
from viceversa.accounts.models import User
from viceversa.community.actions.talk import end_chat, go_on_to, say
from viceversa.toolkit import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SignIn = Callable[[User], None]


def test_answers_of_others_arrive_while_one_types_and_the_end_is_seen(
    live_server: Any, page: Page, sign_in_browser: SignIn
) -> None:
    programme, now = make_programme(state="running"), clock.now()
    host = make_enrolment(programme, adviser=True).person
    chat = make_chat(programme, starts_at=now, now=now - timedelta(hours=1), host=host)
    by = actor_for_person(host)
    first, second = chat.questions.filter(number__lte=2)
    sign_in_browser(make_user(make_enrolment(programme, learner=True).person))
    witness = Witness(page, "live-chat")

    page.goto(
        f"{live_server.url}/programmes/{programme.slug}/community/live/{chat.key}/{first.number}/"
    )
    field = page.get_by_label("Your answer, live")
    field.fill("I am still typ")
    say(question=first, kind="answer", text="Somebody else was quicker.", by=by, now=clock.now())
    expect(page.get_by_text("Somebody else was quicker.")).to_be_visible(timeout=15_000)
    expect(field).to_have_value("I am still typ")
    go_on_to(question=second, by=by, now=clock.now())
    expect(page.get_by_text("The hosts are at question 2 now.")).to_be_visible(timeout=15_000)
    witness.look("live")

    field.fill("I am done typing.")
    page.get_by_role("button", name="Say it").click()
    expect(page.locator("#answers").get_by_text("I am done typing.")).to_be_visible()
    end_chat(chat=chat, by=by, now=clock.now())
    expect(page.get_by_text("It is over.")).to_be_visible(timeout=15_000)
    expect(page.get_by_label("Your answer, live")).to_have_count(0)
    assert not witness.faults
