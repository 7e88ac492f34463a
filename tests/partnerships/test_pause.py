"""A pause is private: it says until when, and neither why nor who."""

from datetime import date, datetime, timedelta

import pytest

from tests.factories import actor_for_person, make_partnership, make_person
from tests.factories.agreement import make_agreement
from viceversa.history.models import Entry
from viceversa.notifications.models import Notification
from viceversa.partnerships.actions.lifecycle import (
    pause_partnership,
    resume_due,
    resume_partnership,
)
from viceversa.partnerships.models import Partnership
from viceversa.toolkit.errors import NotAllowed, Refused
from viceversa.vault.queries import keyring

pytestmark = pytest.mark.django_db


def test_either_pauses_and_both_are_told_the_same_words(now: datetime) -> None:
    partnership = make_partnership(state="active")
    adviser = actor_for_person(partnership.adviser.person)

    paused = pause_partnership(partnership=partnership, until=date(2026, 4, 1), by=adviser, now=now)

    assert paused.state == Partnership.State.PAUSED
    assert paused.paused_until == date(2026, 4, 1)
    told = Notification.objects.filter(kind="partnerships.paused")
    assert told.count() == 2
    assert len(set(told.values_list("title", "body"))) == 1


def test_the_history_does_not_say_who_paused(now: datetime) -> None:
    partnership = make_partnership(state="active")
    adviser = actor_for_person(partnership.adviser.person)

    pause_partnership(partnership=partnership, by=adviser, now=now)

    entries = Entry.objects.filter(verb__in=["partnerships.paused", "vault.turned"])
    assert {entry.actor_label for entry in entries} == {"a private pause"}
    assert not Entry.objects.filter(actor_id=adviser.person_id).exists()


def test_a_pause_turns_the_key_and_both_hold_the_new_one(now: datetime) -> None:
    partnership = make_partnership(state="active")
    learner = actor_for_person(partnership.learner.person)
    assert partnership.ring is not None
    version = partnership.ring.version

    paused = pause_partnership(partnership=partnership, by=learner, now=now)

    assert paused.ring is not None
    assert paused.ring.version == version + 1
    for person in (partnership.learner.person, partnership.adviser.person):
        assert keyring(actor_for_person(person), [paused.ring]).can_open(paused.ring)


@pytest.mark.parametrize("state", ["proposed", "paused", "closing", "completed", "ended"])
def test_a_pause_is_refused_from_other_states(state: str, now: datetime) -> None:
    partnership = make_partnership(state=state)

    with pytest.raises(Refused, match="not possible now"):
        pause_partnership(
            partnership=partnership, by=actor_for_person(partnership.learner.person), now=now
        )


def test_a_pause_does_not_end_in_the_past(now: datetime) -> None:
    partnership = make_partnership(state="active")

    with pytest.raises(Refused, match="still to come"):
        pause_partnership(
            partnership=partnership,
            until=now.date(),
            by=actor_for_person(partnership.learner.person),
            now=now,
        )


def test_nobody_else_pauses_or_goes_on(now: datetime) -> None:
    stranger = actor_for_person(make_person(), roles=("operator",))

    with pytest.raises(NotAllowed):
        pause_partnership(partnership=make_partnership(state="active"), by=stranger, now=now)
    with pytest.raises(NotAllowed):
        resume_partnership(partnership=make_partnership(state="paused"), by=stranger, now=now)


def test_the_other_may_go_on_earlier(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    make_agreement(partnership)
    learner = actor_for_person(partnership.learner.person)
    pause_partnership(partnership=partnership, until=date(2026, 5, 1), by=learner, now=now)

    resumed = resume_partnership(
        partnership=partnership, by=actor_for_person(partnership.adviser.person), now=now
    )

    assert resumed.state == Partnership.State.ACTIVE
    assert resumed.paused_at is None
    assert resumed.paused_until is None
    assert Notification.objects.filter(kind="partnerships.resumed").count() == 2
    assert Entry.objects.filter(verb="partnerships.resumed").exists()


def test_a_pause_before_signing_leads_back_to_the_agreement(now: datetime) -> None:
    partnership = make_partnership(state="preparing")
    learner = actor_for_person(partnership.learner.person)
    pause_partnership(partnership=partnership, by=learner, now=now)

    resumed = resume_partnership(partnership=partnership, by=learner, now=now)

    assert resumed.state == Partnership.State.PREPARING


def test_a_pause_with_a_day_ends_by_itself_and_an_open_one_does_not(now: datetime) -> None:
    with_day, without = make_partnership(state="active"), make_partnership(state="active")
    until = now.date() + timedelta(days=7)
    for partnership, day in ((with_day, until), (without, None)):
        by = actor_for_person(partnership.learner.person)
        pause_partnership(partnership=partnership, until=day, by=by, now=now)

    assert resume_due(now=now + timedelta(days=6)) == 0
    assert resume_due(now=now + timedelta(days=7)) == 1
    assert resume_due(now=now + timedelta(days=8)) == 0

    states = dict(Partnership.objects.values_list("pk", "state"))
    assert states[with_day.pk] == Partnership.State.PREPARING
    assert states[without.pk] == Partnership.State.PAUSED
