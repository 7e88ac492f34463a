"""A real mail server on a free port, with a temper that tests choose."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Sink:
    """`dies_after`: takes so many and hangs up. `dies_of`: an address whose letter it never
    survives. `refuses`: address → answer to RCPT."""

    def __init__(
        self,
        *,
        dies_after: int | None = None,
        dies_of: str = "",
        refuses: dict[str, str] | None = None,
    ):
        self.taken: list[tuple[str, EmailMessage]] = []
        self.connections = 0
        self.dies_after = dies_after
        self.dies_of = dies_of
        self.refuses = refuses or {}

    @property
    def recipients(self) -> list[str]:
        return [address for address, _message in self.taken]

    @property
    def ids(self) -> list[str]:
        return [str(message["Message-ID"]) for _address, message in self.taken]

    async def handle_EHLO(  # the names are the library's
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, answers: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return answers

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        is_full = self.dies_after is not None and len(self.taken) >= self.dies_after
        if is_full or self.dies_of in envelope.rcpt_tos:
            assert server.transport is not None
            server.transport.close()
            return "421 gone"
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.taken.append((envelope.rcpt_tos[0], message))
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(sink: Sink, port: int) -> Iterator[Sink]:
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()
