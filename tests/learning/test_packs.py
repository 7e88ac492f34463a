"""Topic packs: plans that fill the half hour, who writes them, and what a half hour borrows."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.factories import actor_for_person, make_person, make_skill, make_user
from tests.factories.learning import (
    make_expert,
    make_keeper,
    make_librarian,
    make_pack,
    make_resource,
)
from tests.learning.writing import STEPS, TEXT, change, day
from viceversa.history.models import Entry
from viceversa.learning.actions.pack import PackText, add_pack, drop_plan, set_plan
from viceversa.learning.actions.reviewing import (
    ask_for_check,
    publish_pack,
    restore_pack,
    retire_pack,
    review_pack,
)
from viceversa.learning.models import Pack, Plan
from viceversa.learning.queries.packs import pack_for_topics
from viceversa.learning.rules.packs import (
    BadStep,
    Step,
    levels_on_the_way,
    nearest_level,
    read_steps,
    wrong_with_steps,
)
from viceversa.toolkit import clock
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Client]


def add(text: PackText, now: datetime, by: Actor | None = None) -> Pack:
    topics = [make_skill("Podcasts")]
    by = by or make_keeper()
    return add_pack(text=text, topics=topics, owner=None, review_by=day(now), by=by, now=now)


@pytest.mark.pure
def test_a_plan_fills_the_half_hour_exactly() -> None:
    assert wrong_with_steps([Step(12, "a"), Step(18, "b")]) is None
    assert wrong_with_steps([Step(12, "a"), Step(17, "b")]) == "sum"
    assert wrong_with_steps([]) == "steps"
    assert wrong_with_steps([Step(0, "a"), Step(30, "b")]) == "steps"
    assert wrong_with_steps([Step(3, "a")] * 10) == "steps"


@pytest.mark.pure
def test_steps_are_read_line_by_line_and_a_line_without_minutes_is_named() -> None:
    assert read_steps("5  Say  what\n\n 25 Try it") == [Step(5, "Say what"), Step(25, "Try it")]
    with pytest.raises(BadStep, match="Try it"):
        read_steps("5 Say\nTry it")


@pytest.mark.pure
def test_levels_come_from_the_easiest_to_the_one_wanted() -> None:
    assert levels_on_the_way([3, 1, 2], 2) == [1, 2]
    assert levels_on_the_way([3, 4], 1) == [3]
    assert levels_on_the_way([], 2) == []
    assert nearest_level([1, 3], 2) == 1
    assert nearest_level([], 2) is None


def test_a_pack_is_written_planned_and_published_by_those_who_keep_the_library(
    now: datetime,
) -> None:
    keeper = make_keeper()
    pack = add(TEXT, now, keeper)
    with pytest.raises(Refused, match="plan for at least one level"):
        publish_pack(pack=pack, by=keeper, now=now)

    set_plan(pack=pack, level=1, steps=STEPS, task="Record one minute.", by=keeper, now=now)
    published = publish_pack(pack=pack, by=keeper, now=now)

    assert (published.state, published.reviewed_on) == ("published", now.date())
    assert published.reviewer_id == keeper.person_id
    assert list(
        Entry.objects.filter(verb__startswith="learning.").order_by("id").values_list("verb")
    ) == [(f"learning.pack.{what}",) for what in ("added", "changed", "published")]


@pytest.mark.parametrize(
    ("steps", "task", "level", "sentence"),
    [
        ([Step(29, "a")], "Try", 1, "take 29 minutes. A half hour has 30"),
        ([], "Try", 1, "one to 8 steps"),
        (STEPS, " ", 1, "own hands"),
        (STEPS, "Try", 5, "four levels"),
    ],
)
def test_a_plan_that_does_not_fit_is_refused(
    steps: list[Step], task: str, level: int, sentence: str, now: datetime
) -> None:
    pack = make_pack(levels=())
    with pytest.raises(Refused, match=sentence):
        set_plan(pack=pack, level=level, steps=steps, task=task, by=make_keeper(), now=now)
    assert not Plan.objects.exists()


def test_a_pack_needs_a_topic_sources_and_a_day_ahead(now: datetime) -> None:
    keeper = make_keeper()
    fields: dict[str, Any] = {"owner": None, "review_by": day(now), "by": keeper, "now": now}
    with pytest.raises(Refused, match="at least one topic"):
        add_pack(text=TEXT, topics=[], **fields)
    for pack, sentence in (
        (make_pack("A", state="draft", sources=""), "Name its sources"),
        (make_pack("B", state="draft", review_by=day(now, -1)), "next review is over"),
        (make_pack("C", state="published"), "on its way"),
    ):
        with pytest.raises(Refused, match=sentence):
            publish_pack(pack=pack, by=keeper, now=now)


def test_a_published_pack_keeps_a_plan_and_a_harmless_one_stays_published(now: datetime) -> None:
    pack, keeper = make_pack(levels=(1, 2)), make_keeper()

    assert drop_plan(pack=pack, level=2, by=keeper, now=now).state == "published"
    with pytest.raises(Refused, match="keeps at least one plan"):
        drop_plan(pack=pack, level=1, by=keeper, now=now)
    draft = make_pack("Another", state="draft")
    with pytest.raises(Refused, match="no plan on this level"):
        drop_plan(pack=draft, level=4, by=keeper, now=now)
    assert change(pack, TEXT, now, keeper).state == "published"


def test_a_retired_pack_comes_back_as_a_draft(now: datetime) -> None:
    pack, keeper = make_pack(), make_keeper()
    retire_pack(pack=pack, by=keeper, now=now)
    with pytest.raises(Refused, match="Bring it back first"):
        change(pack, TEXT, now, keeper)

    restored = restore_pack(pack=pack, by=keeper, now=now)

    assert (restored.state, restored.reviewed_on) == ("draft", None)
    with pytest.raises(Refused, match="not retired"):
        restore_pack(pack=pack, by=keeper, now=now)


def test_nobody_else_writes_plans_publishes_or_retires(now: datetime) -> None:
    pack, reader = make_pack(levels=(1, 2)), actor_for_person(make_person())
    given: dict[str, Any] = {"pack": pack, "by": reader, "now": now}

    for act in (
        lambda: add(TEXT, now, reader),
        lambda: change(pack, TEXT, now, reader),
        lambda: set_plan(level=1, steps=STEPS, task="Try", **given),
        lambda: drop_plan(level=2, **given),
        lambda: ask_for_check(reviewer=make_expert(pack), **given),
        lambda: publish_pack(**given),
        lambda: review_pack(review_by=day(now), **given),
        lambda: retire_pack(**given),
        lambda: restore_pack(**given),
    ):
        with pytest.raises(NotAllowed, match="change the library"):
            act()
    assert not Entry.objects.filter(verb__startswith="learning.").exists()


def test_half_hours_go_through_the_packs_from_easy_to_the_level_wanted(
    now: datetime, django_assert_num_queries: Any
) -> None:
    video, talk, other = (make_skill(name) for name in ("Short video", "Negotiation", "Other"))
    films = make_pack("Films", topics=[video, other], levels=(1, 2, 3))
    talks = make_pack("Talks", topics=[talk], levels=(3,))
    make_pack("Not published", topics=[talk], state="draft")
    wanted = [(video.pk, 2), (talk.pk, 1), (other.pk, 3)]

    way = []
    for number in (1, 2, 3, 4):
        with django_assert_num_queries(3):
            way.append(pack_for_topics(wanted, number=number, today=now.date()))

    assert [(one.pack, one.plan.level) for one in way if one] == [
        (films, 1),
        (films, 2),
        (talks, 3),
    ]
    assert way[3] is None
    assert pack_for_topics([], number=1, today=now.date()) is None
    assert pack_for_topics(wanted, number=0, today=now.date()) is None


def test_an_expired_or_unpublished_pack_goes_into_no_half_hour(now: datetime) -> None:
    video = make_skill("Short video")
    pack = make_pack("Films", topics=[video])

    assert pack_for_topics([(video.pk, 1)], number=1, today=pack.review_by)
    late = pack.review_by + timedelta(days=1)
    assert pack_for_topics([(video.pk, 1)], number=1, today=late) is None


def test_a_pack_is_written_and_planned_on_pages(signed_in: SignIn) -> None:
    make_skill("Podcasts")
    keeper = signed_in(make_user(make_librarian()))
    soon = day(clock.now(), 60).isoformat()
    form = {"title": "Podcasts", "facet": "trend", "summary": "Judge one.", "topics": "podcasts"}
    form |= {"ideas": "Listen\nRecord", "language": "en", "review_by": soon, "sources": "Us"}

    answer = keeper.post("/learning/packs/add/", form)
    pack = Pack.objects.get()
    plan = f"/learning/packs/{pack.key}/plan/1/"
    assert answer["Location"] == plan
    for steps, sentence in (
        ("Listen", "Begin this line with its minutes: “Listen”."),
        ("10 Listen\n10 Record", "The steps take 20 minutes. A half hour has 30."),
    ):
        wrong = keeper.post(plan, {"steps": steps, "task": "Record one."})
        assert (wrong.status_code, sentence in wrong.content.decode()) == (422, True)
    keeper.post(plan, {"steps": "10 Listen\n20 Record", "task": "Record one."})
    keeper.post(f"/learning/packs/{pack.key}/change/", {**form, "ideas": "1\n2\n3\n4\n5\n6\n7"})

    assert keeper.get(f"/learning/packs/{pack.key}/plan/7/").status_code == 404
    pack.refresh_from_db()
    assert pack.ideas == ["Listen", "Record"]
    assert [step.minutes for step in pack.plans.get().parts] == [10, 20]


def test_packs_are_found_by_facet_and_word_and_show_the_way_on(signed_in: SignIn) -> None:
    video, later = make_skill("Short video"), day(clock.now())
    films = make_pack("Films", topics=[video], facet="trend", levels=(1, 3), review_by=later)
    make_pack("Spreadsheets", review_by=later)
    make_resource("The film desk", topics=[video], review_by=later)
    reader = signed_in(make_user(make_person()))

    found = reader.get("/learning/packs/?facet=trend&q=film").context["rows"]
    page = reader.get(f"/learning/packs/{films.key}/?level=4")

    assert [pack for pack, _freshness in found] == [films]
    assert "Try Films at level 3." in page.content.decode()
    assert "The film desk" in page.content.decode()
    assert "No pack fits" in reader.get("/learning/packs/?q=nothing").content.decode()


def test_the_list_of_packs_asks_the_same_for_one_and_for_three(
    signed_in: SignIn, django_assert_num_queries: Any
) -> None:
    reader, later = signed_in(make_user(make_person())), day(clock.now())
    make_pack("One", review_by=later)
    reader.get("/learning/packs/")
    with django_assert_num_queries(9) as first:
        reader.get("/learning/packs/")
    for title in ("Two", "Three"):
        make_pack(title, levels=(1, 2), review_by=later)
    with django_assert_num_queries(len(first)):
        reader.get("/learning/packs/")
