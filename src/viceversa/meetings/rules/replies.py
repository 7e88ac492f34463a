"""Answers of calendars to invitations, as they come by mail or from a mail gateway (RFC 5546,
6047). They come from outside: nothing in them is believed that was not asked for."""

import hmac
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from email.policy import default as modern
from hashlib import sha256
from typing import Any
from urllib.parse import unquote

from icalendar import Calendar

MOST_BYTES = 256 * 1024
MOST_BYTES_IN_HEAD = 1000
EARLIEST, LATEST = 2000, 2100
SIGNED_FOR = timedelta(minutes=5)
CLOCKS_DIFFER = timedelta(days=1)
CLOCKS_RUN_AHEAD = timedelta(minutes=5)
TENTATIVE = "TENTATIVE"
ANSWERS = ("ACCEPTED", "DECLINED", TENTATIVE)
COUNTER = "COUNTER"
CALENDAR_KINDS = ("text/calendar", "application/ics")

# What is taken apart has to be short: the library's work grows with the square of its length.
_KIND = re.compile(
    rb"(?:^|[\r\n])content-type[ \t]*:(?:[^\r\n]|(?:\r\n|\r|\n)[ \t])*",
    re.IGNORECASE,
)
_CHARSET = re.compile(
    r"us-ascii|utf-?(?:8|16|32)(?:[bl]e)?|iso-8859-\d\d?|windows-125\d|koi8-[ru]|big5|gb2312|gbk"
    r"|gb18030|shift_jis|euc-(?:jp|kr)|iso-2022-jp",
    re.IGNORECASE,
)
_UID = re.compile(r"([A-Za-z0-9_-]{1,24})@viceversa")


class NotAReply(ValueError):
    """What came is no answer to an invitation; `args[0]` is a code without personal data."""


@dataclass(frozen=True)
class Reply:
    """`key` is the half hour's or that of a series, and `replaces` the one of it that is meant.
    `proposes` is another time for it. `attendee` and `sender` are addresses in small letters."""

    key: str
    attendee: str
    sender: str
    answer: str
    sequence: int
    stamped_at: datetime
    replaces: datetime | date | None = None
    proposes: datetime | None = None


def signature(secret: str, *, timestamp: str, sender: str, body: bytes) -> str:
    text = f"{timestamp}\n{sender}\n".encode() + body
    return hmac.new(secret.encode(), text, sha256).hexdigest()


def is_signed(
    given: str, secret: str, *, timestamp: str, sender: str, body: bytes, now: datetime
) -> bool:
    """By those who know the secret, a short while ago."""
    if not secret or not timestamp.isascii() or not timestamp.isdigit() or len(timestamp) > 12:
        return False
    if abs(int(timestamp) - now.timestamp()) > SIGNED_FOR.total_seconds():
        return False
    right = signature(secret, timestamp=timestamp, sender=sender, body=body)
    return hmac.compare_digest(given.encode(), right.encode())


def reply_in_mail(raw: bytes, *, now: datetime) -> Reply:
    if len(raw) > MOST_BYTES:
        raise NotAReply("too_large")
    if any(len(kind.group()) > MOST_BYTES_IN_HEAD for kind in _KIND.finditer(raw)):
        raise NotAReply("unreadable_mail")
    try:
        message = message_from_bytes(raw)  # the newer reading takes minutes for hostile heads
        sender = _sender(message)
        text = _calendar_text(message)
    except NotAReply:
        raise
    except Exception as error:  # the standard library raises many kinds for broken mails
        raise NotAReply("unreadable_mail") from error
    return reply_in_calendar(text, sender=sender, now=now)


def reply_in_calendar(text: str | bytes, *, sender: str, now: datetime) -> Reply:
    """`sender` is who sent it, as the mail or the gateway says."""
    if len(text) > MOST_BYTES:
        raise NotAReply("too_large")
    try:
        calendar = Calendar.from_ical(text)
        return _reply(calendar, sender=sender.strip().casefold(), now=now)
    except NotAReply:
        raise
    except Exception as error:  # so does the reader for broken calendars
        raise NotAReply("unreadable_calendar") from error


def _sender(message: Message) -> str:
    lines = ["".join(str(line).splitlines()) for line in message.get_all("From") or []]
    if len(lines) != 1 or len(lines[0]) > MOST_BYTES_IN_HEAD:
        raise NotAReply("no_single_sender")
    addresses = modern.header_factory("From", lines[0]).addresses
    if len(addresses) != 1:
        raise NotAReply("no_single_sender")
    return str(addresses[0].addr_spec)


def _calendar_text(message: Message) -> str | bytes:
    for part in message.walk():
        if _is_calendar(part):
            return _decoded(bytes(part.get_payload(decode=True)), part.get_content_charset())
    raise NotAReply("no_calendar")


def _is_calendar(part: Message) -> bool:
    """Some mail programs say of their calendars only that they are files."""
    if part.get_content_type() in CALENDAR_KINDS:
        return True
    return not part.is_multipart() and (part.get_filename() or "").lower().endswith(".ics")


def _decoded(text: bytes, charset: str | None) -> str | bytes:
    """What is not said is left to the reader of calendars. Only letters that mails are written in:
    some others take seconds to be read."""
    try:
        return text.decode(charset) if charset and _CHARSET.fullmatch(charset) else text
    except (LookupError, UnicodeDecodeError):
        return text


def _reply(calendar: Any, *, sender: str, now: datetime) -> Reply:
    method = str(calendar.get("METHOD", "")).upper()
    if method not in ("REPLY", COUNTER):
        raise NotAReply("no_reply")
    events = calendar.walk("VEVENT")
    if len(events) != 1:
        raise NotAReply("no_single_event")
    [event] = events
    uid = _UID.fullmatch(str(event.get("UID", "")))
    if uid is None:
        raise NotAReply("unknown_meeting")
    attendee = _sending(event.get("ATTENDEE"), sender)
    answer = TENTATIVE if method == COUNTER else str(attendee.params.get("PARTSTAT", "")).upper()
    if answer not in ANSWERS:
        raise NotAReply("no_answer")
    return Reply(
        key=uid[1],
        attendee=sender,
        sender=sender,
        answer=answer,
        sequence=int(event.get("SEQUENCE", 0)),
        stamped_at=_stamp(event["DTSTAMP"].dt, now=now),
        replaces=_day(event["RECURRENCE-ID"].dt) if "RECURRENCE-ID" in event else None,
        proposes=_proposed(_day(event["DTSTART"].dt)) if method == COUNTER else None,
    )


def _day(said: Any) -> date:
    """Or the moment. Calendars also know spans and times of day here, and years without a clock."""
    if not isinstance(said, date) or not EARLIEST < said.year < LATEST:
        raise NotAReply("unreadable_calendar")
    return said


def _proposed(at: date) -> datetime:
    """A moment, to the minute; a day, or a clock of nowhere, is none."""
    if not isinstance(at, datetime) or at.tzinfo is None:
        raise NotAReply("no_time")
    return at.astimezone(UTC).replace(second=0, microsecond=0)


def _sending(attendees: Any, sender: str) -> Any:
    """Some calendars name everybody who was invited: each answers only for themselves."""
    if attendees is None:
        raise NotAReply("no_single_attendee")
    listed = attendees if isinstance(attendees, list) else [attendees]
    own = [attendee for attendee in listed if _address(str(attendee)) == sender]
    if not own:
        raise NotAReply("sender_is_another")
    if len(own) > 1:
        raise NotAReply("no_single_attendee")
    return own[0]


def _address(calendar_address: str) -> str:
    scheme, _colon, address = calendar_address.partition(":")
    if scheme.lower() != "mailto":
        raise NotAReply("no_address")
    return unquote(address).strip().casefold()


def _stamp(at: datetime, *, now: datetime) -> datetime:
    """A clock that runs ahead would keep out what its owner answers next."""
    if at.year < EARLIEST:
        raise NotAReply("unreadable_calendar")
    stamp = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    if stamp > now + CLOCKS_DIFFER:
        raise NotAReply("from_the_future")
    return min(stamp, now + CLOCKS_RUN_AHEAD)
