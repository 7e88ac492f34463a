from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.factories import (
    actor_for_person,
    make_adviser,
    make_ask,
    make_choosing_programme,
    make_learner,
    make_partnership,
    make_person,
    make_programme,
)
from viceversa.history.models import Entry
from viceversa.matching.actions.answer import (
    accept_ask,
    decline_ask,
    expire_asks,
    question_ask,
    reply_to_question,
)
from viceversa.matching.actions.ask import send_asks, withdraw_asks, write_goals
from viceversa.matching.models import Ask
from viceversa.notifications.models import Notification
from viceversa.partnerships.models import Partnership
from viceversa.people.events import PeopleLeft
from viceversa.people.models import KeepApart
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed, Refused
from viceversa.toolkit.events import announce

pytestmark = pytest.mark.django_db


def actor_of(enrolment: Any) -> Actor:
    return actor_for_person(enrolment.person)


def told(person: Any) -> list[str]:
    return list(
        Notification.objects.filter(person=person).order_by("id").values_list("kind", flat=True)
    )


def states(learner: Any) -> list[str]:
    return list(
        Ask.objects.filter(learner=learner).order_by("choice").values_list("state", flat=True)
    )


def test_goals_are_written_before_anybody_is_asked(now: datetime) -> None:
    learner = make_learner(make_choosing_programme(), goals="")
    adviser = make_adviser(learner.programme)

    with pytest.raises(Refused, match="what you want to learn first"):
        send_asks(learner=learner, advisers=[adviser], by=actor_of(learner), now=now)


def test_goals_are_kept_and_recorded(now: datetime) -> None:
    learner = make_learner(make_choosing_programme(), goals="")

    write_goals(
        enrolment=learner,
        goals=" Read a dashboard. ",
        career_direction="Run a region.",
        by=actor_of(learner),
        now=now,
    )

    learner.refresh_from_db()
    assert (learner.goals, learner.career_direction) == ("Read a dashboard.", "Run a region.")
    assert Entry.objects.get().verb == "matching.goals_written"


def test_only_the_first_choice_is_asked_and_told(now: datetime) -> None:
    learner = make_learner(make_choosing_programme())
    first, second = make_adviser(learner.programme), make_adviser(learner.programme)

    send_asks(learner=learner, advisers=[first, second], by=actor_of(learner), now=now)

    assert states(learner) == ["sent", "queued"]
    assert told(first.person) == ["matching.asked"]
    assert told(second.person) == []
    assert Ask.objects.get(choice=1).expires_at == now + timedelta(days=7)
    assert Entry.objects.get().verb == "matching.asked"


def test_a_first_choice_without_a_place_is_passed_over(now: datetime) -> None:
    learner = make_learner(make_choosing_programme())
    full, free = make_adviser(learner.programme), make_adviser(learner.programme)
    asks = {"learner": learner, "advisers": [full, free], "by": actor_of(learner), "now": now}
    waiting = make_ask(learner, full, state="queued")
    make_ask(learner, free, state="queued", choice=2)
    make_partnership(learner.programme, adviser=full)

    with pytest.raises(Refused, match="asked already"):
        send_asks(**asks)
    Ask.objects.filter(pk=waiting.pk).update(state="sent", sent_at=now, expires_at=now)
    expire_asks(now=now)

    assert states(learner) == ["expired", "sent"]


def test_nobody_asks_for_somebody_else(now: datetime) -> None:
    learner = make_learner(make_choosing_programme())
    stranger = actor_for_person(make_person())

    with pytest.raises(NotAllowed):
        send_asks(learner=learner, advisers=[make_adviser(learner.programme)], by=stranger, now=now)

    assert not Ask.objects.exists()


def test_somebody_kept_apart_cannot_be_asked_and_nobody_learns_why(now: datetime) -> None:
    learner = make_learner(make_choosing_programme())
    adviser = make_adviser(learner.programme)
    pair = sorted((learner.person, adviser.person), key=lambda person: person.pk)
    KeepApart.objects.create(one=pair[0], other=pair[1])

    with pytest.raises(Refused) as refused:
        send_asks(learner=learner, advisers=[adviser], by=actor_of(learner), now=now)

    assert refused.value.sentence == (
        f"{adviser.person} cannot be asked in this programme now. Choose somebody else."
    )


def test_in_a_programme_matched_in_rounds_nobody_asks(now: datetime) -> None:
    learner = make_learner(make_programme(state="matching"))

    with pytest.raises(Refused, match="matched in a round"):
        send_asks(
            learner=learner,
            advisers=[make_adviser(learner.programme)],
            by=actor_of(learner),
            now=now,
        )


def test_a_yes_makes_partners_at_once_and_tells_both(now: datetime) -> None:
    ask = make_ask()
    later = make_ask(ask.learner, state="queued", choice=2)

    partnership = accept_ask(ask=ask, by=actor_of(ask.adviser), now=now)

    assert partnership.state == Partnership.State.ACCEPTED
    assert (partnership.learner, partnership.adviser) == (ask.learner, ask.adviser)
    later.refresh_from_db()
    assert later.state == Ask.State.WITHDRAWN
    assert told(ask.learner.person) == ["partnerships.accepted"]
    assert told(ask.adviser.person) == ["partnerships.accepted"]
    assert set(Entry.objects.values_list("verb", flat=True)) == {
        "matching.ask_accepted",
        "partnerships.agreed",
    }


def test_places_are_counted_again_when_an_adviser_says_yes(now: datetime) -> None:
    ask = make_ask()
    make_partnership(ask.programme, adviser=ask.adviser)

    with pytest.raises(Refused, match="no free place"):
        accept_ask(ask=ask, by=actor_of(ask.adviser), now=now)

    assert Partnership.objects.count() == 1


def test_when_the_last_place_goes_others_who_wait_move_on(now: datetime) -> None:
    ask = make_ask()
    other = make_learner(ask.programme)
    make_ask(other, ask.adviser)
    next_choice = make_ask(other, state="queued", choice=2)

    accept_ask(ask=ask, by=actor_of(ask.adviser), now=now)

    assert states(other) == ["full", "sent"]
    assert told(next_choice.adviser.person) == ["matching.asked"]
    assert told(other.person) == ["matching.not_this_time"]


def test_a_no_is_private_and_the_next_choice_is_asked(now: datetime) -> None:
    ask = make_ask()
    following = make_ask(ask.learner, state="queued", choice=2)

    decline_ask(ask=ask, by=actor_of(ask.adviser), now=now)

    following.refresh_from_db()
    assert following.state == Ask.State.SENT
    note = Notification.objects.get(person=ask.learner.person)
    assert (note.title, str(ask.adviser.person) in note.body) == ("Not this time", False)


def test_a_no_and_silence_tell_the_learner_the_same(now: datetime) -> None:
    declined, silent = make_ask(), make_ask(expires_at=now)

    decline_ask(ask=declined, by=actor_of(declined.adviser), now=now)
    expire_asks(now=now)

    said = [Notification.objects.get(person=ask.learner.person) for ask in (declined, silent)]
    assert said[0].title == said[1].title
    assert said[0].body == said[1].body


def test_nobody_but_the_adviser_answers(now: datetime) -> None:
    ask = make_ask()

    for stranger in (ask.learner.person, make_person()):
        with pytest.raises(NotAllowed):
            accept_ask(ask=ask, by=actor_for_person(stranger), now=now)
        with pytest.raises(NotAllowed):
            decline_ask(ask=ask, by=actor_for_person(stranger), now=now)


def test_an_ask_that_ran_out_can_no_longer_be_accepted(now: datetime) -> None:
    ask = make_ask(expires_at=now)

    with pytest.raises(Refused, match="time for an answer has passed"):
        accept_ask(ask=ask, by=actor_of(ask.adviser), now=now)


def test_a_question_and_its_reply_go_back_and_forth_and_start_the_clock_again(
    now: datetime,
) -> None:
    ask = make_ask(expires_at=now + timedelta(hours=1))

    question_ask(ask=ask, text="How much time?", by=actor_of(ask.adviser), now=now)
    reply_to_question(ask=ask, text="Half an hour a week.", by=actor_of(ask.learner), now=now)

    ask.refresh_from_db()
    assert (ask.state, ask.expires_at) == (Ask.State.SENT, now + timedelta(days=7))
    assert [message.text for message in ask.messages.all()] == [
        "How much time?",
        "Half an hour a week.",
    ]
    assert told(ask.learner.person) == ["matching.questioned"]
    assert told(ask.adviser.person) == ["matching.replied"]


def test_a_fourth_question_is_refused(now: datetime) -> None:
    ask = make_ask()
    for _number in range(3):
        question_ask(ask=ask, text="And?", by=actor_of(ask.adviser), now=now)
        reply_to_question(ask=ask, text="So.", by=actor_of(ask.learner), now=now)

    with pytest.raises(Refused, match="After three questions"):
        question_ask(ask=ask, text="And?", by=actor_of(ask.adviser), now=now)


def test_choices_are_taken_back_and_the_adviser_who_was_asked_is_told(now: datetime) -> None:
    ask = make_ask()
    waiting = make_ask(ask.learner, state="queued", choice=2)

    withdraw_asks(learner=ask.learner, by=actor_of(ask.learner), now=now)

    assert states(ask.learner) == ["withdrawn", "withdrawn"]
    assert told(ask.adviser.person) == ["matching.ask_withdrawn"]
    assert told(waiting.adviser.person) == []


def test_when_an_adviser_leaves_the_learner_moves_on(now: datetime) -> None:
    ask = make_ask()
    following = make_ask(ask.learner, state="queued", choice=2)
    ask.adviser.person.left_on = now.date()
    ask.adviser.person.save()

    announce(PeopleLeft(person_ids=frozenset({ask.adviser.person_id})))

    assert states(ask.learner) == ["full", "sent"]
    assert told(following.adviser.person) == ["matching.asked"]


def test_when_a_learner_leaves_the_adviser_needs_not_answer() -> None:
    ask = make_ask()

    announce(PeopleLeft(person_ids=frozenset({ask.learner.person_id})))

    assert states(ask.learner) == ["withdrawn"]
    assert told(ask.adviser.person) == ["matching.ask_withdrawn"]
