"""Topic packs: the list, one of them, and the one that fits two people."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from viceversa.learning.models import Pack, Plan
from viceversa.learning.rules.keeping import AHEAD
from viceversa.learning.rules.packs import levels_on_the_way, nearest_level
from viceversa.people.models import Offer, Person
from viceversa.people.models.skill import Mastery
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotFound

MOST_REVIEWERS = 50
State = Pack.State


def packs(
    actor: Actor, *, keeps: bool, words: str = "", facet: str = "", topic: int | None = None
) -> QuerySet[Pack]:
    """Published ones for everybody; those on their way for whoever works on them."""
    found = Pack.objects.exclude(state=State.RETIRED)
    if not keeps:
        found = found.filter(_readable(actor))
    if facet:
        found = found.filter(facet=facet)
    if topic is not None:
        found = found.filter(topics=topic)
    for word in words.casefold().split()[:6]:
        found = found.filter(search__contains=word)
    return found.prefetch_related("topics", "plans").order_by("title", "id")


def _readable(actor: Actor) -> Q:
    person = actor.person_id or 0
    return Q(state=State.PUBLISHED) | Q(reviewer=person, state__in=[State.IN_REVIEW, State.CHECKED])


def pack_for(actor: Actor, key: str, *, keeps: bool) -> Pack:
    found = Pack.objects.select_related("owner", "reviewer").prefetch_related("topics", "plans")
    pack = found.filter(key=key).filter(Q() if keeps else _readable(actor)).first()
    if pack is None:
        raise NotFound(_("There is no such topic pack, or it is not published yet."))
    return pack


def plan_at(pack: Pack, level: int) -> Plan | None:
    """The plan of this level or the nearest."""
    plans = {plan.level: plan for plan in pack.plans.all()}
    nearest = nearest_level(plans, level)
    return None if nearest is None else plans[nearest]


def current_packs(topics: Collection[int], *, today: date) -> QuerySet[Pack]:
    """Published, about one of these topics, not past the day it was to be reviewed by."""
    return Pack.objects.filter(
        topics__in=topics, state=State.PUBLISHED, review_by__gte=today
    ).distinct()


@dataclass(frozen=True)
class FittingPack:
    """What a half hour can borrow: the pack, and its plan on one level."""

    pack: Pack
    plan: Plan


def pack_for_topics(
    topics: Sequence[tuple[int, int]], *, number: int, today: date
) -> FittingPack | None:
    """What the half hour of this number can borrow. `topics` are pairs of a topic and the level
    wanted, in order; each pack is gone through from its easiest plan to that level, then comes
    the next. Nothing once all have been gone through. Three queries, whatever there is."""
    way = _way_through(topics, _by_topic([topic for topic, _level in topics], today))
    return way[number - 1] if 0 < number <= len(way) else None


def _by_topic(topics: Collection[int], today: date) -> dict[int, Pack]:
    found: dict[int, Pack] = {}
    if topics:
        packs = current_packs(topics, today=today).prefetch_related("topics", "plans")
        for pack in packs.order_by("-title", "-id"):
            found.update({topic.pk: pack for topic in pack.topics.all()})
    return found


def _way_through(topics: Sequence[tuple[int, int]], by_topic: dict[int, Pack]) -> list[FittingPack]:
    levels: dict[Pack, int] = {}
    for topic, level in topics:
        if topic in by_topic:
            levels.setdefault(by_topic[topic], level)
    way = []
    for pack, level in levels.items():
        plans = {plan.level: plan for plan in pack.plans.all()}
        way += [FittingPack(pack, plans[step]) for step in levels_on_the_way(plans, level)]
    return way


def possible_reviewers(pack: Pack) -> list[Person]:
    """Present people who offer one of its topics: as experts where the subject is risky. Never
    its owner."""
    least = Mastery.EXPERT if pack.is_risky else Mastery.STRONG
    offers = Offer.objects.filter(skill__in=pack.topics.all(), level__gte=least)
    people = Person.objects.filter(pk__in=offers.values("person"), left_on__isnull=True)
    return list(people.exclude(pk=pack.owner_id or 0).order_by("name", "id")[:MOST_REVIEWERS])


def packs_to_review(today: date) -> QuerySet[Pack]:
    return (
        Pack.objects.filter(state=State.PUBLISHED, review_by__lte=today + AHEAD)
        .select_related("owner")
        .order_by("review_by", "id")
    )


def packs_under_way() -> QuerySet[Pack]:
    return (
        Pack.objects.filter(state__in=[State.DRAFT, State.IN_REVIEW, State.CHECKED])
        .select_related("owner", "reviewer")
        .order_by("title", "id")
    )


def packs_waiting_for(actor: Actor) -> list[Pack]:
    """Those that this person was asked to check."""
    return list(Pack.objects.filter(reviewer=actor.person_id or 0, state=State.IN_REVIEW))
