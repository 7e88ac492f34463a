"""Who takes part. Coordinators read name, unit, role and state; content is not even loaded."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from viceversa.people.queries.searching import named
from viceversa.programmes.models import Enrolment, Programme
from viceversa.programmes.rules.waiting import Waiting
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotFound
from viceversa.toolkit.prepared import as_object, columns_of, prepared

State = Enrolment.State
COLUMNS = columns_of(Enrolment)
PUBLIC = (
    "key",
    "programme_id",
    "state",
    "is_learner",
    "is_adviser",
    "demand",
    "capacity",
    "times_left_out",
    "part_confirmed_at",
    "created_at",
    "person__key",
    "person__external_id",
    "person__name",
    "person__title",
    "person__left_on",
    "person__unit__name",
    "person__level__name",
    "person__level__rank",
)
ORDERS = {
    "name": ("person__name", "id"),
    "-name": ("-person__name", "-id"),
    "newest": ("id",),
    "-newest": ("-id",),
    "waiting": ("-times_left_out", "waiting_since", "id"),
}


@dataclass(frozen=True, kw_only=True)
class Filters:
    term: str = ""
    role: str = ""
    state: str = ""
    confirmed: str = ""
    order: str = "name"


def participants(programme: Programme, filters: Filters) -> QuerySet[Enrolment]:
    rows = _public(programme).filter(named(filters.term, "person__"))
    if filters.role in ("learner", "adviser"):
        rows = rows.filter(**{f"is_{filters.role}": True})
    if filters.state in State.values:
        rows = rows.filter(state=filters.state)
    if filters.confirmed in ("yes", "no"):
        rows = rows.filter(part_confirmed_at__isnull=filters.confirmed == "no")
    return rows.order_by(*ORDERS.get(filters.order, ORDERS["name"]))


def _public(programme: Programme) -> QuerySet[Enrolment]:
    return (
        Enrolment.objects.filter(programme=programme)
        .select_related("person__unit", "person__level")
        .only(*PUBLIC)
    )


def enrolments_for_program(programme: Programme) -> QuerySet[Enrolment]:
    """For the API: the same public columns, by id."""
    return _public(programme).order_by("pk")


def enrolment_for(programme: Programme, key: str) -> Enrolment:
    enrolment = _public(programme).filter(key=key).first()
    if enrolment is None:
        raise NotFound(_("There is no such enrolment in this programme."))
    return enrolment


def enrolment_of(actor: Actor, programme: Programme) -> Enrolment | None:
    """One's own enrolment, with everything in it."""
    row = _mine.first(programme.pk, actor.person_id or 0)
    if row is None:
        return None
    enrolment = as_object(Enrolment, COLUMNS, row)
    enrolment.programme = programme
    return enrolment


@prepared
def _mine(programme: int, person: int) -> QuerySet[Any, Any]:
    mine = Enrolment.objects.filter(programme=programme, person=person)
    return mine.order_by().values_list(*COLUMNS)


def waiting_rows(programme: Programme) -> list[Waiting]:
    rows = Enrolment.objects.filter(programme=programme, state=State.WAITING).values_list(
        "id", "times_left_out", "waiting_since", "created_at"
    )
    return [
        Waiting(id=pk, times_left_out=left_out, since=since or created)
        for pk, left_out, since, created in rows
    ]
