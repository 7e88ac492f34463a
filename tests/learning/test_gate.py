"""Training before the first half hour: what the two read, what booking says, what it costs."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import actor_for_person, make_coordinator, make_user
from tests.factories.agreement import make_agreement
from tests.factories.learning import finish, make_demand
from tests.meetings.half_hours import make_pair
from viceversa.meetings.actions.booking import book_meeting
from viceversa.meetings.models import Meeting
from viceversa.meetings.queries.booker import Booker
from viceversa.meetings.queries.readiness import not_yet
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.queries.agreement import facts_of
from viceversa.partnerships.queries.path import path_of
from viceversa.partnerships.queries.training import training_missing
from viceversa.toolkit.errors import Refused

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
WEEK = timedelta(days=7)


@pytest.fixture
def pair(now: datetime) -> Partnership:
    """Signed yesterday; the programme has asked for two trainings since last week."""
    partnership: Partnership = make_pair()
    make_agreement(partnership, now=now - timedelta(days=1))
    partnership.started_at = now - timedelta(days=1)
    partnership.save(update_fields=["started_at"])
    for slug in ("listening", "humility"):
        make_demand(partnership.programme, slug, now - WEEK)
    return partnership


def book(partnership: Partnership, now: datetime) -> Meeting:
    by = actor_for_person(partnership.learner.person)
    return book_meeting(partnership=partnership, starts_at=now + WEEK, by=by, now=now)


def test_a_first_half_hour_is_refused_and_says_what_is_missing_and_whose_turn_it_is(
    pair: Partnership, now: datetime
) -> None:
    with pytest.raises(Refused) as refused:
        book(pair, now)
    assert refused.value.code == "not_ready"
    assert refused.value.sentence == (
        "A short training comes before the first half hour. "
        "Missing from you: “Listening and learning: talking down does not help”. "
        "Missing from Juno Okapi, whose turn it is: "
        "“Listening and learning: talking down does not help”, "
        "“Humility for advisers: you know one thing well, they know the company”."
    )
    assert not Meeting.objects.exists()


def test_it_is_booked_once_both_have_finished(pair: Partnership, now: datetime) -> None:
    finish(pair.learner.person, "listening", now)
    finish(pair.adviser.person, "listening", now)
    with pytest.raises(Refused, match="Humility"):
        book(pair, now)
    finish(pair.adviser.person, "humility", now)

    assert book(pair, now).state == "booked"


def test_pairs_who_signed_before_it_was_asked_for_go_on_as_they_are(
    pair: Partnership, now: datetime
) -> None:
    Partnership.objects.filter(pk=pair.pk).update(started_at=now - 2 * WEEK)
    pair.refresh_from_db()

    assert training_missing(pair) == []
    assert book(pair, now).state == "booked"


def test_nothing_is_asked_where_no_programme_asks(now: datetime) -> None:
    assert training_missing(make_pair()) == []
    assert book(make_pair("Ada High", "Bo Low"), now).state == "booked"


def test_an_assistant_learns_only_that_a_training_comes_first(pair: Partnership) -> None:
    sentence = not_yet(Booker(pair, "learner", is_assistant=True))
    assert sentence == "A training comes first. Tamsin Marlow knows which."


def test_the_page_of_the_two_says_what_is_missing_and_leads_there(
    signed_in: SignIn, pair: Partnership, now: datetime
) -> None:
    finish(pair.learner.person, "listening", now)
    learner, adviser = (signed_in(make_user(part.person)) for part in (pair.learner, pair.adviser))
    address = reverse("partnerships:detail", args=[pair.key])

    waits, acts = (client.get(address).content.decode() for client in (learner, adviser))

    assert "missing: Juno Okapi" in waits
    assert "Go to the training" not in waits
    assert "missing: you" in acts
    assert '<a class="button primary" href="/learning/training/listening/">' in acts
    for slug in ("listening", "humility"):
        finish(pair.adviser.person, slug, now)
    assert "Fix a half hour" in learner.get(address).content.decode()


def test_whose_turn_it_is_stands_above_the_training_once_the_agreement_holds(
    pair: Partnership, now: datetime
) -> None:
    facts = facts_of(pair)
    finish(pair.learner.person, "listening", now)

    path = path_of(pair, facts, "learner", training_missing(pair))

    assert path.next == "A short training comes before the first half hour."
    assert (path.whose, path.is_my_turn, path.to_learn) == ("Juno Okapi", False, None)
    assert [one.who for one in path.training] == ["Juno Okapi", "Juno Okapi"]


def test_coordinators_see_who_has_not_finished_and_no_answer(
    signed_in: SignIn, pair: Partnership
) -> None:
    coordinator = signed_in(make_user(make_coordinator(pair.programme)))
    page = coordinator.get(reverse("partnerships:detail", args=[pair.key])).content.decode()
    assert "missing: Tamsin Marlow and Juno Okapi" in page
    assert "Go to the training" not in page


def test_the_pages_of_booking_say_it_too(signed_in: SignIn, pair: Partnership) -> None:
    learner = signed_in(make_user(pair.learner.person))
    shown = learner.get(reverse("meetings:list", args=[pair.key])).content.decode()
    assert "Missing from you: “Listening and learning" in shown
    assert "The first half hour follows the training." in shown
    booking = learner.get(reverse("meetings:book", args=[pair.key])).content.decode()
    assert "A short training comes before the first half hour." in booking


def test_today_shows_the_training_until_it_is_finished(
    signed_in: SignIn, pair: Partnership, now: datetime
) -> None:
    learner = signed_in(make_user(pair.learner.person))
    assert "Before your first half hour" in learner.get("/").content.decode()
    finish(pair.learner.person, "listening", now)
    assert "Before your first half hour" not in learner.get("/").content.decode()


def test_looking_for_training_costs_one_query_where_none_is_asked_and_two_where_some_are(
    pair: Partnership, django_assert_num_queries: Any
) -> None:
    other = make_pair("Ada High", "Bo Low")
    with django_assert_num_queries(1):
        training_missing(other)
    with django_assert_num_queries(2):
        training_missing(pair)
    make_demand(pair.programme, "being-advised", pair.started_at or pair.created_at)
    with django_assert_num_queries(2):
        assert len(training_missing(pair)) == 4
