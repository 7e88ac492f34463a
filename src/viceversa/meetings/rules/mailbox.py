"""A mailbox on a mail server, as an address: imaps://user:password@host:993/INBOX."""

from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urlsplit

PORTS = {"imaps": 993, "imap": 143}
USUAL = "INBOX"


class NoMailbox(Exception):
    """`args[0]` is a code, without personal data; `queries.mailbox.sentence` says what to do."""


@dataclass(frozen=True)
class Mailbox:
    """`is_secure` from the first byte; otherwise the server is asked for it before the sign-in."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str
    is_secure: bool


def mailbox_at(address: str) -> Mailbox:
    """What stands in it may be written in percent signs, as a password often must."""
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        raise NoMailbox("no_address") from None
    if parts.scheme not in PORTS or not parts.hostname or not parts.username or not parts.password:
        raise NoMailbox("no_address")
    return Mailbox(
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        user=_plain(parts.username),
        password=_plain(parts.password),
        folder=_folder(parts),
        is_secure=parts.scheme == "imaps",
    )


def _folder(parts: SplitResult) -> str:
    return _plain(parts.path.strip("/")) or USUAL


def _plain(text: str) -> str:
    """The protocol knows plain letters only, and a line that ends is another command."""
    said = unquote(text)
    if not said.isascii() or not said.isprintable():
        raise NoMailbox("no_plain_letters")
    return said
