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
from viceversa.partnerships.queries.bands import ways_in
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


def check(
    goal: Goal, moment: str, step: int, now: datetime, side: str = "learner", counted: bool = False
) -> SelfCheck:
    by = actor_of_side(goal.partnership, side)
    return check_oneself(goal=goal, moment=moment, step=step, is_counted=counted, by=by, now=now)


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


def bands(goal: Goal) -> list[str]:
    return list(SelfCheck.objects.filter(goal=goal).order_by("id").values_list("band", flat=True))


def test_nothing_leaves_unless_its_author_lets_a_band_be_counted(goal: Goal, now: datetime) -> None:
    check(goal, "before", 2, now)
    assert bands(goal) == [""]

    check(goal, "before", 2, now, counted=True)
    check(goal, "after", 4, now, counted=True)
    assert bands(goal) == ["basic", "strong"]

    check(goal, "after", 3, now)
    assert bands(goal) == ["", ""]


@pytest.mark.parametrize(
    ("step", "band"), [(1, "basic"), (2, "basic"), (3, "working"), (4, "strong"), (5, "strong")]
)
def test_a_band_says_less_than_the_step(goal: Goal, now: datetime, step: int, band: str) -> None:
    check(goal, "before", step, now, counted=True)

    assert bands(goal) == [band]


def test_its_author_sees_what_leaves_and_stops_it_even_after_the_end(
    goal: Goal, now: datetime, signed_in: Callable[..., Client]
) -> None:
    check(goal, "before", 2, now, counted=True)
    client = signed_in(make_user(goal.partnership.learner.person))
    address = reverse("partnerships:goal", args=[goal.partnership.key, goal.key])
    assert "Before: Basic" in client.get(address).content.decode()

    Partnership.objects.filter(pk=goal.partnership_id).update(state="ended")
    client.post(reverse("partnerships:goal_act", args=[goal.partnership.key, goal.key, "uncount"]))

    assert bands(goal) == [""]
    assert "Nothing of it leaves this page." in client.get(address).content.decode()


def test_reports_count_ways_of_five_or_more_and_name_nobody(now: datetime) -> None:
    programme = make_partnership(state="active").programme
    for number in range(9):
        made = make_goal(make_partnership(programme, state="active"))
        check(made, "before", 2, now, counted=True)
        check(made, "after", 4 if number < 5 else 3, now, counted=number < 8)

    [way] = ways_in(programme)
    assert (way.stream, way.before, way.after, way.people) == ("learning", "basic", "strong", 5)


def test_whoever_has_two_goals_counts_once_for_a_way(now: datetime) -> None:
    programme = make_partnership(state="active").programme
    for number in range(4):
        pair = make_partnership(programme, state="active")
        for _goal in range(2 if number else 1):
            made = make_goal(pair)
            check(made, "before", 2, now, counted=True)
            check(made, "after", 4, now, counted=True)

    assert ways_in(programme) == []
