"""Times that suit both: inside the hours each gave, on weekdays, where neither is booked."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from viceversa.meetings.models import Meeting
from viceversa.meetings.rules.times import overlap
from viceversa.partnerships.queries.seat import Seat
from viceversa.programmes.models import Enrolment

STEP = timedelta(minutes=30)
DAYS = 14
MOST = 12


def suggested_times(seat: Seat, minutes: int, now: datetime) -> list[datetime]:
    """At most one a day, soonest first, from tomorrow's same hour on."""
    pair = (seat.partnership.learner, seat.partnership.adviser)
    taken = _taken([side.person_id for side in pair], now)
    found: list[datetime] = []
    for at in _grid(now):
        span = (at, at + timedelta(minutes=minutes))
        if found and found[-1].date() == at.date():
            continue
        if all(_fits(side, span) for side in pair) and not any(overlap(span, one) for one in taken):
            found.append(at)
    return found[:MOST]


def _grid(now: datetime) -> Iterator[datetime]:
    first = (now + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
    for step in range(int(timedelta(days=DAYS) / STEP)):
        yield first + step * STEP


def _fits(side: Enrolment, span: tuple[datetime, datetime]) -> bool:
    zone = ZoneInfo(side.person.time_zone)
    begin, end = (at.astimezone(zone) for at in span)
    same_day = begin.date() == end.date() and begin.weekday() < 5
    return same_day and side.hours_from <= begin.time() and end.time() <= side.hours_to


def _taken(people: list[int], now: datetime) -> list[tuple[datetime, datetime]]:
    rows = Meeting.objects.filter(
        Q(partnership__learner__person__in=people) | Q(partnership__adviser__person__in=people),
        state=Meeting.State.BOOKED,
        starts_at__gt=now,
        starts_at__lt=now + timedelta(days=DAYS + 2),
    )
    return [(row.starts_at, row.ends_at) for row in rows.only("starts_at", "minutes")]
