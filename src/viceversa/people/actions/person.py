"""People added, changed, gone and come back, by hand."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.people.actions.changing import lock_directory
from viceversa.people.events import PeopleCameBack, PersonLeft, ReportingLinesChanged
from viceversa.people.models import Level, Person, Place, Unit
from viceversa.people.permissions import check_can_manage_directory
from viceversa.people.queries.lines import managers_above
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.events import announce


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the directory says about one person. Units and places are made when they are new."""

    external_id: str
    name: str
    email: str = ""
    title: str = ""
    level: Level | None = None
    unit: str = ""
    place: str = ""
    time_zone: str = "UTC"
    languages: list[str] = field(default_factory=list)
    manager: Person | None = None
    hired_on: date | None = None


@transaction.atomic
def add_person(*, facts: Facts, by: Actor, now: datetime) -> Person:
    check_can_manage_directory(by)
    lock_directory()
    person = Person(by_hand=True)
    _check_free(person, facts)
    _write(person, facts)
    record(by=by, verb="people.person.added", target=person, now=now)
    if facts.manager is not None:
        announce(ReportingLinesChanged(person_ids=frozenset({person.pk})))
    return person


@transaction.atomic
def edit_person(*, person: Person, facts: Facts, by: Actor, now: datetime) -> Person:
    check_can_manage_directory(by)
    lock_directory()
    person = Person.objects.select_for_update().get(pk=person.pk)
    _check_free(person, facts)
    _check_manager(person, facts.manager)
    before = _values(person)
    _write(person, facts)
    changed = sorted(name for name, value in _values(person).items() if value != before[name])
    if not changed:
        return person
    record(by=by, verb="people.person.changed", target=person, detail={"fields": changed}, now=now)
    if "manager_id" in changed:
        announce(ReportingLinesChanged(person_ids=frozenset({person.pk})))
    return person


@transaction.atomic
def mark_left(*, person: Person, on: date, by: Actor, now: datetime) -> Person:
    """Ends sessions and partnerships through those who react to `PersonLeft`."""
    check_can_manage_directory(by)
    lock_directory()
    person = Person.objects.select_for_update().get(pk=person.pk)
    if not person.is_present:
        raise Refused(
            _("%(name)s is already marked as left.") % {"name": person.name}, code="already_left"
        )
    if on > now.date():
        raise Refused(
            _("The leaving date is in the future. Mark the person on that day."), code="in_future"
        )
    person.left_on = on
    person.save(update_fields=["left_on"])
    record(by=by, verb="people.person.left", target=person, now=now)
    announce(PersonLeft(person=person))
    return person


@transaction.atomic
def mark_back(*, person: Person, by: Actor, now: datetime) -> Person:
    check_can_manage_directory(by)
    lock_directory()
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.is_present:
        raise Refused(_("%(name)s has not left.") % {"name": person.name}, code="not_left")
    person.left_on = None
    person.save(update_fields=["left_on"])
    record(by=by, verb="people.person.came_back", target=person, now=now)
    announce(PeopleCameBack(person_ids=frozenset({person.pk})))
    return person


def _check_free(person: Person, facts: Facts) -> None:
    others = Person.objects.exclude(pk=person.pk)
    taken = others.filter(external_id=facts.external_id).first()
    if taken is not None:
        raise Refused(
            _("%(name)s already has the number %(number)s.")
            % {"name": taken.name, "number": facts.external_id},
            code="external_id",
        )
    taken = others.filter(email__iexact=facts.email).first() if facts.email else None
    if taken is not None:
        raise Refused(
            _("%(name)s already has the address %(email)s.")
            % {"name": taken.name, "email": facts.email},
            code="email",
        )


def _check_manager(person: Person, manager: Person | None) -> None:
    if manager is None or manager.pk == person.manager_id:
        return
    if manager.pk == person.pk:
        raise Refused(
            _("%(name)s cannot be their own manager.") % {"name": person.name}, code="manager"
        )
    if person in managers_above(manager):
        raise Refused(
            _(
                "%(manager)s reports to %(name)s, directly or through others, so "
                "%(name)s cannot report to %(manager)s. Change the other line first."
            )
            % {"manager": manager.name, "name": person.name},
            code="manager",
        )


def _values(person: Person) -> dict[str, Any]:
    names = (
        *("external_id", "name", "email", "title", "level_id", "unit_id", "place_id"),
        *("time_zone", "languages", "manager_id", "hired_on"),
    )
    return {name: getattr(person, name) for name in names}


def _write(person: Person, facts: Facts) -> None:
    person.external_id = facts.external_id
    person.name = facts.name
    person.email = facts.email.lower() or None
    person.title = facts.title
    person.level = facts.level
    person.unit = Unit.objects.get_or_create(name=facts.unit)[0] if facts.unit else None
    person.place = Place.objects.get_or_create(name=facts.place)[0] if facts.place else None
    person.time_zone = facts.time_zone
    person.languages = facts.languages
    person.manager = facts.manager
    person.hired_on = facts.hired_on
    person.save()
