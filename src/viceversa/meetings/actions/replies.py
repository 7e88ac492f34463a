"""What calendars answer to invitations."""

import logging
from datetime import datetime
from pathlib import Path

from django.db import transaction

from viceversa.history.actions import record
from viceversa.meetings.messages.calendar import CalendarDeclined
from viceversa.meetings.models import CalendarLetter, Meeting
from viceversa.meetings.rules.replies import (
    MOST_BYTES,
    NotAReply,
    Reply,
    reply_in_calendar,
    reply_in_mail,
)
from viceversa.notifications.actions import notify
from viceversa.toolkit.actor import Actor

logger = logging.getLogger(__name__)

TAKEN = "taken"


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


def read_mailbox(*, folder: Path, now: datetime) -> dict[str, int]:
    """Takes what is new in a maildir and marks it as seen; counts by code. A mail that was read
    and not marked is read again, which changes nothing."""
    seen: dict[str, int] = {}
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
    letter = (
        CalendarLetter.objects.select_for_update(of=("self",))
        .select_related("person", "meeting__booked_by")
        .select_related("meeting__partnership__learner__person")
        .select_related("meeting__partnership__adviser__person")
        .filter(
            meeting__key=reply.key,
            method=CalendarLetter.Method.REQUEST,
            person__email__iexact=reply.attendee,
            person__left_on__isnull=True,
        )
        .order_by("-sequence")
        .first()
    )
    problem = _wrong_with(reply, letter)
    if problem or letter is None:
        return _ignored(problem)
    letter.reply = reply.answer
    letter.replied_at = reply.stamped_at
    letter.save(update_fields=["reply", "replied_at"])
    _tell(letter, now=now)
    return TAKEN


def _wrong_with(reply: Reply, letter: CalendarLetter | None) -> str:
    if letter is None:
        return "not_invited"
    if letter.meeting.state != Meeting.State.BOOKED:
        return "not_booked"
    if reply.sequence < letter.sequence:
        return "older_invitation"
    if reply.sequence > letter.sequence:
        return "unknown_invitation"
    if letter.replied_at is not None and reply.stamped_at <= letter.replied_at:
        return "older_answer"
    return ""


def _tell(letter: CalendarLetter, *, now: datetime) -> None:
    person, meeting = letter.person, letter.meeting
    by = Actor(person_id=person.pk, label=person.name, via="mail")
    detail = {"answer": letter.reply, "sequence": letter.sequence}
    record(by=by, verb="meetings.replied", target=meeting, detail=detail, now=now)
    if letter.reply == CalendarLetter.Reply.DECLINED and meeting.booked_by_id != person.pk:
        message = CalendarDeclined(meeting=meeting, who=person)
        notify(to=[meeting.booked_by], message=message, now=now)


def _ignored(code: str) -> str:
    logger.info("calendar reply ignored: %s", code)
    return code
