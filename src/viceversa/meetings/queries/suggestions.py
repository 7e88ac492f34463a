"""Times that suit the two of a partnership."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q

from viceversa.meetings.models import BusyCalendar, Holiday, Meeting, MeetingDays
from viceversa.meetings.rules.suggest import HORIZON, Interval, Week, days_off, suggest
from viceversa.partnerships.queries.seat import Seat
from viceversa.programmes.models import Enrolment


def suggested_times(seat: Seat, minutes: int, now: datetime, most: int = 3) -> list[datetime]:
    """On days and inside hours of both, beside holidays, everything booked here and what their
    calendars say. None when their hours do not meet."""
    partnership = seat.partnership
    parts = [partnership.learner, partnership.adviser]
    people = {part.person_id for part in parts}
    taken, days = _taken(people, now=now), days_of(people)
    holidays = _holidays(partnership.programme_id, now=now)
    one, other = [
        _week(part, days[part.person_id], taken[part.person_id], holidays) for part in parts
    ]
    return suggest(one, other, minutes=minutes, now=now, most=most)


def days_of(people: Collection[int]) -> dict[int, frozenset[int]]:
    """Person → weekdays from Monday, 0."""
    said = dict(MeetingDays.objects.filter(person__in=people).values_list("person", "days"))
    return {
        person: frozenset(int(day) for day in said.get(person, MeetingDays.USUAL))
        for person in people
    }


def _week(
    part: Enrolment, days: frozenset[int], taken: list[Interval], holidays: list[tuple[date, date]]
) -> Week:
    """Holidays last from midnight to midnight where each of the two is."""
    zone = part.person.time_zone
    off = [days_off(first, last, ZoneInfo(zone)) for first, last in holidays]
    return Week(zone, part.hours_from, part.hours_to, [*taken, *off], days)


def _holidays(programme_id: int, *, now: datetime) -> list[tuple[date, date]]:
    near = Holiday.objects.filter(
        programme=programme_id,
        last__gte=(now - HORIZON).date(),
        first__lte=(now + 2 * HORIZON).date(),
    )
    return list(near.values_list("first", "last"))


def _taken(people: Collection[int], *, now: datetime) -> dict[int, list[Interval]]:
    taken: dict[int, list[Interval]] = defaultdict(list)
    for calendar in BusyCalendar.objects.filter(person__in=people):
        taken[calendar.person_id] += [
            (datetime.fromisoformat(start), datetime.fromisoformat(end))
            for start, end in calendar.busy
        ]
    for meeting in _booked(people, now=now):
        partnership = meeting.partnership
        for person_id in {partnership.learner.person_id, partnership.adviser.person_id}:
            taken[person_id].append((meeting.starts_at, meeting.ends_at))
    return taken


def _booked(people: Collection[int], *, now: datetime) -> list[Meeting]:
    """Theirs with anybody, those that have begun today too."""
    return list(
        Meeting.objects.filter(
            Q(partnership__learner__person__in=people) | Q(partnership__adviser__person__in=people),
            state=Meeting.State.BOOKED,
            starts_at__gt=now - HORIZON,
            starts_at__lt=now + 2 * HORIZON,
        ).select_related("partnership__learner", "partnership__adviser")
    )
