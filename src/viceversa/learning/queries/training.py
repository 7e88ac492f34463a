"""Training: who finished what, what programmes ask for, and what is missing before two meet."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

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


def waiting_for(
    person_id: int | None, parts: Iterable[tuple[int, str, datetime | None]]
) -> list[Module]:
    """What keeps this person from a first half hour: parts are a programme, the side on which one
    is in it, and when the agreement was signed. Two queries, whatever there is."""
    parts = list(parts)
    demands = _demands(programme for programme, _side, _signed_at in parts)
    demanded = {
        slug
        for programme, side, signed_at in parts
        for slug in _asked(demands[programme], side, signed_at)
    }
    left = demanded - completed_by(person_id) if demanded else set()
    return [module for module in modules() if module.slug in left]


def missing_before_meeting(
    programme_id: int, people: Mapping[str, int], *, signed_at: datetime | None
) -> list[Missing]:
    """What the programme asks for and a person on that side has not finished; what it began to
    ask for after the two had signed is not asked of them. Empty, after one query, where the
    programme asks for nothing, as it does until somebody says otherwise."""
    demands = Demand.objects.filter(programme=programme_id)
    if signed_at is not None:
        demands = demands.filter(created_at__lte=signed_at)
    demanded = set(demands.values_list("module", flat=True))
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


def kept_apart(
    pairs: Iterable[tuple[int, int, Mapping[str, int], datetime | None]],
) -> set[int]:
    """Of these, given as a number of the caller's, a programme, the person on each side and when
    both signed: where a training comes before the next half hour. Two queries."""
    pairs = list(pairs)
    demands = _demands(pair[1] for pair in pairs)
    people = [person for pair in pairs if demands[pair[1]] for person in pair[2].values()]
    rows = Completion.objects.filter(person__in=people) if people else Completion.objects.none()
    done = set(rows.values_list("person_id", "module"))
    return {
        number
        for number, programme, sides, signed_at in pairs
        for side, person in sides.items()
        for slug in _asked(demands[programme], side, signed_at)
        if (person, slug) not in done
    }


def _demands(programmes: Iterable[int]) -> dict[int, list[Demand]]:
    """By programme, in one query."""
    found: dict[int, list[Demand]] = defaultdict(list)
    for row in Demand.objects.filter(programme__in=list(programmes)):
        found[row.programme_id].append(row)
    return found


def _asked(demands: Iterable[Demand], side: str, signed_at: datetime | None) -> list[str]:
    """Of somebody on this side: what was asked for by the day on which both had signed."""
    slugs = slugs_for(side)
    return [
        row.module
        for row in demands
        if row.module in slugs and (signed_at is None or row.created_at <= signed_at)
    ]
