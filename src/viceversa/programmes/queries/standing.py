"""Who runs a programme, and who stands behind it."""

from django.db.models import QuerySet

from viceversa.accounts.models import Role, RoleGrant
from viceversa.people.models import Person
from viceversa.programmes.models import Programme, Standing
from viceversa.toolkit.actor import Actor


def coordinators_of(programme: Programme) -> QuerySet[Person]:
    return _with_role(programme, Standing.Role.COORDINATOR)


def sponsors_of(programme: Programme) -> QuerySet[Person]:
    return _with_role(programme, Standing.Role.SPONSOR)


def _with_role(programme: Programme, role: str) -> QuerySet[Person]:
    ids = Standing.objects.filter(programme=programme, role=role).values("person")
    return Person.objects.filter(pk__in=ids).select_related("unit", "level").order_by("name", "id")


def standing_roles(actor: Actor, programme: Programme) -> frozenset[str]:
    return frozenset(
        Standing.objects.filter(programme=programme, person_id=actor.person_id or 0).values_list(
            "role", flat=True
        )
    )


def is_safeguarding_contact(person: Person) -> bool:
    return RoleGrant.objects.filter(user__person=person, role=Role.SAFEGUARDING_CONTACT).exists()
