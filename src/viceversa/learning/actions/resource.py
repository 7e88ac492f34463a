"""Adding to the library, changing, reviewing again and retiring."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.learning.actions.credit import check_credit, check_review_by
from viceversa.learning.models import Resource
from viceversa.learning.permissions import check_can_keep
from viceversa.learning.rules.keeping import nowhere_to_go
from viceversa.people.models import Person, Skill
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused


@dataclass(frozen=True, kw_only=True)
class ResourceText:
    """What a person says about a resource."""

    kind: str
    title: str
    words: str
    address: str = ""
    ask: str = ""
    language: str = "en"
    sources: str = ""
    has_interests: bool = False
    interests: str = ""


@transaction.atomic
def add_resource(
    *,
    text: ResourceText,
    topics: Sequence[Skill],
    owner: Person | None,
    review_by: date,
    by: Actor,
    now: datetime,
) -> Resource:
    """Reviewed today, by whoever adds it."""
    check_can_keep(by)
    _check(text)
    check_review_by(review_by, now.date())
    resource = Resource.objects.create(
        **asdict(text), owner=owner, review_by=review_by, reviewed_on=now.date(), created_at=now
    )
    resource.topics.set(topics)
    detail = {"kind": text.kind}
    record(by=by, verb="learning.resource.added", target=resource, detail=detail, now=now)
    return resource


@transaction.atomic
def change_resource(
    *,
    resource: Resource,
    text: ResourceText,
    topics: Sequence[Skill],
    owner: Person | None,
    review_by: date,
    by: Actor,
    now: datetime,
) -> Resource:
    check_can_keep(by)
    resource = _in_use(resource)
    _check(text)
    if review_by != resource.review_by:
        check_review_by(review_by, now.date())
    values = {**asdict(text), "owner": owner, "review_by": review_by}
    changed = [name for name, value in values.items() if getattr(resource, name) != value]
    for name, value in values.items():
        setattr(resource, name, value)
    resource.save()
    resource.topics.set(topics)
    detail = {"changed": changed}
    record(by=by, verb="learning.resource.changed", target=resource, detail=detail, now=now)
    return resource


@transaction.atomic
def review_resource(*, resource: Resource, review_by: date, by: Actor, now: datetime) -> Resource:
    """Somebody read it again and it is still right."""
    check_can_keep(by)
    resource = _in_use(resource)
    check_review_by(review_by, now.date())
    resource.reviewed_on, resource.review_by = now.date(), review_by
    resource.save(update_fields=["reviewed_on", "review_by"])
    detail = {"review_by": review_by}
    record(by=by, verb="learning.resource.reviewed", target=resource, detail=detail, now=now)
    return resource


@transaction.atomic
def retire_resource(*, resource: Resource, by: Actor, now: datetime) -> Resource:
    """It leaves the library; those who keep it still find it, and can bring it back."""
    check_can_keep(by)
    resource = _in_use(resource)
    resource.retired_at = now
    resource.save(update_fields=["retired_at"])
    record(by=by, verb="learning.resource.retired", target=resource, now=now)
    return resource


@transaction.atomic
def restore_resource(*, resource: Resource, by: Actor, now: datetime) -> Resource:
    check_can_keep(by)
    resource = Resource.objects.select_for_update().get(pk=resource.pk)
    if resource.retired_at is None:
        raise Refused(_("It is in use already."), code="in_use")
    resource.retired_at = None
    resource.save(update_fields=["retired_at"])
    record(by=by, verb="learning.resource.restored", target=resource, now=now)
    return resource


def _in_use(resource: Resource) -> Resource:
    resource = Resource.objects.select_for_update().get(pk=resource.pk)
    if resource.retired_at is not None:
        raise Refused(_("This is retired. Bring it back first."), code="retired")
    return resource


def _check(text: ResourceText) -> None:
    is_article = text.kind == Resource.Kind.ARTICLE
    check_credit(
        needs_sources=is_article,
        sources=text.sources,
        gains=text.has_interests,
        interests=text.interests,
    )
    if not is_article and nowhere_to_go(text.address, text.ask):
        raise Refused(_("Give an address, or say whom to ask."), code="nowhere")
