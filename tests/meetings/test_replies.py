"""Answers of calendars, by mailbox and by gateway; forged, old and broken ones change nothing."""

import logging
import time
from base64 import encodebytes
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from quopri import encodestring
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from tests.factories import make_user
from tests.meetings.half_hours import book
from viceversa.history.models import Entry
from viceversa.meetings.actions.letters import send_letters
from viceversa.meetings.actions.replies import (
    PROPOSED,
    TAKEN,
    read_maildir,
    take_calendar,
    take_mail,
)
from viceversa.meetings.jobs.calendars import read_replies
from viceversa.meetings.models import CalendarLetter, Meeting, Proposal
from viceversa.meetings.queries.calendar import replies_of
from viceversa.meetings.rules.replies import (
    MOST_BYTES,
    NotAReply,
    is_signed,
    reply_in_mail,
    signature,
)
from viceversa.notifications.models import Notification

pytestmark = pytest.mark.django_db
ADDRESS = "/calendar/replies/"
SECRET = "a secret of gateway and product"
NOW = datetime(2026, 3, 2, 9, 12, tzinfo=UTC)


@pytest.fixture
def meeting(now: datetime) -> Meeting:
    meeting = book()
    send_letters(meeting=meeting, method="REQUEST", now=now)
    return meeting


def calendar_reply(
    meeting: Meeting,
    *,
    attendee: str = "",
    answer: str = "ACCEPTED",
    stamp: datetime = NOW,
    **fields: str,
) -> bytes:
    attendee = attendee or meeting.partnership.adviser.person.email or ""
    lines = {
        "UID": meeting.uid,
        "SEQUENCE": str(meeting.sequence),
        "DTSTAMP": f"{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        "DTSTART": "20260309T090000Z",
        f"ATTENDEE;PARTSTAT={answer};CN=Somebody": f"mailto:{attendee}",
        "ORGANIZER": "mailto:viceversa@localhost",
    } | fields
    inside = "\r\n".join(f"{name}:{value}" for name, value in lines.items() if value)
    return (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Other//EN\r\nMETHOD:REPLY\r\n"
        f"BEGIN:VEVENT\r\n{inside}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    ).encode()


def mail(calendar: bytes, sender: str) -> bytes:
    message = EmailMessage()
    message["From"] = f"Juno Okapi <{sender}>"
    message["To"] = "viceversa@localhost"
    message["Subject"] = "Accepted: Viceversa"
    message.set_content("Yes.")
    message.add_alternative(calendar.decode(), subtype="calendar", params={"method": "REPLY"})
    return message.as_bytes()


def adviser_mail(meeting: Meeting, **fields: Any) -> bytes:
    sender = meeting.partnership.adviser.person.email or ""
    return mail(calendar_reply(meeting, **fields), sender)


def answers(meeting: Meeting) -> dict[str, str]:
    return {answer.person.name: answer.reply for answer in replies_of(meeting)}


@pytest.mark.parametrize("answer", ["ACCEPTED", "DECLINED", "TENTATIVE"])
def test_a_reply_is_seen_beside_the_half_hour(meeting: Meeting, now: datetime, answer: str) -> None:
    assert answers(meeting) == {"Juno Okapi": "", "Tamsin Marlow": ""}

    assert take_mail(raw=adviser_mail(meeting, answer=answer), now=now) == TAKEN

    assert answers(meeting) == {"Juno Okapi": answer, "Tamsin Marlow": ""}
    entry = Entry.objects.get(verb="meetings.replied")
    assert entry.detail == {"answer": answer, "sequence": 0}


def test_the_page_of_the_half_hour_says_what_the_calendar_answered(
    signed_in: Callable[..., Client], now: datetime
) -> None:
    ahead = book(starts_at=datetime.now(UTC) + timedelta(days=7))
    send_letters(meeting=ahead, method="REQUEST", now=now)
    take_mail(raw=adviser_mail(ahead, answer="TENTATIVE"), now=now)
    learner = ahead.partnership.learner.person
    path = f"/partnerships/{ahead.partnership.key}/half-hours/{ahead.key}/"

    page = signed_in(make_user(learner)).get(path).content.decode()

    assert "<dt>Calendar of Juno Okapi</dt><dd>Perhaps</dd>" in page
    assert "<dt>Calendar of Tamsin Marlow</dt><dd>No answer yet</dd>" in page


def test_a_no_is_told_to_whoever_booked_and_a_yes_is_not(meeting: Meeting, now: datetime) -> None:
    take_mail(raw=adviser_mail(meeting), now=now)
    assert not Notification.objects.filter(in_inbox=True).exists()

    later = now + timedelta(minutes=1)
    take_mail(raw=adviser_mail(meeting, answer="DECLINED", stamp=later), now=later)

    told = Notification.objects.get(in_inbox=True)
    assert (told.person, told.kind) == (meeting.booked_by, "meetings.calendar_declined")
    assert told.path.endswith(f"/{meeting.key}/")


def test_the_newest_answer_counts_in_whatever_order_they_come(
    meeting: Meeting, now: datetime
) -> None:
    newer, older = now + timedelta(minutes=2), now + timedelta(minutes=1)
    assert take_mail(raw=adviser_mail(meeting, answer="DECLINED", stamp=newer), now=now) == TAKEN
    assert (
        take_mail(raw=adviser_mail(meeting, answer="ACCEPTED", stamp=older), now=now)
        == "older_answer"
    )

    assert answers(meeting)["Juno Okapi"] == "DECLINED"


def test_the_same_answer_twice_is_one(meeting: Meeting, now: datetime) -> None:
    for _turn in range(2):
        take_mail(raw=adviser_mail(meeting, answer="DECLINED"), now=now)

    assert Entry.objects.filter(verb="meetings.replied").count() == 1


def test_an_answer_to_the_old_time_is_none_to_the_new(meeting: Meeting, now: datetime) -> None:
    old = adviser_mail(meeting)
    take_mail(raw=old, now=now)
    meeting.sequence = 1
    meeting.save()
    send_letters(meeting=meeting, method="REQUEST", now=now)

    assert answers(meeting)["Juno Okapi"] == ""
    assert take_mail(raw=old, now=now) == "older_invitation"
    assert answers(meeting)["Juno Okapi"] == ""
    assert take_mail(raw=adviser_mail(meeting), now=now) == TAKEN


def test_only_whom_we_invited_can_answer_and_only_for_themselves(
    meeting: Meeting, now: datetime
) -> None:
    learner = meeting.partnership.learner.person.email or ""
    stranger = "mallory@evil.example"
    forged = {
        "not_invited": mail(calendar_reply(meeting, attendee=stranger), stranger),
        "sender_is_another": mail(calendar_reply(meeting), learner),
        "unknown_meeting": adviser_mail(meeting, UID="m1@elsewhere.example"),
        "unknown_invitation": adviser_mail(meeting, SEQUENCE="7"),
        "from_the_future": adviser_mail(meeting, stamp=now + timedelta(days=400)),
        "no_answer": adviser_mail(meeting, answer="DELEGATED"),
        "no_calendar": b"From: a@b.example\r\n\r\nhello",
        "no_single_sender": adviser_mail(meeting).replace(b"From:", b"X-From:", 1),
    }

    assert {code: take_mail(raw=raw, now=now) for code, raw in forged.items()} == {
        code: code for code in forged
    }
    assert set(answers(meeting).values()) == {""}
    assert not Entry.objects.filter(verb="meetings.replied").exists()


def wrapped(body: bytes, kind: str, encoding: str, sender: str) -> bytes:
    head = (
        f"From: {sender}\r\nTo: viceversa@localhost\r\nMIME-Version: 1.0\r\n"
        f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    )
    return head.encode() + body


def part_of_two(head: str, body: bytes) -> bytes:
    first = b"--edge\r\nContent-Type: text/plain\r\n\r\nYes.\r\n--edge\r\n"
    return first + head.encode() + b"\r\n\r\n" + body + b"\r\n--edge--\r\n"


REPLY_KIND = "text/calendar; method=REPLY"
WAYS_TO_SEND: dict[str, Callable[[bytes, str], bytes]] = {
    "base64": lambda text, who: wrapped(
        encodebytes(text), f"{REPLY_KIND}; charset=utf-8", "base64", who
    ),
    "quoted-printable": lambda text, who: wrapped(
        encodestring(text), f"{REPLY_KIND}; charset=utf-8", "quoted-printable", who
    ),
    "sixteen bits": lambda text, who: wrapped(
        encodebytes(text.decode().encode("utf-16")), f"{REPLY_KIND}; charset=utf-16", "base64", who
    ),
    "an old charset": lambda text, who: wrapped(
        text.replace(b"Somebody", "Jürgen".encode("latin-1")),
        f"{REPLY_KIND}; charset=iso-8859-1",
        "8bit",
        who,
    ),
    "a charset that nobody knows": lambda text, who: wrapped(
        text, f"{REPLY_KIND}; charset=unheard-of", "8bit", who
    ),
    "only a file": lambda text, who: wrapped(
        part_of_two(
            "Content-Type: application/octet-stream\r\n"
            'Content-Disposition: attachment; filename="Reply.ICS"\r\n'
            "Content-Transfer-Encoding: base64",
            encodebytes(text),
        ),
        "multipart/mixed; boundary=edge",
        "7bit",
        who,
    ),
}


@pytest.mark.parametrize("way", WAYS_TO_SEND)
def test_an_answer_is_understood_however_it_is_wrapped(
    meeting: Meeting, now: datetime, way: str
) -> None:
    sender = meeting.partnership.adviser.person.email or ""
    raw = WAYS_TO_SEND[way](calendar_reply(meeting, answer="TENTATIVE"), sender)

    assert take_mail(raw=raw, now=now) == TAKEN
    assert answers(meeting)["Juno Okapi"] == "TENTATIVE"


def test_of_everybody_that_a_reply_names_only_its_sender_answers(
    meeting: Meeting, now: datetime
) -> None:
    learner = meeting.partnership.learner.person.email
    text = calendar_reply(meeting, answer="DECLINED").replace(
        b"ORGANIZER", f"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{learner}\r\nORGANIZER".encode()
    )
    sender = meeting.partnership.adviser.person.email or ""

    assert take_mail(raw=mail(text, "mallory@evil.example"), now=now) == "sender_is_another"
    assert take_mail(raw=mail(text, sender), now=now) == TAKEN
    assert answers(meeting) == {"Juno Okapi": "DECLINED", "Tamsin Marlow": ""}
    twice = text.replace(f":mailto:{learner}".encode(), f":mailto:{sender}".encode())
    assert take_mail(raw=mail(twice, sender), now=now) == "no_single_attendee"


def test_a_clock_that_runs_hours_ahead_does_not_keep_out_the_next_answer(
    meeting: Meeting, now: datetime
) -> None:
    ahead = adviser_mail(meeting, answer="ACCEPTED", stamp=now + timedelta(hours=20))
    assert take_mail(raw=ahead, now=now) == TAKEN

    later = now + timedelta(hours=1)
    assert take_mail(raw=adviser_mail(meeting, answer="DECLINED", stamp=later), now=later) == TAKEN
    assert answers(meeting)["Juno Okapi"] == "DECLINED"


def counter(meeting: Meeting, at: str, *, stamp: datetime = NOW, **fields: str) -> bytes:
    text = calendar_reply(meeting, answer="NEEDS-ACTION", stamp=stamp, DTSTART=at, **fields)
    sender = meeting.partnership.adviser.person.email or ""
    return mail(text.replace(b"METHOD:REPLY", b"METHOD:COUNTER"), sender)


def test_a_time_proposed_by_a_calendar_waits_for_the_other_of_the_two(
    meeting: Meeting, now: datetime
) -> None:
    before = meeting.starts_at

    assert take_mail(raw=counter(meeting, "20260310T103000Z"), now=now) == PROPOSED

    proposal = Proposal.objects.get()
    assert (proposal.meeting, proposal.side) == (meeting, "adviser")
    assert proposal.starts_at == datetime(2026, 3, 10, 10, 30, tzinfo=UTC)
    meeting.refresh_from_db()
    assert meeting.starts_at == before
    assert answers(meeting)["Juno Okapi"] == "TENTATIVE"
    told = Notification.objects.get(in_inbox=True)
    assert (told.person.name, told.kind) == ("Tamsin Marlow", "meetings.time_proposed")
    assert Entry.objects.filter(verb="meetings.time_proposed", actor_label="Juno Okapi").exists()
    assert take_mail(raw=counter(meeting, "20260310T103000Z"), now=now) == "older_answer"
    assert Proposal.objects.count() == 1


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("20260101T100000Z", "not_proposed_past"),
        ("20290101T100000Z", "not_proposed_far"),
        ("20260310T100000", "no_time"),
        ("20260310", "no_time"),
    ],
)
def test_an_impossible_time_proposed_by_a_calendar_is_none(
    meeting: Meeting, now: datetime, at: str, code: str
) -> None:
    assert take_mail(raw=counter(meeting, at), now=now) == code
    assert not Proposal.objects.exists()


def test_a_stranger_proposes_nothing(meeting: Meeting, now: datetime) -> None:
    own = counter(meeting, "20260310T103000Z")
    sender = (meeting.partnership.adviser.person.email or "").encode()
    forged = own.replace(b"<" + sender + b">", b"<mallory@evil.example>")

    assert forged != own
    assert take_mail(raw=forged, now=now) == "sender_is_another"
    assert take_mail(raw=own.replace(sender, b"mallory@evil.example"), now=now) == "not_invited"
    assert not Proposal.objects.exists()


def test_two_senders_are_none(meeting: Meeting, now: datetime) -> None:
    raw = b"From: mallory@evil.example\r\n" + adviser_mail(meeting)

    assert take_mail(raw=raw, now=now) == "no_single_sender"


def test_nobody_answers_for_a_half_hour_that_is_off_or_after_leaving(
    meeting: Meeting, now: datetime
) -> None:
    meeting.state = Meeting.State.CANCELLED
    meeting.save()
    assert take_mail(raw=adviser_mail(meeting), now=now) == "not_booked"

    meeting.state = Meeting.State.BOOKED
    meeting.save()
    adviser = meeting.partnership.adviser.person
    adviser.left_on = now.date()
    adviser.save()
    assert take_mail(raw=adviser_mail(meeting), now=now) == "not_invited"


def test_addresses_are_compared_without_regard_to_letters(meeting: Meeting, now: datetime) -> None:
    adviser = meeting.partnership.adviser.person
    shouted = (adviser.email or "").upper()

    assert take_mail(raw=mail(calendar_reply(meeting, attendee=shouted), shouted), now=now) == TAKEN


def test_logs_say_why_and_name_nobody(
    meeting: Meeting, now: datetime, caplog: pytest.LogCaptureFixture
) -> None:
    adviser = meeting.partnership.adviser.person
    with caplog.at_level(logging.DEBUG, logger="viceversa"):
        take_mail(raw=mail(calendar_reply(meeting), "mallory@evil.example"), now=now)

    assert "calendar reply ignored: sender_is_another" in caplog.text
    for secret in (adviser.email, adviser.name, meeting.key, "mallory"):
        assert str(secret) not in caplog.text


@pytest.mark.pure
@given(st.binary(max_size=400))
def test_anything_that_is_no_mail_is_refused_with_a_code(raw: bytes) -> None:
    with pytest.raises(NotAReply):
        reply_in_mail(raw, now=NOW)


@given(place=st.integers(0, 1200), junk=st.binary(max_size=30))
def test_a_reply_that_was_tampered_with_never_crashes(place: int, junk: bytes) -> None:
    raw = (
        b"From: a@b.example\r\nContent-Type: text/calendar; method=REPLY; charset=utf-8\r\n\r\n"
        b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:k@viceversa\r\nSEQUENCE:0\r\n"
        b"DTSTAMP:20260302T091200Z\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:a@b.example\r\n"
        b"END:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    broken = raw[: place % len(raw)] + junk + raw[place % len(raw) :]
    assert isinstance(take_mail(raw=broken, now=NOW), str)


def test_a_mail_that_is_too_large_is_refused(meeting: Meeting, now: datetime) -> None:
    raw = adviser_mail(meeting) + b" " * MOST_BYTES

    assert take_mail(raw=raw, now=now) == "too_large"


MANY = 60_000
BOMBS = {
    "quotes in the sender": (b"From: " + b'"' * MANY, b""),
    "comments in the sender": (b"From: " + b"(" * MANY + b" a@b.example", b""),
    "words in the sender": (b"From: " + b"=?utf-8?q?" * (MANY // 10), b""),
    "senders": (b"From: " + b"a@b.example, " * (MANY // 13), b""),
    "parameters": (b"From: a@b.example\r\nContent-Type: text/x" + b";a*0*=''" * (MANY // 8), b""),
    "quotes in parameters": (
        b'From: a@b.example\r\nContent-Type: multipart/mixed; boundary="' + b";" * MANY,
        b"",
    ),
    "parameters over many lines": (
        b'From: a@b.example\r\nContent-Type: multipart/mixed; boundary="' + b";\r " * (MANY // 3),
        b"",
    ),
    "parameters of a part": (
        b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b",
        b"--b\r\nContent-Type: text/x" + b";a*0*=''" * (MANY // 8) + b"\r\n\r\nx\r\n--b--\r\n",
    ),
    "letters that nobody writes mails in": (
        b"From: a@b.example\r\nContent-Type: text/calendar; charset=punycode",
        b"b-" + b"a" * (4 * MANY),
    ),
    "a mail in a mail in a mail": (
        b"From: a@b.example\r\nContent-Type: message/rfc822",
        b"Content-Type: message/rfc822\r\n\r\n" * (MANY // 32),
    ),
    "parts in parts": (
        b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b",
        b"".join(
            b"--b%s\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n"
            % (b"%d" % (n - 1) if n else b"", n)
            for n in range(MANY // 60)
        ),
    ),
}


@pytest.mark.pure
@pytest.mark.parametrize("name", BOMBS)
def test_a_mail_made_to_take_long_is_refused_as_soon_as_any_other(name: str) -> None:
    head, body = BOMBS[name]
    began = time.process_time()
    with pytest.raises(NotAReply):
        reply_in_mail(head + b"\r\nMIME-Version: 1.0\r\n\r\n" + body, now=NOW)

    assert time.process_time() - began < 1


def test_an_answer_from_before_calendars_is_none(meeting: Meeting, now: datetime) -> None:
    """No clock on any page can show it."""
    reply = adviser_mail(meeting).replace(b"20260302T091200Z", b"00010101T000000Z")

    assert take_mail(raw=reply, now=now) == "unreadable_calendar"


def test_our_own_invitation_sent_back_is_no_reply(meeting: Meeting, now: datetime) -> None:
    letter = CalendarLetter.objects.get(person=meeting.partnership.adviser.person)
    sender = letter.person.email or ""

    assert take_calendar(text=letter.text.encode(), sender=sender, now=now) == "no_reply"


def test_a_reply_made_by_a_calendar_from_our_invitation_is_taken(
    meeting: Meeting, now: datetime
) -> None:
    """As a calendar does: our event, our UID and sequence, one attendee."""
    letter = CalendarLetter.objects.get(person=meeting.partnership.adviser.person)
    calendar = Calendar.from_ical(letter.text)
    calendar["METHOD"] = "REPLY"
    [event] = calendar.walk("VEVENT")
    [mine] = [one for one in event["ATTENDEE"] if letter.person.email in str(one)]
    mine.params["PARTSTAT"] = "TENTATIVE"
    event["ATTENDEE"] = mine
    sender = letter.person.email or ""

    assert take_calendar(text=calendar.to_ical(), sender=sender, now=now) == TAKEN
    assert answers(meeting)["Juno Okapi"] == "TENTATIVE"


# By gateway


def signed(body: bytes, *, sender: str = "", at: datetime | None = None, **given: str) -> Any:
    timestamp = given.get("timestamp", str(int((at or datetime.now(UTC)).timestamp())))
    right = signature(SECRET, timestamp=timestamp, sender=sender, body=body)
    return {
        "X-Viceversa-Timestamp": timestamp,
        "X-Viceversa-Signature": given.get("signature", right),
        **({"X-Viceversa-Sender": sender} if sender else {}),
    }


def send(body: bytes, headers: dict[str, str], kind: str = "message/rfc822") -> Any:
    return Client(enforce_csrf_checks=True).post(
        ADDRESS, data=body, content_type=kind, headers=headers
    )


@pytest.fixture
def secret(settings: Any) -> None:
    settings.INBOUND_SECRET = SECRET


@pytest.mark.usefixtures("secret")
def test_a_gateway_hands_over_a_mail(meeting: Meeting) -> None:
    body = adviser_mail(meeting)
    answer = send(body, signed(body))

    assert (answer.status_code, answer.json()) == (200, {"result": "taken"})
    assert answers(meeting)["Juno Okapi"] == "ACCEPTED"


@pytest.mark.usefixtures("secret")
def test_a_gateway_hands_over_a_calendar_and_signs_for_its_sender(meeting: Meeting) -> None:
    body = calendar_reply(meeting)
    sender = meeting.partnership.adviser.person.email or ""
    other = {**signed(body, sender=sender), "X-Viceversa-Sender": "mallory@evil.example"}

    assert send(body, other, "text/calendar; charset=utf-8").status_code == 403
    answer = send(body, signed(body, sender=sender), "text/calendar; charset=utf-8")
    assert (answer.status_code, answer.json()) == (200, {"result": "taken"})


@pytest.mark.usefixtures("secret")
def test_unsigned_forged_and_late_hand_overs_change_nothing(meeting: Meeting) -> None:
    body = adviser_mail(meeting)
    old = datetime.now(UTC) - timedelta(minutes=6)

    assert send(body, {}).status_code == 401
    assert send(body, signed(body, signature="0" * 64)).status_code == 403
    assert send(body, signed(body, signature="ünsigned")).status_code == 403
    assert send(body + b" ", signed(body)).status_code == 403
    assert send(body, signed(body, at=old)).status_code == 403
    assert send(body, signed(body, timestamp="soon")).status_code == 403
    assert set(answers(meeting).values()) == {""}


def test_without_a_secret_nothing_is_taken(meeting: Meeting, settings: Any) -> None:
    settings.INBOUND_SECRET = ""
    body = adviser_mail(meeting)
    timestamp = str(int(datetime.now(UTC).timestamp()))
    empty = signature("", timestamp=timestamp, sender="", body=body)

    assert send(body, signed(body, timestamp=timestamp, signature=empty)).status_code == 403


@pytest.mark.usefixtures("secret")
def test_a_signed_hand_over_of_no_use_is_answered_with_a_code(meeting: Meeting) -> None:
    body = mail(calendar_reply(meeting), "mallory@evil.example")
    answer = send(body, signed(body))
    assert (answer.status_code, answer.json()) == (200, {"result": "sender_is_another"})

    assert send(b"{}", signed(b"{}"), "application/json").status_code == 415
    large = b" " * (MOST_BYTES + 1)
    assert send(large, signed(large)).status_code == 413


def test_only_post_is_answered() -> None:
    assert Client().get(ADDRESS).status_code == 405


@pytest.mark.pure
def test_a_signature_is_of_its_time_sender_and_body() -> None:
    timestamp = str(int(NOW.timestamp()))
    said = {"timestamp": timestamp, "sender": "a@b.example", "body": b"x"}
    good = signature(SECRET, **said)  # type: ignore[arg-type]

    assert is_signed(good, SECRET, now=NOW, **said)  # type: ignore[arg-type]
    for change in (
        {"sender": "b@b.example"},
        {"body": b"y"},
        {"timestamp": str(int(timestamp) + 1)},
    ):
        assert not is_signed(good, SECRET, now=NOW, **{**said, **change})  # type: ignore[arg-type]


# By mailbox


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    return tmp_path


def test_a_mailbox_is_read_once(meeting: Meeting, now: datetime, folder: Path) -> None:
    (folder / "new" / "1.host").write_bytes(adviser_mail(meeting))
    (folder / "new" / "2.host").write_bytes(b"hello")
    (folder / "new" / "3.host").symlink_to("/etc/hostname")

    assert read_maildir(folder, now=now) == {"no_single_sender": 1, "taken": 1}
    assert read_maildir(folder, now=now) == {}
    assert sorted(path.name for path in (folder / "cur").iterdir()) == ["1.host:2,S", "2.host:2,S"]
    assert answers(meeting)["Juno Okapi"] == "ACCEPTED"


def test_the_command_reads_the_mailbox_of_the_settings(
    meeting: Meeting, folder: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "new" / "1.host").write_bytes(adviser_mail(meeting))
    settings.INBOUND_MAILDIR = str(folder)
    call_command("read_replies")

    assert capsys.readouterr().out == "taken: 1\n"
    assert answers(meeting)["Juno Okapi"] == "ACCEPTED"


def test_the_command_says_what_is_missing(settings: Any, tmp_path: Path) -> None:
    settings.INBOUND_MAILDIR = ""
    with pytest.raises(CommandError, match="INBOUND_MAILDIR"):
        call_command("read_replies")
    settings.INBOUND_MAILDIR = str(tmp_path / "nowhere")
    with pytest.raises(CommandError, match="maildir"):
        call_command("read_replies")


def test_the_job_reads_it_too_and_rests_without_one(
    meeting: Meeting, folder: Path, settings: Any
) -> None:
    settings.INBOUND_MAILDIR = ""
    read_replies()
    settings.INBOUND_MAILDIR = str(folder / "nowhere")
    read_replies()
    (folder / "new" / "1.host").write_bytes(adviser_mail(meeting))
    settings.INBOUND_MAILDIR = str(folder)
    read_replies()

    assert answers(meeting)["Juno Okapi"] == "ACCEPTED"
