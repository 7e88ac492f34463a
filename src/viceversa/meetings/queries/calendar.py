"""What calendars are told and what they answered."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from viceversa.meetings.models import BusyCalendar, CalendarFeed, CalendarLetter, Meeting, Series
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
    """One for each of the two who was invited, by name. Who answered nothing about one half hour of
    a series answered about all."""
    newest = letters_to_series(meeting.of_series) if meeting.of_series else {}
    newest |= letters_to(meeting)
    ordered = sorted(newest.values(), key=lambda letter: (letter.person.name, letter.person_id))
    return [
        Answer(letter.person, letter.reply, letter.get_reply_display(), letter.replied_at)
        for letter in ordered
    ]


def letters_to(meeting: Meeting) -> dict[int, CalendarLetter]:
    """The newest invitation of each person."""
    return _newest(CalendarLetter.objects.filter(meeting=meeting))


def letters_to_series(series: Series) -> dict[int, CalendarLetter]:
    return _newest(CalendarLetter.objects.filter(series=series))


def _newest(letters: QuerySet[CalendarLetter]) -> dict[int, CalendarLetter]:
    invited = letters.filter(method=CalendarLetter.Method.REQUEST).select_related("person")
    return {letter.person_id: letter for letter in invited.order_by("sequence")}


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
    """Those of a person that belong into a calendar by themselves, the last three months
    included."""
    return list(
        Meeting.objects.filter(
            _is_of(person),
            state__in=(Meeting.State.BOOKED, Meeting.State.HELD),
            starts_at__gt=now - FEED_BEFORE,
            recurs_on=None,
        ).select_related("partnership__learner__person", "partnership__adviser__person")
    )


def series_of(person: Person, *, now: datetime) -> list[Series]:
    """With their days and the holidays of their programmes, of the last three months too."""
    days = Meeting.objects.filter(recurs_on__isnull=False)
    return list(
        Series.objects.filter(_is_of(person), until__gt=(now - FEED_BEFORE).date())
        .exclude(told=None)
        .select_related("partnership__learner__person", "partnership__adviser__person")
        .prefetch_related(
            Prefetch("meetings", queryset=days),
            "partnership__programme__holidays",
        )
    )


def _is_of(person: Person) -> Q:
    return Q(partnership__learner__person=person) | Q(partnership__adviser__person=person)


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
