"""Where somebody is with a goal and how they like it explained, for the one who explains."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_partnership, make_user
from tests.factories.goals import actor_of_side, make_goal
from viceversa.history.models import Entry
from viceversa.notifications.models import Notification
from viceversa.partnerships.actions.explaining import say_level
from viceversa.partnerships.actions.goal import drop_goal
from viceversa.partnerships.models import Goal, Partnership
from viceversa.partnerships.queries.explaining import to_explain
from viceversa.partnerships.queries.goals import opened_goals
from viceversa.partnerships.queries.seat import seat_at
from viceversa.partnerships.rules.explaining import AID_FOR_STEP
from viceversa.partnerships.rules.goals import STEPS
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]
SECRET = "the marmalade kitchen"


@pytest.fixture
def pair() -> Partnership:
    return make_partnership(state="active")


@pytest.fixture
def goal(pair: Partnership) -> Goal:
    return make_goal(pair, title="Short video")


def say(goal: Goal, now: datetime, side: str = "learner", level: int = 2) -> Goal:
    by = actor_of_side(goal.partnership, side)
    return say_level(goal=goal, level=level, like="comparison", words=SECRET, by=by, now=now)


def explained_to(pair: Partnership, side: str) -> list[str]:
    rows = opened_goals(seat_at(actor_of_side(pair, side), pair))
    return [one.title for of in rows.values() for one in to_explain(of)]


def test_the_one_who_explains_reads_the_level_and_the_way(
    pair: Partnership, goal: Goal, now: datetime
) -> None:
    say(goal, now)

    rows = opened_goals(seat_at(actor_of_side(pair, "adviser"), pair))
    [one] = to_explain(rows["learning"])
    assert (one.title, one.words) == ("Short video", SECRET)
    assert one.where.startswith("Heard of it")
    assert one.like == "With a comparison from my own work"
    assert explained_to(pair, "learner") == []


def test_for_what_comes_back_the_learner_explains(pair: Partnership, now: datetime) -> None:
    say(make_goal(pair, stream="return", kind="career", title="Promotion"), now, side="adviser")

    assert explained_to(pair, "learner") == ["Promotion"]
    assert explained_to(pair, "adviser") == []


def test_only_whose_goal_it_is_says_where_they_are(
    pair: Partnership, goal: Goal, now: datetime
) -> None:
    with pytest.raises(NotAllowed, match="for your partner to say"):
        say(goal, now, side="adviser")
    drop_goal(goal=goal, by=actor_of_side(pair, "learner"), now=now)
    with pytest.raises(Refused, match="closed"):
        say(goal, now)


def test_it_is_sealed_and_told_once_without_a_word(goal: Goal, now: datetime) -> None:
    said = say(goal, now)
    say(goal, now, level=3)

    assert Notification.objects.filter(kind="partnerships.level_said").count() == 1
    kept = [*map(str, Entry.objects.values_list()), *map(str, Notification.objects.values_list())]
    assert "marmalade" not in " ".join(kept)
    assert b"marmalade" not in bytes(said.level_sealed or b"")


def test_the_page_of_the_goal_takes_it_and_shows_it_with_aids(
    pair: Partnership, goal: Goal, signed_in: SignIn
) -> None:
    learner = signed_in(make_user(pair.learner.person))
    adviser = signed_in(make_user(pair.adviser.person))
    address = reverse("partnerships:goal", args=[pair.key, goal.key])
    act = reverse("partnerships:goal_act", args=[pair.key, goal.key, "level"])
    assert "So that" not in adviser.get(address).content.decode()

    assert learner.post(act, {"level-level": "2", "level-like": "telepathy"}).status_code == 422
    said = {"level-level": "2", "level-like": "show", "level-words": SECRET}
    assert learner.post(act, said).status_code == 302

    page = adviser.get(address).content.decode()
    for part in (SECRET, "Show me first", "Heard of it", "Say it back"):
        assert part in page


@pytest.mark.pure
def test_there_is_a_hint_for_every_step() -> None:
    assert set(AID_FOR_STEP) == {number for number, _name, _sentence in STEPS}
