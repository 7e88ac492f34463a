"""The agreement apart and side by side: who can read what, and when."""

from datetime import datetime

import pytest

from tests.factories import actor_for_person, make_partnership, make_person
from tests.factories.agreement import answer, answers_for, make_draft, seat_of
from viceversa.history.models import Entry
from viceversa.notifications.models import Notification
from viceversa.partnerships.actions.agreement import (
    answer_step,
    hand_in,
    put_agreement_together,
    reply_to_outcomes,
)
from viceversa.partnerships.models import AgreementPart, Partnership
from viceversa.partnerships.queries.agreement import answers_of, facts_of, terms_of
from viceversa.partnerships.queries.agreement_page import overview_of
from viceversa.partnerships.rules import agreement as rules
from viceversa.toolkit.errors import NotAllowed, Refused
from viceversa.vault.queries import NoKey

pytestmark = pytest.mark.django_db
SECRET = "Twenty years in sales."


def test_the_first_answer_begins_the_preparing_and_is_recorded(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    learner = actor_for_person(partnership.learner.person)
    you = answers_for("learner")["you"]

    answer_step(partnership=partnership, step="you", answers=you, by=learner, now=now)

    partnership.refresh_from_db()
    assert partnership.state == Partnership.State.PREPARING
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert {"partnerships.preparing", "partnerships.answered_step"} <= verbs


def test_answers_given_apart_open_for_their_author_alone(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    learner = actor_for_person(partnership.learner.person)
    you = answers_for("learner")["you"]
    answer_step(partnership=partnership, step="you", answers=you, by=learner, now=now)
    part = AgreementPart.objects.select_related("partnership").get()

    mine = answers_of(seat_of(partnership, "learner"), part)

    assert mine["you"]["background"] == SECRET
    assert answers_of(seat_of(partnership, "adviser"), part) == {}
    assert SECRET.encode() not in bytes(part.sealed)


def test_nobody_reads_the_others_answers_before_both_are_in() -> None:
    partnership = make_partnership(state="accepted")
    answer(partnership, "learner")

    assert overview_of(seat_of(partnership, "adviser")).theirs == {}

    answer(partnership, "adviser")
    seen = overview_of(seat_of(partnership, "adviser")).theirs
    assert seen["you"]["background"] == SECRET


def test_handing_in_tells_the_partner_without_a_word_of_it() -> None:
    partnership = make_partnership(state="accepted")

    answer(partnership, "learner")

    told = Notification.objects.get()
    assert told.person == partnership.adviser.person
    assert told.kind == "partnerships.answers_handed_in"
    assert SECRET not in told.title + told.body
    assert not any(SECRET in str(entry.detail) for entry in Entry.objects.all())


def test_answers_with_open_steps_are_not_handed_in(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    learner = actor_for_person(partnership.learner.person)
    you = answers_for("learner")["you"]
    answer_step(partnership=partnership, step="you", answers=you, by=learner, now=now)

    with pytest.raises(Refused, match="still open"):
        hand_in(partnership=partnership, by=learner, now=now)


def test_answers_are_handed_in_once(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    answer(partnership, "learner")

    with pytest.raises(Refused, match="handed in"):
        hand_in(partnership=partnership, by=actor_for_person(partnership.learner.person), now=now)


@pytest.mark.parametrize("side", ["learner", "adviser"])
def test_only_the_learner_is_asked_for_leave(side: str, now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    by = actor_for_person(partnership.person_on(side))
    leave = answers_for("learner")["leave"]

    def give() -> None:
        answer_step(partnership=partnership, step="leave", answers=leave, by=by, now=now)

    if side == "learner":
        give()
        assert AgreementPart.objects.get().side == "learner"
    else:
        with pytest.raises(NotAllowed):
            give()


def test_nobody_else_answers(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    stranger = actor_for_person(make_person(), roles=("operator", "directory_administrator"))

    with pytest.raises(NotAllowed):
        answer_step(partnership=partnership, step="you", answers={}, by=stranger, now=now)
    with pytest.raises(NotAllowed):
        hand_in(partnership=partnership, by=stranger, now=now)


def test_whoever_writes_themselves_into_the_row_holds_no_key(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    intruder = make_person()
    partnership.learner.person = intruder
    partnership.learner.save()

    with pytest.raises(NoKey):
        answer_step(
            partnership=partnership, step="you", answers={}, by=actor_for_person(intruder), now=now
        )
    assert not AgreementPart.objects.exists()


@pytest.mark.parametrize("state", ["proposed", "paused", "completed", "ended"])
def test_answers_are_refused_outside_their_time(state: str, now: datetime) -> None:
    partnership = make_partnership(state=state)
    by = actor_for_person(partnership.learner.person)

    with pytest.raises(Refused):
        answer_step(partnership=partnership, step="you", answers={}, by=by, now=now)


def test_the_adviser_replies_to_each_outcome_and_the_learner_is_told(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    answer(partnership, "learner")
    answer(partnership, "adviser")
    adviser = actor_for_person(partnership.adviser.person)

    with pytest.raises(Refused, match="each one"):
        reply_to_outcomes(partnership=partnership, replies=[], by=adviser, now=now)
    replies = [{"reply": "partly", "words": "The filming, not the budget."}]
    reply_to_outcomes(partnership=partnership, replies=replies, by=adviser, now=now)

    assert facts_of(partnership).has_replies
    told = Notification.objects.get(kind="partnerships.replies_given")
    assert told.person == partnership.learner.person
    assert "budget" not in told.title + told.body


def test_the_learner_cannot_reply_for_the_adviser(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    answer(partnership, "learner")
    answer(partnership, "adviser")
    learner = actor_for_person(partnership.learner.person)

    with pytest.raises(NotAllowed):
        reply_to_outcomes(partnership=partnership, replies=[], by=learner, now=now)


def test_a_draft_waits_for_the_replies(now: datetime) -> None:
    partnership = make_partnership(state="accepted")
    answer(partnership, "learner")
    answer(partnership, "adviser")

    with pytest.raises(Refused, match="answered and replied"):
        put_agreement_together(
            partnership=partnership, by=actor_for_person(partnership.learner.person), now=now
        )


def test_the_draft_joins_both_and_takes_the_stricter_confidentiality() -> None:
    partnership = make_partnership(state="accepted")
    answer(partnership, "learner", trust={"confidentiality": "story", "off_limits": "Pay."})
    answer(partnership, "adviser", trust={"confidentiality": "nothing"}, meet={"minutes": 45})
    by = actor_for_person(partnership.adviser.person)
    at = partnership.created_at
    replies = [{"reply": "cannot", "words": ""}]
    reply_to_outcomes(partnership=partnership, replies=replies, by=by, now=at)

    draft = put_agreement_together(partnership=partnership, by=by, now=at)

    terms = terms_of(seat_of(partnership, "learner"), draft)
    assert terms.confidentiality == draft.confidentiality == "nothing"
    assert (terms.off_limits, terms.minutes) == ("Pay.", 30)
    assert terms.outcomes[0].reply == "cannot"
    assert terms.permission.words == "Stop me when I lecture."
    assert terms.learner_role
    assert terms.adviser_role
    assert terms.how_we_end


def test_what_is_missing_and_whose_turn_it_is_needs_no_key() -> None:
    partnership = make_partnership(state="accepted")
    assert {one.what for one in rules.missing(facts_of(partnership))} == {
        "purpose",
        "permission",
        "confidentiality",
    }

    make_draft(partnership)

    facts = facts_of(partnership)
    assert {one.whose for one in rules.missing(facts)} == {"learner", "adviser"}
    assert rules.turn_of(facts) == {"learner", "adviser"}
