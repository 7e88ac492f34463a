"""Half hours and series as entries of a calendar: the partner's name, when and where."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.utils.translation import gettext as _

from viceversa.meetings.models import Holiday, Meeting, Series
from viceversa.meetings.queries.series import is_as_planned, plan_for
from viceversa.meetings.rules.ics import HalfHour, Repeating
from viceversa.meetings.rules.repeating import Plan, days_of, last_moment
from viceversa.people.models import Person


def half_hour_of(meeting: Meeting, *, partner: Person) -> HalfHour:
    return HalfHour(
        uid=meeting.uid,
        sequence=meeting.calendar_sequence,
        starts_at=meeting.starts_at,
        minutes=meeting.minutes,
        zone=meeting.zone,
        summary=summary_for(partner),
        place=meeting.place,
        link=meeting.link,
        replaces=_replaced(meeting),
    )


def repeating_of(
    series: Series, meetings: Sequence[Meeting], holidays: Sequence[Holiday], *, partner: Person
) -> Repeating | None:
    """Nothing where no day of it is left."""
    plan = plan_for(series, meetings, holidays)
    if plan is None:
        return None
    by_day = {row.recurs_on: row for row in meetings}
    return Repeating(
        first=_half_hour_on(plan.first, series, partner),
        every_days=series.every_days,
        last_at=last_moment(series.grid, plan),
        left_out=tuple(series.grid.shown(day) for day in plan.gaps),
        changed=tuple(_changed(series, plan, by_day, partner=partner)),
    )


def _changed(
    series: Series, plan: Plan, by_day: dict[date | None, Meeting], *, partner: Person
) -> Iterator[HalfHour]:
    """Those at another time or place, and those in an hour that comes twice, which readers take
    for one or for the other."""
    for day in days_of(series.grid, plan):
        row = by_day.get(day)
        if row is not None and (not is_as_planned(row) or series.grid.comes_twice(day)):
            yield half_hour_of(row, partner=partner)
        elif row is None and series.grid.comes_twice(day):
            shown = series.grid.shown(day)
            yield replace(_half_hour_on(day, series, partner), replaces=shown)


def summary_for(partner: Person) -> str:
    return _("Viceversa: half hour with %(name)s") % {"name": partner.name}


def whole_of(series: Series, first: str, *, partner: Person) -> HalfHour:
    """All of it, as it is called off: by the day it began."""
    return _half_hour_on(date.fromisoformat(first), series, partner)


def _half_hour_on(day: date, series: Series, partner: Person) -> HalfHour:
    return HalfHour(
        uid=series.uid,
        sequence=series.sequence,
        starts_at=series.grid.at(day),
        minutes=series.minutes,
        zone=series.zone,
        summary=summary_for(partner),
        place=series.place,
        link=series.link,
    )


def _replaced(meeting: Meeting) -> datetime | None:
    if meeting.of_series is None or meeting.recurs_on is None:
        return None
    return meeting.of_series.grid.shown(meeting.recurs_on)
