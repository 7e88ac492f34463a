"""Where the adviser could grow: a kind, honest note of the learner, and where to go for it."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_partnership, make_user
from tests.factories.goals import actor_of_side
from viceversa.history.models import Entry
from viceversa.notifications.models import Notification
from viceversa.partnerships.actions.feedback import (
    give_feedback,
    hear_feedback,
    strike_feedback,
)
from viceversa.partnerships.forms.feedback import RESOURCES
from viceversa.partnerships.models import FeedbackNote, Partnership
from viceversa.partnerships.queries.feedback import opened_feedback
from viceversa.partnerships.queries.seat import seat_at
from viceversa.partnerships.rules import feedback as rules
from viceversa.partnerships.rules.feedback import Feedback, Referral
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
SECRET = "You spoke to the marmalade, not to the room."


@pytest.fixture
def pair() -> Partnership:
    return make_partnership(state="active")


def give(pair: Partnership, now: datetime, side: str = "learner", **referral: str) -> FeedbackNote:
    feedback = Feedback(SECRET, "People decide with their eyes.", "Look up", Referral(**referral))
    return give_feedback(partnership=pair, feedback=feedback, by=actor_of_side(pair, side), now=now)


def test_a_note_has_a_frame_and_a_way_on_and_both_read_it(pair: Partnership, now: datetime) -> None:
    give(pair, now, kind="coaching", words="Ask Ines")

    for side in ("learner", "adviser"):
        [row] = opened_feedback(seat_at(actor_of_side(pair, side), pair))
        assert (row.words["saw"], row.words["step"]) == (SECRET, "Look up")
        assert row.words["referral"] == {"kind": "coaching", "words": "Ask Ines", "link": ""}


def test_nothing_of_a_note_stands_outside_its_envelope(pair: Partnership, now: datetime) -> None:
    note = give(pair, now)

    told = [*map(str, Entry.objects.values_list()), *map(str, Notification.objects.values_list())]
    assert "marmalade" not in " ".join(told)
    assert b"marmalade" not in bytes(note.sealed)


def test_the_kinds_of_help_are_the_five_that_people_ask_about() -> None:
    assert tuple(kind for kind, _label in RESOURCES) == rules.RESOURCES
    assert rules.RESOURCES == ("coaching", "on_the_job", "course", "employee_group", "mentoring")


@pytest.mark.parametrize(
    ("referral", "sentence"),
    [
        ({"kind": "course"}, "Say which one"),
        ({"words": "Ask Ines"}, "which kind"),
        ({"kind": "a bribe", "words": "x"}, "which kind"),
    ],
)
def test_a_way_on_has_a_kind_and_says_which(
    pair: Partnership, now: datetime, referral: dict[str, str], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        give(pair, now, **referral)


def test_only_the_learner_writes_and_strikes_and_only_the_adviser_hears(
    pair: Partnership, now: datetime
) -> None:
    learner, adviser = (actor_of_side(pair, side) for side in ("learner", "adviser"))
    note = give(pair, now)

    with pytest.raises(NotAllowed):
        give(pair, now, side="adviser")
    with pytest.raises(NotAllowed):
        strike_feedback(note=note, by=adviser, now=now)
    with pytest.raises(NotAllowed):
        hear_feedback(note=note, by=learner, now=now)
    hear_feedback(note=note, by=adviser, now=now)
    hear_feedback(note=note, by=adviser, now=now)
    assert Notification.objects.filter(kind="partnerships.feedback_heard").count() == 1


def test_a_struck_note_is_gone_from_both_sides(pair: Partnership, now: datetime) -> None:
    strike_feedback(note=give(pair, now), by=actor_of_side(pair, "learner"), now=now)

    for side in ("learner", "adviser"):
        assert opened_feedback(seat_at(actor_of_side(pair, side), pair)) == []


def test_the_two_do_it_on_one_page(pair: Partnership, signed_in: SignIn) -> None:
    learner = signed_in(make_user(pair.learner.person))
    adviser = signed_in(make_user(pair.adviser.person))
    address = reverse("partnerships:feedback", args=[pair.key])
    said = {"saw": SECRET, "matters": "It does", "step": "Look up"}
    wrong = learner.post(address, {**said, "resource": "course"})
    assert wrong.status_code == 422
    assert "Say which one" in wrong.content.decode()
    assert learner.post(address, {**said, "link": "http://x.example"}).status_code == 422

    more = {"resource": "course", "where": "Speaking up", "link": "https://learn.example/up"}
    assert learner.post(address, {**said, **more}).status_code == 302

    page = adviser.get(address).content.decode()
    assert "A course or learning programme: Speaking up" in page
    assert 'href="https://learn.example/up"' in page
    assert "<textarea" not in page
    note = FeedbackNote.objects.get()
    act = reverse("partnerships:feedback_act", args=[pair.key, note.key, "heard"])
    assert adviser.post(act).status_code == 302
    assert FeedbackNote.objects.get().heard_at is not None


def test_what_was_written_can_be_read_after_the_end_and_nothing_is_added(
    pair: Partnership, now: datetime, signed_in: SignIn
) -> None:
    give(pair, now)
    Partnership.objects.filter(pk=pair.pk).update(state="completed", ended_at=now)
    pair.refresh_from_db()

    with pytest.raises(Refused, match="over"):
        give(pair, now)
    address = reverse("partnerships:feedback", args=[pair.key])
    page = signed_in(make_user(pair.learner.person)).get(address).content.decode()
    assert "marmalade" in page
    assert "<textarea" not in page
