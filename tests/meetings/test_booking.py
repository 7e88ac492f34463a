"""Booking, moving, proposing and calling off one half hour."""

from datetime import datetime, timedelta

import pytest
from django.test import override_settings

from tests.factories import (
    actor_for_person,
    make_enrolment,
    make_meeting,
    make_partnership,
    make_person,
    make_programme,
)
from viceversa.history.models import Entry
from viceversa.meetings.actions import booking, holding, proposing
from viceversa.meetings.models import CalendarLetter, Cancellation, Meeting, Proposal
from viceversa.meetings.rules.link import is_link, link_from
from viceversa.notifications.models import Notification
from viceversa.partnerships.models import Partnership
from viceversa.toolkit.actor import Actor, system
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def pair(**fields: object) -> tuple[Partnership, Actor, Actor]:
    partnership = make_partnership(**{"state": "active", **fields})
    learner = actor_for_person(partnership.learner.person)
    return partnership, learner, actor_for_person(partnership.adviser.person)


def test_the_learner_books_and_it_is_recorded_told_and_in_both_calendars(now: datetime) -> None:
    partnership, learner, _adviser = pair()

    meeting = booking.book_meeting(
        partnership=partnership, starts_at=now + WEEK, place="The café", by=learner, now=now
    )

    assert (meeting.state, meeting.minutes, meeting.place) == ("booked", 30, "The café")
    entry = Entry.objects.get(verb="meetings.booked")
    assert entry.detail["by"] == "learner"
    assert "café" not in str(entry.detail)
    told = Notification.objects.get(kind="meetings.booked")
    assert told.person == partnership.adviser.person
    assert CalendarLetter.objects.filter(meeting=meeting, method="REQUEST").count() == 2
    partnership.refresh_from_db()
    assert partnership.next_at == now + WEEK


def test_the_adviser_does_not_book_but_can_propose(now: datetime) -> None:
    partnership, _learner, adviser = pair()

    with pytest.raises(NotAllowed, match="propose"):
        booking.book_meeting(partnership=partnership, starts_at=now + WEEK, by=adviser, now=now)

    assert Meeting.objects.count() == 0


def test_strangers_and_coordinators_cannot_book_move_or_call_off(now: datetime) -> None:
    meeting = make_meeting()
    stranger = actor_for_person(make_person(), roles=("operator", "directory_administrator"))

    with pytest.raises(NotAllowed):
        booking.book_meeting(
            partnership=meeting.partnership, starts_at=now + WEEK, by=stranger, now=now
        )
    with pytest.raises(NotAllowed):
        booking.move_meeting(meeting=meeting, starts_at=now + WEEK, by=stranger, now=now)
    with pytest.raises(NotAllowed):
        booking.cancel_meeting(meeting=meeting, by=stranger, now=now)
    with pytest.raises(NotAllowed):
        proposing.propose_time(meeting=meeting, starts_at=now + WEEK, by=stranger, now=now)


@pytest.mark.parametrize(
    ("away", "code"),
    [
        (timedelta(0), "past"),
        (-timedelta(minutes=1), "past"),
        (-timedelta(days=400), "past"),
        (timedelta(days=367), "far"),
        (timedelta(days=36500), "far"),
    ],
)
def test_the_past_and_the_far_future_are_refused(now: datetime, away: timedelta, code: str) -> None:
    partnership, learner, _adviser = pair()

    with pytest.raises(Refused) as refused:
        booking.book_meeting(partnership=partnership, starts_at=now + away, by=learner, now=now)

    assert refused.value.code == code


@pytest.mark.parametrize("minutes", [1, 14, 121, 100_000])
def test_a_half_hour_that_lasts_a_minute_or_a_day_is_refused(now: datetime, minutes: int) -> None:
    partnership, learner, _adviser = pair()

    with pytest.raises(Refused, match="lasts between"):
        booking.book_meeting(
            partnership=partnership, starts_at=now + WEEK, minutes=minutes, by=learner, now=now
        )


@pytest.mark.parametrize("away", [-29, -15, 0, 15, 29])
def test_what_lies_over_another_half_hour_of_either_is_refused(now: datetime, away: int) -> None:
    programme = make_programme()
    adviser = make_enrolment(programme, adviser=True)
    partnership, learner, _adviser = pair(programme=programme, adviser=adviser)
    other = make_partnership(programme, adviser=adviser, state="active")
    make_meeting(other, starts_at=now + WEEK)

    with pytest.raises(Refused) as refused:
        booking.book_meeting(
            partnership=partnership,
            starts_at=now + WEEK + timedelta(minutes=away),
            by=learner,
            now=now,
        )

    assert refused.value.code == "overlap"


@pytest.mark.parametrize("away", [-30, 30])
def test_one_can_begin_as_another_ends(now: datetime, away: int) -> None:
    partnership, learner, _adviser = pair()
    make_meeting(partnership, starts_at=now + WEEK)

    booking.book_meeting(
        partnership=partnership,
        starts_at=now + WEEK + timedelta(minutes=away),
        by=learner,
        now=now,
    )

    assert Meeting.objects.count() == 2


@pytest.mark.parametrize("state", ["ended", "completed", "withdrawn", "declined"])
def test_nothing_is_booked_after_the_end(now: datetime, state: str) -> None:
    partnership, learner, _adviser = pair(state=state)

    with pytest.raises(Refused, match="over"):
        booking.book_meeting(partnership=partnership, starts_at=now + WEEK, by=learner, now=now)


def test_before_the_signature_the_refusal_says_what_is_missing_and_whose_turn_it_is(
    now: datetime,
) -> None:
    partnership, learner, _adviser = pair(state="accepted")

    with pytest.raises(Refused, match="sign your agreement") as refused:
        booking.book_meeting(partnership=partnership, starts_at=now + WEEK, by=learner, now=now)

    assert "Missing from you: " in refused.value.sentence
    assert "what the adviser may do" in refused.value.sentence
    name = partnership.adviser.person.name
    assert f"Missing from {name}, whose turn it is" in refused.value.sentence


def test_in_a_pause_the_refusal_says_so(now: datetime) -> None:
    partnership, learner, _adviser = pair(state="paused")

    with pytest.raises(Refused, match="paused"):
        booking.book_meeting(partnership=partnership, starts_at=now + WEEK, by=learner, now=now)


@pytest.mark.parametrize(
    "link",
    [
        "http://meet.example",
        "javascript:alert(1)",
        "https://",
        "https://a b",
        "meet.example/x",
        "https://name:word@meet.example/",
        "https://meet.example/\nX-Header: 1",
    ],
)
def test_a_link_that_is_not_https_is_refused(now: datetime, link: str) -> None:
    partnership, learner, _adviser = pair()

    with pytest.raises(Refused, match="https"):
        booking.book_meeting(
            partnership=partnership, starts_at=now + WEEK, link=link, by=learner, now=now
        )


def test_a_room_of_the_template_is_made_and_cannot_be_guessed(now: datetime) -> None:
    partnership, learner, _adviser = pair()

    with override_settings(MEETING_LINK_TEMPLATE="https://meet.example.org/{room}"):
        links = {
            booking.book_meeting(
                partnership=partnership,
                starts_at=now + day * WEEK,
                make_link=True,
                by=learner,
                now=now,
            ).link
            for day in (1, 2)
        }

    assert len(links) == 2
    assert all(is_link(link) and len(link) > 38 for link in links)


def test_a_template_without_a_room_or_without_https_makes_no_link() -> None:
    assert link_from("https://meet.example.org/all", "room") == ""
    assert link_from("http://meet.example.org/{room}", "room") == ""


def test_moving_raises_the_sequence_tells_the_other_and_renews_the_next_date(now: datetime) -> None:
    partnership, learner, _adviser = pair()
    meeting = make_meeting(partnership)

    moved = booking.move_meeting(
        meeting=meeting, starts_at=now + 2 * WEEK, seen=0, by=learner, now=now
    )

    assert (moved.sequence, moved.starts_at) == (1, now + 2 * WEEK)
    assert Notification.objects.get(kind="meetings.moved").person == partnership.adviser.person
    assert CalendarLetter.objects.filter(meeting=meeting, sequence=1).count() == 2
    partnership.refresh_from_db()
    assert partnership.next_at == now + 2 * WEEK
    assert Entry.objects.filter(verb="meetings.moved").count() == 1


def test_the_second_of_two_people_at_once_is_told_to_look_again(now: datetime) -> None:
    partnership, learner, _adviser = pair()
    meeting = make_meeting(partnership)
    booking.move_meeting(meeting=meeting, starts_at=now + 2 * WEEK, seen=0, by=learner, now=now)

    with pytest.raises(Refused) as refused:
        booking.move_meeting(meeting=meeting, starts_at=now + 3 * WEEK, seen=0, by=learner, now=now)

    assert refused.value.code == "changed"
    meeting.refresh_from_db()
    assert meeting.starts_at == now + 2 * WEEK


def test_of_two_bookings_for_the_same_hour_one_is_refused(now: datetime) -> None:
    programme = make_programme()
    adviser = make_enrolment(programme, adviser=True)
    one, first, _ = pair(programme=programme, adviser=adviser)
    two, second, _ = pair(programme=programme, adviser=adviser)
    booking.book_meeting(partnership=one, starts_at=now + WEEK, by=first, now=now)

    with pytest.raises(Refused):
        booking.book_meeting(partnership=two, starts_at=now + WEEK, by=second, now=now)


def test_a_cancellation_is_a_fact_with_side_and_hours_before(now: datetime) -> None:
    partnership, _learner, adviser = pair()
    meeting = make_meeting(partnership, starts_at=now + timedelta(hours=20, minutes=30))

    booking.cancel_meeting(meeting=meeting, by=adviser, now=now)

    fact = Cancellation.objects.get()
    assert (fact.side, float(fact.hours_before), fact.at) == ("adviser", 20.5, now)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.sequence) == ("cancelled", 1)
    assert CalendarLetter.objects.filter(method="CANCEL").count() == 2
    assert Notification.objects.get(kind="meetings.called_off").person == partnership.learner.person
    assert Entry.objects.get(verb="meetings.called_off").detail["side"] == "adviser"
    partnership.refresh_from_db()
    assert partnership.next_at is None


def test_calling_off_twice_is_refused(now: datetime) -> None:
    partnership, learner, adviser = pair()
    meeting = make_meeting(partnership)
    booking.cancel_meeting(meeting=meeting, by=learner, now=now)

    with pytest.raises(Refused, match="called off"):
        booking.cancel_meeting(meeting=meeting, by=adviser, now=now)
    with pytest.raises(Refused):
        booking.move_meeting(meeting=meeting, starts_at=now + WEEK, by=learner, now=now)

    assert Cancellation.objects.count() == 1


def test_what_has_begun_can_no_longer_be_moved_or_called_off(now: datetime) -> None:
    partnership, learner, _adviser = pair()
    meeting = make_meeting(partnership, starts_at=now - timedelta(minutes=5))

    with pytest.raises(Refused) as refused:
        booking.cancel_meeting(meeting=meeting, by=learner, now=now)

    assert refused.value.code == "begun"


def test_a_proposed_time_is_taken_by_the_other_side_only(now: datetime) -> None:
    partnership, learner, adviser = pair()
    meeting = make_meeting(partnership)
    proposal = proposing.propose_time(
        meeting=meeting, starts_at=now + 2 * WEEK, by=adviser, now=now
    )
    assert Notification.objects.get(kind="meetings.time_proposed").person.pk == learner.person_id

    with pytest.raises(NotAllowed):
        proposing.take_proposal(meeting=meeting, key=proposal.key, by=adviser, now=now)
    proposing.take_proposal(meeting=meeting, key=proposal.key, by=learner, now=now)

    meeting.refresh_from_db()
    assert (meeting.starts_at, meeting.sequence) == (now + 2 * WEEK, 1)
    with pytest.raises(Refused, match="no longer open"):
        proposing.take_proposal(meeting=meeting, key=proposal.key, by=learner, now=now)


def test_a_proposal_that_was_left_changes_nothing_and_the_other_is_told(now: datetime) -> None:
    partnership, learner, adviser = pair()
    meeting = make_meeting(partnership)
    proposal = proposing.propose_time(
        meeting=meeting, starts_at=now + 2 * WEEK, by=adviser, now=now
    )

    proposing.drop_proposal(meeting=meeting, key=proposal.key, by=learner, now=now)

    meeting.refresh_from_db()
    assert (meeting.sequence, Proposal.objects.get().dropped_at) == (0, now)
    told = Notification.objects.get(kind="meetings.proposal_dropped")
    assert told.person == partnership.adviser.person


def test_a_newer_proposal_takes_the_place_of_one_that_waits(now: datetime) -> None:
    partnership, learner, adviser = pair()
    meeting = make_meeting(partnership)
    first = proposing.propose_time(meeting=meeting, starts_at=now + 2 * WEEK, by=adviser, now=now)
    proposing.propose_time(meeting=meeting, starts_at=now + 3 * WEEK, by=adviser, now=now)

    with pytest.raises(Refused):
        proposing.take_proposal(meeting=meeting, key=first.key, by=learner, now=now)

    assert Proposal.objects.filter(dropped_at=None).count() == 1


@pytest.mark.parametrize(("away", "code"), [(-WEEK, "past"), (timedelta(days=400), "far")])
def test_an_impossible_time_cannot_be_proposed(now: datetime, away: timedelta, code: str) -> None:
    partnership, _learner, adviser = pair()
    meeting = make_meeting(partnership)

    with pytest.raises(Refused) as refused:
        proposing.propose_time(meeting=meeting, starts_at=now + away, by=adviser, now=now)

    assert refused.value.code == code


def test_what_is_past_counts_as_held_once_and_only_once(now: datetime) -> None:
    partnership, _learner, _adviser = pair()
    past = make_meeting(partnership, starts_at=now - timedelta(minutes=31))
    running = make_meeting(partnership, starts_at=now - timedelta(minutes=29))
    by = system("the clock", via="job")

    assert [holding.hold_past(by=by, now=now) for _ in range(2)] == [1, 0]

    past.refresh_from_db()
    running.refresh_from_db()
    assert (past.state, running.state) == ("held", "booked")
    assert Entry.objects.filter(verb="meetings.held").count() == 1


def test_one_of_the_two_says_in_the_room_that_it_takes_place(now: datetime) -> None:
    partnership, _learner, adviser = pair()
    meeting = make_meeting(partnership, starts_at=now)

    holding.hold_now(meeting=meeting, by=adviser, now=now + timedelta(minutes=2))
    holding.hold_now(meeting=meeting, by=adviser, now=now + timedelta(minutes=3))

    meeting.refresh_from_db()
    assert (meeting.state, meeting.held_at) == ("held", now + timedelta(minutes=2))


def test_a_half_hour_ahead_cannot_be_held(now: datetime) -> None:
    partnership, _learner, adviser = pair()
    meeting = make_meeting(partnership)

    with pytest.raises(Refused, match="not begun"):
        holding.hold_now(meeting=meeting, by=adviser, now=now)


def test_what_counted_as_held_can_be_said_not_to_have_taken_place(now: datetime) -> None:
    partnership, _learner, adviser = pair()
    meeting = make_meeting(partnership, starts_at=now - WEEK, state="held", held_at=now)

    booking.miss_meeting(meeting=meeting, side="learner", by=adviser, now=now)

    meeting.refresh_from_db()
    assert (meeting.state, meeting.cancellation.side, meeting.held_at) == (
        "cancelled",
        "learner",
        None,
    )
    assert meeting.cancellation.hours_before < 0


def test_when_a_partnership_ends_what_lies_ahead_is_called_off_by_nobody(now: datetime) -> None:
    partnership, _learner, _adviser = pair()
    meeting = make_meeting(partnership)
    Partnership.objects.filter(pk=partnership.pk).update(state="ended", ended_at=now)

    holding.clear_stopped(by=system("the clock", via="job"), now=now)

    meeting.refresh_from_db()
    assert meeting.state == "cancelled"
    assert Cancellation.objects.count() == 0
    assert CalendarLetter.objects.filter(method="CANCEL").count() == 2
