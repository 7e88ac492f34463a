"""The check for oneself: five steps before and after, opened by its author alone."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import actor_for_person, make_partnership, make_person, make_user
from tests.factories.goals import actor_of_side, make_goal
from viceversa.history.models import Entry
from viceversa.notifications.models import Notification
from viceversa.partnerships.actions.check import check_oneself
from viceversa.partnerships.actions.goal import reach_goal
from viceversa.partnerships.models import Goal, Partnership, SelfCheck
from viceversa.partnerships.queries.goals import checks_of, place_of_check
from viceversa.partnerships.queries.seat import seat_at
from viceversa.toolkit.errors import NotAllowed, Refused
from viceversa.vault.queries import NoKey, keyring, own_ring_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> Partnership:
    return make_partnership(state="active")


@pytest.fixture
def goal(pair: Partnership) -> Goal:
    return make_goal(pair)


def check(goal: Goal, moment: str, step: int, now: datetime, side: str = "learner") -> SelfCheck:
    by = actor_of_side(goal.partnership, side)
    return check_oneself(goal=goal, moment=moment, step=step, by=by, now=now)


def test_before_and_after_are_read_by_their_author(goal: Goal, now: datetime) -> None:
    check(goal, "before", 2, now)
    check(goal, "after", 4, now)

    seen = checks_of(seat_at(actor_of_side(goal.partnership, "learner"), goal.partnership), goal)

    assert (seen.before, seen.after, seen.moved) == (2, 4, 2)


def test_the_partner_sees_nothing_of_it_and_could_not_open_it(goal: Goal, now: datetime) -> None:
    row = check(goal, "before", 2, now)
    partner = actor_of_side(goal.partnership, "adviser")

    seen = checks_of(seat_at(partner, goal.partnership), goal)
    assert (seen.before, seen.has_before) == (None, False)
    own = own_ring_of(actor_of_side(goal.partnership, "learner"))
    assert own is not None
    place = place_of_check(goal, "before", row.author_id)
    with pytest.raises(NoKey):
        keyring(partner, [own]).open(own, place, row.sealed)


def test_nobody_is_told_and_the_history_says_no_step(goal: Goal, now: datetime) -> None:
    before = Notification.objects.count()

    check(goal, "before", 5, now)

    assert Notification.objects.count() == before
    assert Entry.objects.get(verb="partnerships.goal.checked").detail == {"moment": "before"}


def test_after_needs_a_before(goal: Goal, now: datetime) -> None:
    with pytest.raises(Refused, match="Say first where you began"):
        check(goal, "after", 3, now)


def test_where_one_began_is_corrected_until_there_is_an_after(goal: Goal, now: datetime) -> None:
    check(goal, "before", 3, now)
    check(goal, "before", 1, now)
    reach_goal(goal=goal, by=actor_of_side(goal.partnership, "learner"), now=now)
    check(goal, "after", 4, now)

    with pytest.raises(Refused, match="stays as it is"):
        check(goal, "before", 5, now)
    seat = seat_at(actor_of_side(goal.partnership, "learner"), goal.partnership)
    assert checks_of(seat, goal).before == 1


def test_others_check_nothing(goal: Goal, now: datetime) -> None:
    with pytest.raises(NotAllowed):
        check_oneself(
            goal=goal, moment="before", step=1, by=actor_for_person(make_person()), now=now
        )


def test_the_page_draws_it_with_a_table_for_its_author_alone(
    goal: Goal, now: datetime, signed_in: Callable[..., Client]
) -> None:
    check(goal, "before", 2, now)
    check(goal, "after", 4, now)
    address = reverse("partnerships:goal", args=[goal.partnership.key, goal.key])

    mine = signed_in(make_user(goal.partnership.learner.person)).get(address).content.decode()
    theirs = signed_in(make_user(goal.partnership.adviser.person)).get(address).content.decode()

    assert "self-check" in mine
    assert "Heard of it" in mine
    assert "You came 2 steps further." in mine
    assert "self-check" not in theirs
    assert "further" not in theirs


def test_a_step_is_chosen_in_words(
    goal: Goal, now: datetime, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(make_user(goal.partnership.learner.person))
    address = reverse("partnerships:goal_act", args=[goal.partnership.key, goal.key, "before"])

    assert client.post(address, {"before-step": "6"}).status_code == 422
    assert client.post(address, {"before-step": "3"}).status_code == 302
    assert SelfCheck.objects.count() == 1
