"""Another time: proposed by one of the two, taken or left by the other."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.meetings.actions.booking import put_at, said_by
from viceversa.meetings.actions.checks import check_may_meet, check_open, check_time
from viceversa.meetings.actions.held import hold_meeting
from viceversa.meetings.actions.telling import tell_pair
from viceversa.meetings.messages.booking import MeetingMoved, ProposalDropped, TimeProposed
from viceversa.meetings.models import Meeting, Proposal
from viceversa.meetings.permissions.booking import check_can_take, check_is_booker
from viceversa.meetings.queries.booking import open_proposal
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused


@transaction.atomic
def propose_time(*, meeting: Meeting, starts_at: datetime, by: Actor, now: datetime) -> Proposal:
    """The newest counts: it takes the place of one that waited."""
    meeting = hold_meeting(meeting)
    booker = check_is_booker(by, meeting.partnership)
    check_may_meet(booker)
    check_open(meeting, seen=None, now=now)
    if starts_at == meeting.starts_at:
        raise Refused(_("That is the time you have. Propose another."), code="same")
    check_time(booker, starts_at, meeting.minutes, besides=meeting, now=now)
    Proposal.objects.filter(meeting=meeting, taken_at=None, dropped_at=None).update(dropped_at=now)
    proposal = Proposal.objects.create(
        meeting=meeting,
        author_id=by.person_id or booker.me.pk,
        side=booker.side,
        starts_at=starts_at,
        created_at=now,
    )
    detail = {"starts_at": starts_at, "by": said_by(booker)}
    record(by=by, verb="meetings.time_proposed", target=meeting, detail=detail, now=now)
    tell_pair(meeting, TimeProposed, by=by, now=now, proposed=starts_at)
    return proposal


@transaction.atomic
def take_proposal(*, meeting: Meeting, key: str, by: Actor, now: datetime) -> Meeting:
    meeting = hold_meeting(meeting)
    proposal = _open(meeting, key)
    booker = check_can_take(by, meeting.partnership, proposal)
    check_may_meet(booker)
    check_open(meeting, seen=None, now=now)
    check_time(booker, proposal.starts_at, meeting.minutes, besides=meeting, now=now)
    before = meeting.starts_at
    proposal.taken_at = now
    proposal.save(update_fields=["taken_at"])
    put_at(meeting, proposal.starts_at, now=now)
    detail = {"from": before, "to": meeting.starts_at, "by": said_by(booker)}
    record(by=by, verb="meetings.proposal_taken", target=meeting, detail=detail, now=now)
    tell_pair(meeting, MeetingMoved, by=by, now=now)
    return meeting


@transaction.atomic
def drop_proposal(*, meeting: Meeting, key: str, by: Actor, now: datetime) -> Meeting:
    """By the other side, which keeps the time, or by the side that proposed it."""
    meeting = hold_meeting(meeting)
    booker = check_is_booker(by, meeting.partnership)
    proposal = _open(meeting, key)
    proposal.dropped_at = now
    proposal.save(update_fields=["dropped_at"])
    detail = {"by": said_by(booker)}
    record(by=by, verb="meetings.proposal_dropped", target=meeting, detail=detail, now=now)
    tell_pair(meeting, ProposalDropped, by=by, now=now)
    return meeting


def _open(meeting: Meeting, key: str) -> Proposal:
    proposal = open_proposal(meeting)
    if proposal is None or proposal.key != key:
        raise Refused(
            _("This proposal is no longer open. Look at the half hour as it is now."),
            code="no_proposal",
        )
    return proposal
