from datetime import datetime

import pytest

from tests.factories import actor_for_person, make_partnership, make_person
from viceversa.history.models import Entry
from viceversa.notifications.models import Notification
from viceversa.partnerships.actions import accept_partnership, decline_partnership
from viceversa.partnerships.models import Partnership
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db


def test_one_yes_leaves_it_proposed_and_tells_the_partner(now: datetime) -> None:
    partnership = make_partnership()
    learner = actor_for_person(partnership.learner.person)

    accepted = accept_partnership(partnership=partnership, by=learner, now=now)

    assert accepted.state == Partnership.State.PROPOSED
    assert accepted.learner_accepted_at == now
    told = Notification.objects.get()
    assert (told.person, told.kind) == (partnership.adviser.person, "partnerships.partner_accepted")
    assert Entry.objects.get().verb == "partnerships.accepted"


def test_two_yeses_make_it_accepted_and_tell_both(now: datetime) -> None:
    partnership = make_partnership(learner_accepted_at=now)
    adviser = actor_for_person(partnership.adviser.person)

    accepted = accept_partnership(partnership=partnership, by=adviser, now=now)

    assert accepted.state == Partnership.State.ACCEPTED
    told = Notification.objects.filter(kind="partnerships.accepted")
    assert {row.person for row in told} == {partnership.learner.person, partnership.adviser.person}


def test_saying_yes_twice_is_refused(now: datetime) -> None:
    partnership = make_partnership(learner_accepted_at=now)
    learner = actor_for_person(partnership.learner.person)

    with pytest.raises(Refused, match="already said yes"):
        accept_partnership(partnership=partnership, by=learner, now=now)


def test_nobody_else_can_answer(now: datetime) -> None:
    partnership = make_partnership()
    stranger = actor_for_person(make_person())

    with pytest.raises(NotAllowed):
        accept_partnership(partnership=partnership, by=stranger, now=now)

    partnership.refresh_from_db()
    assert partnership.learner_accepted_at is None


def test_a_no_ends_it_and_tells_both_without_saying_who(now: datetime) -> None:
    partnership = make_partnership()
    adviser = actor_for_person(partnership.adviser.person)

    declined = decline_partnership(partnership=partnership, by=adviser, now=now)

    assert declined.state == Partnership.State.DECLINED
    titles = set(Notification.objects.values_list("title", "body"))
    assert len(titles) == 1
    assert Notification.objects.count() == 2


def test_a_declined_partnership_cannot_be_accepted(now: datetime) -> None:
    partnership = make_partnership(state=Partnership.State.DECLINED)
    learner = actor_for_person(partnership.learner.person)

    with pytest.raises(Refused, match="nothing left to answer"):
        accept_partnership(partnership=partnership, by=learner, now=now)
