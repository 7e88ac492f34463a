"""Help after two half hours in a row were called off by one side."""

from datetime import datetime

from viceversa.history.actions import record
from viceversa.meetings.messages.help import AssistantAsked, HelpNeeded, NewTimesOffered
from viceversa.meetings.models import Help, Meeting
from viceversa.meetings.queries.booker import assistants_of_person, person_on
from viceversa.meetings.queries.booking import outcomes_around
from viceversa.meetings.rules import help as rules
from viceversa.meetings.rules.booking import needs_help, other
from viceversa.notifications.actions import notify, notify_many
from viceversa.partnerships.models import Partnership
from viceversa.programmes.queries import coordinators_of
from viceversa.toolkit.actor import Actor


def offer_help_after(meeting: Meeting, *, side: str, by: Actor, now: datetime) -> None:
    """Part of calling off. Three new times wait on the side's page; nothing is asked twice."""
    outcomes, at = outcomes_around(meeting)
    if not needs_help(outcomes, at):
        return
    partnership = meeting.partnership
    is_open = Help.objects.filter(
        partnership=partnership, kind=rules.CANCELLATIONS, resolved_at=None
    )
    if is_open.exists():
        return
    row = Help.objects.create(
        partnership=partnership,
        kind=rules.CANCELLATIONS,
        side=side,
        step=rules.COORDINATORS,
        since=now,
        stepped_at=now,
    )
    detail = {"kind": row.kind, "side": side}
    record(by=by, verb="meetings.help_offered", target=partnership, detail=detail, now=now)
    _offer_times(partnership, side, now=now)
    tell_coordinators(partnership, now=now)


def _offer_times(partnership: Partnership, side: str, *, now: datetime) -> None:
    me, partner = person_on(partnership, side), person_on(partnership, other(side))
    offered = NewTimesOffered(partnership=partnership, partner=partner)
    notify(to=[me], message=offered, now=now)
    notify_many(
        [
            (
                delegate.person,
                AssistantAsked(partnership=partnership, delegate=delegate, partner=partner),
            )
            for delegate in assistants_of_person(me.pk)
        ],
        now=now,
    )


def tell_coordinators(partnership: Partnership, *, now: datetime) -> None:
    people = list(coordinators_of(partnership.programme))
    notify(to=people, message=HelpNeeded(partnership=partnership), now=now)


def settle(partnership: Partnership, kind: str, *, by: Actor, now: datetime) -> None:
    """What was needed is there: the row is closed, and stays as a fact."""
    closed = Help.objects.filter(partnership=partnership, kind=kind, resolved_at=None).update(
        resolved_at=now
    )
    if closed:
        detail = {"kind": kind}
        record(by=by, verb="meetings.help_settled", target=partnership, detail=detail, now=now)
