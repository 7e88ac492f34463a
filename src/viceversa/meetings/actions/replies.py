"""What calendars answer to invitations."""

import logging
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet

from viceversa.history.actions import record
from viceversa.meetings.actions.proposing import propose_time
from viceversa.meetings.messages.calendar import CalendarDeclined, SeriesDeclined
from viceversa.meetings.models import CalendarLetter, Meeting, Series
from viceversa.meetings.rules.mailbox import NoMailbox
from viceversa.meetings.rules.replies import (
    MOST_BYTES,
    NotAReply,
    Reply,
    reply_in_calendar,
    reply_in_mail,
)
from viceversa.notifications.actions import notify
from viceversa.notifications.rules import Message
from viceversa.people.models import Person
from viceversa.toolkit.actor import Actor
from viceversa.toolkit.errors import Refused

logger = logging.getLogger(__name__)

TAKEN, PROPOSED = "taken", "proposed"


def take_mail(*, raw: bytes, now: datetime) -> str:
    """A code: `taken`, or why the mail changes nothing."""
    try:
        return _take(reply_in_mail(raw, now=now), now=now)
    except NotAReply as problem:
        return _ignored(str(problem))


def take_calendar(*, text: bytes, sender: str, now: datetime) -> str:
    """The same for a calendar that a mail gateway took out of a mail of `sender`."""
    try:
        return _take(reply_in_calendar(text, sender=sender, now=now), now=now)
    except NotAReply as problem:
        return _ignored(str(problem))


def read_maildir(folder: Path, *, now: datetime) -> dict[str, int]:
    """Takes what is new in a maildir and marks it as seen; counts by code. A mail that was read
    and not marked is read again, which changes nothing."""
    seen: dict[str, int] = {}
    if not ((folder / "new").is_dir() and (folder / "cur").is_dir()):
        raise NoMailbox("no_maildir")
    for path in sorted((folder / "new").iterdir()):
        if path.is_symlink() or not path.is_file():
            continue
        code = take_mail(raw=_beginning(path), now=now)
        path.rename(folder / "cur" / f"{path.name}:2,S")
        seen[code] = seen.get(code, 0) + 1
    return seen


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_BYTES + 1)


@transaction.atomic
def _take(reply: Reply, *, now: datetime) -> str:
    """The newest answer to the newest invitation counts; any other is ignored."""
    letter = _letter_to_half_hour(reply) or _letter_to_series(reply)
    problem = _wrong_with(reply, letter)
    if problem or letter is None:
        return _ignored(problem)
    letter.reply = reply.answer
    letter.replied_at = reply.stamped_at
    letter.save()
    _tell(letter, now=now)
    if reply.proposes is not None:
        return _propose(letter, reply.proposes, now=now)
    return TAKEN


def _propose(letter: CalendarLetter, at: datetime, *, now: datetime) -> str:
    """As on the page: it waits for the other of the two, and nothing moves before."""
    if letter.meeting is None:
        return _ignored("no_single_half_hour")
    by = _actor(letter.person)
    try:
        propose_time(meeting=letter.meeting, starts_at=at, by=by, now=now)
    except Refused as refused:
        return _ignored(f"not_proposed_{refused.code}")
    return PROPOSED


def _letter_to_half_hour(reply: Reply) -> CalendarLetter | None:
    return _invited(reply).filter(meeting__key=reply.key).order_by("-sequence").first()


def _letter_to_series(reply: Reply) -> CalendarLetter | None:
    """Of one of them the letter about it, else one that begins with what was said of all."""
    invited = _invited(reply)
    whole = invited.filter(series__key=reply.key).order_by("-sequence").first()
    if reply.replaces is None or whole is None or whole.series is None:
        return whole
    day = whole.series.grid.day_of(reply.replaces)
    meeting = Meeting.objects.filter(series=whole.series, recurs_on=day).first()
    if meeting is None:
        return None
    own = invited.filter(meeting=meeting).order_by("-sequence").first()
    return own or CalendarLetter(
        meeting=meeting,
        person=whole.person,
        method=whole.method,
        sequence=meeting.calendar_sequence,
        text=whole.text,
        reply=whole.reply,
        replied_at=whole.replied_at,
        created_at=whole.created_at,
    )


def _invited(reply: Reply) -> QuerySet[CalendarLetter]:
    return (
        CalendarLetter.objects.select_for_update(of=("self",))
        .select_related("person", "meeting__booked_by", "meeting__series", "series__booked_by")
        .select_related("meeting__partnership__learner__person")
        .select_related("meeting__partnership__adviser__person", "series__partnership")
        .filter(
            method=CalendarLetter.Method.REQUEST,
            person__email__iexact=reply.attendee,
            person__left_on__isnull=True,
        )
    )


def _wrong_with(reply: Reply, letter: CalendarLetter | None) -> str:
    if letter is None:
        return "not_invited"
    if not _still_comes(letter):
        return "not_booked"
    if reply.sequence < _oldest(letter):
        return "older_invitation"
    if reply.sequence > _newest(letter):
        return "unknown_invitation"
    if letter.replied_at is not None and reply.stamped_at <= letter.replied_at:
        return "older_answer"
    return ""


def _still_comes(letter: CalendarLetter) -> bool:
    if letter.meeting is not None:
        return letter.meeting.state == Meeting.State.BOOKED
    return letter.series is not None and letter.series.told is not None


def _oldest(letter: CalendarLetter) -> int:
    """A series never changes its clock, so that an answer to any of its letters counts; to one half
    hour of it only since that was moved."""
    if letter.meeting is None or letter.pk is None:
        return 0 if letter.meeting is None else letter.meeting.sequence
    return letter.sequence


def _newest(letter: CalendarLetter) -> int:
    """One of a series may be told again, at the same time, together with the others."""
    if letter.meeting is None:
        return letter.sequence
    return max(letter.sequence, letter.meeting.calendar_sequence)


def _tell(letter: CalendarLetter, *, now: datetime) -> None:
    person, what = letter.person, letter.meeting or letter.series
    if what is None:
        return
    by = _actor(person)
    detail = {"answer": letter.reply, "sequence": letter.sequence}
    record(by=by, verb="meetings.replied", target=what, detail=detail, now=now)
    if letter.reply == CalendarLetter.Reply.DECLINED and what.booked_by_id != person.pk:
        notify(to=[what.booked_by], message=_declined(what, person), now=now)


def _actor(person: Person) -> Actor:
    return Actor(person_id=person.pk, label=person.name, via="mail")


def _declined(what: Meeting | Series, who: Person) -> Message:
    if isinstance(what, Meeting):
        return CalendarDeclined(meeting=what, who=who)
    return SeriesDeclined(series=what, who=who)


def _ignored(code: str) -> str:
    logger.info("calendar reply ignored: %s", code)
    return code
