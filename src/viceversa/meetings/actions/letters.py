"""Invitations, updates and cancellations, one for each of the two, by mail."""

from collections.abc import Iterator
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.db import transaction

from viceversa.meetings.actions.entries import half_hour_of
from viceversa.meetings.messages.calendar import (
    CalendarCancellation,
    CalendarInvitation,
    CalendarMail,
)
from viceversa.meetings.models import CalendarLetter, Meeting
from viceversa.meetings.rules.ics import Somebody, is_address, letter
from viceversa.notifications.actions import notify_many
from viceversa.partnerships.models import Partnership
from viceversa.people.models import Person

MAILS: dict[str, type[CalendarMail]] = {
    CalendarLetter.Method.REQUEST: CalendarInvitation,
    CalendarLetter.Method.CANCEL: CalendarCancellation,
}


@transaction.atomic
def send_letters(*, meeting: Meeting, method: str, now: datetime) -> None:
    """`method` is REQUEST or CANCEL. Whoever moves or calls off raises the meeting's `sequence`
    first. The same letter is never written twice."""
    written = set(
        CalendarLetter.objects.filter(
            meeting=meeting, method=method, sequence=meeting.calendar_sequence
        ).values_list("person_id", flat=True)
    )
    letters = [
        (
            partner,
            CalendarLetter(
                meeting=meeting,
                person=me,
                method=method,
                sequence=meeting.calendar_sequence,
                text=_text_for(me, partner, meeting, method=method, now=now),
                created_at=now,
            ),
        )
        for me, partner in each_with_partner(meeting.partnership)
        if me.pk not in written and can_be_asked(me)
    ]
    CalendarLetter.objects.bulk_create([row for _partner, row in letters])
    notify_many(
        [
            (
                row.person,
                MAILS[method](meeting=meeting, me=row.person, partner=partner, text=row.text),
            )
            for partner, row in letters
        ],
        now=now,
    )


def _text_for(me: Person, partner: Person, meeting: Meeting, *, method: str, now: datetime) -> str:
    return letter(
        half_hour_of(meeting, partner=partner),
        method=method,
        organizer=sender(),
        attendees=[
            Somebody(person.name, person.email or "")
            for person in (me, partner)
            if can_be_asked(person)
        ],
        now=now,
    )


def sender() -> Somebody:
    """The mailbox that sends is the organiser: answers go there."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return Somebody(name or "Viceversa", address)


def each_with_partner(partnership: Partnership) -> Iterator[tuple[Person, Person]]:
    learner, adviser = partnership.learner.person, partnership.adviser.person
    yield learner, adviser
    yield adviser, learner


def can_be_asked(person: Person) -> bool:
    return person.is_present and is_address(person.email or "")
