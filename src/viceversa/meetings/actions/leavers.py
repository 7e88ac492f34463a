"""Whoever has left has no calendar here any more."""

from collections.abc import Collection

from viceversa.meetings.models import BusyCalendar, CalendarFeed
from viceversa.people.events import PeopleLeft, PersonLeft


def shut_calendars_of_leaver(event: PersonLeft) -> None:
    _shut({event.person.pk})


def shut_calendars_of_leavers(event: PeopleLeft) -> None:
    _shut(event.person_ids)


def _shut(person_ids: Collection[int]) -> None:
    CalendarFeed.objects.filter(person__in=person_ids).delete()
    BusyCalendar.objects.filter(person__in=person_ids).delete()
