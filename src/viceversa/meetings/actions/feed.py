"""The private address under which one's calendar finds one's half hours."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from viceversa.history.actions import record
from viceversa.meetings.actions.entries import half_hour_of, repeating_of
from viceversa.meetings.models import CalendarFeed
from viceversa.meetings.permissions.calendar import check_is_person
from viceversa.meetings.queries.calendar import booked_of, feed_behind, hash_of, series_of
from viceversa.meetings.rules.ics import Entry, feed
from viceversa.partnerships.models import Partnership
from viceversa.people.models import Person
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import NotFound, Refused

SEEN_EVERY = timedelta(hours=1)


@transaction.atomic
def make_feed(*, by: Actor, now: datetime) -> str:
    """The secret of a new address, shown this once and not kept. One made before is shut."""
    person_id = check_is_person(by)
    secret = secrets.token_urlsafe(32)
    made, _is_new = CalendarFeed.objects.update_or_create(
        person_id=person_id,
        defaults={"secret_hash": hash_of(secret), "made_at": now, "read_at": None},
    )
    record(by=by, verb="meetings.feed_made", target=made.person, now=now)
    return secret


@transaction.atomic
def stop_feed(*, by: Actor, now: datetime) -> None:
    person_id = check_is_person(by)
    found = CalendarFeed.objects.select_related("person").filter(person=person_id).first()
    if found is None:
        raise Refused(_("There is no calendar address to stop."), code="no_feed")
    record(by=by, verb="meetings.feed_stopped", target=found.person, now=now)
    found.delete()


def read_feed(*, secret: str, now: datetime) -> str:
    """The half hours of whoever holds the secret, as a calendar."""
    found = feed_behind(secret)
    if found is None:
        raise NotFound(_("There is no such calendar."))
    _note_reading(found, now=now)
    name = settings.ORGANISATION_NAME or "Viceversa"
    return feed(_entries(found.person, now=now), name=name, now=now)


def _entries(me: Person, *, now: datetime) -> list[Entry]:
    entries: list[Entry] = [
        half_hour_of(meeting, partner=_partner(meeting.partnership, me))
        for meeting in booked_of(me, now=now)
    ]
    for series in series_of(me, now=now):
        days, holidays = (
            list(series.meetings.all()),
            list(series.partnership.programme.holidays.all()),
        )
        partner = _partner(series.partnership, me)
        if entry := repeating_of(series, days, holidays, partner=partner):
            entries.append(entry)
    return entries


def _partner(partnership: Partnership, me: Person) -> Person:
    learner = partnership.learner.person
    return partnership.adviser.person if learner == me else learner


def _note_reading(found: CalendarFeed, *, now: datetime) -> None:
    """At most once an hour, however often a calendar asks."""
    CalendarFeed.objects.filter(
        Q(read_at__isnull=True) | Q(read_at__lte=now - SEEN_EVERY), pk=found.pk
    ).update(read_at=now)
