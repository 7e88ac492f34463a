"""Coordinators change the state of many; free places go to those who wait."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from viceversa.history.actions import record
from viceversa.people.models import Person
from viceversa.programmes.actions.places import Places, locked_places
from viceversa.programmes.actions.telling import tell
from viceversa.programmes.events import EnrolmentWithdrawn
from viceversa.programmes.messages import Enrolled, Invited, OnWaitingList, PlaceFree, TakenOut
from viceversa.programmes.models import Enrolment, Programme
from viceversa.programmes.permissions import check_can_coordinate
from viceversa.programmes.queries import waiting_rows
from viceversa.programmes.rules import lifecycle, waiting
from viceversa.programmes.rules.enrolment import HOLDS_A_PLACE, coordinator_may_move
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.events import announce

State = Enrolment.State
MOST_AT_ONCE = 500
TOLD = {
    State.INVITED: Invited,
    State.ENROLLED: Enrolled,
    State.WAITING: OnWaitingList,
    State.WITHDRAWN: TakenOut,
}


@transaction.atomic
def move_enrolments(
    *, programme: Programme, keys: Sequence[str], to: str, by: Actor, now: datetime
) -> int:
    """All of them or none: one that cannot be moved is named and nothing is changed."""
    check_can_coordinate(by, programme)
    programme, places = locked_places(programme)
    enrolments = _chosen(programme, keys)
    for enrolment in enrolments:
        _check_may_move(programme, enrolment, to)
    if to in HOLDS_A_PLACE:
        _check_places(places, [e for e in enrolments if e.state not in HOLDS_A_PLACE])
    _write(enrolments, to, now=now)
    detail = {"to": to, "people": len(enrolments)}
    record(by=by, verb="programmes.enrolments.moved", target=programme, detail=detail, now=now)
    people = [enrolment.person for enrolment in enrolments]
    tell(people, TOLD[State(to)](programme=programme), now=now)
    if to == State.WITHDRAWN:
        for enrolment in enrolments:
            announce(EnrolmentWithdrawn(enrolment=enrolment, by=by, now=now))
        give_free_places(programme, by=by, now=now)
    return len(enrolments)


def _chosen(programme: Programme, keys: Sequence[str]) -> list[Enrolment]:
    if not keys:
        raise Refused(_("Choose somebody first."), code="nobody")
    if len(keys) > MOST_AT_ONCE:
        raise Refused(
            _("Choose at most %(most)s people at once.") % {"most": MOST_AT_ONCE}, code="too_many"
        )
    found = list(
        Enrolment.objects.select_for_update(of=("self",))
        .filter(programme=programme, key__in=keys)
        .select_related("person", "programme")
        .order_by("pk")
    )
    if len(found) != len(set(keys)):
        raise Refused(_("Somebody on your list is not in this programme. Reload it."), code="gone")
    return found


def _check_may_move(programme: Programme, enrolment: Enrolment, to: str) -> None:
    if to != State.WITHDRAWN and not lifecycle.coordinators_may_add(programme.state):
        raise Refused(
            _("This programme is %(state)s; nobody can be added now.")
            % {"state": programme.get_state_display().lower()},
            code="not_open",
        )
    if not coordinator_may_move(enrolment.state, to):
        raise Refused(
            _("%(name)s is “%(state)s” and cannot become “%(to)s”. Nothing was changed.")
            % {
                "name": enrolment.person.name,
                "state": enrolment.get_state_display().lower(),
                "to": dict(State.choices).get(to, to).lower(),
            },
            code="not_next",
        )
    if not enrolment.person.is_present and to != State.WITHDRAWN:
        raise Refused(
            _("%(name)s has left the organisation.") % {"name": enrolment.person.name}, code="left"
        )


def _check_places(places: Places, enrolments: Sequence[Enrolment]) -> None:
    if places.free is not None and len(enrolments) > places.free:
        raise Refused(
            ngettext("There is %(n)s place left.", "There are %(n)s places left.", places.free)
            % {"n": places.free}
            + " "
            + _("Raise the limit in the set-up, or choose fewer people."),
            code="no_place",
        )


def _write(enrolments: Sequence[Enrolment], to: str, *, now: datetime) -> None:
    for enrolment in enrolments:
        enrolment.state = to
        enrolment.waiting_since = now if to == State.WAITING else None
    Enrolment.objects.bulk_update(enrolments, ["state", "waiting_since"], batch_size=200)


def give_free_places(programme: Programme, *, by: Actor, now: datetime) -> list[Person]:
    """Part of an action. Those left out most often come first, then who has waited longest."""
    if not lifecycle.coordinators_may_add(programme.state):
        return []
    programme, places = locked_places(programme)
    order = waiting.in_order(waiting_rows(programme))
    picked = order if places.free is None else order[: places.free]
    if not picked:
        return []
    rows = list(Enrolment.objects.filter(pk__in=picked).select_related("person"))
    _write(rows, State.ENROLLED, now=now)
    detail = {"people": len(rows)}
    record(by=by, verb="programmes.places.given", target=programme, detail=detail, now=now)
    people = [row.person for row in rows]
    tell(people, PlaceFree(programme=programme), now=now)
    return people


@transaction.atomic
def promote_waiting(*, programme: Programme, by: Actor, now: datetime) -> list[Person]:
    """By hand, after the limit was raised."""
    check_can_coordinate(by, programme)
    people = give_free_places(programme, by=by, now=now)
    if not people:
        raise Refused(_("There is no free place, or nobody waits."), code="no_place")
    return people
