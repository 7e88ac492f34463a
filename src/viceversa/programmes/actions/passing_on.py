"""The place of somebody who has gone silent goes to whoever waits."""

from datetime import datetime

from viceversa.history.actions import record
from viceversa.people.models import Person
from viceversa.programmes.actions.places import locked_places
from viceversa.programmes.actions.telling import tell
from viceversa.programmes.messages import OnWaitingList, PlaceFree
from viceversa.programmes.models import Enrolment
from viceversa.programmes.rules import lifecycle
from viceversa.toolkit.actor import Actor

State = Enrolment.State


def pass_place_on(enrolment: Enrolment, *, role: str, by: Actor, now: datetime) -> Person | None:
    """Part of an action. The first who waits for the same role is enrolled, and the silent one
    waits from now on; None, and nothing changes, when nobody waits or nobody can be added."""
    programme, _places = locked_places(enrolment.programme)
    if not lifecycle.coordinators_may_add(programme.state):
        return None
    first = (
        Enrolment.objects.select_for_update(of=("self",))
        .filter(programme=programme, state=State.WAITING, **{f"is_{role}": True})
        .exclude(pk=enrolment.pk)
        .select_related("person")
        .order_by("-times_left_out", "waiting_since", "id")
        .first()
    )
    if first is None:
        return None
    first.state, first.waiting_since = State.ENROLLED, None
    enrolment.state, enrolment.waiting_since = State.WAITING, now
    Enrolment.objects.bulk_update([first, enrolment], ["state", "waiting_since"])
    record(by=by, verb="programmes.place.passed_on", target=programme, now=now)
    tell([first.person], PlaceFree(programme=programme), now=now)
    tell([enrolment.person], OnWaitingList(programme=programme), now=now)
    return first.person
