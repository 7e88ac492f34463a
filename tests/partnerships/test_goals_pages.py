"""The pages of goals, for the two people and for nobody else."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from tests.factories import (
    make_coordinator,
    make_partnership,
    make_person,
    make_skill,
    make_user,
)
from tests.factories.goals import actor_of_side, make_goal, sign_level
from viceversa.partnerships.actions.goal_change import agree_to_change, offer_to_share
from viceversa.partnerships.models import Goal, GoalChange, Partnership
from viceversa.vault.models import RingWrap

pytestmark = pytest.mark.django_db
SECRET = "What the youngest clients really think"


@pytest.fixture
def pair() -> Partnership:
    return make_partnership(state="active")


@pytest.fixture
def learner(pair: Partnership, signed_in: Callable[..., Client]) -> Client:
    return signed_in(make_user(pair.learner.person))


@pytest.fixture
def adviser(pair: Partnership, signed_in: Callable[..., Client]) -> Client:
    return signed_in(make_user(pair.adviser.person))


def address(pair: Partnership, goal: Goal | None = None, what: str = "") -> str:
    if goal is None:
        return reverse("partnerships:goals", args=[pair.key])
    if not what:
        return reverse("partnerships:goal", args=[pair.key, goal.key])
    return reverse("partnerships:goal_act", args=[pair.key, goal.key, what])


def test_both_streams_stand_side_by_side_for_both(
    pair: Partnership, learner: Client, adviser: Client
) -> None:
    make_goal(pair, title="Speak with young clients")
    make_goal(pair, title="See how boards decide", stream="return", kind="career")

    for client in (learner, adviser):
        page = client.get(address(pair)).content.decode()
        assert "Speak with young clients" in page
        assert "See how boards decide" in page
        assert 'id="stream-learning"' in page
        assert 'id="stream-return"' in page


def test_the_page_of_a_pair_without_goals_says_how_to_begin(
    pair: Partnership, learner: Client, adviser: Client
) -> None:
    page = learner.get(address(pair)).content.decode()
    seen = adviser.get(address(pair)).content.decode()

    assert "Begin with the one thing you would like to understand" in page
    name = escape(pair.learner.person.name)
    assert f"Begin with the one thing {name} would like to understand" in seen


def test_each_is_asked_in_their_own_words_whose_goal_it_is(
    pair: Partnership, learner: Client, adviser: Client
) -> None:
    propose = reverse("partnerships:propose_goal", args=[pair.key])

    assert "what you want to learn" in learner.get(propose).content.decode()
    assert "what comes back to you" in adviser.get(propose).content.decode()


def test_a_goal_is_proposed_answered_moved_and_reached_by_the_two(
    pair: Partnership, learner: Client, adviser: Client
) -> None:
    skill = make_skill("Short video")
    values = {"stream": "learning", "kind": "literacy", "skill": skill.pk, "target": "1"}
    proposed = learner.post(
        reverse("partnerships:propose_goal", args=[pair.key]), {**values, "title": SECRET}
    )
    goal = Goal.objects.get()
    assert proposed.status_code == 302
    assert "Short video, basic" in adviser.get(address(pair)).content.decode()

    adviser.post(
        address(pair, goal, "reply"), {"reply-reply": "partly", "reply-words": "The basics."}
    )
    assert "The basics." in learner.get(address(pair, goal)).content.decode()
    learner.post(address(pair, goal, "progress"), {"progress-progress": "50"})
    learner.post(address(pair, goal, "reach"))

    goal.refresh_from_db()
    assert (goal.state, goal.reply, goal.progress) == ("reached", "partly", 100)


def test_what_is_missing_in_a_form_is_said_beside_it(pair: Partnership, learner: Client) -> None:
    answer = learner.post(
        reverse("partnerships:propose_goal", args=[pair.key]),
        {"stream": "learning", "kind": "literacy", "title": ""},
    )

    assert answer.status_code == 422
    assert "Choose the skill that this goal is about." in answer.content.decode()
    assert not Goal.objects.exists()


def test_a_change_shows_what_stands_and_what_would(
    pair: Partnership, learner: Client, adviser: Client
) -> None:
    goal = make_goal(pair, title="Old words")
    adviser.post(address(pair, goal, "adjust"), {"adjust-title": "New words", "adjust-words": ""})

    page = learner.get(address(pair, goal)).content.decode()
    assert "<del>Old words</del>" in page
    assert "<ins>New words</ins>" in page
    learner.post(address(pair, goal, "agree-words"))

    assert "New words" in adviser.get(address(pair)).content.decode()


def test_sharing_is_refused_in_words_when_nothing_leaves_the_two(
    pair: Partnership, learner: Client
) -> None:
    goal = make_goal(pair)
    sign_level(pair, "nothing")

    assert "lets nothing leave the two of you" in learner.get(address(pair, goal)).content.decode()
    answer = learner.post(address(pair, goal, "share"), {"share-title": "Open"})

    assert answer.status_code == 409
    assert not GoalChange.objects.exists()


def test_coordinators_read_shared_titles_on_the_partnership_and_nothing_else(
    pair: Partnership, signed_in: Callable[..., Client], now: datetime
) -> None:
    goal = make_goal(pair, title=SECRET)
    sign_level(pair, "goals")
    offer_to_share(goal=goal, title="Client talk", by=actor_of_side(pair, "learner"), now=now)
    agree_to_change(goal=goal, kind="share", by=actor_of_side(pair, "adviser"), now=now)
    coordinator = signed_in(make_user(make_coordinator(pair.programme)))

    page = coordinator.get(reverse("partnerships:detail", args=[pair.key])).content.decode()

    assert "Client talk" in page
    assert SECRET not in page


def test_everybody_else_finds_nothing_as_if_it_were_not_there(
    pair: Partnership, signed_in: Callable[..., Client]
) -> None:
    goal = make_goal(pair)
    make_goal(make_partnership(state="active"))
    coordinator = make_coordinator(pair.programme)
    operator = make_person()
    make_user(operator, roles=("operator", "directory_administrator"))

    for person in (make_person(), coordinator, operator):
        client = signed_in(make_user(person))
        for path in (
            address(pair),
            address(pair, goal),
            reverse("partnerships:propose_goal", args=[pair.key]),
            f"/api/v1/partnerships/{pair.key}/goals",
        ):
            assert client.get(path).status_code in (401, 404), path
        missing = client.get(reverse("partnerships:goals", args=["no-such-key"]))
        assert missing.status_code == client.get(address(pair)).status_code
        for what in ("accept", "drop", "reach", "progress", "share", "before"):
            assert client.post(address(pair, goal, what)).status_code == 404


def test_a_goal_of_another_pair_is_not_reached_through_ones_own(
    pair: Partnership, learner: Client
) -> None:
    other = make_goal(make_partnership(state="active"))

    assert learner.get(address(pair, other)).status_code == 404


def test_before_both_said_yes_the_page_says_so(signed_in: Callable[..., Client]) -> None:
    pair = make_partnership()

    answer = signed_in(make_user(pair.learner.person)).get(address(pair))

    assert answer.status_code == 409
    assert "once both of you have said yes" in answer.content.decode()


def test_who_holds_no_key_is_told_and_nothing_breaks(pair: Partnership, learner: Client) -> None:
    goal = make_goal(pair, title=SECRET)
    RingWrap.objects.filter(person=pair.learner.person).delete()

    for path in (address(pair), address(pair, goal)):
        page = learner.get(path).content.decode()
        assert "Closed to you for now" in page
        assert SECRET not in page


def test_a_goal_that_was_tampered_with_says_so(pair: Partnership, learner: Client) -> None:
    goal = make_goal(pair, title=SECRET)
    Goal.objects.update(sealed=bytes(goal.sealed)[:-1] + bytes([bytes(goal.sealed)[-1] ^ 1]))

    page = learner.get(address(pair, goal))

    assert page.status_code == 200
    assert "changed by somebody other than its author" in page.content.decode()


def test_the_page_asks_the_same_number_of_queries_for_one_and_for_ten(
    pair: Partnership, learner: Client
) -> None:
    make_goal(pair, kind="literacy", skill=make_skill("Short video"))
    learner.get(address(pair))
    with CaptureQueriesContext(connection) as one:
        learner.get(address(pair))
    for number in range(9):
        make_goal(pair, kind="literacy", skill=make_skill(f"Skill {number}"))

    with CaptureQueriesContext(connection) as ten:
        learner.get(address(pair))

    assert len(ten) == len(one)


def test_a_goal_about_roles_and_pay_has_a_template_with_an_honest_evaluation(
    pair: Partnership, adviser: Client
) -> None:
    address = reverse("partnerships:propose_goal", args=[pair.key])
    assert "?template=rise" in adviser.get(address).content.decode()

    page = adviser.get(f"{address}?template=rise").content.decode()

    assert "How top roles, promotions and pay rises come about here" in page
    assert "an honest evaluation of where I stand" in page
    assert "Nothing said here is a promise" in page


def test_the_guard_against_promises_stands_where_roles_and_pay_are_talked_about(
    pair: Partnership, learner: Client, adviser: Client
) -> None:
    rise = make_goal(pair, stream="return", kind="career", title="How a promotion comes about")
    other = make_goal(pair, stream="learning", kind="career", title="My own next step")

    for client in (learner, adviser):
        page = client.get(reverse("partnerships:goal", args=[pair.key, rise.key]))
        assert "Nothing said here is a promise" in page.content.decode()
        page = client.get(reverse("partnerships:goal", args=[pair.key, other.key]))
        assert "Nothing said here is a promise" not in page.content.decode()


def test_how_far_is_asked_where_a_goal_is_about_a_skill_and_shown_old_and_new(
    pair: Partnership, learner: Client, adviser: Client
) -> None:
    goal = make_goal(pair, kind="literacy", skill=make_skill("Short video"), target=1)
    plain = make_goal(pair, kind="influence")
    assert "adjust-target" not in learner.get(address(pair, plain)).content.decode()
    assert "adjust-target" in learner.get(address(pair, goal)).content.decode()

    typed = {"adjust-title": "Film one", "adjust-words": "", "adjust-target": "9"}
    assert learner.post(address(pair, goal, "adjust"), typed).status_code == 422
    learner.post(address(pair, goal, "adjust"), {**typed, "adjust-target": "3"})

    shown = adviser.get(address(pair, goal)).content.decode()
    assert "<del>Basic</del> <ins>Strong</ins>" in shown
    adviser.post(address(pair, goal, "agree-words"))
    assert "Short video, strong" in learner.get(address(pair, goal)).content.decode()
