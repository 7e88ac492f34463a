"""Closing: apart, then side by side; on only when both gain; else completed."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import (
    actor_for_person,
    make_coordinator,
    make_partnership,
    make_person,
    make_user,
)
from tests.factories.agreement import make_agreement
from tests.factories.goals import actor_of_side, sign_level
from viceversa.history.models import Entry
from viceversa.notifications.models import Notification
from viceversa.partnerships.actions.closing import (
    complete_partnership,
    extend_partnership,
    hand_in_look_back,
)
from viceversa.partnerships.actions.letter import write_letter
from viceversa.partnerships.models import Closing, Partnership
from viceversa.partnerships.queries.agreement import facts_of
from viceversa.partnerships.queries.closing import look_back, looked_back, may_tell_story
from viceversa.partnerships.queries.letters import page_of_letters
from viceversa.partnerships.queries.lifecycle import ends_on
from viceversa.partnerships.queries.path import Path, path_of
from viceversa.partnerships.queries.seat import seat_at
from viceversa.partnerships.rules import closing as rules
from viceversa.toolkit import clock
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
SECRET = "I finally dare to ask"


@pytest.fixture
def pair() -> Partnership:
    return make_partnership(state="closing")


def hand_in(pair: Partnership, side: str, now: datetime, **answers: Any) -> Closing:
    values = {
        "words": {"worked": SECRET, "take_along": "Patience", "even_better": ""},
        "gained": True,
        "wants_more": False,
        "more_until": None,
        "story_consent": False,
        **answers,
    }
    return hand_in_look_back(partnership=pair, **values, by=actor_of_side(pair, side), now=now)


def wants_more(now: datetime, days: int = 60) -> dict[str, Any]:
    return {"wants_more": True, "more_until": now.date() + timedelta(days=days)}


def test_each_looks_back_apart_and_reads_the_other_once_both_are_in(
    pair: Partnership, now: datetime
) -> None:
    hand_in(pair, "learner", now)

    alone = look_back(seat_at(actor_of_side(pair, "adviser"), pair))
    assert (alone.theirs, alone.partner_is_done, alone.both_are_done) == (None, True, False)
    hand_in(pair, "adviser", now)

    both = look_back(seat_at(actor_of_side(pair, "adviser"), pair))
    assert both.theirs is not None
    assert both.theirs[1]["worked"] == SECRET


def test_handing_in_is_recorded_and_told_without_the_words(
    pair: Partnership, now: datetime
) -> None:
    row = hand_in(pair, "learner", now)

    told = Notification.objects.get()
    assert (told.kind, told.person_id) == (
        "partnerships.partner_looked_back",
        pair.adviser.person_id,
    )
    assert SECRET not in told.title + told.body
    assert Entry.objects.get().detail == {"side": "learner"}
    assert SECRET.encode() not in bytes(row.sealed)
    hand_in(pair, "adviser", now)
    assert Notification.objects.filter(kind="partnerships.both_looked_back").count() == 2


def test_it_is_changed_until_the_other_hands_in(pair: Partnership, now: datetime) -> None:
    hand_in(pair, "learner", now)
    hand_in(pair, "learner", now, gained=False)
    hand_in(pair, "adviser", now)

    with pytest.raises(Refused, match="stays as it is"):
        hand_in(pair, "learner", now)
    assert not Closing.objects.get(side="learner").gained


@pytest.mark.parametrize("days", [None, 0, -1, 400])
def test_going_on_names_a_day_within_the_next_year(
    pair: Partnership, days: int | None, now: datetime
) -> None:
    until = None if days is None else now.date() + timedelta(days=days)

    with pytest.raises(Refused, match="a day in the future"):
        hand_in(pair, "learner", now, wants_more=True, more_until=until)


def test_it_goes_on_when_both_gained_and_both_want_more_until_the_earlier_day(
    pair: Partnership, now: datetime
) -> None:
    hand_in(pair, "learner", now, **wants_more(now, 90))
    hand_in(pair, "adviser", now, **wants_more(now, 60))

    gone_on = extend_partnership(partnership=pair, by=actor_of_side(pair, "learner"), now=now)

    assert gone_on.state == Partnership.State.ACTIVE
    assert ends_on(gone_on) == now.date() + timedelta(days=60)
    assert Notification.objects.filter(kind="partnerships.goes_on").count() == 2
    assert Entry.objects.filter(verb="partnerships.extended").exists()
    assert Closing.objects.filter(is_past=True).count() == 2


@pytest.mark.parametrize("answers", [{"gained": False}, {"wants_more": False}])
@pytest.mark.parametrize("side", ["learner", "adviser"])
def test_it_does_not_go_on_when_one_gained_nothing_or_wants_no_more(
    pair: Partnership, side: str, answers: dict[str, Any], now: datetime
) -> None:
    other = "adviser" if side == "learner" else "learner"
    hand_in(pair, other, now, **wants_more(now))
    hand_in(pair, side, now, **{**wants_more(now), **answers})

    with pytest.raises(Refused, match="both gained and both want more"):
        extend_partnership(partnership=pair, by=actor_of_side(pair, other), now=now)


def test_after_going_on_both_look_back_again_and_find_what_they_wrote(
    pair: Partnership, now: datetime
) -> None:
    for side in ("learner", "adviser"):
        hand_in(pair, side, now, **wants_more(now))
    extend_partnership(partnership=pair, by=actor_of_side(pair, "learner"), now=now)
    Partnership.objects.update(state="closing")

    hand_in(pair, "learner", now)

    seen = look_back(seat_at(actor_of_side(pair, "learner"), pair))
    assert len(seen.past) == 2
    assert seen.mine is not None


def test_it_completes_with_a_new_key_and_what_was_written_stays_readable(
    pair: Partnership, now: datetime
) -> None:
    write_letter(partnership=pair, text=SECRET, by=actor_of_side(pair, "learner"), now=now)
    version = pair.ring.version if pair.ring else 0
    hand_in(pair, "learner", now)
    hand_in(pair, "adviser", now)

    done = complete_partnership(partnership=pair, by=actor_of_side(pair, "adviser"), now=now)

    assert (done.state, done.ended_at) == ("completed", now)
    assert done.ring is not None
    assert done.ring.version == version + 1
    fresh = Partnership.objects.get(pk=pair.pk)
    for side in ("learner", "adviser"):
        seat = seat_at(actor_of_side(pair, side), fresh)
        assert seat.can_open
        assert page_of_letters(seat, number=1)[1][0].words["text"] == SECRET
        assert look_back(seat).both_are_done
    assert Notification.objects.filter(kind="partnerships.completed").count() == 2
    assert Entry.objects.filter(verb="partnerships.completed").exists()


def test_one_look_back_is_enough_after_two_weeks_of_silence(
    pair: Partnership, now: datetime
) -> None:
    learner = actor_of_side(pair, "learner")
    with pytest.raises(Refused, match="Look back first"):
        complete_partnership(partnership=pair, by=learner, now=now)
    hand_in(pair, "learner", now)
    with pytest.raises(Refused, match="Look back first"):
        complete_partnership(partnership=pair, by=learner, now=now + timedelta(days=13))

    done = complete_partnership(partnership=pair, by=learner, now=now + timedelta(days=14))

    assert done.state == "completed"


@pytest.mark.parametrize(
    ("level", "consents", "told"),
    [
        ("story", (True, True), True),
        ("story", (True, False), False),
        ("goals", (True, True), False),
        ("nothing", (True, True), False),
    ],
)
def test_a_story_takes_the_yes_of_both_and_of_what_they_signed(
    pair: Partnership, level: str, consents: tuple[bool, bool], told: bool, now: datetime
) -> None:
    sign_level(pair, level)
    for side, consent in zip(("learner", "adviser"), consents, strict=True):
        hand_in(pair, side, now, story_consent=consent)

    assert may_tell_story(pair) is told


@pytest.mark.parametrize("state", ["active", "paused", "preparing", "completed", "ended"])
def test_nobody_looks_back_before_the_close_or_after_it(state: str, now: datetime) -> None:
    with pytest.raises(Refused):
        hand_in(make_partnership(state=state), "learner", now)


def test_others_close_nothing(pair: Partnership, now: datetime) -> None:
    for person in (make_person(), make_coordinator(pair.programme)):
        actor = actor_for_person(person, roles=("operator",))
        for act in (extend_partnership, complete_partnership):
            with pytest.raises(NotAllowed):
                act(partnership=pair, by=actor, now=now)


def test_the_two_close_on_the_page_side_by_side(
    pair: Partnership, signed_in: Callable[..., Client]
) -> None:
    learner = signed_in(make_user(pair.learner.person))
    adviser = signed_in(make_user(pair.adviser.person))
    address = reverse("partnerships:closing", args=[pair.key])
    answers = {"worked": SECRET, "take_along": "Patience", "gained": "yes", "wants_more": "no"}

    assert learner.post(address, {"worked": ""}).status_code == 422
    assert learner.post(address, answers).status_code == 302
    assert SECRET not in adviser.get(address).content.decode()
    assert adviser.post(address, {**answers, "worked": "The half hour"}).status_code == 302
    assert SECRET in adviser.get(address).content.decode()
    assert "You part here, without fault" in learner.get(address).content.decode()
    learner.post(reverse("partnerships:complete", args=[pair.key]))

    assert "Your certificate" in adviser.get(address).content.decode()
    pair.refresh_from_db()
    assert pair.state == "completed"


def test_a_day_is_asked_for_only_by_those_who_want_more(
    pair: Partnership, signed_in: Callable[..., Client]
) -> None:
    learner = signed_in(make_user(pair.learner.person))
    address = reverse("partnerships:closing", args=[pair.key])
    answers = {"worked": "x", "take_along": "y", "gained": "yes", "wants_more": "yes"}

    asked = learner.post(address, answers)
    late = learner.post(address, {**answers, "more_until": "2020-01-01"})
    until = clock.now().date() + timedelta(days=30)
    good = learner.post(address, {**answers, "more_until": until.isoformat()})

    assert (asked.status_code, late.status_code, good.status_code) == (422, 422, 302)
    assert "Say until when" in asked.content.decode()


def test_nobody_sees_who_did_not_want_more_or_no_story(
    pair: Partnership, signed_in: Callable[..., Client]
) -> None:
    sign_level(pair, "story")
    hand_in(pair, "learner", clock.now(), **wants_more(clock.now()), story_consent=True)
    hand_in(pair, "adviser", clock.now())

    address = reverse("partnerships:closing", args=[pair.key])
    page = signed_in(make_user(pair.learner.person)).get(address).content.decode()

    assert "You part here, without fault" in page
    assert "No story is told. That takes a yes from both" in page


def test_everybody_else_finds_nothing(pair: Partnership, signed_in: Callable[..., Client]) -> None:
    for person in (make_person(), make_coordinator(pair.programme)):
        client = signed_in(make_user(person))
        for name in ("closing", "certificate"):
            assert client.get(reverse(f"partnerships:{name}", args=[pair.key])).status_code == 404
        for name in ("extend", "complete"):
            assert client.post(reverse(f"partnerships:{name}", args=[pair.key])).status_code == 404


TODAY = date(2026, 3, 2)
LOOKS = st.builds(
    rules.Look,
    gained=st.booleans(),
    wants_more=st.booleans(),
    more_until=st.none() | st.dates(TODAY - timedelta(days=30), TODAY + timedelta(days=300)),
    story_consent=st.booleans(),
    handed_in_at=st.just(datetime(2026, 3, 2, tzinfo=UTC)),
)


@given(st.lists(LOOKS, max_size=2))
def test_it_never_goes_on_longer_than_either_said_nor_without_both(
    looks: list[rules.Look],
) -> None:
    until = rules.goes_on_until(looks, today=TODAY)

    if until is not None:
        assert len(looks) == 2
        assert all(look.gained and look.wants_more and look.more_until for look in looks)
        assert TODAY < until == min(look.more_until for look in looks if look.more_until)


def test_the_page_says_whose_turn_it_is_to_look_back_and_then_to_go_on(
    pair: Partnership, now: datetime
) -> None:
    path = the_path(pair, "learner")
    assert path.next == "Both look back, each apart first."
    assert path.whose == f"you and {pair.adviser.person}"

    hand_in(pair, "learner", now)
    assert the_path(pair, "learner").whose == pair.adviser.person.name
    assert the_path(pair, "adviser").whose == "you"
    assert the_path(pair, None).whose == pair.adviser.person.name
    assert the_path(pair, "adviser").next.startswith("One has looked back")

    hand_in(pair, "adviser", now)
    assert the_path(pair, "adviser").next == "Both have looked back. Go on, or finish."
    assert the_path(pair, "adviser").whose == f"you and {pair.learner.person}"


def test_a_change_that_waits_for_a_signature_does_not_hide_the_closing(
    pair: Partnership, now: datetime
) -> None:
    make_agreement(pair)
    make_agreement(pair, signed=False, version=2)

    assert the_path(pair, "learner").next == "Both look back, each apart first."


def test_the_turn_to_look_back_stands_on_the_page(
    pair: Partnership, now: datetime, signed_in: Callable[..., Client]
) -> None:
    hand_in(pair, "learner", now)
    shown = signed_in(make_user(pair.adviser.person)).get(
        reverse("partnerships:detail", args=[pair.key])
    )
    assert "waiting for you" in shown.content.decode()


def the_path(pair: Partnership, side: str | None) -> Path:
    return path_of(pair, facts_of(pair), side, (), looked_back(pair))
