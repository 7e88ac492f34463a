from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    make_coordinator,
    make_enrolment,
    make_partnership,
    make_person,
    make_programme,
    make_user,
)
from tests.factories.agreement import answer, make_draft
from viceversa.meetings.models import Commitment, Delegate, Help, Meeting
from viceversa.partnerships.models import AgreementPart
from viceversa.people.models import Person
from viceversa.toolkit import clock

pytestmark = pytest.mark.django_db

SignIn = Callable[..., Client]


def today_of(person: Person, signed_in: SignIn) -> str:
    return signed_in(make_user(person)).get("/").content.decode()


def test_somebody_in_no_programme_is_told_what_can_be_done_meanwhile(signed_in: SignIn) -> None:
    assert "You are in no programme yet" in today_of(make_person(), signed_in)


def test_a_coordinator_of_a_full_programme_is_sent_to_matching(signed_in: SignIn) -> None:
    programme = make_programme(state="enrolling")
    make_enrolment(programme, learner=True)
    make_enrolment(programme, adviser=True)

    page = today_of(make_coordinator(programme), signed_in)

    assert "ready to match" in page
    assert f"/programmes/{programme.slug}/rounds/" in page


def test_a_proposed_partner_is_the_first_thing_to_answer(signed_in: SignIn) -> None:
    partnership = make_partnership(make_programme(state="running"))

    learner = today_of(partnership.learner.person, signed_in)
    adviser = today_of(partnership.adviser.person, signed_in)

    assert f"{partnership.adviser.person.name} could be your adviser" in learner
    assert f"You could advise {partnership.learner.person.name}" in adviser


def test_after_a_yes_the_page_says_who_still_has_to_answer(
    signed_in: SignIn, now: datetime
) -> None:
    partnership = make_partnership(make_programme(state="running"), learner_accepted_at=now)
    assert "has not answered yet" in today_of(partnership.learner.person, signed_in)


def test_a_sponsor_sees_counts_and_no_names(signed_in: SignIn) -> None:
    programme = make_programme(state="running")
    partnership = make_partnership(programme)
    sponsor = make_person()
    programme.standings.create(person=sponsor, role="sponsor")

    page = today_of(sponsor, signed_in)

    assert "You sponsor" in page
    assert partnership.learner.person.name not in page


def test_today_costs_the_same_for_one_programme_and_for_three(signed_in: SignIn) -> None:
    coordinator = make_person()
    client = signed_in(make_user(coordinator))

    def queries_with_one_more() -> int:
        programme = make_programme(state="running")
        make_coordinator(programme, coordinator)
        make_partnership(programme)
        with CaptureQueriesContext(connection) as queries:
            client.get("/")
        return len(queries)

    first = queries_with_one_more()
    queries_with_one_more()
    assert queries_with_one_more() == first


def test_search_finds_people_and_ones_own_programmes_only(signed_in: SignIn) -> None:
    mine = make_programme("Marlow circle")
    make_programme("Marlow elsewhere")
    make_person("Tamsin Marlow")
    client = signed_in(make_user(make_coordinator(mine)))

    page = client.get("/search/", {"q": "marlow"}).content.decode()

    assert "Tamsin Marlow" in page
    assert "Marlow circle" in page
    assert "Marlow elsewhere" not in page
    assert "Nothing fits" in client.get("/search/", {"q": "zzz<script>"}).content.decode()


def test_the_next_half_hour_stands_first_with_its_preparation(signed_in: SignIn) -> None:
    partnership = make_partnership(make_programme(state="running"), state="active")
    meeting = Meeting.objects.create(
        partnership=partnership,
        starts_at=clock.now() + timedelta(days=2),
        zone="UTC",
        booked_by=partnership.learner.person,
        created_at=clock.now(),
    )

    page = today_of(partnership.adviser.person, signed_in)

    assert f"with {partnership.learner.person.name}" in page
    assert f"/half-hours/{meeting.key}/prepare/" in page


def test_an_agreement_that_waits_for_oneself_is_said_and_for_the_other_it_is_not(
    signed_in: SignIn, now: datetime
) -> None:
    partnership = make_partnership(make_programme(state="running"), state="preparing")
    AgreementPart.objects.create(
        partnership=partnership,
        side="learner",
        author=partnership.learner.person,
        sealed=b"-",
        handed_in_at=now,
        updated_at=now,
    )

    assert "It is your turn" in today_of(partnership.adviser.person, signed_in)
    assert "It is your turn" not in today_of(partnership.learner.person, signed_in)


def test_a_promise_that_is_due_is_counted_without_its_words(signed_in: SignIn) -> None:
    partnership = make_partnership(make_programme(state="running"), state="active")
    Commitment.objects.create(
        partnership=partnership,
        author=partnership.learner.person,
        sealed=b"-",
        due_on=clock.now().date(),
        made_at=clock.now(),
    )

    assert "A promise of yours is due" in today_of(partnership.learner.person, signed_in)
    assert "promise" not in today_of(partnership.adviser.person, signed_in)


def test_a_coordinator_reads_how_many_need_help(signed_in: SignIn) -> None:
    programme = make_programme(state="running")
    partnership, reminded = (make_partnership(programme, state="active") for _ in range(2))
    Help.objects.create(
        partnership=reminded, kind="silence", since=clock.now(), stepped_at=clock.now(), step=1
    )
    Help.objects.create(
        partnership=partnership,
        kind="cancellations",
        since=clock.now(),
        stepped_at=clock.now(),
        step=2,
    )

    page = today_of(make_coordinator(programme), signed_in)

    assert "One partnership needs help" in page
    assert f"/programmes/{programme.slug}/help/" in page


def test_an_assistant_is_led_to_the_people_they_book_for(signed_in: SignIn) -> None:
    principal, assistant = make_person("Odile Wren"), make_person()
    Delegate.objects.create(principal=principal, person=assistant, named_at=clock.now())

    page = today_of(assistant, signed_in)

    assert "You book for" in page
    assert "Odile Wren" in page


def test_the_places_used_most_come_before_programmes_with_long_names(signed_in: SignIn) -> None:
    programme = make_programme(name="A programme with quite a long name")
    learner = make_enrolment(programme, learner=True).person

    context = signed_in(make_user(learner)).get("/").context

    assert [item.label for item in context["most_used"]] == [
        "Today",
        "Partnerships",
        "People",
        "Programmes",
    ]
    assert programme.name in [item.label for item in context["navigation"]]


def test_one_of_each_is_said_in_the_singular(signed_in: SignIn) -> None:
    programme = make_programme()
    make_enrolment(programme, learner=True)

    page = today_of(make_coordinator(programme), signed_in)

    assert "One learner, 0 advisers, 0 partnerships accepted." in page


def test_the_agreement_says_which_step_is_ones_turn(signed_in: SignIn) -> None:
    programme = make_programme(state="running")
    partnership = make_partnership(programme, state="accepted")
    learner, adviser = (
        signed_in(make_user(partnership.person_on(side))) for side in ("learner", "adviser")
    )

    def asked(client: Client) -> str:
        return client.get("/").content.decode()

    assert "Answer for the agreement" in asked(learner)
    answer(partnership, "learner")
    answer(partnership, "adviser")
    assert "Reply to each" in asked(adviser)
    assert "Your agreement with" not in asked(learner)

    other = make_partnership(programme, learner=partnership.learner, state="accepted")
    make_draft(other)
    assert "Read and sign" in asked(learner)
