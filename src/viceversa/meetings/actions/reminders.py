"""Reminders go out once each, however often and however late this runs."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from viceversa.meetings.messages.reminders import (
    HalfHourSoon,
    HalfHourTomorrow,
    OfHalfHour,
    PromiseDue,
    TimeToPrepare,
)
from viceversa.meetings.models import Commitment, Meeting, Reminder
from viceversa.meetings.queries.reminders import (
    half_hours_in_window,
    prepared_for,
    promises_in_window,
)
from viceversa.meetings.rules import reminders as rules
from viceversa.notifications.actions import notify_many
from viceversa.notifications.queries import rhythms_of
from viceversa.notifications.rules.rhythm import Rhythm, arrival, zone_of
from viceversa.people.models import Person
from viceversa.toolkit.ids import new_key

BATCH = 500
KEPT = timedelta(days=60)

MESSAGES: dict[str, type[OfHalfHour]] = {
    rules.PREPARE: TimeToPrepare,
    rules.DAY: HalfHourTomorrow,
    rules.HOUR: HalfHourSoon,
}


@transaction.atomic
def remind_of_half_hours(*, kind: str, now: datetime, most: int = BATCH) -> bool:
    """True when there may be more."""
    found = half_hours_in_window(kind, now=now, most=most)
    due = [meeting for meeting in found if rules.is_due(kind, _half_hour(meeting), now=now)]
    ours = _taken(kind, {meeting.key: meeting.starts_at for meeting in due}, now=now)
    mine = [meeting for meeting in due if meeting.key in ours]
    ready = prepared_for(mine) if kind == rules.PREPARE else set()
    told = [
        (meeting, me, partner)
        for meeting in mine
        for me, partner in _both_ways(meeting)
        if (meeting.pk, me.pk) not in ready
    ]
    _tell(kind, told, now=now)
    return len(found) == most


def _half_hour(meeting: Meeting) -> rules.HalfHour:
    return rules.HalfHour(meeting.starts_at, known_since=meeting.created_at)


def _both_ways(meeting: Meeting) -> list[tuple[Person, Person]]:
    learner = meeting.partnership.learner.person
    adviser = meeting.partnership.adviser.person
    return [(learner, adviser), (adviser, learner)]


def _tell(kind: str, told: Sequence[tuple[Meeting, Person, Person]], *, now: datetime) -> None:
    rhythms = rhythms_of([me for _meeting, me, _partner in told])
    notify_many(
        [
            (
                me,
                MESSAGES[kind](
                    meeting=meeting,
                    me=me,
                    partner=partner,
                    reads_at=arrival(now, rhythms[me.pk], best_before=meeting.starts_at),
                ),
            )
            for meeting, me, partner in told
        ],
        now=now,
    )


@transaction.atomic
def remind_of_promises(*, now: datetime) -> int:
    due = [promise for promise in promises_in_window(now=now) if _is_due(promise, now=now)]
    ours = _taken(rules.PROMISE, {promise.key: _moment(promise) for promise in due}, now=now)
    mine = [promise for promise in due if promise.key in ours]
    rhythms = rhythms_of([promise.author for promise in mine])
    notify_many(
        [
            (promise.author, _promise_due(promise, rhythms[promise.author_id], now=now))
            for promise in mine
        ],
        now=now,
    )
    return len(mine)


def _promise_due(promise: Commitment, rhythm: Rhythm, *, now: datetime) -> PromiseDue:
    return PromiseDue(commitment=promise, me=promise.author, reads_at=arrival(now, rhythm))


def _is_due(promise: Commitment, *, now: datetime) -> bool:
    zone = zone_of(promise.author.time_zone)
    return promise.due_on is not None and rules.promise_is_due(
        promise.due_on, made_at=promise.made_at, zone=zone, now=now
    )


def _moment(promise: Commitment) -> datetime:
    return rules.moment_of_day(promise.due_on or promise.made_at.date())


def _taken(kind: str, moments: dict[str, datetime], *, now: datetime) -> set[str]:
    """The items that this run is the first to remind of: another may work at the same time."""
    run = new_key()
    Reminder.objects.bulk_create(
        (
            Reminder(kind=kind, item=item, moment=moment, run=run, sent_at=now)
            for item, moment in moments.items()
        ),
        ignore_conflicts=True,
    )
    return set(Reminder.objects.filter(run=run).values_list("item", flat=True))


def forget_reminders(*, now: datetime) -> None:
    Reminder.objects.filter(moment__lt=now - KEPT).delete()
