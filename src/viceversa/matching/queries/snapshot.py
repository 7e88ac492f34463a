"""Gathers everything matching needs of a programme's people in a constant number of queries."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, ClassVar

from django.db.models import BigIntegerField, Exists, Func, OuterRef, Q, QuerySet, Subquery

from viceversa.partnerships.models import Partnership
from viceversa.partnerships.rules.lifecycle import OPEN
from viceversa.people.models import KeepApart, Person
from viceversa.programmes.models import Enrolment, EnrolmentOffer, EnrolmentWant, Programme


class _Lines(Func):
    """The ids of these people and of everybody above them, in one recursive query."""

    output_field: ClassVar[BigIntegerField[int, int]] = BigIntegerField()
    template = """(
        WITH RECURSIVE line(id) AS (
            SELECT id FROM people_person WHERE id IN %(expressions)s
            UNION
            SELECT person.manager_id FROM people_person person JOIN line ON person.id = line.id
            WHERE person.manager_id IS NOT NULL
        )
        SELECT id FROM line
    )"""


@dataclass
class Partners:
    """Pairs of ids: partners before, partners now or declined; places taken per enrolment.

    `held`: learner, adviser, the adviser's stage and unit, for partners now.
    """

    past: set[tuple[str, str]] = field(default_factory=set)
    taken: set[tuple[str, str]] = field(default_factory=set)
    held: set[tuple[str, str, str, str]] = field(default_factory=set)
    learning: Counter[int] = field(default_factory=Counter)
    advising: Counter[int] = field(default_factory=Counter)


def snapshot_of(
    programme: Programme, *, on: date, only: Collection[int] | None = None
) -> dict[str, Any]:
    """Six queries, whatever the number of people. The keys are those of `rules.snapshot`.

    `only` limits it to some enrolments of the programme, for a short list.
    """
    people = enrolled(programme) if only is None else enrolled(programme).filter(pk__in=only)
    wants, offers, partners = _wants(people), _offers(people), _partners(programme, people)
    return {
        "date": on.isoformat(),
        "people": [
            _person(row, wants[row.pk], offers[row.pk], partners)
            for row in people.select_related("person__level", "person__unit", "person__place")
        ],
        "managers": _managers(people),
        "apart": _apart(people),
        "past": _pairs(partners.past),
        "taken": _pairs(partners.taken),
        "held": sorted(map(list, partners.held)),
    }


def enrolled(programme: Programme) -> QuerySet[Enrolment]:
    """Those whom matching looks at: enrolled, and still in the organisation."""
    return Enrolment.objects.filter(
        programme=programme, state=Enrolment.State.ENROLLED, person__left_on__isnull=True
    ).order_by("pk")


def _person(
    enrolment: Enrolment,
    wants: list[list[Any]],
    offers: dict[str, int],
    partners: Partners,
) -> dict[str, Any]:
    person = enrolment.person
    demand = max(enrolment.demand - partners.learning[enrolment.pk], 0)
    capacity = max(enrolment.capacity - partners.advising[enrolment.pk], 0)
    learns = ["learner"] if enrolment.is_learner and demand else []
    advises = ["adviser"] if enrolment.is_adviser and capacity else []
    return {
        "id": person.external_id,
        "enrolment": enrolment.pk,
        "name": person.name,
        "roles": learns + advises,
        "rank": person.level.rank if person.level else None,
        "stage": person.level.name if person.level else "",
        "unit": person.unit.name if person.unit else "",
        "place": person.place.name if person.place else "",
        "time_zone": person.time_zone,
        "hours": [_hour(enrolment.hours_from), _hour(enrolment.hours_to)],
        "languages": sorted(enrolment.languages or person.languages),
        "demand": demand,
        "capacity": capacity,
        "wants": wants,
        "offers": offers,
        "goals": " ".join(filter(None, (enrolment.goals, enrolment.value_statement))),
        "left_out": enrolment.times_left_out,
    }


def _hour(moment: time) -> float:
    return moment.hour + moment.minute / 60


def _wants(people: QuerySet[Enrolment]) -> defaultdict[int, list[list[Any]]]:
    found: defaultdict[int, list[list[Any]]] = defaultdict(list)
    rows = EnrolmentWant.objects.filter(enrolment__in=people.order_by()).order_by("priority", "id")
    for enrolment, *want in rows.values_list("enrolment", "skill__name", "target", "priority"):
        found[enrolment].append(want)
    return found


def _offers(people: QuerySet[Enrolment]) -> defaultdict[int, dict[str, int]]:
    found: defaultdict[int, dict[str, int]] = defaultdict(dict)
    rows = EnrolmentOffer.objects.filter(enrolment__in=people.order_by())
    for enrolment, skill, level in rows.values_list("enrolment", "skill__name", "level"):
        found[enrolment][skill] = level
    return found


def _managers(people: QuerySet[Enrolment]) -> list[list[str]]:
    """[person, manager] for everyone here and everyone above them."""
    everyone = _Lines(Subquery(people.order_by().values("person_id")))
    rows = Person.objects.filter(pk__in=everyone, manager__isnull=False).order_by()
    return _pairs(rows.values_list("external_id", "manager__external_id"))


def _apart(people: QuerySet[Enrolment]) -> list[list[str]]:
    """The second is looked up row by row: SQLite would try every pair of two lists."""
    here = people.order_by()
    rows = KeepApart.objects.filter(
        Exists(here.filter(person=OuterRef("other"))), one__in=here.values("person")
    )
    return _pairs(rows.values_list("one__external_id", "other__external_id"))


def _partners(programme: Programme, people: QuerySet[Enrolment]) -> Partners:
    """Who worked together anywhere, and who does now or was refused in this programme."""
    ids, persons = people.order_by(), people.order_by().values("person")
    rows = Partnership.objects.filter(
        Q(learner__in=ids)
        | Q(adviser__in=ids)
        | Q(learner__person__in=persons, adviser__person__in=persons)
    ).exclude(state=Partnership.State.WITHDRAWN)
    found = Partners()
    for programme_id, state, learner, adviser, *pair in rows.order_by().values_list(
        "programme",
        "state",
        "learner",
        "adviser",
        "learner__person__external_id",
        "adviser__person__external_id",
        "adviser__person__level__name",
        "adviser__person__unit__name",
    ):
        here, is_open = programme_id == programme.pk, state in OPEN
        if here and is_open:
            found.learning[learner] += 1
            found.advising[adviser] += 1
            found.held.add((pair[0], pair[1], pair[2] or "", pair[3] or ""))
        if here and (is_open or state == Partnership.State.DECLINED):
            found.taken.add((pair[0], pair[1]))
        elif is_open or state == Partnership.State.ENDED:
            found.past.add((pair[0], pair[1]))
    return found


def _pairs(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    return sorted([one, other] for one, other in set(pairs))
