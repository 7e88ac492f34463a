"""Naming an assistant, and ending it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.meetings.messages.booking import AssistantEnded, AssistantNamed
from viceversa.meetings.models import Delegate
from viceversa.meetings.permissions.booking import check_can_end
from viceversa.meetings.queries.booker import are_partners, assistants_of_person
from viceversa.notifications.actions import notify
from viceversa.people.events import PeopleLeft, PersonLeft
from viceversa.people.models import Person
from viceversa.programmes.permissions import check_is_person
from viceversa.toolkit import clock
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused

MOST = 5


@transaction.atomic
def name_assistant(*, person: Person, by: Actor, now: datetime) -> Delegate:
    """By the principal alone: nobody makes themselves somebody's assistant."""
    check_is_person(by)
    principal = Person.objects.select_for_update(no_key=True).get(pk=by.person_id or 0)
    _check_fits(principal, person)
    delegate = Delegate.objects.create(principal=principal, person=person, named_at=now)
    detail = {"person": person.pk}
    record(by=by, verb="meetings.assistant_named", target=delegate, detail=detail, now=now)
    notify(to=[person], message=AssistantNamed(delegate=delegate), now=now)
    return delegate


def _check_fits(principal: Person, person: Person) -> None:
    if person.pk == principal.pk:
        raise Refused(_("You book for yourself already."), code="self")
    if not person.is_present:
        raise Refused(_("%(name)s has left.") % {"name": person.name}, code="left")
    if are_partners(principal, person):
        raise Refused(
            _("%(name)s is your partner. Name somebody who is not part of it.")
            % {"name": person.name},
            code="partner",
        )
    named = assistants_of_person(principal.pk)
    if any(row.person_id == person.pk for row in named):
        raise Refused(_("%(name)s books for you already.") % {"name": person.name}, code="named")
    if len(named) >= MOST:
        raise Refused(
            _("%(most)s assistants are the most. End one first.") % {"most": MOST}, code="most"
        )


@transaction.atomic
def end_assistant(*, delegate: Delegate, by: Actor, now: datetime) -> Delegate:
    """By either of the two; the other is told."""
    check_can_end(by, delegate)
    delegate = (
        Delegate.objects.select_for_update(of=("self",))
        .select_related("person", "principal")
        .get(pk=delegate.pk)
    )
    if delegate.ended_at is not None:
        raise Refused(_("This has ended already."), code="ended")
    delegate.ended_at = now
    delegate.save(update_fields=["ended_at"])
    record(by=by, verb="meetings.assistant_ended", target=delegate, now=now)
    others = [
        person for person in (delegate.principal, delegate.person) if person.pk != by.person_id
    ]
    notify(to=others, message=AssistantEnded(delegate=delegate), now=now)
    return delegate


def end_for_leaver(event: PersonLeft) -> None:
    _end_of({event.person.pk}, now=clock.now())


def end_for_leavers(event: PeopleLeft) -> None:
    _end_of(event.person_ids, now=clock.now())


def _end_of(person_ids: "frozenset[int] | set[int]", *, now: datetime) -> None:
    for field in ("person__in", "principal__in"):
        Delegate.objects.filter(ended_at=None, **{field: person_ids}).update(ended_at=now)
