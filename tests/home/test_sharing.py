"""Today: what people of one's programmes have for each other, and what waits for oneself."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from tests.factories import (
    actor_for_person,
    make_coordinator,
    make_enrolment,
    make_programme,
    make_user,
)
from tests.factories.community import make_chat, make_story
from viceversa.accounts.models import User
from viceversa.community.actions.story import agree_to_story, publish_story
from viceversa.people.models import Person
from viceversa.toolkit import clock

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


def today_of(person: Person, signed_in: SignIn) -> str:
    return signed_in(make_user(person)).get("/").content.decode()


def test_a_story_waits_first_for_who_is_named_then_for_a_coordinator_then_all_read_it(
    signed_in: SignIn,
) -> None:
    programme, now = make_programme(state="running"), clock.now()
    coordinator = make_coordinator(programme)
    named, reader = (make_enrolment(programme, adviser=True).person for _turn in "ab")
    story = make_story(programme, named=(named,), not_known="I nodded for a year.", now=now)

    assert "wants to name you in a story" in today_of(named, signed_in)
    assert "second look" not in today_of(coordinator, signed_in)
    agree_to_story(story=story, by=actor_for_person(named), now=now)
    assert "wants to name you" not in today_of(named, signed_in)
    assert "waits for your second look" in today_of(coordinator, signed_in)
    assert "I nodded for a year." not in today_of(reader, signed_in)
    publish_story(story=story, by=actor_for_person(coordinator), now=now)
    assert "I nodded for a year." in today_of(reader, signed_in)

    elsewhere = make_enrolment(make_programme(state="running"), adviser=True).person
    left = make_enrolment(programme, adviser=True, state="withdrawn").person
    for person in (elsewhere, left):
        assert "I nodded for a year." not in today_of(person, signed_in)


def test_a_live_chat_of_the_next_two_weeks_is_announced_and_a_draft_is_not(
    signed_in: SignIn,
) -> None:
    programme, now = make_programme(state="running"), clock.now()
    reader = make_enrolment(programme, learner=True).person
    for days, title, published in (
        (3, "Soon enough", True),
        (20, "Far away", True),
        (4, "Still a draft", False),
    ):
        at = now + timedelta(days=days)
        make_chat(programme, starts_at=at, now=now, title=title, published=published)

    page = today_of(reader, signed_in)

    assert "Soon enough" in page
    assert "Far away" not in page
    assert "Still a draft" not in page
