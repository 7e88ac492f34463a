"""A calendar of somebody's own, from which only the times when they are busy are kept."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.meetings.actions.reading import CannotRead, read_address
from viceversa.meetings.models import BusyCalendar, MeetingDays
from viceversa.meetings.permissions.calendar import check_is_person
from viceversa.meetings.queries.calendar import sentence
from viceversa.meetings.rules.busy import NotACalendar, busy_times, tidied, wrong_with_address
from viceversa.meetings.rules.recurrence import TooMuch
from viceversa.meetings.rules.suggest import Interval
from viceversa.people.models import Person
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused
from viceversa.toolkit.jobs import later

READ_EVERY = timedelta(minutes=30)


@transaction.atomic
def give_busy_calendar(*, address: str, by: Actor, now: datetime) -> BusyCalendar:
    """It is read in a moment, and again every half hour."""
    person_id = check_is_person(by)
    address = tidied(address)
    problem = wrong_with_address(address, allow_private=settings.BUSY_ALLOW_PRIVATE)
    if problem:
        raise Refused(sentence(problem), code=problem)
    calendar, _made = BusyCalendar.objects.update_or_create(
        person_id=person_id,
        defaults={"address": address, "busy": [], "read_at": None, "problem": ""},
    )
    record(by=by, verb="meetings.busy_calendar_given", target=calendar.person, now=now)
    later("meetings.read_busy_calendar", calendar=calendar.pk)
    return calendar


@transaction.atomic
def choose_meeting_days(*, days: Collection[int], by: Actor, now: datetime) -> MeetingDays:
    """Weekdays from Monday, 0. They hold for every partnership of this person."""
    person_id = check_is_person(by)
    wanted = "".join(str(day) for day in sorted(set(days)))
    if not wanted or not set(wanted) <= set("0123456"):
        raise Refused(_("Choose at least one day of the week."), code="no_days")
    row, _made = MeetingDays.objects.select_related("person").update_or_create(
        person_id=person_id, defaults={"days": wanted}
    )
    record(by=by, verb="meetings.days_chosen", target=row.person, now=now)
    return row


@transaction.atomic
def remove_busy_calendar(*, by: Actor, now: datetime) -> None:
    """The address and what was read from it are gone."""
    person_id = check_is_person(by)
    calendar = BusyCalendar.objects.select_related("person").filter(person=person_id).first()
    if calendar is not None:
        record(by=by, verb="meetings.busy_calendar_removed", target=calendar.person, now=now)
        calendar.delete()


def read_busy_calendar(*, calendar_id: int, now: datetime) -> str:
    """A code, empty when it went well. Nothing is held open while others take their time; an
    address changed meanwhile wins. What was read before stays until something better comes."""
    calendar = BusyCalendar.objects.select_related("person").filter(pk=calendar_id).first()
    if calendar is None or not calendar.person.is_present:
        return "gone"
    row = BusyCalendar.objects.filter(pk=calendar.pk, address=calendar.address)
    try:
        busy = _busy(calendar.address, calendar.person, now=now)
    except CannotRead as problem:
        row.update(problem=str(problem), read_at=now)
        return str(problem)
    kept = [[start.isoformat(), end.isoformat()] for start, end in busy]
    row.update(busy=kept, problem="", read_at=now)
    return ""


def busy_calendars_to_read(*, now: datetime, most: int) -> list[int]:
    """Those not read for half an hour, the longest waiting first."""
    waiting = BusyCalendar.objects.filter(
        Q(read_at__isnull=True) | Q(read_at__lte=now - READ_EVERY), person__left_on__isnull=True
    )
    oldest = waiting.order_by(F("read_at").asc(nulls_first=True), "pk")
    return list(oldest.values_list("pk", flat=True)[:most])


def _busy(address: str, person: Person, *, now: datetime) -> list[Interval]:
    text = read_address(address, allow_private=settings.BUSY_ALLOW_PRIVATE)
    try:
        return busy_times(text, zone=person.time_zone, now=now)
    except NotACalendar as error:
        raise CannotRead("not_a_calendar") from error
    except TooMuch as error:
        raise CannotRead("too_much") from error
