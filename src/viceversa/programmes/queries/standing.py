"""Who runs a programme, and who stands behind it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from viceversa.accounts.models import Role, RoleGrant
from viceversa.people.models import Person
from viceversa.programmes.models import Programme, Standing
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.prepared import prepared


def coordinators_of(programme: Programme) -> QuerySet[Person]:
    return _with_role(programme, Standing.Role.COORDINATOR)


def sponsors_of(programme: Programme) -> QuerySet[Person]:
    return _with_role(programme, Standing.Role.SPONSOR)


def _with_role(programme: Programme, role: str) -> QuerySet[Person]:
    ids = Standing.objects.filter(programme=programme, role=role).values("person")
    return Person.objects.filter(pk__in=ids).select_related("unit", "level").order_by("name", "id")


@dataclass(frozen=True, slots=True)
class Runner:
    """Somebody who coordinates or sponsors a programme, as a list of names shows them."""

    role: str
    person_id: int
    name: str
    title: str


def people_who_run(programme: Programme) -> list[Runner]:
    """Coordinators and sponsors by name; a programme has a handful."""
    return [Runner(*row) for row in _runners(programme.pk)]


@prepared
def _runners(programme: int) -> QuerySet[Any, Any]:
    found = Standing.objects.filter(programme=programme).order_by("person__name", "person_id")
    return found.values_list("role", "person_id", "person__name", "person__title")


def standing_roles(actor: Actor, programme: Programme) -> frozenset[str]:
    return frozenset(role for (role,) in _roles(actor.person_id or 0, programme.pk))


@prepared
def _roles(person: int, programme: int) -> QuerySet[Any, Any]:
    return Standing.objects.filter(programme=programme, person=person).values_list("role")


def is_safeguarding_contact(person: Person) -> bool:
    return RoleGrant.objects.filter(user__person=person, role=Role.SAFEGUARDING_CONTACT).exists()
