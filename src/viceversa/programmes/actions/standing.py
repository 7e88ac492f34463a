"""Who coordinates a programme and who sponsors it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.notifications.actions import notify
from viceversa.people.models import Person
from viceversa.programmes import messages
from viceversa.programmes.models import Programme, Standing
from viceversa.programmes.permissions import check_can_coordinate, check_may_be_coordinator
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused

Role = Standing.Role


@transaction.atomic
def add_standing(
    *, programme: Programme, person: Person, role: str, by: Actor, now: datetime
) -> None:
    """Names a coordinator or a sponsor, and tells them."""
    check_can_coordinate(by, programme)
    if role not in Role.values:
        raise Refused(_("Choose coordinator or sponsor."), code="role")
    if not person.is_present:
        raise Refused(_("%(name)s has left the organisation.") % {"name": person.name}, code="left")
    if role == Role.COORDINATOR:
        check_may_be_coordinator(person)
    if Standing.objects.filter(programme=programme, person=person, role=role).exists():
        raise Refused(_("%(name)s is named already.") % {"name": person.name}, code="already")
    name_people(programme, [person], role, by=by, now=now)


def name_people(
    programme: Programme, people: Sequence[Person], role: str, *, by: Actor, now: datetime
) -> None:
    """Part of an action: writes, records and tells; the caller has checked."""
    Standing.objects.bulk_create(
        Standing(programme=programme, person=person, role=role) for person in people
    )
    for person in people:
        detail = {"person": person.pk, "role": str(role)}
        record(by=by, verb="programmes.standing.added", target=programme, detail=detail, now=now)
    others = [person for person in people if person.pk != by.person_id]
    notify(to=others, message=messages.Standing(programme=programme, role=role), now=now)


@transaction.atomic
def remove_standing(
    *, programme: Programme, person: Person, role: str, by: Actor, now: datetime
) -> None:
    """Never the last coordinator."""
    check_can_coordinate(by, programme)
    Programme.objects.select_for_update().get(pk=programme.pk)
    standings = Standing.objects.filter(programme=programme, role=role)
    mine = standings.filter(person=person)
    if not mine.exists():
        raise Refused(_("%(name)s is not named here.") % {"name": person.name}, code="unknown")
    if role == Role.COORDINATOR and standings.count() == 1:
        raise Refused(
            _("Name another coordinator first. A programme without one would belong to nobody."),
            code="last_coordinator",
        )
    mine.delete()
    detail = {"person": person.pk, "role": str(role)}
    record(by=by, verb="programmes.standing.removed", target=programme, detail=detail, now=now)
