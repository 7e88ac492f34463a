"""How often a learner uses it, how sure an adviser feels: before and after, for oneself alone."""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_coordinator, make_partnership, make_skill, make_user
from tests.factories.goals import actor_of_side, make_goal
from viceversa.history.models import Entry
from viceversa.notifications.models import Notification
from viceversa.partnerships.actions.check import keep_use_out_of_reports, say_use
from viceversa.partnerships.actions.confidence import say_confidence
from viceversa.partnerships.models import Confidence, Goal, Partnership, Use
from viceversa.partnerships.queries.bands import confidence_in, use_in
from viceversa.partnerships.queries.goals import place_of_use, uses_of
from viceversa.partnerships.queries.own_answers import asks_confidence, confidence_of
from viceversa.partnerships.queries.seat import seat_at
from viceversa.partnerships.rules.counts import LADDER, Span, span_of
from viceversa.programmes.models import Programme, Standing
from viceversa.toolkit.errors import NotAllowed, Refused
from viceversa.vault.queries import NoKey, keyring, own_ring_of

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


@pytest.fixture
def pair() -> Partnership:
    return make_partnership(state="active")


def literacy_goal(pair: Partnership) -> Goal:
    return make_goal(pair, kind="literacy", skill=make_skill("Short video"), target=1)


def use(goal: Goal, moment: str, step: int, now: datetime, counted: bool = True) -> None:
    by = actor_of_side(goal.partnership, "learner")
    say_use(goal=goal, moment=moment, step=step, is_counted=counted, by=by, now=now)


def confidence(
    pair: Partnership, moment: str, step: int, now: datetime, counted: bool = True
) -> None:
    by = actor_of_side(pair, "adviser")
    say_confidence(partnership=pair, moment=moment, step=step, is_counted=counted, by=by, now=now)


def begin_to_close(pair: Partnership) -> None:
    Partnership.objects.filter(pk=pair.pk).update(state="closing")
    pair.refresh_from_db()


def test_a_learner_says_before_and_at_the_end_how_often_they_use_it(
    pair: Partnership, now: datetime
) -> None:
    goal = literacy_goal(pair)
    use(goal, "before", 1, now)
    use(goal, "after", 4, now)

    seen = uses_of(seat_at(actor_of_side(pair, "learner"), pair), goal)

    assert (seen.before, seen.after, seen.moved) == (1, 4, 3)
    assert seen.leaves == (("Before", "Never, or tried once"), ("After", "Weekly or daily"))


def test_the_adviser_sees_nothing_of_it_and_could_not_open_it(
    pair: Partnership, now: datetime, signed_in: SignIn
) -> None:
    goal = literacy_goal(pair)
    use(goal, "before", 4, now)
    row = Use.objects.get()
    adviser = actor_of_side(pair, "adviser")

    own = own_ring_of(actor_of_side(pair, "learner"))
    assert own is not None
    with pytest.raises(NoKey):
        keyring(adviser, [own]).open(own, place_of_use(goal, "before", row.author_id), row.sealed)
    address = reverse("partnerships:goal", args=[pair.key, goal.key])
    page = signed_in(make_user(pair.adviser.person)).get(address).content.decode()
    assert "How often" not in page


def test_use_is_asked_where_a_goal_is_to_understand_a_skill(
    pair: Partnership, now: datetime, signed_in: SignIn
) -> None:
    other = make_goal(pair, kind="clients")

    with pytest.raises(Refused, match="to understand a skill"):
        use(other, "before", 2, now)
    goal, adviser = literacy_goal(pair), actor_of_side(pair, "adviser")
    with pytest.raises(NotAllowed):
        say_use(goal=goal, moment="before", step=2, by=adviser, now=now)
    client = signed_in(make_user(pair.learner.person))
    page = client.get(reverse("partnerships:goal", args=[pair.key, other.key])).content.decode()
    assert "How often you use it" not in page


def test_use_is_said_on_the_page_of_the_goal_and_taken_out_of_reports_again(
    pair: Partnership, signed_in: SignIn
) -> None:
    goal = literacy_goal(pair)
    client = signed_in(make_user(pair.learner.person))

    def act(what: str, **data: str) -> int:
        address = reverse("partnerships:goal_act", args=[pair.key, goal.key, what])
        return client.post(address, data).status_code

    assert act("use-before", **{"use-before-step": "9"}) == 422
    said = {"use-before-step": "2", "use-before-is_counted": "on"}
    assert act("use-before", **said) == 302
    page = client.get(reverse("partnerships:goal", args=[pair.key, goal.key])).content.decode()
    assert "Before: Never, or tried once" in page
    assert act("uncount-use") == 302
    assert Use.objects.get().band == ""


def test_the_adviser_is_asked_at_the_start_and_when_the_two_close(
    pair: Partnership, now: datetime
) -> None:
    seat = seat_at(actor_of_side(pair, "adviser"), pair)
    assert asks_confidence(seat) == "before"
    with pytest.raises(Refused, match="Say first where you began"):
        confidence(pair, "after", 3, now)
    confidence(pair, "before", 2, now)
    assert asks_confidence(seat) == ""

    begin_to_close(pair)

    seat = seat_at(actor_of_side(pair, "adviser"), pair)
    assert asks_confidence(seat) == "after"
    confidence(pair, "after", 4, now)
    assert asks_confidence(seat) == ""
    assert confidence_of(seat).moved == 2
    with pytest.raises(Refused, match="stays as it is"):
        confidence(pair, "before", 1, now)


def test_the_page_of_confidence_is_the_advisers_alone(pair: Partnership, signed_in: SignIn) -> None:
    address = reverse("partnerships:confidence", args=[pair.key])
    act = reverse("partnerships:confidence_act", args=[pair.key, "before"])
    adviser = signed_in(make_user(pair.adviser.person))
    learner = signed_in(make_user(pair.learner.person))

    assert learner.get(address).status_code == 404
    assert learner.post(act, {"before-step": "3"}).status_code == 404
    assert adviser.post(act, {"before-step": ""}).status_code == 422
    assert adviser.post(act, {"before-step": "3"}).status_code == 302
    assert "With a run-up" in adviser.get(address).content.decode()
    agreement = reverse("partnerships:agreement", args=[pair.key])
    assert "How sure do you feel" not in learner.get(agreement).content.decode()


def test_nobody_is_told_and_the_history_says_no_step(pair: Partnership, now: datetime) -> None:
    goal = literacy_goal(pair)
    told = Notification.objects.count()
    use(goal, "before", 5, now)
    confidence(pair, "before", 5, now)

    assert Notification.objects.count() == told
    for verb in ("partnerships.goal.use_said", "partnerships.confidence.said"):
        assert Entry.objects.get(verb=verb).detail == {"moment": "before"}


def test_without_a_tick_nothing_is_counted(pair: Partnership, now: datetime) -> None:
    goal = literacy_goal(pair)
    use(goal, "before", 1, now)
    use(goal, "after", 5, now, counted=False)
    confidence(pair, "before", 1, now, counted=False)

    assert set(Use.objects.values_list("band", flat=True)) == {""}
    assert Confidence.objects.get().band == ""


def five_learners(programme: Programme, now: datetime, people: int = 5) -> list[Goal]:
    goals = [literacy_goal(make_partnership(programme, state="active")) for _ in range(people)]
    for place, goal in enumerate(goals):
        use(goal, "before", 1 if place else 3, now)
        use(goal, "after", 4, now)
    return goals


def test_reports_show_use_before_and_after_from_five_people_on(now: datetime) -> None:
    programme = make_partnership().programme
    goals = five_learners(programme, now)

    spread = use_in(programme)
    assert spread is not None
    assert spread.people == Span(5, 9)
    shown = {line.band: (line.before, line.after) for line in spread.lines}
    few = Span(0, 4)
    assert shown == {"hardly": (few, few), "monthly": (few, few), "weekly": (few, Span(5, 9))}

    by = actor_of_side(goals[0].partnership, "learner")
    keep_use_out_of_reports(goal=goals[0], by=by, now=now)
    assert use_in(programme) is None


def test_somebody_with_several_goals_is_one_person(now: datetime) -> None:
    programme = make_partnership().programme
    goals = five_learners(programme, now, people=4)
    again = literacy_goal(goals[0].partnership)
    use(again, "before", 1, now)
    use(again, "after", 2, now)

    assert use_in(programme) is None


def test_coordinators_and_sponsors_read_spans_and_nobody_else_the_page(
    now: datetime, signed_in: SignIn
) -> None:
    programme = make_partnership().programme
    pairs = [make_partnership(programme, state="active") for _ in range(5)]
    for pair in pairs:
        confidence(pair, "before", 1, now)
        begin_to_close(pair)
        confidence(pair, "after", 4, now)
    coordinator, sponsor = make_coordinator(programme), make_partnership().learner.person
    Standing.objects.create(programme=programme, person=sponsor, role=Standing.Role.SPONSOR)
    address = reverse("programme_partnerships:counts", args=[programme.slug])

    spread = confidence_in(programme)
    assert spread is not None
    for reader in (coordinator, sponsor):
        page = signed_in(make_user(reader)).get(address).content.decode()
        assert "5 to 9" in page
        assert "fewer than 5" in page
        assert not any(pair.adviser.person.name in page for pair in pairs)
    assert signed_in(make_user(pairs[0].adviser.person)).get(address).status_code == 404


@pytest.mark.pure
@pytest.mark.parametrize(
    ("number", "span"),
    [(0, (0, 4)), (4, (0, 4)), (5, (5, 9)), (9, (5, 9)), (10, (10, 19)), (12_345, (10_000, None))],
)
def test_a_number_becomes_a_span_of_a_fixed_ladder(
    number: int, span: tuple[int, int | None]
) -> None:
    assert span_of(number) == Span(*span)


def cells_that_fit(shown: tuple[Span, ...], whole: Span) -> Iterator[tuple[int, ...]]:
    tops = [LADDER[2] if span.high is None else span.high for span in (*shown, whole)]
    for cells in product(
        *(range(span.low, top + 1) for span, top in zip(shown, tops[:-1], strict=True))
    ):
        if whole.low <= sum(cells) <= tops[-1]:
            yield cells


@pytest.mark.pure
def test_whoever_subtracts_spans_from_each_other_pins_no_group() -> None:
    """All ways in which 5 to 19 people can fall into three bands: what is shown always leaves at
    least three numbers open for each band, also to somebody who knows one of the people."""
    for cells in product(range(20), repeat=3):
        if not 5 <= sum(cells) <= 19:
            continue
        shown = tuple(span_of(cell) for cell in cells)
        fits = list(cells_that_fit(shown, span_of(sum(cells))))
        for place in range(3):
            assert len({one[place] for one in fits}) >= 3, cells
