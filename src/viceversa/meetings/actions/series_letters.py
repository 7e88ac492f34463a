"""One invitation for half hours that come back, and what calendars are told when that changes."""

from datetime import datetime
from typing import Any

from django.db import transaction

from viceversa.meetings.actions.entries import repeating_of, whole_of
from viceversa.meetings.actions.letters import can_be_asked, each_with_partner, sender
from viceversa.meetings.messages.calendar import SeriesCancellation, SeriesInvitation, SeriesMail
from viceversa.meetings.models import CalendarLetter, Meeting, Series
from viceversa.meetings.queries.calendar import letters_to_series
from viceversa.meetings.queries.series import days_of, holidays_of, plan_for
from viceversa.meetings.rules.ics import Somebody, letter
from viceversa.notifications.actions import notify_many
from viceversa.people.models import Person

Method = CalendarLetter.Method
SERIES_MAILS: dict[str, type[SeriesMail]] = {
    Method.REQUEST: SeriesInvitation,
    Method.CANCEL: SeriesCancellation,
}


@transaction.atomic
def tell_series(series: Series, *, now: datetime) -> None:
    """Where a day is left out or comes back that calendars know otherwise. What was called off
    alone was told alone."""
    plan = plan_for(series, days_of(series), holidays_of(series), with_called_off=True)
    told = plan.as_told() if plan else None
    if told != series.told:
        _write(series, told, now=now)


@transaction.atomic
def tell_series_rests(series: Series, *, now: datetime) -> None:
    """All that lay ahead is called off at once. Said once, however often it is asked."""
    plan = plan_for(series, days_of(series), holidays_of(series))
    told = plan.as_told() if plan else None
    if told != series.told:
        _write(series, told, now=now)


def _write(series: Series, told: dict[str, Any] | None, *, now: datetime) -> None:
    """What was answered to the series before stays answered: its clock is the same."""
    before = series.told
    series.sequence += series.letters.exists()
    series.told = told
    series.save(update_fields=["sequence", "told"])
    meetings, holidays = days_of(series), holidays_of(series)
    answered = letters_to_series(series)
    pairs = [pair for pair in each_with_partner(series.partnership) if can_be_asked(pair[0])]
    asked = [_somebody(me, answered.get(me.pk)) for me, _partner in pairs]
    rows = []
    for me, partner in pairs:
        entry = repeating_of(series, meetings, holidays, partner=partner)
        whole = entry or whole_of(series, (before or {})["first"], partner=partner)
        method = Method.REQUEST if entry else Method.CANCEL
        text = letter(whole, method=method, organizer=sender(), attendees=asked, now=now)
        rows.append(_row(series, me, method, text, answered.get(me.pk), now=now))
    CalendarLetter.objects.bulk_create(rows)
    is_over = not any(row.state == Meeting.State.BOOKED for row in meetings)
    mails = [
        SERIES_MAILS[row.method](
            series=series, me=me, partner=partner, text=row.text, is_over=is_over
        )
        for (me, partner), row in zip(pairs, rows, strict=True)
    ]
    notify_many([(mail.me, mail) for mail in mails], now=now)


def _somebody(person: Person, answered: CalendarLetter | None) -> Somebody:
    return Somebody(person.name, person.email or "", answered.reply if answered else "")


def _row(
    series: Series,
    person: Person,
    method: str,
    text: str,
    answered: CalendarLetter | None,
    *,
    now: datetime,
) -> CalendarLetter:
    return CalendarLetter(
        series=series,
        person=person,
        method=method,
        sequence=series.sequence,
        text=text,
        reply=answered.reply if answered else "",
        replied_at=answered.replied_at if answered else None,
        created_at=now,
    )
