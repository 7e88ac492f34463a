"""A learner's several advisers side by side: their stages, their fields, what each helps with."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from viceversa.partnerships import rules
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.queries import partnerships_of
from viceversa.partnerships.rules.lifecycle import LIVE
from viceversa.people.models import Skill
from viceversa.programmes.models import EnrolmentOffer, EnrolmentWant, Programme
from viceversa.toolkit.actor import Actor

MOST = 30


@dataclass(frozen=True)
class Line:
    partnership: Partnership
    helps_with: list[str]
    is_other_field: bool


@dataclass(frozen=True)
class Portfolio:
    programme: Programme
    lines: list[Line]

    @property
    def stages(self) -> int:
        return len({line.partnership.adviser.person.level_id for line in self.lines})

    @property
    def has_other_field(self) -> bool:
        return any(line.is_other_field for line in self.lines)


def portfolios_of(actor: Actor) -> list[Portfolio]:
    """One for each programme in which one has two advisers or more. Four queries."""
    mine: dict[int, list[Partnership]] = defaultdict(list)
    live = partnerships_of(actor).filter(learner__person=actor.person_id, state__in=LIVE)
    for partnership in live.order_by("id")[:MOST]:
        mine[partnership.programme_id].append(partnership)
    several = [rows for rows in mine.values() if len(rows) > 1]
    helps = _helps_with(row for rows in several for row in rows)
    return [
        Portfolio(rows[0].programme, [_line(row, helps[row.pk]) for row in rows])
        for rows in several
    ]


def _line(row: Partnership, helps_with: list[str]) -> Line:
    is_other = row.adviser.person.unit_id != row.learner.person.unit_id
    return Line(row, helps_with, is_other)


def _helps_with(rows: Iterable[Partnership]) -> dict[int, list[str]]:
    rows = list(rows)
    wants: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for enrolment, skill, priority in EnrolmentWant.objects.filter(
        enrolment__in=[row.learner_id for row in rows]
    ).values_list("enrolment", "skill", "priority"):
        wants[enrolment].append((skill, priority))
    offers: dict[int, dict[int, int]] = defaultdict(dict)
    for enrolment, skill, level in EnrolmentOffer.objects.filter(
        enrolment__in=[row.adviser_id for row in rows]
    ).values_list("enrolment", "skill", "level"):
        offers[enrolment][skill] = level
    shared = {
        row.pk: rules.what_the_other_gives(wants[row.learner_id], offers[row.adviser_id])
        for row in rows
    }
    names = Skill.objects.in_bulk({skill for skills in shared.values() for skill in skills})
    return {pk: [names[skill].name for skill in skills] for pk, skills in shared.items()}
