"""The adviser's name put forward: asked first, for one thing, counted without a name."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from tests.factories import actor_for_person, make_coordinator, make_partnership, make_user
from tests.factories.goals import actor_of_side
from viceversa.history.models import Entry
from viceversa.notifications.models import Notification
from viceversa.partnerships.actions import forward as actions
from viceversa.partnerships.models import Forward, Partnership
from viceversa.partnerships.queries.forward import opened_forwards, put_forward_in
from viceversa.partnerships.queries.seat import seat_at
from viceversa.partnerships.rules.counts import Span
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
SECRET = "the marmalade project of Ines"


@pytest.fixture
def pair() -> Partnership:
    return make_partnership(state="active")


def ask(pair: Partnership, now: datetime, what: str = SECRET) -> Forward:
    by = actor_of_side(pair, "learner")
    return actions.ask_to_put_forward(partnership=pair, kind="project", what=what, by=by, now=now)


def by_adviser(pair: Partnership, forward: Forward, now: datetime, say: str = "agree") -> Forward:
    do = actions.agree_to_forward if say == "agree" else actions.decline_forward
    return do(forward=forward, by=actor_of_side(pair, "adviser"), now=now)


def put(pair: Partnership, forward: Forward, now: datetime) -> Forward:
    return actions.put_forward(forward=forward, by=actor_of_side(pair, "learner"), now=now)


def test_a_name_is_put_forward_after_the_advisers_yes(pair: Partnership, now: datetime) -> None:
    forward = ask(pair, now)
    with pytest.raises(Refused, match="only after a yes"):
        put(pair, forward, now)

    by_adviser(pair, forward, now)
    done = put(pair, forward, now)

    assert (done.state, done.done_at) == ("done", now)


def test_a_yes_holds_for_this_very_thing_only(pair: Partnership, now: datetime) -> None:
    by_adviser(pair, ask(pair, now), now)
    other = ask(pair, now, "a seat on the board")

    with pytest.raises(Refused, match="only after a yes"):
        put(pair, other, now)


def test_a_no_is_final_and_a_yes_is_taken_back_until_it_is_done(
    pair: Partnership, now: datetime
) -> None:
    forward = ask(pair, now)
    by_adviser(pair, forward, now)
    by_adviser(pair, forward, now, "decline")

    with pytest.raises(Refused, match="only after a yes"):
        put(pair, forward, now)
    with pytest.raises(Refused, match="settled"):
        by_adviser(pair, forward, now)
    done = ask(pair, now)
    by_adviser(pair, done, now)
    put(pair, done, now)
    with pytest.raises(Refused, match="settled"):
        by_adviser(pair, done, now, "decline")


def test_nobody_answers_for_the_other(pair: Partnership, now: datetime) -> None:
    forward = ask(pair, now)
    learner, adviser = (actor_of_side(pair, side) for side in ("learner", "adviser"))

    with pytest.raises(NotAllowed, match="Only the adviser"):
        actions.agree_to_forward(forward=forward, by=learner, now=now)
    with pytest.raises(NotAllowed, match="Only the learner"):
        actions.put_forward(forward=forward, by=adviser, now=now)


def test_the_database_takes_no_name_put_forward_without_an_answer(
    pair: Partnership, now: datetime
) -> None:
    forward = ask(pair, now)

    with pytest.raises(IntegrityError), transaction.atomic():
        Forward.objects.filter(pk=forward.pk).update(done_at=now)


def test_for_what_is_read_by_the_two_and_the_answer_is_told_to_nobody_else(
    pair: Partnership, now: datetime
) -> None:
    forward = ask(pair, now)
    by_adviser(pair, forward, now, "decline")

    for side in ("learner", "adviser"):
        [row] = opened_forwards(seat_at(actor_of_side(pair, side), pair))
        assert row.words["what"] == SECRET
    kept = [*map(str, Entry.objects.values_list()), *map(str, Notification.objects.values_list())]
    assert SECRET not in " ".join(kept)
    assert SECRET.encode() not in bytes(Forward.objects.get().sealed)
    assert Entry.objects.get(verb="partnerships.forward.answered").detail == {}


def test_the_two_do_it_on_one_page(pair: Partnership, signed_in: SignIn) -> None:
    learner = signed_in(make_user(pair.learner.person))
    adviser = signed_in(make_user(pair.adviser.person))
    address = reverse("partnerships:forward", args=[pair.key])

    assert learner.post(address, {"kind": "talk", "what": ""}).status_code == 422
    assert learner.post(address, {"kind": "talk", "what": "The spring talk"}).status_code == 302
    forward = Forward.objects.get()
    assert "Your answer is missing" in adviser.get(address).content.decode()
    for client, what in ((adviser, "agree"), (learner, "done")):
        act = reverse("partnerships:forward_act", args=[pair.key, forward.key, what])
        assert client.post(act).status_code == 302
    page = adviser.get(address).content.decode()
    assert "The spring talk" in page
    assert "put forward on" in page


def test_the_adviser_asks_for_nothing_there(pair: Partnership, signed_in: SignIn) -> None:
    adviser = signed_in(make_user(pair.adviser.person))
    address = reverse("partnerships:forward", args=[pair.key])

    assert "<textarea" not in adviser.get(address).content.decode()
    assert adviser.post(address, {"kind": "talk", "what": "Me"}).status_code == 403
    assert Forward.objects.count() == 0


def test_five_open_questions_are_enough(pair: Partnership, now: datetime) -> None:
    for _number in range(5):
        ask(pair, now)

    with pytest.raises(Refused, match="5 at a time are enough"):
        ask(pair, now)


def test_advisers_put_forward_are_counted_as_a_span_and_never_in_a_small_group(
    now: datetime, signed_in: SignIn
) -> None:
    programme = make_partnership().programme
    pairs = [make_partnership(programme, state="active", started_at=now) for _ in range(4)]
    for pair in pairs:
        forward = by_adviser(pair, ask(pair, now), now)
        put(pair, forward, now)
    assert put_forward_in(programme) is None

    last = make_partnership(programme, state="active", started_at=now)
    assert put_forward_in(programme) == Span(0, 4)
    for _time in range(2):
        put(last, by_adviser(last, ask(last, now), now), now)
    assert put_forward_in(programme) == Span(5, 9)

    coordinator = make_user(make_coordinator(programme))
    address = reverse("programme_partnerships:counts", args=[programme.slug])
    page = signed_in(coordinator).get(address).content.decode()
    assert "5 to 9" in page
    assert last.adviser.person.name not in page


def test_a_stranger_finds_nothing_there(
    pair: Partnership, now: datetime, signed_in: SignIn
) -> None:
    forward = ask(pair, now)
    stranger = make_partnership().learner.person
    client = signed_in(make_user(stranger))

    assert client.get(reverse("partnerships:forward", args=[pair.key])).status_code == 404
    act = reverse("partnerships:forward_act", args=[pair.key, forward.key, "agree"])
    assert client.post(act).status_code == 404
    with pytest.raises(NotAllowed):
        actions.agree_to_forward(forward=forward, by=actor_for_person(stranger), now=now)
