"""An agenda borrows from a topic pack when there is one."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import make_enrolment, make_partnership, make_programme, make_skill
from tests.factories.learning import make_pack
from tests.meetings.half_hours import NEXT_MONDAY
from tests.meetings.writing import adviser_of, book, book_ahead, clients_of, learner_of, page_of
from viceversa.meetings.actions.preparation import prepare
from viceversa.meetings.models import Meeting
from viceversa.meetings.queries.content import half_hour_at
from viceversa.meetings.queries.material import Ground, ground_of
from viceversa.meetings.rules.words import Preparing
from viceversa.partnerships.actions.goal import accept_goal, propose_goal
from viceversa.partnerships.models import Goal, Partnership
from viceversa.toolkit import clock

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def pair() -> Partnership:
    """The learner wants short video, up to the second level."""
    programme, video = make_programme(), make_skill("Short video")
    learner = make_enrolment(programme, learner=True, wants={video: 1})
    learner.wants.update(target=2)
    return make_partnership(
        programme,
        learner=learner,
        adviser=make_enrolment(programme, adviser=True, offers={video: 3}),
        state="active",
    )


def ground(meeting: Meeting, now: datetime) -> Ground:
    half_hour = half_hour_at(learner_of(meeting.partnership), meeting)
    return ground_of(half_hour, today=now.date())


def hands_on(meeting: Meeting, now: datetime) -> tuple[str, ...]:
    return next(slot.lines for slot in ground(meeting, now).slots if slot.kind == "hands_on")


def test_the_draft_tries_what_the_pack_of_the_wanted_topic_suggests(
    pair: Partnership, now: datetime
) -> None:
    make_pack("Short video", levels=(1, 2, 3))
    assert hands_on(book(pair), now) == ("Try Short video at level 1.",)


def test_each_half_hour_takes_the_next_plan_and_then_none(pair: Partnership, now: datetime) -> None:
    make_pack("Short video", levels=(1, 2, 3))
    meetings = [book(pair, starts_at=NEXT_MONDAY + timedelta(days=7 * week)) for week in range(3)]

    assert [hands_on(meeting, now) for meeting in meetings] == [
        ("Try Short video at level 1.",),
        ("Try Short video at level 2.",),
        (),
    ]
    assert ground(meetings[2], now).plan is None


def test_what_one_of_the_two_wants_to_try_comes_before_the_pack(
    pair: Partnership, now: datetime
) -> None:
    make_pack("Short video")
    meeting = book(pair)
    prepare(meeting=meeting, words=Preparing(hands_on="My film"), by=adviser_of(pair), now=now)
    assert hands_on(meeting, now) == ("My film",)
    assert not ground(meeting, now).borrows


def test_a_goal_about_a_skill_comes_before_what_one_came_for(
    pair: Partnership, now: datetime
) -> None:
    make_pack("Short video")
    make_pack("Podcasts", levels=(2,))
    goal = propose_goal(
        partnership=pair,
        stream=Goal.Stream.LEARNING,
        kind=Goal.Kind.LITERACY,
        title="Judge a podcast",
        skill=make_skill("Podcasts"),
        target=2,
        by=learner_of(pair),
        now=now,
    )
    accept_goal(goal=goal, by=adviser_of(pair), now=now)
    assert hands_on(book(pair), now) == ("Try Podcasts at level 2.",)


def test_without_a_pack_that_is_fresh_and_published_the_draft_is_as_before(
    pair: Partnership, now: datetime
) -> None:
    make_pack("Short video", state="draft")
    assert hands_on(book(pair), now) == ()


def test_the_plan_stands_beside_what_both_prepare_and_in_the_room(
    signed_in: SignIn, pair: Partnership
) -> None:
    later = (clock.now() + timedelta(days=90)).date()
    pack = make_pack("Short video", guard="Film nobody unasked.", review_by=later)
    meeting = book_ahead(pair)

    for client in clients_of(signed_in, pair):
        for name in ("prepare", "room"):
            page = client.get(page_of(name, meeting)).content.decode()
            assert "Film nobody unasked." in page
            assert f"/learning/packs/{pack.key}/?level=1" in page
    learner, _adviser = clients_of(signed_in, pair)
    assert "and from a topic pack" in learner.get(page_of("prepare", meeting)).content.decode()


def test_more_packs_ask_no_more_of_the_database(
    signed_in: SignIn, pair: Partnership, django_assert_num_queries: Any
) -> None:
    later = (clock.now() + timedelta(days=90)).date()
    meeting, video = book_ahead(pair), make_skill("Short video")
    make_pack("Short video", review_by=later)
    learner, _adviser = clients_of(signed_in, pair)
    learner.get(page_of("prepare", meeting))
    with CaptureQueriesContext(connection) as first:
        learner.get(page_of("prepare", meeting))
    for title in ("Films", "Reels"):
        make_pack(title, topics=[video], levels=(1, 2, 3), review_by=later)
    with django_assert_num_queries(len(first)):
        learner.get(page_of("prepare", meeting))
