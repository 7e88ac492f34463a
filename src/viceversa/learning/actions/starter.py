"""Loads the packs and articles that come with the product, each once."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from viceversa.history.actions import record
from viceversa.learning.models import Pack, Plan, Resource
from viceversa.learning.permissions import check_can_keep
from viceversa.learning.rules.keeping import USUAL
from viceversa.learning.rules.starter import (
    StarterArticle,
    StarterPack,
    starter_articles,
    starter_packs,
)
from viceversa.people.models import Skill
from viceversa.toolkit.actor import Actor


@transaction.atomic
def load_starter(*, by: Actor, now: datetime) -> int:
    """What was loaded once is the organisation's: it is neither changed nor brought back. Packs on
    risky subjects stay drafts until an expert of the organisation has checked them."""
    check_can_keep(by)
    known = {*Pack.objects.values_list("origin", flat=True)}
    known |= {*Resource.objects.values_list("origin", flat=True)}
    skills = {skill.slug: skill for skill in Skill.objects.all()}
    new_packs = [one for one in starter_packs() if one.slug not in known]
    new_articles = [one for one in starter_articles() if one.slug not in known]
    for pack in new_packs:
        _store_pack(pack, skills, now)
    made = [_store_article(article, skills, now) for article in new_articles]
    count = len(new_packs) + len(made)
    if count:
        target = Pack.objects.filter(origin__isnull=False).first() or made[0]
        detail = {"texts": count}
        record(by=by, verb="learning.starter_loaded", target=target, detail=detail, now=now)
    return count


def _store_pack(source: StarterPack, skills: dict[str, Skill], now: datetime) -> None:
    pack = Pack.objects.create(
        origin=source.slug,
        title=source.title,
        facet=source.facet,
        state=Pack.State.DRAFT if source.is_risky else Pack.State.PUBLISHED,
        is_risky=source.is_risky,
        summary=source.summary,
        guard=source.guard,
        ideas=list(source.ideas),
        sources=source.sources,
        has_interests=bool(source.interests),
        interests=source.interests,
        review_by=(now + USUAL).date(),
        created_at=now,
    )
    pack.topics.set(_topics(source.topics, skills))
    Plan.objects.bulk_create(
        Plan(
            pack=pack,
            level=plan.level,
            steps=[[step.minutes, step.what] for step in plan.steps],
            task=plan.task,
        )
        for plan in source.plans
    )


def _store_article(source: StarterArticle, skills: dict[str, Skill], now: datetime) -> Resource:
    resource = Resource.objects.create(
        origin=source.slug,
        kind=Resource.Kind.ARTICLE,
        title=source.title,
        words=source.words,
        sources=source.sources,
        has_interests=bool(source.interests),
        interests=source.interests,
        review_by=(now + 2 * USUAL).date(),
        created_at=now,
    )
    resource.topics.set(_topics(source.topics, skills))
    return resource


def _topics(slugs: Iterable[str], skills: dict[str, Skill]) -> list[Skill]:
    return [skills[slug] for slug in slugs if slug in skills]
