"""Reads what calendars answered out of a mailbox on a mail server (IMAP)."""

import re
import ssl
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from imaplib import IMAP4, IMAP4_SSL
from pathlib import Path
from typing import Any

from viceversa.meetings.actions.replies import read_maildir, take_mail
from viceversa.meetings.rules.mailbox import Mailbox, NoMailbox, mailbox_at
from viceversa.meetings.rules.replies import MOST_BYTES

EACH_STEP = 20.0
MOST_AT_ONCE = 200


def read_answers(*, maildir: str, imap: str, now: datetime) -> dict[str, int]:
    """From wherever the operator lets them arrive: a folder, a mail server, both or none."""
    seen: Counter[str] = Counter()
    if maildir:
        seen.update(read_maildir(Path(maildir), now=now))
    if imap:
        seen.update(read_imap(imap, now=now))
    return dict(seen)


def read_imap(address: str, *, now: datetime) -> dict[str, int]:
    """Takes what is unread, the oldest first, and marks it as read; counts by code. A mail that was
    taken and not marked is read again, which changes nothing."""
    seen: Counter[str] = Counter()
    with opened(address) as server:
        for number in _unread(server)[:MOST_AT_ONCE]:
            raw = _beginning(server, number)
            if raw is not None:
                seen[take_mail(raw=raw, now=now)] += 1
                _said(server.uid("STORE", number, "+FLAGS.SILENT", r"(\Seen)"))
    return dict(seen)


@contextmanager
def opened(address: str) -> Iterator[IMAP4]:
    """Signed in, with the folder open. The server proves who it is before it learns a password."""
    mailbox = mailbox_at(address)
    try:
        server = _connected(mailbox)
    except ssl.SSLError as error:
        raise NoMailbox("insecure") from error
    except (OSError, IMAP4.error) as error:
        raise NoMailbox("unreachable") from error
    try:
        _enter(server, mailbox)
        yield server
    except (OSError, IMAP4.abort) as error:
        raise NoMailbox("broken_off") from error
    finally:
        with suppress(OSError, IMAP4.error):
            server.logout()


def _connected(mailbox: Mailbox) -> IMAP4:
    context = ssl.create_default_context()
    if mailbox.is_secure:
        return IMAP4_SSL(mailbox.host, mailbox.port, ssl_context=context, timeout=EACH_STEP)
    server = IMAP4(mailbox.host, mailbox.port, timeout=EACH_STEP)
    try:
        server.starttls(context)
    except (IMAP4.error, ssl.SSLError) as error:
        with suppress(OSError):
            server.shutdown()
        raise NoMailbox("insecure") from error
    return server


def _enter(server: IMAP4, mailbox: Mailbox) -> None:
    try:
        server.login(_argument(mailbox.user), mailbox.password)
    except IMAP4.abort:
        raise
    except IMAP4.error as error:
        raise NoMailbox("no_entry") from error
    kind, _answer = server.select(_quoted(mailbox.folder))
    if kind != "OK":
        raise NoMailbox("no_folder")
    if server.is_readonly:
        raise NoMailbox("read_only")


def _unread(server: IMAP4) -> list[str]:
    [numbers] = _said(server.uid("SEARCH", "UNSEEN", "UNDELETED"))
    return [number.decode() for number in (numbers or b"").split()]


def _beginning(server: IMAP4, number: str) -> bytes | None:
    """Enough to see that a mail is too large; nothing of one that was removed meanwhile."""
    parts = _said(server.uid("FETCH", number, f"(BODY.PEEK[]<0.{MOST_BYTES + 1}>)"))
    return next((part[1] for part in parts if isinstance(part, tuple)), None)


def _said(answer: tuple[str, list[Any]]) -> list[Any]:
    kind, parts = answer
    if kind != "OK":
        raise NoMailbox("broken_off")
    return parts


def _argument(text: str) -> str:
    """As the library sends it: only what is no plain word needs its quotes."""
    return text if re.fullmatch(r"[\w.@+-]+", text) else _quoted(text)


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
