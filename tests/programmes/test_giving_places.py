from datetime import datetime

import pytest

from tests.factories import (
    actor_for_person,
    make_adviser,
    make_coordinator,
    make_learner,
    make_person,
    make_programme,
)
from viceversa.history.models import Entry
from viceversa.notifications.models import Notification
from viceversa.programmes.actions import give_place
from viceversa.programmes.models import Enrolment
from viceversa.programmes.rules.part import MOST_CAPACITY
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db


def test_an_adviser_given_a_place_is_told_and_it_is_recorded(now: datetime) -> None:
    adviser = make_adviser(make_programme(state="matching"))
    by = actor_for_person(make_coordinator(adviser.programme))

    give_place(enrolment=adviser, by=by, now=now)

    assert Enrolment.objects.get(pk=adviser.pk).capacity == adviser.capacity + 1
    told = Notification.objects.get(person=adviser.person)
    assert told.kind == "programmes.place_given"
    assert "programmes.place.given" in Entry.objects.values_list("verb", flat=True)


def test_only_coordinators_give_places(now: datetime) -> None:
    adviser = make_adviser(make_programme(state="matching"))

    with pytest.raises(NotAllowed):
        give_place(enrolment=adviser, by=actor_for_person(make_person()), now=now)


def test_nobody_is_given_more_places_than_anybody_may_have(now: datetime) -> None:
    adviser = make_adviser(make_programme(state="matching"))
    Enrolment.objects.update(capacity=MOST_CAPACITY)
    by = actor_for_person(make_coordinator(adviser.programme))

    with pytest.raises(Refused, match="nobody takes more"):
        give_place(enrolment=adviser, by=by, now=now)
    assert not Notification.objects.exists()


def test_who_does_not_advise_any_more_is_given_no_place(now: datetime) -> None:
    programme = make_programme(state="matching")
    learner, gone = make_learner(programme), make_adviser(programme)
    Enrolment.objects.filter(pk=gone.pk).update(state=Enrolment.State.WITHDRAWN)
    by = actor_for_person(make_coordinator(programme))

    for enrolment in (learner, gone):
        with pytest.raises(Refused, match="not an adviser here"):
            give_place(enrolment=enrolment, by=by, now=now)
