"""Half hours that come back. The next few are booked; each can be moved or called off alone."""

from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.meetings.actions.booking import said_by
from viceversa.meetings.actions.checks import check_may_meet, check_time, checked_link
from viceversa.meetings.actions.held import hold_pair
from viceversa.meetings.actions.series_letters import tell_series
from viceversa.meetings.messages.booking import SeriesBooked, SeriesStopped
from viceversa.meetings.models import Holiday, Meeting, Series
from viceversa.meetings.permissions.booking import check_can_book, check_is_booker
from viceversa.meetings.queries.booker import Booker
from viceversa.meetings.queries.booking import in_the_way, next_of, open_series
from viceversa.meetings.rules.times import (
    AHEAD,
    FURTHEST,
    SkippedTime,
    days_of_series,
    moment,
    wrong_with_moment,
)
from viceversa.notifications.actions import notify_many
from viceversa.partnerships.actions.dates import note_next
from viceversa.partnerships.models import Partnership
from viceversa.partnerships.rules import lifecycle
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused

MOST_DAYS = 60


@transaction.atomic
def book_series(
    *,
    partnership: Partnership,
    first_on: date,
    clock: time,
    every_days: int,
    minutes: int,
    until: date,
    place: str = "",
    link: str = "",
    make_link: bool = False,
    by: Actor,
    now: datetime,
) -> Series:
    """On the clock of the learner. What is already taken, a holiday, or an hour that does not come
    is left out later on; the first half hour must be possible."""
    booker = check_can_book(by, hold_pair(partnership))
    check_may_meet(booker)
    _check_shape(booker, every_days=every_days, first_on=first_on, until=until, now=now)
    check_time(booker, _moment(first_on, clock, booker.me.time_zone), minutes, now=now)
    series = Series.objects.create(
        partnership=booker.partnership,
        zone=booker.me.time_zone,
        first_on=first_on,
        clock=clock,
        every_days=every_days,
        minutes=minutes,
        until=until,
        place=place.strip()[:200],
        link=checked_link(link, make_link=make_link),
        booked_by_id=by.person_id or booker.me.pk,
        created_at=now,
    )
    made = _book_ahead(series, booker, now=now)
    if not made:
        raise Refused(
            _("Every one of these days is taken or a holiday. Choose another."), code="no_day"
        )
    tell_series(series, now=now)
    detail = {"every_days": every_days, "until": until, "by": said_by(booker)}
    record(by=by, verb="meetings.series_booked", target=series, detail=detail, now=now)
    pairs = ((booker.me, booker.partner), (booker.partner, booker.me))
    notify_many(
        [
            (me, SeriesBooked(series=series, first=made[0], me=me, partner=partner))
            for me, partner in pairs
            if me.pk != by.person_id
        ],
        now=now,
    )
    return series


def _check_shape(
    booker: Booker, *, every_days: int, first_on: date, until: date, now: datetime
) -> None:
    if open_series(booker.partnership):
        raise Refused(
            _("Your half hours come back already. Stop that first, then begin anew."),
            code="series",
        )
    if not 1 <= every_days <= MOST_DAYS:
        raise Refused(_("Meet every 1 to %(most)s days.") % {"most": MOST_DAYS}, code="every_days")
    if until < first_on:
        raise Refused(_("The last day comes before the first."), code="until")
    if until > (now + FURTHEST).date():
        raise Refused(
            _("That is more than a year away. Choose a last day within a year."), code="far"
        )


def _moment(day: date, clock: time, zone: str) -> datetime:
    try:
        return moment(day, clock, zone)
    except SkippedTime:
        raise Refused(
            _("On that day the clocks jump over this time. Choose another."), code="skipped"
        ) from None


def _book_ahead(series: Series, booker: Booker, *, now: datetime) -> list[Meeting]:
    """Until AHEAD half hours of the series lie ahead."""
    wanted = AHEAD - series.meetings.filter(state=Meeting.State.BOOKED, starts_at__gt=now).count()
    holidays = list(Holiday.objects.filter(programme=series.partnership.programme_id))
    made: list[Meeting] = []
    days = days_of_series(
        series.first_on, every_days=series.every_days, until=series.until, after=series.booked_to
    )
    for day in days:
        if len(made) >= wanted:
            break
        series.booked_to = day
        if not any(holiday.first <= day <= holiday.last for holiday in holidays):
            made.extend(_booked_on(day, series, booker, now=now))
    series.save(update_fields=["booked_to"])
    note_next(booker.partnership, next_of(booker.partnership, now))
    return made


def _booked_on(day: date, series: Series, booker: Booker, *, now: datetime) -> list[Meeting]:
    """One, or none where that time is taken, past or does not come."""
    try:
        starts_at = moment(day, series.clock, series.zone)
    except SkippedTime:
        return []
    pair = (booker.me, booker.partner)
    if wrong_with_moment(starts_at, now=now) or in_the_way(
        pair, starts_at, series.minutes, besides=None
    ):
        return []
    meeting = Meeting.objects.create(
        partnership=booker.partnership,
        series=series,
        recurs_on=day,
        starts_at=starts_at,
        minutes=series.minutes,
        zone=series.zone,
        place=series.place,
        link=series.link,
        booked_by_id=series.booked_by_id,
        created_at=now,
    )
    return [meeting]


@transaction.atomic
def stop_series(*, series: Series, by: Actor, now: datetime) -> Series:
    """Nothing new is booked; what is booked already stays. Either of the two may."""
    booker = check_is_booker(by, hold_pair(series.partnership))
    series = Series.objects.select_for_update().get(pk=series.pk)
    series.partnership = booker.partnership
    if series.stopped_at is not None:
        raise Refused(_("These half hours no longer come back already."), code="stopped")
    series.stopped_at = now
    series.save(update_fields=["stopped_at"])
    if booker.partnership.state in lifecycle.MEETING:
        tell_series(series, now=now)
    detail = {"by": said_by(booker)}
    record(by=by, verb="meetings.series_stopped", target=series, detail=detail, now=now)
    pairs = ((booker.me, booker.partner), (booker.partner, booker.me))
    notify_many(
        [
            (me, SeriesStopped(series=series, partner=partner))
            for me, partner in pairs
            if me.pk != by.person_id
        ],
        now=now,
    )
    return series


def series_to_extend(now: datetime, *, most: int | None = None) -> list[int]:
    """Those with fewer half hours ahead than there should be. Stopped ones, and those of
    partnerships that rest, rest too."""
    ahead = Count(
        "meetings", filter=Q(meetings__state=Meeting.State.BOOKED, meetings__starts_at__gt=now)
    )
    open_ = (
        Series.objects.filter(
            stopped_at=None,
            until__gte=now.date(),
            booked_to__lt=F("until"),
            partnership__state__in=lifecycle.MEETING,
        )
        .annotate(ahead=ahead)
        .filter(ahead__lt=AHEAD)
    )
    return list(open_.order_by("id").values_list("pk", flat=True)[:most])


@transaction.atomic
def extend_series(*, series_id: int, now: datetime) -> int:
    """Books ahead again. Running twice books nothing twice."""
    series = Series.objects.select_related("partnership").get(pk=series_id)
    partnership = hold_pair(series.partnership)
    series = Series.objects.select_for_update().get(pk=series_id)
    series.partnership = partnership
    if series.stopped_at is not None or partnership.state not in lifecycle.MEETING:
        return 0
    made = _book_ahead(series, Booker(partnership, "learner"), now=now)
    tell_series(series, now=now)
    return len(made)
