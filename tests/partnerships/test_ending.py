from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

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
from viceversa.partnerships.actions import Pair, propose_partnerships
from viceversa.partnerships.models import Partnership
from viceversa.people.events import PeopleLeft, PersonLeft
from viceversa.toolkit.errors import NotAllowed
from viceversa.toolkit.events import announce

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", ["proposed", "accepted"])
def test_a_partnership_ends_without_fault_when_one_of_the_two_leaves(
    state: str, now: datetime
) -> None:
    both = {"learner_accepted_at": now, "adviser_accepted_at": now}
    partnership = make_partnership(state=state, **(both if state == "accepted" else {}))

    announce(PersonLeft(person=partnership.adviser.person))

    partnership.refresh_from_db()
    assert partnership.state == Partnership.State.ENDED
    told = Notification.objects.get(kind="partnerships.partner_gone")
    assert told.person == partnership.learner.person
    assert "without fault" in told.body
    assert "partnerships.ended" in Entry.objects.values_list("verb", flat=True)


def test_what_was_over_before_stays_as_it_was() -> None:
    partnership = make_partnership(state="declined")

    announce(PeopleLeft(person_ids=frozenset({partnership.learner.person_id})))

    partnership.refresh_from_db()
    assert partnership.state == Partnership.State.DECLINED
    assert not Notification.objects.filter(kind="partnerships.partner_gone").exists()


def test_when_both_leave_nobody_is_left_to_be_told() -> None:
    partnership = make_partnership()
    both = {partnership.learner.person_id, partnership.adviser.person_id}

    announce(PeopleLeft(person_ids=frozenset(both)))

    assert not Notification.objects.filter(kind="partnerships.partner_gone").exists()


def test_proposing_many_takes_as_many_queries_as_proposing_one(now: datetime) -> None:
    programme = make_programme()
    by = actor_for_person(make_coordinator(programme))

    def queries(number: int) -> int:
        pairs = [
            Pair(
                learner=make_enrolment(programme, learner=True),
                adviser=make_enrolment(programme, adviser=True),
            )
            for _number in range(number)
        ]
        with CaptureQueriesContext(connection) as captured:
            propose_partnerships(programme=programme, pairs=pairs, origin="round:1", by=by, now=now)
        return len(captured)

    queries(1)
    assert queries(30) == queries(1)


def test_only_coordinators_propose(now: datetime) -> None:
    programme = make_programme()

    with pytest.raises(NotAllowed):
        propose_partnerships(
            programme=programme,
            pairs=[],
            origin="",
            by=actor_for_person(make_person()),
            now=now,
        )
