"""Two people who act in the same moment: one is served, the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.db import connections

from tests.factories import (
    actor_for_person,
    make_enrolment,
    make_meeting,
    make_partnership,
    make_programme,
)
from viceversa.meetings.actions import booking
from viceversa.meetings.models import Cancellation, Meeting
from viceversa.toolkit.errors import Refused

pytestmark = pytest.mark.django_db(transaction=True)
WEEK = timedelta(days=7)


def at_once(acts: list[Callable[[], object]]) -> list[str]:
    """Each in a thread and a connection of its own, begun together: "done" or the refusal."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        barrier.wait()
        try:
            act()
        except Refused as refused:
            return refused.code
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def test_of_many_learners_who_book_the_same_adviser_at_the_same_hour_one_is_served(
    now: datetime,
) -> None:
    programme = make_programme()
    adviser = make_enrolment(programme, adviser=True)
    pairs = [make_partnership(programme, adviser=adviser, state="active") for _ in range(4)]

    def booker(number: int) -> Callable[[], object]:
        actor = actor_for_person(pairs[number].learner.person)
        at = now + WEEK + timedelta(minutes=5 * number)
        return lambda: booking.book_meeting(
            partnership=pairs[number], starts_at=at, by=actor, now=now
        )

    assert at_once([booker(number) for number in range(4)]) == ["done", *["overlap"] * 3]
    assert Meeting.objects.count() == 1


def test_when_both_call_off_in_the_same_moment_one_fact_stands(now: datetime) -> None:
    meeting = make_meeting()
    pair = (meeting.partnership.learner.person, meeting.partnership.adviser.person)
    actors = [actor_for_person(person) for person in pair]

    def canceller(number: int) -> Callable[[], object]:
        return lambda: booking.cancel_meeting(meeting=meeting, by=actors[number], now=now)

    assert at_once([canceller(0), canceller(1)]) == ["done", "not_booked"]
    assert Cancellation.objects.count() == 1
