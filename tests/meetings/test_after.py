from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import actor_for_person, make_person
from tests.meetings.writing import (
    PLANTED,
    adviser_of,
    book,
    book_ahead,
    book_begun,
    clients_of,
    learner_of,
    page_of,
    stored_beside_the_envelopes,
)
from viceversa.history.models import Entry
from viceversa.meetings.actions.afterword import look_back
from viceversa.meetings.actions.commitment import NewPromise
from viceversa.meetings.models import Afterword, Commitment, Meeting
from viceversa.meetings.queries.content import afterwords, half_hour_at
from viceversa.meetings.rules.words import LookingBack, Promise
from viceversa.notifications.models import Notification
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db

WORDS = LookingBack(thanks=f"The {PLANTED}", surprised="How quick it is", better="We film sooner")


def test_looking_back_says_that_it_took_place_and_tells_the_partner_once(now: datetime) -> None:
    meeting = book(starts_at=now)
    learner, adviser = learner_of(meeting.partnership), adviser_of(meeting.partnership)

    look_back(meeting=meeting, words=WORDS, by=learner, now=now)
    look_back(meeting=meeting, words=WORDS, by=learner, now=now)

    meeting.refresh_from_db()
    assert (meeting.state, meeting.held_at) == ("held", now)
    assert afterwords(half_hour_at(adviser, meeting))[1].words == WORDS
    told = Notification.objects.get()
    assert (told.person, told.kind) == (
        meeting.partnership.adviser.person,
        "meetings.partner_looked_back",
    )
    assert [entry.verb for entry in Entry.objects.all()] == [
        "meetings.held",
        "meetings.looked_back",
        "meetings.looked_back",
    ]


def test_what_is_said_afterwards_is_sealed_and_nowhere_else(now: datetime) -> None:
    meeting = book(starts_at=now)
    look_back(meeting=meeting, words=WORDS, by=adviser_of(meeting.partnership), now=now)
    assert PLANTED.encode() not in bytes(Afterword.objects.get().sealed)
    assert PLANTED not in stored_beside_the_envelopes()


def test_one_cannot_look_back_on_what_lies_ahead(now: datetime) -> None:
    meeting = book(starts_at=now + timedelta(minutes=1))
    with pytest.raises(Refused, match="not begun"):
        look_back(meeting=meeting, words=WORDS, by=learner_of(meeting.partnership), now=now)
    assert not Afterword.objects.exists()


def test_one_cannot_look_back_on_what_was_called_off(now: datetime) -> None:
    meeting = book(starts_at=now, state="cancelled")
    with pytest.raises(Refused, match="called off"):
        look_back(meeting=meeting, words=WORDS, by=learner_of(meeting.partnership), now=now)


def test_nobody_else_looks_back(now: datetime) -> None:
    meeting = book(starts_at=now)
    with pytest.raises(NotAllowed):
        look_back(meeting=meeting, words=WORDS, by=actor_for_person(make_person()), now=now)


def test_the_adviser_makes_no_promise_in_the_learners_name(now: datetime) -> None:
    meeting = book(starts_at=now)
    promises = [NewPromise(Promise(will="x"))]
    with pytest.raises(NotAllowed):
        look_back(
            meeting=meeting,
            words=WORDS,
            promises=promises,
            by=adviser_of(meeting.partnership),
            now=now,
        )
    meeting.refresh_from_db()
    assert meeting.state == "booked"
    assert not Afterword.objects.exists()


def test_taking_back_every_word_leaves_none(now: datetime) -> None:
    meeting = book(starts_at=now)
    learner = learner_of(meeting.partnership)
    look_back(meeting=meeting, words=WORDS, by=learner, now=now)
    look_back(meeting=meeting, words=LookingBack(), by=learner, now=now)
    assert not Afterword.objects.exists()


def test_under_a_minute_on_one_page(signed_in: Callable[..., Client]) -> None:
    meeting = book_begun()
    learner, adviser = clients_of(signed_in, meeting.partnership)

    answer = learner.post(
        page_of("after", meeting),
        {
            "thanks": "your patience",
            "surprised": "how quick it is",
            "better": "we film sooner",
            "promise-1-said": "Watch three a week.",
            "promise-1-will": "Watch three films",
            "promise-1-due_on": "",
        },
    )

    assert answer.status_code == 302
    page = adviser.get(page_of("after", meeting)).content.decode()
    for words in ("your patience", "how quick it is", "we film sooner", "Watch three films"):
        assert words in page
    assert Commitment.objects.get().meeting == meeting


def test_the_adviser_has_no_room_for_promises(signed_in: Callable[..., Client]) -> None:
    meeting = book_begun()
    _learner, adviser = clients_of(signed_in, meeting.partnership)
    assert "promise-1-will" not in adviser.get(page_of("after", meeting)).content.decode()
    adviser.post(page_of("after", meeting), {"thanks": "x", "promise-1-will": "Mine"})
    assert not Commitment.objects.exists()


def test_a_promise_that_does_not_fit_keeps_every_word_in_the_form(
    signed_in: Callable[..., Client],
) -> None:
    meeting = book_begun()
    learner, _adviser = clients_of(signed_in, meeting.partnership)
    answer = learner.post(
        page_of("after", meeting),
        {"thanks": "your patience", "promise-1-will": "Watch", "promise-1-due_on": "2020-01-01"},
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "That day is over" in page
    assert "your patience" in page
    assert not Afterword.objects.exists()
    assert Meeting.objects.get().state == "booked"


def test_what_has_not_begun_says_so(signed_in: Callable[..., Client]) -> None:
    meeting = book_ahead()
    learner, _adviser = clients_of(signed_in, meeting.partnership)
    assert "has not begun yet" in learner.get(page_of("after", meeting)).content.decode()
    assert learner.post(page_of("after", meeting), {"thanks": "x"}).status_code == 409


def test_looking_back_asks_the_same_number_of_questions_of_the_database_for_one_and_for_ten(
    signed_in: Callable[..., Client], now: datetime
) -> None:
    meeting = book_begun()
    learner, _adviser = clients_of(signed_in, meeting.partnership)
    counts = []
    for number in (1, 7):
        promises = [NewPromise(Promise(will=f"Thing {n}")) for n in range(number)]
        for actor in (learner_of(meeting.partnership), adviser_of(meeting.partnership)):
            mine = promises if actor == learner_of(meeting.partnership) else []
            look_back(meeting=meeting, words=WORDS, promises=mine, by=actor, now=meeting.starts_at)
        learner.get(page_of("after", meeting))
        with CaptureQueriesContext(connection) as asked:
            assert learner.get(page_of("after", meeting)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
