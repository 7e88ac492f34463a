from collections.abc import Callable
from datetime import datetime, timedelta
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.goals import make_goal
from tests.meetings.half_hours import make_pair
from tests.meetings.writing import (
    adviser_of,
    book,
    book_ahead,
    book_begun,
    clients_of,
    learner_of,
    page_of,
    sign,
)
from viceversa.meetings.actions.commitment import NewPromise, make_promises
from viceversa.meetings.actions.note import write_note
from viceversa.meetings.rules.words import Promise
from viceversa.partnerships.actions.goal import accept_goal, propose_goal
from viceversa.partnerships.rules.terms import Permission, Terms

pytestmark = pytest.mark.django_db


def test_the_agenda_stands_there_with_plain_times(signed_in: Callable[..., Client]) -> None:
    meeting = book_begun(make_pair(adviser_zone="America/New_York"))
    meeting.starts_at = datetime.fromisoformat("2026-03-09T09:00:00+00:00")
    meeting.save()
    learner, adviser = clients_of(signed_in, meeting.partnership)
    berlin = learner.get(page_of("room", meeting)).content.decode()
    new_york = adviser.get(page_of("room", meeting)).content.decode()
    assert ">10:00</time>" in berlin
    assert ">05:00</time>" in new_york
    assert "Try it together" in berlin


def test_only_the_first_half_hour_has_the_script_and_the_opening(
    signed_in: Callable[..., Client],
) -> None:
    first = book_begun()
    second = book(first.partnership, starts_at=first.starts_at + timedelta(days=7))
    learner, adviser = clients_of(signed_in, first.partnership)
    assert "learning, not rank" in learner.get(page_of("room", first)).content.decode()
    opening = adviser.get(page_of("room", first)).content.decode()
    assert "Name what Tamsin Marlow knows better than you" in opening
    assert "learning, not rank" not in learner.get(page_of("room", second)).content.decode()
    assert "talk about how it looks" in learner.get(page_of("room", second)).content.decode()


def test_the_adviser_is_helped_to_be_open_and_fair_and_the_learner_to_share(
    signed_in: Callable[..., Client],
) -> None:
    meeting = book_begun()
    learner, adviser = clients_of(signed_in, meeting.partnership)
    fair = adviser.get(page_of("room", meeting)).content.decode()
    share = learner.get(page_of("room", meeting)).content.decode()
    assert "what you saw yourself and what you only heard" in fair
    assert "Begin with what already works" in share
    assert "Asked how things are here?" not in share


def test_a_half_hour_that_was_called_off_does_not_count(signed_in: Callable[..., Client]) -> None:
    first = book_begun(state="cancelled")
    second = book(first.partnership, starts_at=first.starts_at + timedelta(days=7))
    learner, _adviser = clients_of(signed_in, first.partnership)
    assert "learning, not rank" in learner.get(page_of("room", second)).content.decode()


def test_the_permission_is_in_view_in_the_learners_words(
    signed_in: Callable[..., Client], now: datetime
) -> None:
    meeting = book_begun()
    _learner, adviser = clients_of(signed_in, meeting.partnership)
    assert "No permission is signed" in adviser.get(page_of("room", meeting)).content.decode()

    leave = Permission(interrupt=True, words="Stop me when I lecture.")
    sign(meeting, Terms(permission=leave, off_limits="The merger."), now=now)

    page = adviser.get(page_of("room", meeting)).content.decode()
    assert "What you may do" in page
    assert "Stop me when I lecture." in page
    assert "The merger." in page
    assert "interrupt" in page


def test_the_goals_are_in_view_at_each_half_hour(
    signed_in: Callable[..., Client], now: datetime
) -> None:
    first = book_begun()
    second = book(first.partnership, starts_at=first.starts_at + timedelta(days=7))
    learner, adviser = learner_of(first.partnership), adviser_of(first.partnership)
    goal = propose_goal(
        partnership=first.partnership,
        stream="learning",
        kind="clients",
        title="Make a film alone",
        by=learner,
        now=now,
    )
    accept_goal(goal=goal, by=adviser, now=now)
    for client in clients_of(signed_in, first.partnership):
        for meeting in (first, second):
            page = client.get(page_of("room", meeting)).content.decode()
            assert "<b>Make a film alone</b>" in page


def test_the_three_steps_are_there_at_every_half_hour(signed_in: Callable[..., Client]) -> None:
    meeting = book_begun()
    _learner, adviser = clients_of(signed_in, meeting.partnership)
    page = adviser.get(page_of("room", meeting)).content.decode()
    assert "Listen, reflect, confirm" in page


class Fields(HTMLParser):
    """Which fields a page has, with their names and whether a form is around them."""

    def __init__(self) -> None:
        super().__init__()
        self.forms = 0
        self.found: dict[str, tuple[dict[str, str | None], bool]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.forms += tag == "form"
        named = dict(attrs)
        if tag in {"textarea", "input"} and named.get("id"):
            self.found[str(named["id"])] = (named, self.forms > 0)

    def handle_endtag(self, tag: str) -> None:
        self.forms -= tag == "form"


def test_the_pause_cannot_be_sent(signed_in: Callable[..., Client]) -> None:
    meeting = book_begun()
    learner, _adviser = clients_of(signed_in, meeting.partnership)
    fields = Fields()
    fields.feed(learner.get(page_of("room", meeting)).content.decode())

    attributes, is_in_a_form = fields.found["pause-words"]
    assert not is_in_a_form
    assert "name" not in attributes
    assert "form" not in attributes
    assert not [name for name in attributes if name.startswith(("hx-", "data-"))]
    assert fields.found["together_text"][1]


def test_who_met_says_so_and_looks_back(signed_in: Callable[..., Client]) -> None:
    meeting = book_begun()
    _learner, adviser = clients_of(signed_in, meeting.partnership)
    assert "We met" in adviser.get(page_of("room", meeting)).content.decode()
    answer = adviser.post(page_of("held", meeting))
    assert answer["Location"] == page_of("after", meeting)
    meeting.refresh_from_db()
    assert meeting.state == "held"


def test_what_lies_ahead_was_not_held(signed_in: Callable[..., Client]) -> None:
    meeting = book_ahead()
    _learner, adviser = clients_of(signed_in, meeting.partnership)
    answer = adviser.post(page_of("held", meeting))
    assert answer.status_code == 409
    assert "has not begun yet" in answer.content.decode()


def test_the_room_asks_the_same_number_of_questions_of_the_database_for_one_and_for_ten(
    signed_in: Callable[..., Client], now: datetime
) -> None:
    meeting = book_begun()
    learner, _adviser = clients_of(signed_in, meeting.partnership)
    counts = []
    for number in (1, 9):
        promises = [NewPromise(Promise(will=f"Thing {n}")) for n in range(number)]
        actor = learner_of(meeting.partnership)
        make_promises(partnership=meeting.partnership, promises=promises, by=actor, now=now)
        for n in range(number):
            for kind in ("together", "own"):
                write_note(meeting=meeting, kind=kind, text=f"Note {n}", by=actor, now=now)
            write_note(
                meeting=meeting,
                kind="together",
                text="x",
                by=adviser_of(meeting.partnership),
                now=now,
            )
        learner.get(page_of("room", meeting))
        with CaptureQueriesContext(connection) as asked:
            assert learner.get(page_of("room", meeting)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_guard_against_promises_is_in_the_room_while_roles_and_pay_are_a_goal(
    signed_in: Callable[..., Client],
) -> None:
    meeting = book_ahead()
    learner, adviser = clients_of(signed_in, meeting.partnership)
    assert (
        "Nothing said here is a promise"
        not in learner.get(page_of("room", meeting)).content.decode()
    )
    make_goal(meeting.partnership, stream="return", kind="career")

    for client in (learner, adviser):
        page = client.get(page_of("room", meeting)).content.decode()
        assert "Nothing said here is a promise" in page
