"""Answers out of a mailbox on a mail server: a real one, asked as a self-hoster's is."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.meetings.certificates import certificate_in
from tests.meetings.half_hours import book
from tests.meetings.mail_server import USER, MailServer, mail_server, needs_dovecot
from tests.meetings.test_replies import NOW, adviser_mail, answers
from viceversa.config.doctor import examine
from viceversa.meetings.actions import mailbox
from viceversa.meetings.actions.letters import send_letters
from viceversa.meetings.actions.mailbox import read_imap
from viceversa.meetings.jobs.calendars import read_replies
from viceversa.meetings.models import Meeting
from viceversa.meetings.queries.mailbox import SENTENCES
from viceversa.meetings.rules.mailbox import Mailbox, NoMailbox, mailbox_at
from viceversa.meetings.rules.replies import MOST_BYTES

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate_in(tmp_path_factory.mktemp("certificate"))


@pytest.fixture
def server(
    tmp_path: Path, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MailServer]:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with mail_server(tmp_path, certificate) as running:
        yield running


@pytest.fixture
def meeting(now: datetime) -> Meeting:
    meeting = book()
    send_letters(meeting=meeting, method="REQUEST", now=now)
    return meeting


@needs_dovecot
@pytest.mark.parametrize("secure", [True, False], ids=["imaps", "starttls"])
def test_what_is_unread_is_taken_marked_and_never_read_again(
    server: MailServer, meeting: Meeting, now: datetime, secure: bool
) -> None:
    server.deliver(adviser_mail(meeting), "1.host")
    server.deliver(b"From: a@b.example\r\n\r\nI am away until Monday.\r\n", "2.host")
    server.deliver(adviser_mail(meeting)[:-4] + b"x" * MOST_BYTES, "3.host")
    address = server.address(secure=secure)

    assert read_imap(address, now=now) == {"taken": 1, "no_calendar": 1, "too_large": 1}
    assert read_imap(address, now=now) == {}
    assert server.read == ["1.host", "2.host", "3.host"]
    assert answers(meeting)["Juno Okapi"] == "ACCEPTED"


@needs_dovecot
def test_a_mail_that_was_taken_and_not_marked_changes_nothing_the_second_time(
    server: MailServer, meeting: Meeting, now: datetime
) -> None:
    server.deliver(adviser_mail(meeting), "1.host")
    read_imap(server.address(), now=now)
    server.deliver(adviser_mail(meeting), "2.host")

    assert read_imap(server.address(), now=now) == {"older_answer": 1}


@needs_dovecot
def test_a_full_mailbox_is_read_in_parts_the_oldest_first(
    server: MailServer, meeting: Meeting, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "MOST_AT_ONCE", 2)
    for number, answer in enumerate(["ACCEPTED", "TENTATIVE", "DECLINED"]):
        stamp = NOW + timedelta(minutes=number)
        server.deliver(adviser_mail(meeting, answer=answer, stamp=stamp), f"{number}.host")
        mailbox_counts(server)  # the server numbers them in the order in which it sees them

    assert read_imap(server.address(), now=now) == {"taken": 2}
    assert answers(meeting)["Juno Okapi"] == "TENTATIVE"
    assert read_imap(server.address(), now=now) == {"taken": 1}
    assert answers(meeting)["Juno Okapi"] == "DECLINED"


def mailbox_counts(server: MailServer) -> None:
    with mailbox.opened(server.address()):
        pass


@needs_dovecot
def test_what_the_operator_got_wrong_is_said_with_what_to_do(
    server: MailServer, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert problem(server.address(password="wrong")) == "no_entry"
    assert problem(server.address(folder="Elsewhere")) == "no_folder"
    monkeypatch.delenv("SSL_CERT_FILE")
    assert problem(server.address()) == "insecure"
    assert problem(server.address(secure=False)) == "insecure"


@needs_dovecot
def test_another_folder_is_read_where_one_is_named(
    server: MailServer, meeting: Meeting, now: datetime
) -> None:
    with mailbox.opened(server.address()) as signed_in:
        signed_in.create('"Calendar replies"')
        signed_in.append('"Calendar replies"', "", "", adviser_mail(meeting))

    assert read_imap(server.address(), now=now) == {}
    assert read_imap(server.address(folder="Calendar%20replies"), now=now) == {"taken": 1}


@needs_dovecot
def test_the_job_the_command_and_the_doctor_use_the_settings(
    server: MailServer, meeting: Meeting, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.INBOUND_IMAP = server.address()
    server.deliver(adviser_mail(meeting), "1.host")
    read_replies()
    assert answers(meeting)["Juno Okapi"] == "ACCEPTED"

    call_command("read_replies")
    assert capsys.readouterr().out == "nothing new\n"
    assert "ok     The mailbox that receives calendar replies can be read." in said_by_doctor()


def test_nobody_there_is_said_and_names_neither_user_nor_password(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
    settings.INBOUND_IMAP = f"imaps://answers:secret@127.0.0.1:{port}"
    read_replies()

    assert caplog.messages == [SENTENCES["unreachable"]]
    with pytest.raises(CommandError, match="does not answer"):
        call_command("read_replies")
    assert f"WRONG  {SENTENCES['unreachable']}" in said_by_doctor()


def test_a_server_that_never_speaks_is_left_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "EACH_STEP", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        assert problem(f"imaps://a:b@127.0.0.1:{port}") == "unreachable"
        assert problem(f"imap://a:b@127.0.0.1:{port}") == "unreachable"


def test_a_server_without_encryption_learns_no_password() -> None:
    """It answers the question for encryption with a no, and sees nothing after that."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listening, speaking(listening, heard):
        port = listening.getsockname()[1]
        assert problem(f"imap://a:secret@127.0.0.1:{port}") == "insecure"
    assert b"secret" not in b"".join(heard)
    assert any(b"CAPABILITY" in line for line in heard)


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "imaps://answers%40firm.example:a%2Fb%25@mail.firm.example/Calendar%20replies",
            Mailbox("mail.firm.example", 993, USER, "a/b%", "Calendar replies", True),
        ),
        ("imap://me:pw-1@[::1]:1143", Mailbox("::1", 1143, "me", "pw-1", "INBOX", False)),
    ],
)
def test_an_address_says_where_who_and_which_folder(address: str, expected: Mailbox) -> None:
    assert mailbox_at(address) == expected
    assert expected.password not in repr(expected)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("", "no_address"),
        ("mail.firm.example", "no_address"),
        ("https://me:x@mail.firm.example", "no_address"),
        ("imaps://mail.firm.example/INBOX", "no_address"),
        ("imaps://me@mail.firm.example", "no_address"),
        ("imaps://me:x@mail.firm.example:many", "no_address"),
        ("imaps://me:x@mail.firm.example/a%0D%0Ab", "no_plain_letters"),
        ("imaps://me:x@mail.firm.example/Entw%C3%BCrfe", "no_plain_letters"),
    ],
)
def test_what_is_no_mailbox_is_refused_before_anybody_is_asked(address: str, code: str) -> None:
    with pytest.raises(NoMailbox, match=code):
        mailbox_at(address)


@contextmanager
def speaking(listening: socket.socket, heard: list[bytes]) -> Iterator[None]:
    """A server that greets, offers nothing, and says no to everything else."""

    def speak() -> None:
        connection, _place = listening.accept()
        with connection, connection.makefile("rb") as lines:
            connection.sendall(b"* OK here\r\n")
            for line in lines:
                heard.append(line)
                tag = line.split()[0]
                offered = b"* CAPABILITY IMAP4rev1\r\n" if b"CAPABILITY" in line else b""
                connection.sendall(offered + tag + (b" OK done\r\n" if offered else b" BAD no\r\n"))

    thread = threading.Thread(target=speak, daemon=True)
    thread.start()
    yield
    thread.join(5)


def problem(address: str) -> str:
    with pytest.raises(NoMailbox) as raised:
        read_imap(address, now=NOW)
    code = str(raised.value)
    assert SENTENCES[code]
    return code


def said_by_doctor() -> list[str]:
    said: list[str] = []
    examine(said.append)
    return said
