"""Goals: proposed by either, agreed by both, owned by one, sealed for the two."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from tests.factories import actor_for_person, make_partnership, make_person, make_skill
from tests.factories.goals import actor_of_side, make_goal, sign_level
from viceversa.history.models import Entry
from viceversa.notifications.models import Notification
from viceversa.partnerships.actions.goal import (
    accept_goal,
    drop_goal,
    propose_goal,
    reach_goal,
    reply_to_goal,
    set_progress,
)
from viceversa.partnerships.actions.goal_change import (
    adjust_goal,
    agree_to_change,
    offer_to_share,
    refuse_change,
    stop_sharing,
)
from viceversa.partnerships.models import Goal, GoalChange, Partnership
from viceversa.partnerships.queries.goals import opened_goal, shared_goals
from viceversa.partnerships.queries.seat import seat_at
from viceversa.partnerships.rules import goals as rules
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
SECRET = "Quietly learn what the youngest clients think of us"


@pytest.fixture
def pair() -> Partnership:
    return make_partnership(state="active")


def told() -> list[tuple[str, int]]:
    return list(Notification.objects.values_list("kind", "person"))


def opened(goal: Goal, side: str = "learner") -> str:
    goal = Goal.objects.get(pk=goal.pk)
    seat = seat_at(actor_of_side(goal.partnership, side), goal.partnership)
    return str(opened_goal(seat, goal).words["title"])


@pytest.mark.parametrize("side", ["learner", "adviser"])
@pytest.mark.parametrize("stream", ["learning", "return"])
def test_either_of_the_two_proposes_a_goal_on_either_stream(
    pair: Partnership, side: str, stream: str, now: datetime
) -> None:
    goal = propose_goal(
        partnership=pair,
        stream=stream,
        kind="influence",
        title=SECRET,
        by=actor_of_side(pair, side),
        now=now,
    )

    assert goal.state == Goal.State.PROPOSED
    assert opened(goal, "learner") == opened(goal, "adviser") == SECRET
    partner = pair.adviser if side == "learner" else pair.learner
    assert told() == [("partnerships.goal_proposed", partner.person_id)]
    entry = Entry.objects.get(verb="partnerships.goal.proposed")
    assert entry.detail == {"stream": stream, "kind": "influence"}


def test_nothing_that_was_written_stands_plain_anywhere(pair: Partnership, now: datetime) -> None:
    goal = make_goal(pair, title=SECRET, words=SECRET)
    adviser = actor_of_side(pair, "adviser")
    reply_to_goal(goal=goal, reply="partly", words=SECRET, by=adviser, now=now)
    adjust_goal(goal=goal, title=SECRET + "!", words="", by=adviser, now=now)

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            assert SECRET not in str(cursor.fetchall()), table


def test_understanding_a_skill_needs_the_skill_and_aims_at_basic(
    pair: Partnership, now: datetime
) -> None:
    learner = actor_of_side(pair, "learner")
    values = {"stream": "learning", "kind": "literacy", "title": "x", "by": learner, "now": now}
    with pytest.raises(Refused, match="Choose the skill"):
        propose_goal(partnership=pair, **values)

    goal = propose_goal(partnership=pair, skill=make_skill("Short video"), **values)

    assert (goal.skill_id, goal.get_target_display()) == (make_skill("Short video").pk, "Basic")


def test_the_kinds_of_goal_hold_influence_and_client_conversations() -> None:
    assert {"influence", "clients", "literacy", "perspective", "career", "strategy"} == set(
        Goal.Kind.values
    )


def test_twelve_goals_are_enough(pair: Partnership, now: datetime) -> None:
    for _number in range(rules.MOST_OPEN):
        make_goal(pair, agreed=False)

    with pytest.raises(Refused, match="goals are enough"):
        make_goal(pair, agreed=False)


def test_the_other_agrees_and_the_proposer_cannot(pair: Partnership, now: datetime) -> None:
    goal = make_goal(pair, agreed=False)
    with pytest.raises(NotAllowed, match="for your partner"):
        accept_goal(goal=goal, by=actor_of_side(pair, "learner"), now=now)

    accept_goal(goal=goal, by=actor_of_side(pair, "adviser"), now=now)

    goal.refresh_from_db()
    assert goal.state == Goal.State.OPEN
    assert ("partnerships.goal_agreed", pair.learner.person_id) in told()
    with pytest.raises(Refused, match="nothing left"):
        accept_goal(goal=goal, by=actor_of_side(pair, "adviser"), now=now)


@pytest.mark.parametrize(
    ("reply", "state"), [("can", "open"), ("partly", "open"), ("cannot", "proposed")]
)
def test_the_adviser_says_how_far_they_can_help_and_so_agrees(
    pair: Partnership, reply: str, state: str, now: datetime
) -> None:
    goal = make_goal(pair, agreed=False)

    reply_to_goal(goal=goal, reply=reply, words=SECRET, by=actor_of_side(pair, "adviser"), now=now)

    goal.refresh_from_db()
    assert (goal.reply, goal.state) == (reply, state)
    seat = seat_at(actor_of_side(pair, "learner"), pair)
    assert opened_goal(seat, goal).reply["words"] == SECRET
    assert Entry.objects.get(verb="partnerships.goal.answered").detail == {"reply": reply}
    assert pair.learner.person_id in {person for _kind, person in told()}


def test_nobody_replies_for_the_partner(pair: Partnership, now: datetime) -> None:
    goal = make_goal(pair)

    with pytest.raises(NotAllowed, match="for your partner to say"):
        reply_to_goal(goal=goal, reply="can", words="", by=actor_of_side(pair, "learner"), now=now)


@pytest.mark.parametrize(
    ("stream", "owner", "other"),
    [("learning", "learner", "adviser"), ("return", "adviser", "learner")],
)
def test_whose_goal_it_is_moves_it_on_and_reaches_it(
    pair: Partnership, stream: str, owner: str, other: str, now: datetime
) -> None:
    goal = make_goal(pair, stream=stream)
    for act in (reach_goal, drop_goal):
        with pytest.raises(NotAllowed, match=f"The {owner} owns"):
            act(goal=goal, by=actor_of_side(pair, other), now=now)
    with pytest.raises(NotAllowed, match=f"The {owner} owns"):
        set_progress(goal=goal, progress=40, by=actor_of_side(pair, other), now=now)

    moved = set_progress(goal=goal, progress=40, by=actor_of_side(pair, owner), now=now)
    assert moved.progress == 40
    reached = reach_goal(goal=goal, by=actor_of_side(pair, owner), now=now)

    assert (reached.state, reached.progress, reached.closed_at) == ("reached", 100, now)
    partner = pair.adviser if owner == "learner" else pair.learner
    assert ("partnerships.goal_reached", partner.person_id) in told()
    with pytest.raises(Refused, match="closed"):
        set_progress(goal=goal, progress=10, by=actor_of_side(pair, owner), now=now)


@pytest.mark.parametrize("progress", [-1, 101])
def test_progress_is_between_0_and_100(pair: Partnership, progress: int, now: datetime) -> None:
    goal = make_goal(pair)

    with pytest.raises(Refused, match="between 0 and 100"):
        set_progress(goal=goal, progress=progress, by=actor_of_side(pair, "learner"), now=now)


def test_a_goal_that_is_not_agreed_does_not_move(pair: Partnership, now: datetime) -> None:
    goal = make_goal(pair, agreed=False)

    with pytest.raises(Refused, match="agree on this goal first"):
        set_progress(goal=goal, progress=10, by=actor_of_side(pair, "learner"), now=now)


def test_who_proposed_takes_it_back_before_it_is_agreed(pair: Partnership, now: datetime) -> None:
    adviser = actor_of_side(pair, "adviser")
    goal = make_goal(pair, proposed_by="adviser", agreed=False)

    assert drop_goal(goal=goal, by=adviser, now=now).state == Goal.State.DROPPED


def test_other_words_count_only_once_the_other_agrees(pair: Partnership, now: datetime) -> None:
    goal = make_goal(pair, title="First words")
    adviser, learner = actor_of_side(pair, "adviser"), actor_of_side(pair, "learner")

    adjust_goal(goal=goal, title="Better words", words="", by=adviser, now=now)
    assert opened(goal) == "First words"
    with pytest.raises(NotAllowed):
        agree_to_change(goal=goal, kind="words", by=adviser, now=now)
    with pytest.raises(Refused, match="Answer your partner's change first"):
        adjust_goal(goal=goal, title="Mine", words="", by=learner, now=now)
    agree_to_change(goal=goal, kind="words", by=learner, now=now)

    assert opened(goal) == opened(goal, "adviser") == "Better words"
    assert not GoalChange.objects.exists()
    assert ("partnerships.goal_changed", pair.adviser.person_id) in told()


def test_a_refused_change_leaves_the_words_that_stood(pair: Partnership, now: datetime) -> None:
    goal = make_goal(pair, title="First words")
    adjust_goal(goal=goal, title="Other", words="", by=actor_of_side(pair, "adviser"), now=now)

    refuse_change(goal=goal, kind="words", by=actor_of_side(pair, "learner"), now=now)

    assert opened(goal) == "First words"
    assert not GoalChange.objects.exists()
    assert ("partnerships.goal_change_refused", pair.adviser.person_id) in told()
    with pytest.raises(Refused, match="nothing left"):
        agree_to_change(goal=goal, kind="words", by=actor_of_side(pair, "learner"), now=now)


def test_how_far_to_understand_a_skill_changes_with_the_yes_of_the_other(
    pair: Partnership, now: datetime
) -> None:
    goal = make_goal(pair, kind="literacy", skill=make_skill("Short video"), target=1)
    learner, adviser = actor_of_side(pair, "learner"), actor_of_side(pair, "adviser")

    adjust_goal(goal=goal, title="Film one", words="", target=2, by=learner, now=now)
    goal.refresh_from_db()
    assert goal.target == 1
    assert opened_goal(seat_at(adviser, pair), goal).wished_target == "Working"
    agree_to_change(goal=goal, kind="words", by=adviser, now=now)

    goal.refresh_from_db()
    assert (goal.target, opened(goal)) == (2, "Film one")


def test_a_goal_without_a_skill_has_no_level_to_change(pair: Partnership, now: datetime) -> None:
    goal = make_goal(pair, kind="influence")
    adviser, learner = actor_of_side(pair, "adviser"), actor_of_side(pair, "learner")
    adjust_goal(goal=goal, title="Be heard", words="", target=3, by=learner, now=now)
    agree_to_change(goal=goal, kind="words", by=adviser, now=now)
    goal.refresh_from_db()
    assert goal.target is None


def test_ones_own_proposal_is_reworded_at_once(pair: Partnership, now: datetime) -> None:
    goal = make_goal(pair, agreed=False)

    adjust_goal(goal=goal, title="Clearer", words="", by=actor_of_side(pair, "learner"), now=now)

    assert opened(goal, "adviser") == "Clearer"


@pytest.mark.parametrize("level", ["nothing", None])
def test_a_goal_is_not_shared_when_nothing_may_leave_the_two(
    pair: Partnership, level: str | None, now: datetime
) -> None:
    goal = make_goal(pair)
    if level:
        sign_level(pair, level)

    with pytest.raises(Refused, match="lets nothing leave the two of you"):
        offer_to_share(goal=goal, title="x", by=actor_of_side(pair, "learner"), now=now)


@pytest.mark.parametrize("level", ["goals", "story"])
def test_coordinators_read_a_title_typed_anew_once_both_agree(
    pair: Partnership, level: str, now: datetime
) -> None:
    goal = make_goal(pair, title=SECRET)
    sign_level(pair, level)

    offer_to_share(goal=goal, title="Talk to clients", by=actor_of_side(pair, "learner"), now=now)
    assert shared_goals(pair) == []
    agree_to_change(goal=goal, kind="share", by=actor_of_side(pair, "adviser"), now=now)

    assert [shared.shared_title for shared in shared_goals(pair)] == ["Talk to clients"]
    stop_sharing(goal=goal, by=actor_of_side(pair, "adviser"), now=now)
    assert shared_goals(pair) == []
    with pytest.raises(Refused, match="not shared"):
        stop_sharing(goal=goal, by=actor_of_side(pair, "adviser"), now=now)


@pytest.mark.parametrize("state", ["paused", "completed", "ended"])
def test_sharing_stops_at_once_also_when_it_is_over(
    pair: Partnership, state: str, now: datetime
) -> None:
    goal = make_goal(pair)
    sign_level(pair, "goals")
    offer_to_share(goal=goal, title="Open", by=actor_of_side(pair, "learner"), now=now)
    agree_to_change(goal=goal, kind="share", by=actor_of_side(pair, "adviser"), now=now)
    Partnership.objects.filter(pk=pair.pk).update(state=state)

    stop_sharing(goal=goal, by=actor_of_side(pair, "learner"), now=now)

    assert shared_goals(pair) == []


def test_a_stricter_agreement_hides_shared_titles_for_good(
    pair: Partnership, now: datetime
) -> None:
    goal = make_goal(pair)
    sign_level(pair, "goals")
    offer_to_share(goal=goal, title="Open", by=actor_of_side(pair, "learner"), now=now)
    agree_to_change(goal=goal, kind="share", by=actor_of_side(pair, "adviser"), now=now)

    sign_level(pair, "nothing", at=now + timedelta(days=1))
    assert shared_goals(pair) == []
    sign_level(pair, "goals", at=now + timedelta(days=2))

    assert shared_goals(pair) == []


@pytest.mark.parametrize("role", ["operator", "directory_administrator"])
def test_nobody_else_does_anything_with_a_goal(pair: Partnership, role: str, now: datetime) -> None:
    goal = make_goal(pair)
    stranger = actor_for_person(make_person(), roles=(role,))

    for act in (accept_goal, reach_goal, drop_goal, stop_sharing):
        with pytest.raises(NotAllowed):
            act(goal=goal, by=stranger, now=now)
    with pytest.raises(NotAllowed):
        adjust_goal(goal=goal, title="x", words="", by=stranger, now=now)
    with pytest.raises(NotAllowed):
        propose_goal(
            partnership=pair, stream="learning", kind="career", title="x", by=stranger, now=now
        )


@pytest.mark.parametrize("state", ["proposed", "completed", "ended"])
def test_goals_live_while_the_partnership_does(state: str, now: datetime) -> None:
    pair = make_partnership(state=state)

    with pytest.raises(Refused):
        make_goal(pair)


STATES = st.sampled_from(["proposed", "open", "reached", "dropped"])


@given(STATES, st.booleans(), st.booleans())
def test_a_closed_goal_never_moves_again(state: str, is_owner: bool, is_author: bool) -> None:
    if not rules.is_live(state):
        assert not rules.may_drop(state, is_owner=is_owner, is_author=is_author)
        assert not rules.may_move(state, is_owner=is_owner)
        assert not rules.may_accept(state, is_author=is_author)
    if rules.may_move(state, is_owner=is_owner):
        assert is_owner


@given(STATES, st.sampled_from(["before", "after"]), st.booleans(), st.booleans())
def test_before_comes_first_and_stays_once_there_is_an_after(
    state: str, moment: str, has_before: bool, has_after: bool
) -> None:
    allowed = rules.may_check(state, moment, has_before=has_before, has_after=has_after)

    if moment == "after":
        assert not allowed or has_before
    if moment == "before" and has_after:
        assert not allowed
