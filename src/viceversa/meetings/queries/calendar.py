"""What calendars are told and what they answered."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest

from django.db.models import Q
from django.utils.translation import gettext as _

from viceversa.meetings.models import BusyCalendar, CalendarFeed, CalendarLetter, Meeting
from viceversa.people.models import Person
from viceversa.toolkit.actor import Actor

FEED_BEFORE = timedelta(days=90)


@dataclass(frozen=True)
class Answer:
    """Of the newest invitation: a new time has to be answered anew."""

    person: Person
    reply: str
    label: str
    replied_at: datetime | None


def replies_of(meeting: Meeting) -> list[Answer]:
    """One for each of the two who was invited, by name."""
    newest: dict[int, CalendarLetter] = {}
    letters = CalendarLetter.objects.filter(
        meeting=meeting, method=CalendarLetter.Method.REQUEST
    ).select_related("person")
    for letter in letters.order_by("person__name", "person_id", "sequence"):
        newest[letter.person_id] = letter
    return [
        Answer(letter.person, letter.reply, letter.get_reply_display(), letter.replied_at)
        for letter in newest.values()
    ]


def hash_of(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def feed_behind(secret: str) -> CalendarFeed | None:
    """Only hashes are looked up and compared, so timing tells nothing about the secret."""
    wanted = hash_of(secret)
    found = (
        CalendarFeed.objects.select_related("person")
        .filter(secret_hash=wanted, person__left_on__isnull=True)
        .first()
    )
    return found if found and compare_digest(found.secret_hash, wanted) else None


def feed_of(actor: Actor) -> CalendarFeed | None:
    return CalendarFeed.objects.filter(person=actor.person_id or 0).first()


def busy_calendar_of(actor: Actor) -> BusyCalendar | None:
    return BusyCalendar.objects.filter(person=actor.person_id or 0).first()


def booked_of(person: Person, *, now: datetime) -> list[Meeting]:
    """Those of a person that belong into a calendar, the last three months included."""
    return list(
        Meeting.objects.filter(
            Q(partnership__learner__person=person) | Q(partnership__adviser__person=person),
            state__in=(Meeting.State.BOOKED, Meeting.State.HELD),
            starts_at__gt=now - FEED_BEFORE,
        ).select_related("partnership__learner__person", "partnership__adviser__person")
    )


def sentence(problem: str) -> str:
    """Why a calendar could not be read, and what to do."""
    return {
        "no_address": _("That is not a web address. Copy the private address from your calendar."),
        "not_https": _("The address must begin with https:// so that nobody else reads along."),
        "with_password": _("The address contains a name or a password. Copy a private address."),
        "private": _("That address lies inside a private network, and we ask only the internet."),
        "not_found": _("There is no such place on the internet. Look for a typing mistake."),
        "unreachable": _("Nobody answered at that address. We try again within half an hour."),
        "insecure": _("That place could not prove who it is, so nothing was read from it."),
        "slow": _("That place took longer than 15 seconds. We try again within half an hour."),
        "huge": _("That calendar is larger than 2 MB. Share one with fewer entries."),
        "elsewhere": _("That address only points to another. Copy the address it leads to."),
        "refused": _("That place did not give us a calendar. Make a new private address there."),
        "not_a_calendar": _("What is at that address is not a calendar. Copy its iCal address."),
        "too_much": _("That calendar has more entries than we can read. Share a smaller one."),
    }.get(problem, _("The calendar could not be read. We try again within half an hour."))
