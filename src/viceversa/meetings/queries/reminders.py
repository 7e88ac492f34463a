"""What somebody may have to be reminded of, a batch at a time."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef

from viceversa.meetings.models import Commitment, Meeting, Preparation, Reminder
from viceversa.meetings.rules.reminders import PROMISE, WINDOWS, moment_of_day
from viceversa.partnerships.rules.lifecycle import MEETING


def half_hours_in_window(kind: str, *, now: datetime, most: int) -> list[Meeting]:
    """Those ahead of which this kind may be due, and of which it has not been sent."""
    opens, closes = WINDOWS[kind]
    done = Reminder.objects.filter(kind=kind, item=OuterRef("key"), moment=OuterRef("starts_at"))
    meetings = Meeting.objects.filter(
        ~Exists(done),
        state=Meeting.State.BOOKED,
        partnership__state__in=MEETING,
        starts_at__gt=now + closes,
        starts_at__lte=now + opens,
        created_at__lt=F("starts_at") - opens,
    )
    return list(
        meetings.select_related(
            "partnership__learner__person", "partnership__adviser__person"
        ).order_by("starts_at", "id")[:most]
    )


def prepared_for(meetings: Collection[Meeting]) -> set[tuple[int, int]]:
    """Who has prepared, by meeting and person."""
    rows = Preparation.objects.filter(meeting__in=[meeting.pk for meeting in meetings])
    return set(rows.values_list("meeting", "author"))


def promises_in_window(*, now: datetime) -> list[Commitment]:
    """Open ones that are due around today, wherever on earth, and of which nobody was told. Their
    number is what one day brings."""
    today = now.date()
    days = [today + timedelta(days=number) for number in range(-1, 3)]
    promises = Commitment.objects.filter(
        state=Commitment.State.OPEN, partnership__state__in=MEETING, due_on__in=days
    )
    known = set(
        Reminder.objects.filter(
            kind=PROMISE, moment__in=[moment_of_day(day) for day in days]
        ).values_list("item", "moment")
    )
    return [
        promise
        for promise in promises.select_related("partnership", "author").order_by("due_on", "id")
        if promise.due_on and (promise.key, moment_of_day(promise.due_on)) not in known
    ]
