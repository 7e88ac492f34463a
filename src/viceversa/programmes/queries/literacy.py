"""Who could follow already: counts by level of the ladder, never names."""

from dataclasses import dataclass

from django.db.models import Count, F, Q

from viceversa.people.models import Offer, Person
from viceversa.programmes.models import Programme

FEWEST = 5


@dataclass(frozen=True)
class LevelLiteracy:
    """`people` offer one of the topics at the aim or above, of `base` people present.

    Below five people `people` is None: what is not shown is not handed out either.
    `level` is empty for people without one.
    """

    level: str
    people: int | None
    base: int


def literacy_by_level(programme: Programme) -> list[LevelLiteracy]:
    """From the top of the ladder down; one grouped query, whatever the number of people."""
    able = Offer.objects.filter(
        skill__in=programme.skills.values("pk"), level__gte=programme.target_mastery
    )
    rows = (
        Person.objects.filter(left_on__isnull=True)
        .order_by(F("level__rank").desc(nulls_last=True))
        .values_list("level__rank", "level__name")
        .annotate(base=Count("pk"), able=Count("pk", filter=Q(pk__in=able.values("person"))))
    )
    return [
        LevelLiteracy(name or "", count if base >= FEWEST else None, base)
        for _rank, name, base, count in rows
    ]
