from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    actor_for_person,
    make_adviser,
    make_learner,
    make_partnership,
    make_person,
    make_programme,
    make_user,
)
from viceversa.partnerships.queries.portfolio import portfolios_of
from viceversa.people.models import Unit
from viceversa.programmes.models import Enrolment

pytestmark = pytest.mark.django_db


def learner_with(advisers: int) -> Enrolment:
    programme = make_programme(state="running")
    unit = Unit.objects.create(name=f"Clients {programme.pk}")
    learner = make_learner(programme, person=make_person("Odile Wren", rank=5, unit=unit))
    for rank in range(1, advisers + 1):
        adviser = make_adviser(programme, person=make_person(f"Adviser {rank}", rank=rank % 3 + 1))
        make_partnership(programme, learner=learner, adviser=adviser, state="active")
    return learner


def test_two_advisers_stand_side_by_side_with_stage_field_and_help(
    signed_in: Callable[..., Client],
) -> None:
    learner = learner_with(2)

    page = signed_in(make_user(learner.person)).get("/partnerships/").content.decode()

    assert "Your advisers side by side" in page
    assert "2 stages of career" in page
    assert "another field" in page
    assert "Short video" in page


def test_one_adviser_is_no_portfolio_and_an_adviser_has_none() -> None:
    learner = learner_with(1)
    several = learner_with(2)
    adviser = several.programme.partnerships.earliest("id").adviser.person
    assert portfolios_of(actor_for_person(learner.person)) == []
    assert portfolios_of(actor_for_person(adviser)) == []


@pytest.mark.parametrize("advisers", [2, 10])
def test_any_number_of_advisers_costs_the_same(advisers: int) -> None:
    actor = actor_for_person(learner_with(advisers).person)
    with CaptureQueriesContext(connection) as queries:
        assert len(portfolios_of(actor)[0].lines) == advisers
    assert len(queries) == 4
