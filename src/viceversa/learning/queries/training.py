"""Training: who finished what, what programmes ask for, and what is missing before two meet."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q

from viceversa.learning.models import Completion, Demand
from viceversa.learning.rules.modules import Module, modules, slugs_for
from viceversa.programmes.models import Enrolment, Programme
from viceversa.toolkit.actor import Actor


def completed_by(person_id: int | None) -> set[str]:
    rows = Completion.objects.filter(person_id=person_id or 0)
    return set(rows.values_list("module", flat=True))


def demanded_in(programme: Programme) -> set[str]:
    return set(Demand.objects.filter(programme=programme).values_list("module", flat=True))


def demanded_of(actor: Actor) -> set[str]:
    """By any programme in which this person takes part, for a side that is theirs."""
    mine = Enrolment.objects.filter(
        person_id=actor.person_id or 0, state=Enrolment.State.ENROLLED
    ).exclude(programme__state=Programme.State.ARCHIVED)
    asked: set[str] = set()
    for side in ("learner", "adviser"):
        programmes = mine.filter(Q(**{f"is_{side}": True})).values("programme")
        rows = Demand.objects.filter(programme__in=programmes, module__in=slugs_for(side))
        asked |= set(rows.values_list("module", flat=True))
    return asked


@dataclass(frozen=True)
class Missing:
    side: str
    person_id: int
    module: Module


def missing_before_meeting(programme_id: int, people: Mapping[str, int]) -> list[Missing]:
    """What the programme asks for and a person on that side has not finished. Empty, after one
    query, where the programme asks for nothing, as it does until somebody says otherwise."""
    demanded = set(Demand.objects.filter(programme=programme_id).values_list("module", flat=True))
    if not demanded:
        return []
    done = set(
        Completion.objects.filter(person__in=people.values(), module__in=demanded).values_list(
            "person_id", "module"
        )
    )
    return [
        Missing(side, person, module)
        for side, person in people.items()
        for module in modules()
        if module.slug in demanded and side in module.sides and (person, module.slug) not in done
    ]
