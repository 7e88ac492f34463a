"""Which partnerships the silence clocks look at: a few too many, never one too few."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import make_meeting, make_partnership, make_programme
from viceversa.meetings.actions.silence import WATCHED, watch_silence
from viceversa.meetings.models import Help, Meeting, Proposal
from viceversa.meetings.queries.help import may_be_due, stops_of, stories
from viceversa.meetings.rules import help as rules
from viceversa.partnerships.models import Letter, Partnership
from viceversa.programmes.models import Programme
from viceversa.toolkit.actor import system

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
BY = system("the silence clocks", via="job")


def lived_in(programme: Programme, now: datetime, age: int) -> Partnership:
    return make_partnership(programme, state="active", created_at=now - age * DAY)


def write(partnership: Partnership, side: str, at: datetime) -> None:
    author = partnership.person_on(side)
    Letter.objects.create(partnership=partnership, author=author, sealed=b"-", sent_at=at)


def propose(meeting: Meeting, side: str, at: datetime) -> None:
    author = meeting.partnership.person_on(side)
    Proposal.objects.create(
        meeting=meeting, author=author, side=side, starts_at=at + 30 * DAY, created_at=at
    )


SIDES = st.sampled_from(["learner", "adviser"])
AGES = st.integers(0, 40)
HISTORIES = st.fixed_dictionaries(
    {
        "age": AGES,
        "letters": st.lists(st.tuples(SIDES, AGES), max_size=3),
        "meetings": st.lists(
            st.tuples(st.integers(-20, 20), st.sampled_from(Meeting.State.values)), max_size=3
        ),
        "proposed": st.none() | st.tuples(SIDES, AGES),
        "open": st.sampled_from(["", rules.NO_CONTACT, rules.SILENCE]),
    }
)


def live(programme: Programme, now: datetime, history: dict[str, Any]) -> Partnership:
    pair = lived_in(programme, now, history["age"])
    for side, days in history["letters"]:
        write(pair, side, now - days * DAY)
    for days, state in history["meetings"]:
        meeting = make_meeting(
            pair, starts_at=now + days * DAY, state=state, created_at=now - 30 * DAY
        )
        if history["proposed"] and state == "booked":
            side, ago = history["proposed"]
            propose(meeting, side, now - ago * DAY)
    if history["open"]:
        since = now - 9 * DAY
        Help.objects.create(
            partnership=pair, kind=history["open"], side="learner", since=since, stepped_at=since
        )
    return pair


def is_due(pair: Partnership, now: datetime) -> bool:
    """As the rules say of each one, without any narrowing."""
    clock = rules.clock_of(stories([pair], now)[pair.pk])
    if clock is None:
        return False
    return (
        rules.step_due(clock.kind, rules.passed(clock.since, now, stops_of([pair], now)[pair.pk]))
        > 0
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(histories=st.lists(HISTORIES, min_size=1, max_size=4))
def test_none_that_is_due_or_open_is_left_out(
    now: datetime, histories: list[dict[str, Any]]
) -> None:
    programme = make_programme(state="running")
    pairs = [live(programme, now, history) for history in histories]

    seen = set(may_be_due(now).filter(state__in=WATCHED).values_list("pk", flat=True))

    due = {pair.pk for pair in pairs if is_due(pair, now)}
    opened = set(Help.objects.values_list("partnership", flat=True))
    assert due | opened <= seen


def test_pairs_with_a_half_hour_ahead_are_not_read_and_the_others_are(now: datetime) -> None:
    programme = make_programme(state="running")
    for _pair in range(3):
        make_meeting(lived_in(programme, now, 30), starts_at=now + DAY, created_at=now - 20 * DAY)
    quiet = lived_in(programme, now, 30)
    waits = lived_in(programme, now, 30)
    propose(make_meeting(waits, starts_at=now + DAY, created_at=now), "adviser", now - 3 * DAY)

    assert set(may_be_due(now)) == {quiet, waits}
    assert watch_silence(by=BY, now=now) == 2


def test_when_every_pair_meets_nothing_of_them_is_read(now: datetime) -> None:
    programme = make_programme(state="running")
    for _pair in range(3):
        make_meeting(lived_in(programme, now, 30), starts_at=now + DAY, created_at=now - 20 * DAY)

    with CaptureQueriesContext(connection) as caught:
        watch_silence(by=BY, now=now)

    assert not any("partnerships_letter" in query["sql"] for query in caught)
