from django.db.models import Q, QuerySet

from viceversa.partnerships.models import Partnership
from viceversa.programmes.queries import coordinated_programmes
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotFound


def _with_people() -> QuerySet[Partnership]:
    return Partnership.objects.select_related(
        "programme", "learner__person__level", "adviser__person__level"
    )


def partnerships_of(actor: Actor) -> QuerySet[Partnership]:
    """Those in which the person takes part."""
    return _with_people().filter(
        Q(learner__person_id=actor.person_id) | Q(adviser__person_id=actor.person_id)
    )


def visible_to(actor: Actor) -> QuerySet[Partnership]:
    """One's own, and those of the programmes one coordinates."""
    return _with_people().filter(
        Q(learner__person_id=actor.person_id)
        | Q(adviser__person_id=actor.person_id)
        | Q(programme__in=coordinated_programmes(actor))
    )


def partnership_for(actor: Actor, key: str) -> Partnership:
    partnership = visible_to(actor).filter(key=key).first()
    if partnership is None:
        raise NotFound("There is no such partnership, or it is not yours to see.")
    return partnership
