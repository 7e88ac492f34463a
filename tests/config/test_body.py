import asyncio
from collections.abc import MutableMapping
from typing import Any

import pytest

from viceversa.config import body
from viceversa.config.body import BodyFirst

pytestmark = pytest.mark.pure


class Connection:
    """A client that sends these parts and keeps what it is answered."""

    def __init__(self, parts: list[MutableMapping[str, Any]]) -> None:
        self.parts = parts
        self.answers: list[MutableMapping[str, Any]] = []

    async def receive(self) -> MutableMapping[str, Any]:
        if not self.parts:
            await asyncio.sleep(3600)
        return self.parts.pop(0)

    async def send(self, message: MutableMapping[str, Any]) -> None:
        self.answers.append(message)


class Application:
    def __init__(self) -> None:
        self.body: bytes | None = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.body = b""
        more = True
        while more:
            message = await receive()
            self.body += message["body"]
            more = message["more_body"]


def serve(parts: list[MutableMapping[str, Any]]) -> tuple[Application, Connection]:
    application, connection = Application(), Connection(parts)
    asyncio.run(BodyFirst(application)({"type": "http"}, connection.receive, connection.send))
    return application, connection


def part(content: bytes, *, more: bool) -> MutableMapping[str, Any]:
    return {"type": "http.request", "body": content, "more_body": more}


def test_the_application_sees_the_whole_body() -> None:
    content = bytes(range(256)) * 1000
    half = len(content) // 2
    application, _ = serve([part(content[:half], more=True), part(content[half:], more=False)])
    assert application.body == content


def test_a_body_that_never_ends_is_answered_and_takes_no_thread(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(body, "SLOWEST_SECONDS", 0.05)
    application, connection = serve([part(b"slow", more=True)])
    assert application.body is None
    assert connection.answers[0]["status"] == 408


def test_a_body_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body, "MOST_BYTES", 10)
    application, connection = serve([part(b"x" * 11, more=False)])
    assert application.body is None
    assert connection.answers[0]["status"] == 413


def test_a_client_that_goes_away_is_forgotten() -> None:
    application, connection = serve([{"type": "http.disconnect"}])
    assert application.body is None
    assert connection.answers == []
