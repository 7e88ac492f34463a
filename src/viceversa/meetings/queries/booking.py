"""Half hours of a partnership, as facts: when, where, in which state."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from viceversa.meetings.models import Meeting, Proposal, Series
from viceversa.meetings.rules.booking import LONGEST, Outcome
from viceversa.meetings.rules.times import overlap
from viceversa.partnerships.models import Agreement, Partnership
from viceversa.people.models import Person
from viceversa.toolkit.errors import NotFound

State = Meeting.State
LOOKED_AT = 40


def meetings_of(partnership: Partnership) -> QuerySet[Meeting]:
    return Meeting.objects.filter(partnership=partnership).select_related(
        "cancellation", "booked_by", "series"
    )


def upcoming(partnership: Partnership, now: datetime) -> QuerySet[Meeting]:
    """Booked, and not yet over; `is_proposed` says that another time waits for an answer."""
    waiting = Proposal.objects.filter(meeting=OuterRef("pk"), taken_at=None, dropped_at=None)
    return (
        meetings_of(partnership)
        .filter(state=State.BOOKED, starts_at__gt=now - timedelta(minutes=LONGEST))
        .annotate(is_proposed=Exists(waiting))
    )


def past(partnership: Partnership, now: datetime) -> QuerySet[Meeting]:
    """Held or called off, the newest first."""
    return meetings_of(partnership).exclude(state=State.BOOKED).order_by("-starts_at", "-id")


def meeting_in(partnership: Partnership, key: str) -> Meeting:
    meeting = meetings_of(partnership).filter(key=key).first()
    if meeting is None:
        raise NotFound(_("There is no such half hour, or it is not yours to see."))
    meeting.partnership = partnership
    return meeting


def open_proposal(meeting: Meeting) -> Proposal | None:
    return (
        Proposal.objects.filter(meeting=meeting, taken_at=None, dropped_at=None)
        .select_related("author")
        .first()
    )


def open_series(partnership: Partnership) -> Series | None:
    return Series.objects.filter(partnership=partnership, stopped_at=None).first()


def next_of(partnership: Partnership, now: datetime) -> datetime | None:
    return (
        Meeting.objects.filter(partnership=partnership, state=State.BOOKED, starts_at__gt=now)
        .order_by("starts_at")
        .values_list("starts_at", flat=True)
        .first()
    )


def in_the_way(
    people: Iterable[Person], starts_at: datetime, minutes: int, *, besides: Meeting | None
) -> Meeting | None:
    """A half hour that one of these people has booked at that time."""
    ends_at = starts_at + timedelta(minutes=minutes)
    ids = [person.pk for person in people]
    near = (
        Meeting.objects.filter(
            Q(partnership__learner__person__in=ids) | Q(partnership__adviser__person__in=ids),
            state=State.BOOKED,
            starts_at__gt=starts_at - timedelta(minutes=LONGEST),
            starts_at__lt=ends_at,
        )
        .exclude(pk=besides.pk if besides else 0)
        .select_related("partnership__learner", "partnership__adviser")
    )
    for meeting in near:
        if overlap((starts_at, ends_at), (meeting.starts_at, meeting.ends_at)):
            return meeting
    return None


def outcomes_around(meeting: Meeting) -> tuple[list[Outcome], int]:
    """The half hours around one, by their time, and its place among them."""
    rows = Meeting.objects.filter(partnership=meeting.partnership_id).select_related("cancellation")
    before = rows.filter(starts_at__lte=meeting.starts_at).order_by("-starts_at", "-id")
    after = rows.filter(starts_at__gt=meeting.starts_at).order_by("starts_at", "id")
    ordered = [*reversed(before[:LOOKED_AT]), *after[:LOOKED_AT]]
    keys = [row.pk for row in ordered]
    return [_outcome(row) for row in ordered], keys.index(meeting.pk)


def _outcome(meeting: Meeting) -> Outcome:
    fact = getattr(meeting, "cancellation", None)
    return Outcome(meeting.state, fact.side if fact else "")


@dataclass(frozen=True)
class Rhythm:
    minutes: int
    every_days: int
    until: date | None


def rhythm_of(partnership: Partnership) -> Rhythm:
    """What the two signed, else what their programme suggests."""
    programme = partnership.programme
    signed = (
        Agreement.objects.filter(partnership=partnership, state=Agreement.State.SIGNED)
        .only("minutes", "every_days", "ends_on")
        .first()
    )
    if signed is None:
        return Rhythm(programme.meeting_minutes, programme.meeting_every_days, programme.ends_on)
    return Rhythm(signed.minutes, signed.every_days, signed.ends_on or programme.ends_on)
