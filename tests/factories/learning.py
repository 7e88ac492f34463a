"""Texts to learn from, and people who may keep and check them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from tests.factories.accounts import actor_for_person
from tests.factories.partnerships import MADE_AT
from tests.factories.people import make_person, make_skill
from tests.factories.programmes import make_coordinator, make_programme
from viceversa.learning.actions.training import complete_module
from viceversa.learning.models import Completion, Demand, Pack, Plan, Resource
from viceversa.learning.rules.modules import modules
from viceversa.people.models import Offer, Person, Skill
from viceversa.programmes.models import Programme
from viceversa.toolkit.actor import Actor

STEPS = [[5, "Say what you tried since last time."], [25, "Try the next thing together."]]


def make_librarian() -> Person:
    """Somebody who keeps the library: a coordinator."""
    return make_coordinator(make_programme())


def make_keeper() -> Actor:
    return actor_for_person(make_librarian())


def make_resource(
    title: str = "Six talks with a coach", *, topics: Sequence[Skill] = (), **fields: Any
) -> Resource:
    now = fields.pop("now", MADE_AT)
    values = {
        "kind": "coaching",
        "words": "Six talks with a trained colleague.",
        "ask": "The coaches' desk",
        "review_by": (now + timedelta(days=90)).date(),
        "created_at": now,
    }
    resource = Resource.objects.create(title=title, **(values | fields))
    resource.topics.set(topics)
    return resource


def make_pack(
    title: str = "Short video",
    *,
    topics: Sequence[Skill] | None = None,
    levels: Sequence[int] = (1,),
    **fields: Any,
) -> Pack:
    """Published, with a plan for each level; its task names the title and the level."""
    now = fields.pop("now", MADE_AT)
    values = {
        "facet": "tool",
        "state": "published",
        "summary": f"You can judge {title}.",
        "sources": "The adviser's own practice",
        "review_by": (now + timedelta(days=90)).date(),
        "created_at": now,
    }
    pack = Pack.objects.create(title=title, **(values | fields))
    pack.topics.set([make_skill(title)] if topics is None else topics)
    Plan.objects.bulk_create(
        Plan(pack=pack, level=level, steps=STEPS, task=f"Try {title} at level {level}.")
        for level in levels
    )
    return pack


def make_expert(pack: Pack, name: str = "Ines Kettle", level: int = 4) -> Person:
    """Somebody who offers the first topic of the pack."""
    person = make_person(name)
    Offer.objects.create(person=person, skill=pack.topics.all()[0], level=level)
    return person


def make_demand(programme: Programme, module: str = "listening", now: datetime = MADE_AT) -> Demand:
    return Demand.objects.create(programme=programme, module=module, created_at=now)


def finish(person: Person, slug: str = "listening", now: datetime = MADE_AT) -> Completion:
    module = next(one for one in modules() if one.slug == slug)
    by = actor_for_person(person)
    return complete_module(module=module, answered=module.numbers, by=by, now=now)
