"""Tips of one programme, as one member of it sees them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from viceversa.community.models import Thank, Tip
from viceversa.community.queries.member import Member
from viceversa.community.rules.texts import words_of
from viceversa.people.models import Skill
from viceversa.toolkit.errors import NotFound


@dataclass(frozen=True)
class Filters:
    words: str = ""
    stream: str = ""
    topic: str = ""


@dataclass(frozen=True)
class Shown:
    """One tip for one reader. How often it was thanked for is told to its author alone."""

    tip: Tip
    is_mine: bool
    i_thanked: bool
    thanks: int


def tips_for(member: Member, filters: Filters | None = None) -> QuerySet[Tip]:
    """Newest first; hidden ones for their authors and the coordinators only."""
    filters = filters or Filters()
    tips = Tip.objects.filter(programme=member.programme).select_related("author", "topic")
    if not member.is_coordinator:
        tips = tips.filter(Q(hidden_at__isnull=True) | Q(author=member.person_id))
    if filters.stream in Tip.Stream.values:
        tips = tips.filter(stream=filters.stream)
    if filters.topic:
        tips = tips.filter(topic__slug=filters.topic)
    for word in words_of(filters.words):
        tips = tips.filter(search__contains=word)
    return tips.order_by("-id")


def tip_for(member: Member, key: str) -> Tip:
    tip = tips_for(member).filter(key=key).first()
    if tip is None:
        raise NotFound(_("There is no such tip, or it is not yours to see."))
    return tip


def topics_in(member: Member) -> list[Skill]:
    """What one can filter by: topics that a tip of this programme has."""
    used = Tip.objects.filter(programme=member.programme, topic__isnull=False).values("topic")
    return list(Skill.objects.filter(pk__in=used).order_by("name"))


def shown(member: Member, tips: Sequence[Tip]) -> list[Shown]:
    """Two queries for any number of tips."""
    ids = [tip.pk for tip in tips]
    mine = [tip.pk for tip in tips if tip.author_id == member.person_id]
    thanked = set(
        Thank.objects.filter(tip__in=ids, person=member.person_id).values_list("tip", flat=True)
    )
    counts = dict(
        Thank.objects.filter(tip__in=mine).order_by().values_list("tip").annotate(n=Count("pk"))
    )
    return [
        Shown(tip, tip.author_id == member.person_id, tip.pk in thanked, counts.get(tip.pk, 0))
        for tip in tips
    ]
