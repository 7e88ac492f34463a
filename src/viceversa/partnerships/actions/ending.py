"""Partnerships end without fault when one of the two leaves, or no longer takes part."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from viceversa.notifications.actions import notify_many
from viceversa.partnerships.actions.moving import move, turn_key
from viceversa.partnerships.messages import PartnerGone
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.rules import lifecycle
from viceversa.people.events import PeopleLeft, PersonLeft
from viceversa.programmes.events import EnrolmentWithdrawn
from viceversa.programmes.models import Programme
from viceversa.toolkit import clock
from viceversa.toolkit.actor import Actor, system


def end_for_leavers(event: PeopleLeft) -> None:
    end_partnerships_of(
        person_ids=event.person_ids, by=system("people who left", via="job"), now=clock.now()
    )


def end_for_leaver(event: PersonLeft) -> None:
    end_partnerships_of(
        person_ids=frozenset({event.person.pk}),
        by=system("somebody who left", via="job"),
        now=clock.now(),
    )


def end_for_withdrawn(event: EnrolmentWithdrawn) -> None:
    enrolment = event.enrolment
    end_partnerships_of(
        person_ids=frozenset({enrolment.person_id}),
        programme=enrolment.programme,
        by=event.by,
        now=event.now,
    )


@transaction.atomic
def end_partnerships_of(
    *,
    person_ids: frozenset[int],
    programme: Programme | None = None,
    by: Actor,
    now: datetime,
) -> int:
    """Ends what is open, everywhere or in one programme; whoever stays is told. Nobody is at
    fault, and nothing more is said about why."""
    partnerships = _open_with(person_ids, programme)
    if not partnerships:
        return 0
    for partnership in partnerships:
        partnership.needs_new_partner = partnership.state in lifecycle.LIVE
        partnership.ended_at, partnership.next_at = now, None
        turn_key(partnership, by=by, now=now)
        ended = Partnership.State.ENDED
        move(partnership, ended, verb="partnerships.ended", by=by, now=now)
    notify_many(
        [
            (enrolment.person, PartnerGone(partnership=partnership))
            for partnership in partnerships
            for enrolment in (partnership.learner, partnership.adviser)
            if enrolment.person_id not in person_ids
        ],
        now=now,
    )
    return len(partnerships)


def _open_with(person_ids: frozenset[int], programme: Programme | None) -> list[Partnership]:
    found = Partnership.objects.select_for_update(of=("self",)).filter(
        Q(learner__person__in=person_ids) | Q(adviser__person__in=person_ids),
        state__in=lifecycle.OPEN,
    )
    if programme is not None:
        found = found.filter(programme=programme)
    return list(
        found.select_related("programme", "learner__person", "adviser__person", "ring").order_by(
            "pk"
        )
    )
