from django.db.models import Q, QuerySet

from viceversa.programmes.models import Enrolment, Programme, Standing
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotFound


def coordinated_programmes(actor: Actor) -> QuerySet[Programme]:
    return Programme.objects.filter(
        standings__person_id=actor.person_id, standings__role=Standing.Role.COORDINATOR
    )


def visible_programmes(actor: Actor) -> QuerySet[Programme]:
    """Those one coordinates, sponsors or takes part in."""
    return Programme.objects.filter(
        Q(pk__in=Standing.objects.filter(person_id=actor.person_id).values("programme"))
        | Q(pk__in=Enrolment.objects.filter(person_id=actor.person_id).values("programme"))
    )


def programme_for(actor: Actor, slug: str) -> Programme:
    programme = visible_programmes(actor).filter(slug=slug).first()
    if programme is None:
        raise NotFound("There is no such programme, or it is not yours to see.")
    return programme


def coordinated_programme_for(actor: Actor, slug: str) -> Programme:
    programme = coordinated_programmes(actor).filter(slug=slug).first()
    if programme is None:
        raise NotFound("There is no such programme, or it is not yours to see.")
    return programme
