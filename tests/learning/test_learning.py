"""The library, topic packs and training: who may, what is refused, what is shown."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from tests.factories import (
    actor_for_person,
    make_coordinator,
    make_person,
    make_programme,
    make_user,
)
from tests.meetings.half_hours import make_pair
from viceversa.learning.actions.resource import ResourceText, add_resource
from viceversa.learning.actions.reviewing import answer_check, ask_for_check, publish_pack
from viceversa.learning.actions.starter import load_starter
from viceversa.learning.actions.training import complete_module, set_demands
from viceversa.learning.models import Completion, Pack, Resource
from viceversa.learning.queries.library import suggested
from viceversa.learning.rules.modules import modules
from viceversa.learning.rules.packs import wrong_with_steps
from viceversa.learning.rules.starter import starter_packs
from viceversa.meetings.queries.booker import Booker
from viceversa.meetings.queries.readiness import not_yet
from viceversa.people.actions import load_taxonomy
from viceversa.people.models import Offer, Skill
from viceversa.toolkit.actor import system
from viceversa.toolkit.errors import NotAllowed, Refused

pytestmark = pytest.mark.django_db
BY = system("setup", via="command")
TEXT = ResourceText(kind="coaching", title="Coaching", words="Six talks.", ask="The coaches")


def test_every_plan_that_comes_along_fills_the_half_hour() -> None:
    plans = [plan for pack in starter_packs() for plan in pack.plans]
    assert len(plans) > 12
    assert [plan for plan in plans if wrong_with_steps(plan.steps)] == []


def test_starter_texts_come_once_and_risky_packs_wait_for_an_expert(now: datetime) -> None:
    load_taxonomy(by=BY, now=now)
    assert load_starter(by=BY, now=now) > 10
    assert load_starter(by=BY, now=now) == 0
    risky = Pack.objects.filter(is_risky=True)
    assert {pack.state for pack in risky} == {"draft"}
    pack = risky[0]
    with pytest.raises(Refused):
        publish_pack(pack=pack, by=BY, now=now)
    expert = make_person()
    with pytest.raises(Refused):
        ask_for_check(pack=pack, reviewer=expert, by=BY, now=now)
    Offer.objects.create(person=expert, skill=pack.topics.all()[0], level=4)
    ask_for_check(pack=pack, reviewer=expert, by=BY, now=now)
    day = (now + timedelta(days=90)).date()
    with pytest.raises(NotAllowed):
        answer_check(pack=pack, is_right=True, note="", review_by=day, by=BY, now=now)
    pack.refresh_from_db()
    by = actor_for_person(expert)
    answer_check(pack=pack, is_right=True, note="", review_by=day, by=by, now=now)
    assert publish_pack(pack=pack, by=BY, now=now).state == "published"


def test_only_those_who_keep_it_add_to_the_library_and_expired_is_not_suggested(
    now: datetime,
) -> None:
    day = (now + timedelta(days=90)).date()
    stranger = actor_for_person(make_person())
    with pytest.raises(NotAllowed):
        add_resource(text=TEXT, topics=[], owner=None, review_by=day, by=stranger, now=now)
    skill = Skill.objects.create(slug="a", name="A", group="G", facet="tool")
    keeper = actor_for_person(make_coordinator(make_programme()))
    row = add_resource(text=TEXT, topics=[skill], owner=None, review_by=day, by=keeper, now=now)
    assert suggested([skill.pk], today=now.date()) == [row]
    assert suggested([skill.pk], today=day + timedelta(days=1)) == []
    with pytest.raises(Refused):
        add_resource(
            text=ResourceText(kind="article", title="A", words="B"),
            topics=[],
            owner=None,
            review_by=day,
            by=keeper,
            now=now,
        )


def test_a_first_half_hour_waits_for_training_only_where_it_is_asked_for(now: datetime) -> None:
    pair = make_pair()
    booker = Booker(pair, "learner")
    assert not_yet(booker) == ""
    by = actor_for_person(make_coordinator(pair.programme))
    set_demands(programme=pair.programme, slugs=["humility"], by=by, now=now)
    assert "Juno Okapi, whose turn it is" in not_yet(booker)
    module = next(one for one in modules() if one.slug == "humility")
    adviser = actor_for_person(pair.adviser.person)
    with pytest.raises(Refused):
        complete_module(module=module, answered=[1], by=adviser, now=now)
    complete_module(module=module, answered=module.numbers, by=adviser, now=now)
    assert Completion.objects.count() == 1
    assert not_yet(booker) == ""


def test_every_page_opens(signed_in: Callable[..., Client], now: datetime) -> None:
    load_taxonomy(by=BY, now=now)
    load_starter(by=BY, now=now)
    programme = make_programme()
    keeper = signed_in(make_user(make_coordinator(programme)))
    reader = signed_in(make_user(make_person()))
    pack = Pack.objects.filter(state="published")[0].key
    for path in [
        "",
        "words/",
        "library/",
        "packs/",
        f"library/{Resource.objects.all()[0].key}/",
        f"packs/{pack}/?level=2",
        "training/listening/",
        "training/listening/1/",
    ]:
        assert reader.get(f"/learning/{path}").status_code == 200, path
        assert keeper.get(f"/learning/{path}").status_code == 200, path
    for path in [
        "keeping/",
        "library/add/",
        "packs/add/",
        f"packs/{pack}/change/",
        f"packs/{pack}/plan/1/",
    ]:
        assert keeper.get(f"/learning/{path}").status_code == 200, path
        assert reader.get(f"/learning/{path}").status_code == 403, path
    assert keeper.get(f"/programmes/{programme.slug}/training/").status_code == 200
    assert reader.get(f"/programmes/{programme.slug}/training/").status_code == 404
