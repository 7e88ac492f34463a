"""Resources: the list, one of them, and what is suggested."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from viceversa.learning.models import Resource
from viceversa.learning.rules.keeping import AHEAD
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotFound

SUGGESTED = 4
KINDS = [kind for kind in Resource.Kind.values if kind != Resource.Kind.ARTICLE]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody looks for in the library."""

    words: str = ""
    kind: str = ""
    topic: int | None = None
    retired: bool = False


def resources(wanted: Wanted) -> QuerySet[Resource]:
    found = Resource.objects.filter(retired_at__isnull=not wanted.retired)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.topic is not None:
        found = found.filter(topics=wanted.topic)
    for word in wanted.words.casefold().split()[:6]:
        found = found.filter(search__contains=word)
    return found.prefetch_related("topics").order_by("title", "id")


def resource_for(actor: Actor, key: str, *, keeps: bool) -> Resource:
    """Retired ones are there for those who keep the library."""
    found = Resource.objects.select_related("owner").prefetch_related("topics").filter(key=key)
    resource = found.first()
    if resource is None or (resource.retired_at is not None and not keeps):
        raise NotFound(_("There is no such page in the library. Look for it by its words."))
    return resource


def suggested(topics: Collection[int], *, today: date) -> list[Resource]:
    """About these topics, in use and not expired; an expired one is never suggested."""
    if not topics:
        return []
    found = Resource.objects.filter(
        topics__in=topics, retired_at__isnull=True, review_by__gte=today
    )
    return list(found.distinct().order_by("kind", "title", "id")[:SUGGESTED])


def resources_to_review(today: date) -> QuerySet[Resource]:
    return (
        Resource.objects.filter(retired_at__isnull=True, review_by__lte=today + AHEAD)
        .select_related("owner")
        .order_by("review_by", "id")
    )


def topics_in(kinds: Sequence[type[Resource]]) -> list[tuple[int, str]]:
    """Topics that are in use, for the filter."""
    found: dict[int, str] = {}
    for kind in kinds:
        rows = kind.objects.filter(topics__isnull=False).order_by()
        found.update(rows.values_list("topics__pk", "topics__name").distinct())
    return sorted(found.items(), key=lambda pair: pair[1])
