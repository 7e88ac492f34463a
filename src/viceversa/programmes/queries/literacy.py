"""Who could follow already: counts by level of the ladder, never names."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, Q

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
    """From the top of the ladder down; one grouped query, whatever the number of people. Grouped by
    the level's number, in which order an index holds everybody; sorted here."""
    able = Offer.objects.filter(
        skill__in=programme.skills.values("pk"), level__gte=programme.target_mastery
    )
    rows = (
        Person.objects.filter(left_on__isnull=True)
        .order_by()
        .values_list("level")
        .annotate(
            rank=Min("level__rank"),
            name=Min("level__name"),
            base=Count("pk"),
            able=Count("pk", filter=Q(pk__in=able.values("person"))),
        )
    )
    return [
        LevelLiteracy(name or "", count if base >= FEWEST else None, base)
        for _level, _rank, name, base, count in sorted(rows, key=_from_the_top)
    ]


def _from_the_top(row: tuple[Any, ...]) -> tuple[bool, int]:
    rank = row[1]
    return (rank is None, -(rank or 0))
