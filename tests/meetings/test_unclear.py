"""Plain words around a half hour: how to explain it, and one tap for: I did not follow."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.factories import make_partnership
from tests.factories.goals import make_goal
from tests.meetings.writing import (
    adviser_of,
    book_begun,
    clients_of,
    learner_of,
    page_of,
    stored_beside_the_envelopes,
)
from viceversa.meetings.actions.unclear import did_not_follow, follows_now
from viceversa.meetings.models import Meeting, Unclear
from viceversa.meetings.queries.content import half_hour_at
from viceversa.meetings.queries.unclear import unclear_at
from viceversa.meetings.rules.agenda import Slot, part_at
from viceversa.meetings.rules.words import Lost
from viceversa.partnerships.actions.explaining import say_level
from viceversa.partnerships.models import Partnership
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def meeting() -> Meeting:
    return book_begun()


def test_prepare_and_room_tell_the_adviser_how_to_explain_it(
    meeting: Meeting, now: datetime, signed_in: SignIn
) -> None:
    goal = make_goal(meeting.partnership, title="Short video")
    say_level(
        goal=goal,
        level=1,
        like="story",
        words="running a kitchen",
        by=learner_of(meeting.partnership),
        now=now,
    )
    learner, adviser = clients_of(signed_in, meeting.partnership)

    for name in ("prepare", "room"):
        page = adviser.get(page_of(name, meeting)).content.decode()
        for part in ("can follow", "running a kitchen", "As the story of somebody", "Say it back"):
            assert part in page, name
        assert "running a kitchen" not in learner.get(page_of(name, meeting)).content.decode()


def test_one_tap_says_i_did_not_follow_and_the_partner_reads_at_what(
    meeting: Meeting, signed_in: SignIn
) -> None:
    learner, adviser = clients_of(signed_in, meeting.partnership)
    room = page_of("room", meeting)
    assert "did not follow" not in adviser.get(room).content.decode()

    answer = learner.post(page_of("unclear", meeting))

    assert answer.status_code == 302
    page = adviser.get(room).content.decode()
    assert f"{meeting.partnership.learner.person.name} did not follow" in page
    assert "Our goals" in page.partition('id="unclear"')[2].partition("</section>")[0]
    assert "Now I follow" in learner.get(room).content.decode()
    assert "Now I follow" not in page


def test_the_advisers_page_looks_again_while_it_is_on_and_draws_only_what_is_new(
    meeting: Meeting, signed_in: SignIn
) -> None:
    learner, adviser = clients_of(signed_in, meeting.partnership)
    room = page_of("room", meeting)
    assert "hx-trigger" in adviser.get(room).content.decode()
    assert "hx-trigger" not in learner.get(room).content.decode()

    assert adviser.get(room, {"seen": ""}, headers={"HX-Request": "true"}).status_code == 204
    learner.post(page_of("unclear", meeting))
    answer = adviser.get(room, {"seen": ""}, headers={"HX-Request": "true"})
    part = answer.content.decode()
    assert "did not follow" in part
    assert "<html" not in part
    seen = {"seen": Unclear.objects.get().key}
    assert adviser.get(room, seen, headers={"HX-Request": "true"}).status_code == 204

    Meeting.objects.update(starts_at=meeting.starts_at - timedelta(hours=2))
    assert "hx-trigger" not in adviser.get(room).content.decode()


def test_once_the_learner_follows_it_is_gone_for_both(meeting: Meeting, signed_in: SignIn) -> None:
    learner, adviser = clients_of(signed_in, meeting.partnership)
    learner.post(page_of("unclear", meeting))
    [row] = Unclear.objects.all()
    assert adviser.post(page_of("unclear_settle", meeting, row.key)).status_code == 403

    learner.post(page_of("unclear_settle", meeting, row.key))

    assert Unclear.objects.count() == 0
    assert "did not follow" not in adviser.get(page_of("room", meeting)).content.decode()


def test_it_is_sealed_and_nothing_of_it_is_recorded_or_told(meeting: Meeting) -> None:
    before = stored_beside_the_envelopes()
    now = meeting.starts_at + timedelta(minutes=5)
    row = did_not_follow(meeting=meeting, by=learner_of(meeting.partnership), now=now)

    assert stored_beside_the_envelopes() == before
    assert b"goals" not in bytes(row.sealed)
    [read] = unclear_at(half_hour_at(adviser_of(meeting.partnership), meeting))
    assert read.lost.words == Lost(part="goals")
    follows_now(unclear=row, by=learner_of(meeting.partnership), now=now)
    assert stored_beside_the_envelopes() == before


def test_only_the_learner_taps_and_only_while_something_can_be_written(
    meeting: Meeting, now: datetime
) -> None:
    learner, stranger = learner_of(meeting.partnership), learner_of(make_partnership())
    for other in (adviser_of(meeting.partnership), stranger):
        with pytest.raises(NotAllowed):
            did_not_follow(meeting=meeting, by=other, now=now)
    Partnership.objects.filter(pk=meeting.partnership_id).update(state="ended", ended_at=now)
    meeting.partnership.refresh_from_db()

    with pytest.raises(Refused, match="over"):
        did_not_follow(meeting=meeting, by=learner, now=now)


def test_taps_without_end_are_answered_with_a_sentence(meeting: Meeting, now: datetime) -> None:
    learner = learner_of(meeting.partnership)
    for _time in range(20):
        did_not_follow(meeting=meeting, by=learner, now=now)

    with pytest.raises(Refused, match="a smaller step"):
        did_not_follow(meeting=meeting, by=learner, now=now)


@pytest.mark.pure
@pytest.mark.parametrize(
    ("minute", "part"), [(-1, None), (0, "arrive"), (2, "goals"), (11.9, "goals"), (12, None)]
)
def test_the_part_that_is_on_is_told_by_the_clock(minute: float, part: str | None) -> None:
    on = part_at([Slot("arrive", 2), Slot("goals", 10)], minute)

    assert (on.kind if on else None) == part
