"""States of a programme, the readiness check and the pilot."""

from datetime import date, datetime

import pytest

from tests.factories import (
    actor_for_person,
    make_coordinator,
    make_enrolment,
    make_partnership,
    make_person,
    make_programme,
)
from viceversa.history.models import Entry
from viceversa.notifications.models import Notification
from viceversa.programmes.actions import answer_readiness, move_programme, set_pilot
from viceversa.programmes.models import Programme
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
DATES = {"starts_on": date(2026, 4, 1), "ends_on": date(2026, 7, 1)}


def coordinator_of(programme: Programme) -> Actor:
    return actor_for_person(make_coordinator(programme))


def test_enrolment_opens_and_is_recorded(now: datetime) -> None:
    programme = make_programme(**DATES)

    moved = move_programme(
        programme=programme, to="enrolling", by=coordinator_of(programme), now=now
    )

    assert moved.state == "enrolling"
    entry = Entry.objects.get()
    assert (entry.verb, entry.detail) == (
        "programmes.state.changed",
        {"from": "draft", "to": "enrolling"},
    )


def test_enrolment_does_not_open_without_purpose_and_dates_and_says_both(now: datetime) -> None:
    programme = make_programme(purpose=" ")

    with pytest.raises(Refused) as refused:
        move_programme(programme=programme, to="enrolling", by=coordinator_of(programme), now=now)

    assert "purpose" in refused.value.sentence
    assert "starts" in refused.value.sentence
    programme.refresh_from_db()
    assert programme.state == "draft"


def test_matching_begins_only_with_both_sides_and_tells_the_enrolled(now: datetime) -> None:
    programme = make_programme(state="enrolling", **DATES)
    by = coordinator_of(programme)
    learner = make_enrolment(programme, learner=True).person
    make_enrolment(programme, learner=True, state="invited")

    with pytest.raises(Refused, match="Nobody is enrolled as an adviser yet"):
        move_programme(programme=programme, to="matching", by=by, now=now)
    adviser = make_enrolment(programme, adviser=True).person
    move_programme(programme=programme, to="matching", by=by, now=now)

    told = Notification.objects.filter(kind="programmes.matching")
    assert {row.person for row in told} == {learner, adviser}


def test_a_programme_runs_only_with_a_partnership(now: datetime) -> None:
    programme = make_programme(state="matching")
    by = coordinator_of(programme)

    with pytest.raises(Refused, match="Publish a round first"):
        move_programme(programme=programme, to="running", by=by, now=now)
    make_partnership(programme)

    assert move_programme(programme=programme, to="running", by=by, now=now).state == "running"
    assert Notification.objects.filter(kind="programmes.started").count() == 2


def test_a_state_that_cannot_follow_is_refused(now: datetime) -> None:
    programme = make_programme(state="archived")

    with pytest.raises(Refused, match="archived now"):
        move_programme(programme=programme, to="running", by=coordinator_of(programme), now=now)


def test_a_participant_cannot_move_a_programme(now: datetime) -> None:
    programme = make_programme(state="running")
    learner = make_enrolment(programme, learner=True).person

    with pytest.raises(NotAllowed):
        move_programme(programme=programme, to="closing", by=actor_for_person(learner), now=now)


def test_answers_about_readiness_are_kept_and_the_verdict_recorded(now: datetime) -> None:
    programme = make_programme()
    by = coordinator_of(programme)

    answered = answer_readiness(programme=programme, answers={"no_reprisal": "no"}, by=by, now=now)

    assert answered.readiness == {"no_reprisal": "no"}
    assert Entry.objects.get().detail == {"verdict": "wait"}


def test_an_unknown_answer_about_readiness_is_refused(now: datetime) -> None:
    programme = make_programme()
    by = coordinator_of(programme)

    with pytest.raises(Refused, match="yes, no or not sure"):
        answer_readiness(programme=programme, answers={"time": "perhaps"}, by=by, now=now)
    with pytest.raises(NotAllowed):
        answer_readiness(
            programme=programme, answers={}, by=actor_for_person(make_person()), now=now
        )


def test_a_pilot_starts_with_few_places_and_keeps_a_limit_that_was_set(now: datetime) -> None:
    programme = make_programme()
    small = make_programme(places_limit=8)

    pilot = set_pilot(programme=programme, is_pilot=True, by=coordinator_of(programme), now=now)
    kept = set_pilot(programme=small, is_pilot=True, by=coordinator_of(small), now=now)

    assert (pilot.is_pilot, pilot.places_limit, kept.places_limit) == (True, 24, 8)
    assert Entry.objects.filter(verb="programmes.pilot.set").count() == 2
    with pytest.raises(NotAllowed):
        set_pilot(programme=programme, is_pilot=False, by=actor_for_person(make_person()), now=now)
