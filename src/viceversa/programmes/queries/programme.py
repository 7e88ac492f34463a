"""Which programmes there are for whom."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from viceversa.programmes.models import Enrolment, Programme, Standing
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotFound
from viceversa.toolkit.prepared import Row, as_object, columns_of, prepared

COLUMNS = columns_of(Programme)


def coordinated_programmes(actor: Actor) -> QuerySet[Programme]:
    return Programme.objects.filter(
        standings__person_id=actor.person_id or 0, standings__role=Standing.Role.COORDINATOR
    )


def visible_programmes(actor: Actor) -> QuerySet[Programme]:
    """Those one coordinates, sponsors or takes part in."""
    person = actor.person_id or 0
    return Programme.objects.filter(
        Q(pk__in=Standing.objects.filter(person_id=person).values("programme"))
        | Q(pk__in=Enrolment.objects.filter(person_id=person).values("programme"))
    )


def listed_programmes(actor: Actor, *, term: str = "", state: str = "") -> QuerySet[Programme]:
    """One's own programmes by name; archived ones only when asked for or searched."""
    programmes = visible_programmes(actor).order_by("name", "id")
    if term:
        programmes = programmes.filter(name__icontains=term)
    if state in Programme.State.values:
        return programmes.filter(state=state)
    return programmes if term else programmes.exclude(state=Programme.State.ARCHIVED)


def programme_for(actor: Actor, slug: str) -> Programme:
    return _the_one(_visible.first(actor.person_id or 0, slug))


def coordinated_programme_for(actor: Actor, slug: str) -> Programme:
    return _the_one(_coordinated.first(actor.person_id or 0, slug))


@prepared
def _visible(person: int, slug: str) -> QuerySet[Any, Any]:
    mine = visible_programmes(Actor(person_id=person, label=""))
    return mine.filter(slug=slug).order_by().values_list(*COLUMNS)


@prepared
def _coordinated(person: int, slug: str) -> QuerySet[Any, Any]:
    mine = coordinated_programmes(Actor(person_id=person, label=""))
    return mine.filter(slug=slug).order_by().values_list(*COLUMNS)


def _the_one(row: Row | None) -> Programme:
    if row is None:
        raise NotFound(_("There is no such programme, or it is not yours to see."))
    return as_object(Programme, COLUMNS, row)


def programme_by_link(key: str) -> Programme:
    """The programme behind an open link, as long as the link is switched on."""
    programme = Programme.objects.filter(open_link_key=key, open_link_enabled=True).first()
    if programme is None:
        raise NotFound(_("This link is no longer in use. Ask the coordinators for a new one."))
    return programme


def taken_slugs(base: str) -> list[str]:
    return list(Programme.objects.filter(slug__startswith=base).values_list("slug", flat=True))
