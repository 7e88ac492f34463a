"""What Today asks the two of a partnership to do around their half hours."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import make_enrolment, make_partnership, make_person, make_programme, make_user
from viceversa.learning.models import Completion, Demand
from viceversa.learning.rules.modules import modules
from viceversa.meetings.models import Afterword, Delegate, Help, Meeting, Preparation
from viceversa.partnerships.models import Partnership
from viceversa.people.models import Person
from viceversa.toolkit import clock

pytestmark = pytest.mark.django_db

SignIn = Callable[..., Client]


def today_of(person: Person, signed_in: SignIn) -> str:
    return signed_in(make_user(person)).get("/").content.decode()


def a_half_hour(partnership: Partnership, days: float, **changes: Any) -> Meeting:
    return Meeting.objects.create(
        partnership=partnership,
        starts_at=clock.now() + timedelta(days=days),
        zone="UTC",
        booked_by=partnership.learner.person,
        created_at=clock.now(),
        **changes,
    )


def test_the_learner_is_asked_to_fix_a_date_where_none_is_and_the_adviser_is_not(
    signed_in: SignIn,
) -> None:
    partnership = make_partnership(make_programme(state="running"), state="active")

    learner = signed_in(make_user(partnership.learner.person)).get("/")
    adviser = signed_in(make_user(partnership.adviser.person)).get("/")

    page = learner.content.decode()
    assert f"Fix the next half hour with {partnership.adviser.person.name}" in page
    assert f"/partnerships/{partnership.key}/half-hours/book/" in page
    assert "Fix the next half hour" not in adviser.content.decode()
    assert learner.context["to_do"] == adviser.context["to_do"] + 1


def test_an_assistant_is_asked_for_the_dates_of_the_learner_they_book_for(
    signed_in: SignIn,
) -> None:
    programme, assistant = make_programme(state="running"), make_person()
    learned, advised = (make_partnership(programme, state="active") for _ in range(2))
    for principal in (learned.learner.person, advised.adviser.person):
        Delegate.objects.create(principal=principal, person=assistant, named_at=clock.now())
    ended = make_partnership(programme, state="active").learner.person
    Delegate.objects.create(
        principal=ended, person=assistant, named_at=clock.now(), ended_at=clock.now()
    )

    page = today_of(assistant, signed_in)

    assert page.count("Fix the next half hour with") == 1
    assert f"Fix the next half hour with {learned.adviser.person.name}" in page
    delegate = Delegate.objects.get(principal=learned.learner.person)
    assert f"/assistants/{delegate.key}/with/{learned.key}/book/" in page
    assert "Nothing waits for you today" not in page


@pytest.mark.parametrize("state", ["preparing", "paused", "closing"])
def test_nobody_is_asked_for_a_date_before_or_after_the_half_hours(
    state: str, signed_in: SignIn
) -> None:
    partnership = make_partnership(make_programme(state="running"), state=state)
    assert "Fix the next" not in today_of(partnership.learner.person, signed_in)


def test_with_a_date_ahead_no_other_is_asked_for(signed_in: SignIn) -> None:
    ahead = clock.now() + timedelta(days=3)
    programme = make_programme(state="running")
    partnership = make_partnership(programme, state="active", next_at=ahead)
    assert "Fix the next" not in today_of(partnership.learner.person, signed_in)


@pytest.mark.parametrize("side", ["learner", "adviser"])
def test_whoever_called_off_twice_is_led_to_the_three_times(side: str, signed_in: SignIn) -> None:
    partnership = make_partnership(make_programme(state="running"), state="active")
    Help.objects.create(
        partnership=partnership,
        kind="cancellations",
        side=side,
        since=clock.now(),
        stepped_at=clock.now(),
    )

    principal, assistant = getattr(partnership, side).person, make_person()
    delegate = Delegate.objects.create(principal=principal, person=assistant, named_at=clock.now())

    page = today_of(principal, signed_in)
    at_the_assistant = today_of(assistant, signed_in)

    assert "Three new times" in page
    assert f'href="/partnerships/{partnership.key}/half-hours/"' in page
    assert "Three new times" in at_the_assistant
    assert f'href="/assistants/{delegate.key}/with/{partnership.key}/"' in at_the_assistant


def test_no_date_is_asked_for_while_either_of_the_two_has_a_training_first(
    signed_in: SignIn, now: datetime
) -> None:
    programme = make_programme(state="running")
    partnership = make_partnership(programme, state="active", started_at=now)
    module = next(one for one in modules() if "adviser" in one.sides)
    Demand.objects.create(programme=programme, module=module.slug, created_at=now)
    both = [partnership.learner.person, partnership.adviser.person]
    learner = signed_in(make_user(both[0]))

    def is_asked() -> bool:
        return "Fix the next" in learner.get("/").content.decode()

    assert not is_asked()
    for person in both:
        Completion.objects.create(person=person, module=module.slug, completed_at=now)
    assert is_asked()


def test_whoever_met_is_asked_to_look_back_until_they_have(signed_in: SignIn) -> None:
    programme = make_programme(state="running")
    partnership = make_partnership(programme, state="active")
    a_half_hour(partnership, days=-5, state="held")
    last = a_half_hour(partnership, days=-1, state="held")
    learner, adviser = partnership.learner.person, partnership.adviser.person

    page = today_of(learner, signed_in)
    assert page.count("Look back in a minute") == 1
    assert f"/half-hours/{last.key}/after/" in page

    Afterword.objects.create(meeting=last, author=learner, sealed=b"-", at=clock.now())
    assert "Look back in a minute" not in today_of(learner, signed_in)
    assert "Look back in a minute" in today_of(adviser, signed_in)


@pytest.mark.parametrize(
    ("days", "state"), [(-8, "held"), (-1, "cancelled"), (-0.01, "booked"), (1, "booked")]
)
def test_what_is_old_called_off_or_not_over_asks_for_no_look_back(
    days: float, state: str, signed_in: SignIn
) -> None:
    partnership = make_partnership(make_programme(state="running"), state="active")
    a_half_hour(partnership, days=days, state=state)
    assert "Look back in a minute" not in today_of(partnership.learner.person, signed_in)


def test_a_half_hour_that_is_prepared_asks_for_nothing_more(signed_in: SignIn) -> None:
    partnership = make_partnership(make_programme(state="running"), state="active")
    meeting = a_half_hour(partnership, days=2)
    learner = partnership.learner.person
    Preparation.objects.create(meeting=meeting, author=learner, sealed=b"-", updated_at=clock.now())

    page = today_of(learner, signed_in)

    assert "you have prepared" in page
    assert f"/half-hours/{meeting.key}/prepare/" not in page


def test_a_person_with_three_partnerships_costs_what_one_costs(signed_in: SignIn) -> None:
    programme = make_programme(state="running")
    learner = make_enrolment(programme, learner=True)
    client = signed_in(make_user(learner.person))

    def queries_with_one_more() -> int:
        partnership = make_partnership(programme, learner=learner, state="active")
        a_half_hour(partnership, days=-1, state="held")
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        return len(queries)

    first = queries_with_one_more()
    queries_with_one_more()
    assert queries_with_one_more() == first
