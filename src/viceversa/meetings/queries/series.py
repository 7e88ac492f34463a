"""Half hours that come back, as calendars are told of them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from viceversa.meetings.models import Holiday, Meeting, Series
from viceversa.meetings.rules.repeating import Plan, is_off, plan_of
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.rules import lifecycle

DAY = timedelta(days=1)
OFF = Meeting.State.CANCELLED


def plan_for(
    series: Series,
    meetings: Sequence[Meeting],
    holidays: Sequence[Holiday],
    *,
    with_called_off: bool = False,
) -> Plan | None:
    """`with_called_off` counts days whose half hour was called off, as a calendar was told of each
    by itself."""
    spans = [(holiday.first, holiday.last) for holiday in holidays]
    kept = [row for row in meetings if with_called_off or row.state != OFF]
    return plan_of(
        series.grid,
        booked={row.recurs_on for row in kept if row.recurs_on},
        decided_to=series.booked_to,
        goes_on=series.stopped_at is None and series.partnership.state in lifecycle.MEETING,
        is_free=lambda day: not is_off(day, spans),
        began_on=date.fromisoformat(series.told["first"]) if series.told else None,
    )


def series_in_calendars(partnership: Partnership, now: datetime) -> list[Series]:
    """Those of which a day may still lie ahead there."""
    found = list(
        Series.objects.filter(partnership=partnership, until__gte=(now - DAY).date())
        .exclude(told=None)
        .order_by("id")
    )
    for series in found:
        series.partnership = partnership
    return found


def days_of(series: Series) -> list[Meeting]:
    return list(series.meetings.filter(recurs_on__isnull=False))


def holidays_of(series: Series) -> list[Holiday]:
    return list(Holiday.objects.filter(programme=series.partnership.programme_id))


def is_as_planned(meeting: Meeting) -> bool:
    """As the rule says: nothing to tell a calendar about it."""
    series = meeting.of_series
    return (
        series is not None
        and meeting.recurs_on is not None
        and series.grid.comes(meeting.recurs_on)
        and meeting.starts_at == series.grid.at(meeting.recurs_on)
        and (meeting.minutes, meeting.place, meeting.link)
        == (series.minutes, series.place, series.link)
    )
