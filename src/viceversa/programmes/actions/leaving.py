"""Stopping: by one's own wish, or because somebody left the organisation."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.people.events import PeopleLeft, PersonLeft
from viceversa.programmes.actions.moving import give_free_places
from viceversa.programmes.actions.telling import tell_coordinators
from viceversa.programmes.events import EnrolmentWithdrawn
from viceversa.programmes.messages import PeopleStopped
from viceversa.programmes.models import Enrolment, Programme
from viceversa.programmes.permissions import check_can_edit_part
from viceversa.programmes.rules.enrolment import ACTIVE
from viceversa.programmes.rules.lifecycle import people_may_leave
from viceversa.toolkit import clock
from viceversa.toolkit.actor import Actor, system
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.events import announce

State = Enrolment.State
CHUNK = 900


@transaction.atomic
def withdraw_enrolment(*, enrolment: Enrolment, by: Actor, now: datetime) -> Enrolment:
    """One's own wish; no reason is asked for and the coordinators are told the fact only."""
    check_can_edit_part(by, enrolment)
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",))
        .select_related("programme", "person")
        .get(pk=enrolment.pk)
    )
    if enrolment.state not in ACTIVE or not people_may_leave(enrolment.programme.state):
        raise Refused(_("You do not take part any more, so there is nothing to stop."), code="out")
    enrolment.state = State.WITHDRAWN
    enrolment.waiting_since = None
    enrolment.save(update_fields=["state", "waiting_since"])
    programme = enrolment.programme
    record(by=by, verb="programmes.enrolment.withdrawn", target=programme, now=now)
    message = PeopleStopped(programme=programme, number=1, name=enrolment.person.name)
    tell_coordinators(programme, message, by=by, now=now)
    announce(EnrolmentWithdrawn(enrolment=enrolment, by=by, now=now))
    give_free_places(programme, by=by, now=now)
    return enrolment


def withdraw_leaver(event: PersonLeft) -> None:
    withdraw_people(
        person_ids=[event.person.pk], by=system("somebody who left", via="job"), now=clock.now()
    )


def withdraw_leavers(event: PeopleLeft) -> None:
    withdraw_people(
        person_ids=event.person_ids, by=system("people who left", via="job"), now=clock.now()
    )


@transaction.atomic
def withdraw_people(*, person_ids: Collection[int], by: Actor, now: datetime) -> int:
    """Everyone of these, from every programme; returns how many enrolments ended."""
    by_programme: dict[Programme, list[Enrolment]] = defaultdict(list)
    for enrolment in _active_of(sorted(person_ids)):
        by_programme[enrolment.programme].append(enrolment)
    for programme, enrolments in by_programme.items():
        _withdraw_from(programme, enrolments, by=by, now=now)
    return sum(map(len, by_programme.values()))


def _active_of(person_ids: list[int]) -> list[Enrolment]:
    found: list[Enrolment] = []
    for start in range(0, len(person_ids), CHUNK):
        found += (
            Enrolment.objects.filter(person__in=person_ids[start : start + CHUNK], state__in=ACTIVE)
            .exclude(programme__state=Programme.State.ARCHIVED)
            .select_related("programme", "person")
        )
    return found


def _withdraw_from(
    programme: Programme, enrolments: list[Enrolment], *, by: Actor, now: datetime
) -> None:
    for enrolment in enrolments:
        enrolment.state = State.WITHDRAWN
        enrolment.waiting_since = None
    Enrolment.objects.bulk_update(enrolments, ["state", "waiting_since"], batch_size=200)
    detail = {"people": len(enrolments)}
    record(by=by, verb="programmes.people.left", target=programme, detail=detail, now=now)
    message = PeopleStopped(programme=programme, number=len(enrolments))
    tell_coordinators(programme, message, by=by, now=now)
    for enrolment in enrolments:
        announce(EnrolmentWithdrawn(enrolment=enrolment, by=by, now=now))
    give_free_places(programme, by=by, now=now)
