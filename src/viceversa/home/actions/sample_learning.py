"""Fills the library of the sample and asks for a training, through the same actions that people
use. The mails it would have caused are not sent."""

from datetime import datetime, timedelta

from viceversa.home.sample import library
from viceversa.home.sample.setting import LEARNER
from viceversa.learning.actions.resource import ResourceText, add_resource
from viceversa.learning.actions.reviewing import answer_check, ask_for_check, publish_pack
from viceversa.learning.actions.starter import load_starter
from viceversa.learning.actions.training import complete_module, set_demands
from viceversa.learning.models import Pack, Resource
from viceversa.learning.queries.packs import possible_reviewers
from viceversa.learning.rules.keeping import USUAL
from viceversa.learning.rules.modules import modules
from viceversa.notifications.models import Delivery
from viceversa.people.models import Person, Skill
from viceversa.programmes.models import Programme
from viceversa.programmes.queries import coordinators_of
from viceversa.toolkit.actor import Actor, system

BY = system("the sample", via="command")
ADDED = timedelta(days=100)


def let_them_learn(programme: Programme, *, now: datetime) -> None:
    """The pairs that signed before are asked for nothing; those that sign from now on are."""
    load_starter(by=BY, now=now - ADDED)
    keeper = coordinators_of(programme).first()
    _fill_library(keeper, now=now)
    _have_checked(now=now)
    set_demands(programme=programme, slugs=library.ASKED_FOR, by=BY, now=now)
    _finish_one(now=now)
    Delivery.objects.filter(state=Delivery.State.WAITING).delete()


def _fill_library(keeper: Person | None, *, now: datetime) -> list[Resource]:
    topics = {skill.slug: skill for skill in Skill.objects.all()}
    return [
        add_resource(
            text=ResourceText(
                kind=one.kind,
                title=one.title,
                words=one.words,
                ask=one.ask,
                has_interests=bool(one.interests),
                interests=one.interests,
            ),
            topics=[topics[slug] for slug in one.topics],
            owner=keeper,
            review_by=(now + timedelta(days=one.review_in_days)).date(),
            by=BY,
            now=now - ADDED,
        )
        for one in library.LIBRARY
    ]


def _have_checked(*, now: datetime) -> None:
    """An expert read the pack on a risky subject; the other one waits for somebody to be asked."""
    pack = Pack.objects.get(origin=library.EXPERTS_PACK)
    experts = possible_reviewers(pack)
    if not experts:
        return
    at, expert = now - timedelta(days=12), experts[0]
    ask_for_check(pack=pack, reviewer=expert, by=BY, now=at)
    answer_check(
        pack=pack,
        is_right=True,
        note=library.CHECK_NOTE,
        review_by=(now + USUAL).date(),
        by=Actor(person_id=expert.pk, label=expert.name),
        now=at,
    )
    publish_pack(pack=pack, by=BY, now=at)


def _finish_one(*, now: datetime) -> None:
    """The learner who can sign in has one of two trainings behind them."""
    learner = Person.objects.filter(name=LEARNER).first()
    module = next(one for one in modules() if one.slug in library.ASKED_FOR)
    if learner is not None:
        by = Actor(person_id=learner.pk, label=learner.name)
        complete_module(module=module, answered=module.numbers, by=by, now=now - timedelta(days=3))
